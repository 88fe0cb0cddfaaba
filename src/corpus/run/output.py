"""The output folder before a run writes to it: held for this run alone, and refused where something would be lost by it.

`run.json` is written first, so that a run that was killed finds its own files again. A folder without `run.json` in which
something stands where a run writes is somebody else's. In one of ours, everything is what a run would have made: no link that
leads out of it, no folder in the place of a file, no file among the parts of a table that is not one.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import OutputError, is_full
from corpus.readers import RUN_FILE
from corpus.run.workspace import (
    INPUTS_FILE,
    LOCK_FILE,
    MODELS_FOLDER,
    PACKAGE_FILE,
    WORK_FOLDER,
    record_of,
    remove_tables,
    sweep,
)
from corpus.schemas import TABLES, tables_until
from corpus.store import refuse_links, table_files
from corpus.version import __version__

_PART = re.compile(r"part-[0-9a-f]\.parquet")
_MODEL = re.compile(r".+\.(json|npy)")
_LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\.nfs[0-9a-f]+")
"""What file managers and network folders leave, and nobody misses."""
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
"""Windows opens links, and lets only administrators make them; those in an output folder are refused before."""
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What file systems answer that know no locks."""


@contextmanager
def open_output(out: Path, until: str, fresh: bool, shared: bool = False) -> Iterator[list[str]]:
    """Hold `out` for this run alone, after making sure that it can be written and that nothing will be lost by it.

    The block is handed what the user should know about the folder. `fresh` removes first what an earlier run left; `shared`
    lets others that are too work there meanwhile. Raises OutputError with what stands in the way: a file, somebody else's
    files, symbolic links, another run, tables that a run `until` that stage, or of this version, would take away.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Give `corpus run` a folder to write its tables to.")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        _refuse_strangers(out)
        (out / WORK_FOLDER).mkdir(exist_ok=True)
        descriptor = os.open(out / WORK_FOLDER / LOCK_FILE, os.O_CREAT | os.O_RDWR | _NO_LINKS, 0o644)
    except OSError as error:
        if is_full(error):
            raise
        raise OutputError(
            f"{out} cannot be written: {os.strerror(error.errno or 0)}. Choose another folder."
        ) from None
    try:
        warnings = lock(descriptor, out, shared)
        if fresh:
            _remove_all(out)
        else:
            _refuse_losses(out, until)
        yield warnings
    finally:
        os.close(descriptor)


def _refuse_strangers(out: Path) -> None:
    """Raise OutputError where something stands in the place of what would be written that no run wrote there."""
    there = [path for path, is_folder in _places(out) if _is_there(path, is_folder)]
    if (out / WORK_FOLDER).is_dir():
        for entry in os.scandir(out / WORK_FOLDER):
            if entry.is_symlink():
                refuse_links(Path(entry.path))
    theirs = [path.name for path in there if path.parent == out and path.name != WORK_FOLDER]
    theirs += [WORK_FOLDER] if _holds_strange_work(out / WORK_FOLDER) else []
    if (
        theirs and record_of(out) is None
    ):  # the record last: another that shares `out` wrote it before it began to work
        raise OutputError(
            f"{out} already holds {', '.join(theirs)}, which no run of this program wrote (there is no {RUN_FILE} of "
            "ours). Choose another folder, or move them away."
        )
    for name in TABLES:
        _refuse_others(out / name, _PART)
    _refuse_others(out / MODELS_FOLDER, _MODEL)


def _places(out: Path) -> Iterator[tuple[Path, bool]]:
    """Everything that a run writes under a name of its own, and whether it is a folder."""
    for name in TABLES:
        yield out / f"{name}.parquet", False
        yield out / name, True
    yield from ((out / name, False) for name in (RUN_FILE, PACKAGE_FILE))
    yield from ((out / name, True) for name in (MODELS_FOLDER, WORK_FOLDER))
    yield from ((out / WORK_FOLDER / name, False) for name in (LOCK_FILE, INPUTS_FILE))


def _is_there(path: Path, is_folder: bool) -> bool:
    """Whether a file or folder stands at `path`. Raises OutputError for anything else."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISLNK(status.st_mode):
        refuse_links(path)
    if not (stat.S_ISDIR(status.st_mode) if is_folder else stat.S_ISREG(status.st_mode)):
        kind = "folder" if is_folder else "file"
        raise OutputError(
            f"{path} is no {kind}, and this program writes a {kind} there. Move it away, or choose another folder."
        )
    return True


def _refuse_others(folder: Path, ours: re.Pattern[str]) -> None:
    """Raise OutputError for a file in a folder of ours whose name is not one that a run gives: it would be removed."""
    for root, _, names in os.walk(folder):
        for name in names:
            if not ours.fullmatch(name) and not _LITTER.fullmatch(name):
                raise OutputError(
                    f"{Path(root, name)} was written by no run of this program, which replaces {folder}. Move it away, or "
                    "choose another folder."
                )


def _holds_strange_work(work: Path) -> bool:
    """Whether a folder of finished work holds anything; one with nothing but a lock was just made by another run."""
    return work.exists() and any(path.name != LOCK_FILE for path in work.iterdir())


def lock(descriptor: int, out: Path | str, shared: bool = False) -> list[str]:
    """Lock `out` until `descriptor` is closed, which the system does when this process ends, however it ends.

    Gives a warning where the file system has no locks. Raises OutputError where another run holds it.
    """
    import portalocker
    from portalocker import LockFlags

    try:
        portalocker.lock(
            descriptor, (LockFlags.SHARED if shared else LockFlags.EXCLUSIVE) | LockFlags.NON_BLOCKING
        )
    except portalocker.AlreadyLocked:
        holder = _holder(descriptor)
        who = f"Another run (process {holder})" if holder else "Another run, or a job of an array,"
        raise OutputError(
            f"{who} is writing to {out}. Wait until it is done, or choose another folder."
        ) from None
    except portalocker.LockException as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno not in _NO_LOCKS:
            raise cause from None
        return [
            f"The file system of {out} knows no locks: see to it that no other run writes there meanwhile."
        ]
    if os.fstat(descriptor).st_nlink == 1:  # what has another name too is not written to
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, b"" if shared else str(os.getpid()).encode())
    return []


def _holder(descriptor: int) -> str:
    """The process that wrote to a lock that it holds; empty where it shares it, or what is locked cannot be read (Windows)."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        return os.read(descriptor, 20).decode("ascii", "replace")
    except OSError:
        return ""


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

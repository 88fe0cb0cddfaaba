"""The folder of this machine for one output and what it is made of: made by this program, closed to others, held by one run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError, DiskFullError, OutputError, is_full
from corpus.identity import digest
from corpus.run.output import lock

VARIABLE = "CORPUS_CACHE"
"""The environment variable that names where the shelves stand."""
NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
OPEN_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINKS | getattr(os, "O_BINARY", 0)
"""How a file is made where none may stand, not even a link."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The places of a shelf: copies of the input, what is known of them, the output, and what was published of it."""

    folder: Path

    @property
    def input(self) -> Path:
        """The folder of copies."""
        return self.folder / "input"

    @property
    def copied(self) -> Path:
        """What the copies were when they were made, one JSON list a line."""
        return self.folder / "copied.jsonl"

    @property
    def output(self) -> Path:
        """The output folder of the run, with its finished work."""
        return self.folder / "output"

    @property
    def published(self) -> Path:
        """What lies in the store since the last run."""
        return self.folder / "published.json"


@contextmanager
def holding_shelf(out: str) -> Iterator[Shelf]:
    """The shelf of an output, held for this run until the block ends.

    Raises OutputError where another run holds it, or where others could write to it.
    """
    with telling_disk():
        base = _base()
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        shelf = Shelf(base / f"run-{digest(out)}")
        shelf.folder.mkdir(exist_ok=True, mode=0o700)
        _require_own(base, shared=True)
        _require_own(shelf.folder)
        descriptor = os.open(shelf.folder / ".lock", os.O_CREAT | os.O_RDWR | NO_LINKS, 0o600)
    try:
        with telling_disk():
            if lock(descriptor, out):
                raise OutputError(
                    f"The file system of the copies knows no locks. Set {VARIABLE} to a folder on a disk that does."
                )
            for folder in (shelf.input, shelf.output):
                _make_folder(folder)
        yield shelf
    finally:
        os.close(descriptor)


@contextmanager
def telling_disk() -> Iterator[None]:
    """Turn what the system says of the shelf into a sentence, which tells how to have it elsewhere, not where it is."""
    try:
        yield
    except CorpusError:
        raise
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        if is_full(error):
            raise no_room(reason) from None
        raise OutputError(
            f"The copies that a run with URLs works on cannot be written ({reason}). Set {VARIABLE} to a folder of your own."
        ) from None


def no_room(reason: str) -> DiskFullError:
    """The sentence about a disk that does not hold the copies.

    >>> str(no_room("9 MB are needed"))[:60]
    'There is no room for the copies that a run with URLs works o'
    """
    return DiskFullError(
        f"There is no room for the copies that a run with URLs works on ({reason}). Free some, or set {VARIABLE} to a folder on "
        "another disk; the same command continues where it stood."
    )


def _base() -> Path:
    """Where the system keeps what a user's programs can make again."""
    if named := os.environ.get(VARIABLE):
        return Path(named).absolute()
    system = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    return (Path(system) if os.path.isabs(system) else Path.home() / ".cache") / "news-corpus"


def _require_own(folder: Path, *, shared: bool = False) -> None:
    """Raise OutputError where others may put something in a folder; in one that is `shared` they may not take ours away."""
    if os.name == "nt":
        return
    status = folder.stat() if shared else folder.lstat()
    others = status.st_mode & (0o022 if shared else 0o077)
    safe = stat.S_ISDIR(status.st_mode) and (not others or (shared and bool(status.st_mode & stat.S_ISVTX)))
    if not safe or (not shared and status.st_uid != os.geteuid()):
        raise OutputError(
            f"Others of this machine could change the copies that a run with URLs works on. Set {VARIABLE} to a folder that "
            "only you may write to."
        )


def _make_folder(folder: Path) -> None:
    """A folder at `folder`; what else stands there, a link for one, is taken away and not what it leads to."""
    if folder.is_symlink() or not folder.is_dir():
        folder.unlink(missing_ok=True)
        folder.mkdir(mode=0o700)

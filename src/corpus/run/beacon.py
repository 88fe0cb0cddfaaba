"""Which document a worker is working on, written where it outlives the worker; and what is done differently after a death.

A process that dies (out of memory, a fault in a C library, a kill) leaves no word. So each task keeps a small file beside the
folder it makes, with the sources it has in hand. After a death the task is done again, one document at a time; the document that
was in hand at two deaths is left out, and a row of `problems` says so. One of these is enough where the system ended the process
because it computed beyond the bound of the document: it would again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.records import Problem
from corpus.run.hardlimit import allow
from corpus.store import remove_ours

WORKER_DIED = "worker_died"
TIME_LIMIT = "time_limit"
NOT_RECOVERED = ("read", "clean", "marks")
"""A document that is left out of one of these stages is not in `documents`."""
MOST_DEATHS = 3
"""So often may a process die with no single document in hand: then it is the machine, not the documents."""


@dataclass(frozen=True, slots=True)
class Care:
    """How carefully a task is to be done: `alone` one document at a time, without those `left_out`.

    `left_out` maps the source of a document, or of a file that a reader died in, to how many of the file's documents were read
    before; a document by itself has 0. Of these, work on those of `out_of_time` had no end.
    """

    alone: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    out_of_time: frozenset[str] = frozenset()

    def problem(self, source: str, stage: str) -> Problem:
        """The row of a document that was left out."""
        recovered = stage not in NOT_RECOVERED
        if source in self.out_of_time:
            message = (
                "Work on it went on beyond its limit inside a library, where nothing but the end of the process stops it. Raise "
                "document_seconds in corpus.toml if the document is worth it."
            )
            return Problem(source, stage, TIME_LIMIT, message, recovered=recovered)
        message = (
            "The process that worked on it died twice: of lack of memory, a fault in a library, or work without end. It was left "
            "out of this stage, and what follows is right for all others. With more memory, --fresh tries it again."
        )
        return Problem(source, stage, WORKER_DIED, message, recovered=recovered)


NO_CARE = Care()


class Beacon:
    """Says what is in hand, and how long that may take: `seconds` for each document. One at a time for each folder."""

    def __init__(self, descriptor: int, seconds: float | None) -> None:
        self._descriptor = descriptor
        self._seconds = seconds

    def at(self, *sources: str, after: int = 0, size: int = 0) -> None:
        """`sources` are in hand now, of `size` bytes; `after` so many documents of the file, where a reader reads on."""
        data = json.dumps([sources, after]).encode()
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, data)
        os.ftruncate(self._descriptor, len(data))
        allow(self._seconds if sources else None, len(sources), size)


@contextmanager
def beacon(folder: Path, seconds: float | None = None) -> Iterator[Beacon]:
    """The beacon of the task that makes `folder`; it stays behind where the process dies."""
    path = _path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_ours(path)
    descriptor = _placed(path)
    try:
        yield Beacon(descriptor, seconds)
    finally:
        allow(None)
        os.close(descriptor)
        path.unlink(missing_ok=True)


def _placed(path: Path) -> int:
    """A new file at `path`, open to be written.

    It is renamed into place: nothing that stands there is written to, and two workers that a cluster gave one task do not meet.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    if sys.platform == "win32":  # which renames no file that is open
        os.close(descriptor)
        os.replace(temporary, path)
        return os.open(path, os.O_RDWR | os.O_BINARY)
    os.replace(temporary, path)
    return descriptor


@dataclass(slots=True)
class Deaths:
    """The deaths of one task so far, and the care they call for."""

    care: Care = NO_CARE
    suspects: set[tuple[str, int]] = field(default_factory=set)
    unexplained: int = 0

    def learn(self, folder: Path, out_of_time: bool = False) -> bool:
        """Take in another death, `out_of_time` where it was the bound that the process ran into; False when there is no point in
        trying again.

        What was not done alone tells nothing of a document, be it the only one: all its texts had one bound together.
        """
        sources, after = _in_hand(folder)
        if len(sources) == 1 and self.care.alone:
            suspect = (sources[0], after)
            if out_of_time:
                self.care = replace(self.care, out_of_time=self.care.out_of_time | {suspect[0]})
            if out_of_time or suspect in self.suspects:
                self.care = replace(self.care, left_out={**self.care.left_out, suspect[0]: suspect[1]})
            self.suspects.add(suspect)
        elif self.care.alone:
            self.unexplained += 1
        self.care = replace(self.care, alone=True)
        return self.unexplained < MOST_DEATHS


def _in_hand(folder: Path) -> tuple[Sequence[str], int]:
    try:
        sources, after = json.loads(_path(folder).read_bytes())
        return [str(source) for source in sources], int(after)
    except (OSError, ValueError, TypeError):
        return (), 0


def _path(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.at")

"""The shares of a run that jobs do apart, each without knowing of the others, and the notes that tell which are done.

A job of an array does what can be done with its documents alone: it reads and cleans them and finds what stands in their texts.
What it leaves is finished work like any other, named by what it was made from, so the run that puts the shares together takes up
what holds and makes again what does not: lines that only all documents together convict change the text of some.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UsageError
from corpus.identity import digest
from corpus.run.finished import is_finished
from corpus.run.shards import Shard
from corpus.run.workspace import WORK_FOLDER, code_fingerprint
from corpus.store import read_json

KIND = "share"
NOTE = "share.json"
_WRITTEN = re.compile(r"0*([0-9]{1,6})/0*([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Share:
    """Share `number` of `count`, counted from 1."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def wanted(self, shards: Sequence[Shard]) -> tuple[list[Shard], Callable[[Shard, int], bool]]:
        """The shards this share reads, and which pieces of them are its own.

        A shard of more than half a share's bytes is read by all and divided by its pieces: one large file is work for every job.
        """
        sizes = [sum(file.size for file in shard.files) for shard in shards]
        divided = [2 * size * self.count > sum(sizes) for size in sizes]
        places = {file.source: place for place, shard in enumerate(shards) for file in shard.files}

        def takes(shard: Shard, number: int) -> bool:
            place = places[shard.files[0].source]
            return (place + number * divided[place]) % self.count == self.number - 1

        own = [shard for shard, all_read in zip(shards, divided, strict=True) if all_read or takes(shard, 0)]
        return own, takes


def share_of(written: str) -> Share:
    """`2/8` as a share. Raises UsageError.

    >>> share_of("2/8")
    Share(number=2, count=8)
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise UsageError(
            f"--shard {written} is no share. Write which one and of how many, the first being 1, for example: --shard 1/8."
        )
    return Share(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class ShareNote:
    """What is written down of a share that is done: of which documents, and with what options.

    `key` is that of the whole run (`pipeline.key_of`) with the documents' sizes for their bytes; `config` is `Config.meaning()`
    with full paths; `finished` an ISO time.
    """

    number: int
    count: int
    key: str
    raw: str
    config: dict[str, Any]
    finished: str
    code: str

    def as_dict(self) -> dict[str, Any]:
        """The note as JSON values."""
        return asdict(self)


def name_of(share: Share, key: str) -> str:
    """The name of the folder that holds the note of a share."""
    return f"{KIND}-{digest(share.number, share.count, key)}"


def notes_in(out: Path) -> dict[str, ShareNote]:
    """The notes of this program's shares in `out`, by the names of their folders."""
    found = {}
    for folder in sorted((out / WORK_FOLDER).glob(f"{KIND}-*")):
        if is_finished(folder):
            try:
                note = ShareNote(**read_json(folder / NOTE))
            except (OSError, ValueError, TypeError):
                continue
            if note.code == code_fingerprint():
                found[folder.name] = note
    return found


def latest(notes: Sequence[ShareNote]) -> list[ShareNote]:
    """The notes of that array of jobs whose last share was done last."""
    newest = max(notes, key=lambda note: (note.finished, note.key, note.count))
    return [note for note in notes if (note.key, note.count) == (newest.key, newest.count)]


def missing(notes: Sequence[ShareNote]) -> list[Share]:
    """The shares of an array that none of its notes tells of."""
    done = {note.number for note in notes}
    count = notes[0].count
    return [Share(number, count) for number in range(1, count + 1) if number not in done]

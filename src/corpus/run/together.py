"""Work on many documents at once, and the one among them that a process dies of.

A stage that compares, counts or rewrites many documents in one call cannot say which of them is in hand. Where a process died of
such a call, each document is first tried alone, with its id in the beacon; the one that the process dies of twice is left out of
the call, and noted beside the work. The rows of `problems` are made of those notes when the tables are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.records import Problem
from corpus.run.beacon import NO_CARE, Beacon, Care
from corpus.run.pieces import read_piece
from corpus.store import read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.run.pieces import CleanPiece

NOTE = "left_out.json"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which documents are worked on: those of `only`, where it is given, without those `left_out`; both hold doc_ids."""

    left_out: frozenset[str] = frozenset()
    only: str | None = None

    def read(self, piece: Path, name: str, columns: list[str] | None = None) -> pa.Table:
        """The rows of the chosen documents in one table of a piece; `columns` must name their `doc_id`."""
        import pyarrow as pa
        import pyarrow.compute as pc

        table = read_piece(piece, name, columns)
        if self.only is not None:
            return table.filter(pc.equal(table["doc_id"], self.only))
        if self.left_out:
            return table.filter(pc.invert(pc.is_in(table["doc_id"], pa.array(sorted(self.left_out)))))
        return table

    def all_of(
        self, piece: Path, tables: Mapping[str, pa.Table], names: Iterable[str]
    ) -> Mapping[str, pa.Table]:
        """`tables` of the chosen documents, and those of `names` too where not all documents of the piece are chosen."""
        if self == EVERYTHING:
            return tables
        return {**{name: self.read(piece, name) for name in names if name not in tables}, **tables}

    def note(self, folder: Path, stage: str) -> None:
        """Write beside finished work what it was made without."""
        if self.left_out:
            write_json(folder / NOTE, {"stage": stage, "documents": sorted(self.left_out)})


EVERYTHING = Chosen()


def choose(doc_ids: Iterable[str], care: Care, light: Beacon, alone: Callable[[Chosen], object]) -> Chosen:
    """The documents to work on together; `alone` does the work for a single one, where a process died of it before."""
    if not care.alone:
        return EVERYTHING
    for doc_id in doc_ids:
        if doc_id not in care.left_out:
            light.at(doc_id)
            with suppress(Exception):  # what fails, fails together too, and is told there
                alone(Chosen(only=doc_id))
    light.at()
    return Chosen(left_out=frozenset(care.left_out))


def ids_of(pieces: Sequence[Path], name: str = "documents") -> Iterator[str]:
    """The documents of the pieces, as one of their tables names them."""
    for piece in pieces:
        yield from dict.fromkeys(read_piece(piece, name, ["doc_id"])["doc_id"].to_pylist())


def left_out_problems(folders: Iterable[Path], pieces: Sequence[CleanPiece]) -> list[Problem]:
    """The rows of what the finished work in `folders` was made without; `pieces` tell where those documents come from."""
    notes = [read_json(folder / NOTE) for folder in sorted(folders) if (folder / NOTE).is_file()]
    if not notes:
        return []
    sources: dict[str, str] = {}
    for piece in pieces:
        sources.update(
            zip(*read_piece(piece, "documents", ["doc_id", "source"]).to_pydict().values(), strict=True)
        )
    found = {(sources[doc_id], note["stage"]) for note in notes for doc_id in note["documents"]}
    return [NO_CARE.problem(source, stage) for source, stage in sorted(found)]

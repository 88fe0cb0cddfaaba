"""Finished work on disk: a folder of numbered pieces, each a set of small tables that later stages take up one at a time.

A piece ends after so many documents or characters, so that a file of a million documents needs the memory of a few hundred,
whichever stage reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NewType

from corpus.schemas import Table
from corpus.store import COMPRESSION, from_rows

if TYPE_CHECKING:
    import pyarrow as pa

CleanPiece = NewType("CleanPiece", Path)
"""Holds documents, paragraphs, removals, problems."""
MarkedPiece = NewType("MarkedPiece", Path)
"""A clean piece with what its documents and paragraphs repeat, and `keys`: the exact text each paragraph is."""
FindingsPiece = NewType("FindingsPiece", Path)
"""What the texts that a piece is the first to hold were found to hold, one row a text."""
MentionPiece = NewType("MentionPiece", Path)
"""The companies, amounts, dates, names and facts of a piece's documents, and `forms.json`: how often which name was written."""
NamedPiece = NewType("NamedPiece", Path)
"""A mention piece under the canonical names of the whole corpus."""

PIECE_DOCUMENTS = 500
PIECE_CHARACTERS = 16_000_000


class PieceWriter:
    """Collects the rows of several tables and writes them to `folder/00000/<table>.parquet`, `folder/00001/…`."""

    def __init__(self, folder: Path, tables: Sequence[Table], first: int = 0) -> None:
        self.folder = folder
        self.rows: dict[str, list[Mapping[str, object]]] = {table.name: [] for table in tables}
        self._tables = {table.name: table for table in tables}
        self._first = self._written = first
        self._documents = 0
        self._characters = 0

    def begin_document(self, characters: int) -> None:
        """Say that the rows of a document of so many characters follow: a full piece is written out first."""
        if self._documents and (
            self._documents >= PIECE_DOCUMENTS or self._characters + characters > PIECE_CHARACTERS
        ):
            self._write()
        self._documents += 1
        self._characters += characters

    def add(self, table: Table, row: Mapping[str, object]) -> None:
        """Add a row to the current piece."""
        self.rows[table.name].append(row)

    def _write(self) -> None:
        piece = self.folder / f"{self._written:05d}"
        write_piece(piece, {name: from_rows(self._tables[name], rows) for name, rows in self.rows.items()})
        self._written += 1
        self._documents = self._characters = 0
        for rows in self.rows.values():
            rows.clear()

    def __enter__(self) -> PieceWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is left; there is always at least one piece, if only of empty tables."""
        if error is None and (self._written == self._first or any(self.rows.values())):
            self._write()


def write_piece(piece: Path, tables: dict[str, pa.Table]) -> None:
    """Write the tables of one piece. The folder around it is renamed into place when it is whole."""
    import pyarrow.parquet as pq

    piece.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, piece / f"{name}.parquet", compression=COMPRESSION)


def pieces_of(folder: Path) -> list[CleanPiece]:
    """The pieces of a cleaned shard, in order."""
    return [CleanPiece(path) for path in sorted(folder.iterdir()) if path.is_dir()]


def names_of(pieces: Sequence[Path]) -> list[str]:
    """The names of pieces as they stand in the key of what is made from them."""
    return [f"{piece.parent.name}/{piece.name}" for piece in pieces]


def read_piece(piece: Path, name: str, columns: list[str] | None = None) -> pa.Table:
    """One table of a piece."""
    import pyarrow.parquet as pq

    return pq.read_table(piece / f"{name}.parquet", columns=columns)

"""Finished work on disk: pieces, each a set of small tables of at most so many documents, taken up one at a time.

So a file of a million documents needs the memory of a hundred, whichever stage works on it, and every core has work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NewType

from corpus.run.row_files import SUFFIX, link_or_copy, read_rows, write_rows
from corpus.run.workspace import WORK_FOLDER
from corpus.schemas import Table

if TYPE_CHECKING:
    import pyarrow as pa

ReadPiece = NewType("ReadPiece", Path)
"""Holds documents as text with their lines and metadata (`corpus.run.opened`), problems, and `lines.json`: the lines' hashes."""
CleanPiece = NewType("CleanPiece", Path)
"""Holds documents, variables, paragraphs, removals, problems."""
MarkedPiece = NewType("MarkedPiece", Path)
"""A clean piece with what its documents and paragraphs repeat, and `keys`: the exact text each paragraph is."""
KeyPiece = NewType("KeyPiece", Path)
"""Holds `keys` as the user's company lists have them; without lists it is the marked piece itself."""
FindingsPiece = NewType("FindingsPiece", Path)
"""What the texts that a piece is the first to hold were found to hold, one row a text."""
MentionPiece = NewType("MentionPiece", Path)
"""Sentences, companies, amounts, dates, names and facts of a piece, and `forms.json`: how often which name was written."""
NamedPiece = NewType("NamedPiece", Path)
"""A mention piece under the canonical names of the whole corpus."""
EventPiece = NewType("EventPiece", Path)
"""The facts of some kinds of the whole corpus with the events they tell of, and those events."""

PIECE_DOCUMENTS = 100
"""Documents of a piece at most: enough pieces for every core, and little memory for each."""
PIECE_CHARACTERS = 4_000_000


class PieceRows:
    """Collects the rows of the tables of a piece."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tuple(tables)
        self.rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in tables}
        """The rows of each table."""

    def add(self, table: Table, row: Mapping[str, object]) -> None:
        """Add a row."""
        self.rows[table.name].append(dict(row))


def write_piece(piece: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of one piece. The folder around it is renamed into place when it is whole."""
    piece.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_rows(rows_file(piece, name), table)


def write_with(piece: Path, other: Path, tables: Mapping[str, pa.Table], names: Iterable[str]) -> None:
    """Write the tables of one piece: those of `names` that are not among `tables` are the ones of the finished piece `other`."""
    write_piece(piece, tables)
    for name in names:
        if name not in tables:
            link_or_copy(rows_file(other, name), rows_file(piece, name))


def rows_file(piece: Path, name: str) -> Path:
    """The file of one table of a piece."""
    return piece / f"{name}{SUFFIX}"


def names_of(pieces: Iterable[Path]) -> list[str]:
    """The names of pieces as they stand in the key of what is made from them."""
    return [str(piece).rpartition(f"/{WORK_FOLDER}/")[2] for piece in pieces]


def read_piece(piece: Path, name: str, columns: list[str] | None = None) -> pa.Table:
    """One table of a piece."""
    return read_rows(rows_file(piece, name), columns)

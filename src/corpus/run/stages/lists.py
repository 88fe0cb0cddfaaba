"""Keys of texts that the user's company lists may change: one more row leaves what was found in all other texts as it is.

In: marked pieces and the names of the user's rows. Out: for each piece its texts' keys, with the marks of the rows whose names
stand in a text. Its key: the piece and those names. Without lists the pieces' own keys hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.run.beacon import NO_CARE, Care
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import KeyPiece, MarkedPiece, names_of, read_piece, write_piece
from corpus.run.stages.texts import KEYS

if TYPE_CHECKING:
    from extract import AddedNames


def key_texts(run: Run, pieces: Sequence[MarkedPiece]) -> list[KeyPiece]:
    """For each piece where the keys of its texts lie: in itself where the user has no lists."""
    if not run.config.companies:
        return [KeyPiece(piece) for piece in pieces]
    from extract import added_names

    names = added_names(run.config.companies)
    folders = [KeyPiece(run.work("keys", names_of([piece]), names)) for piece in pieces]
    run.make(
        "lists", key_piece, [(piece, folder, names) for piece, folder in zip(pieces, folders, strict=True)]
    )
    return folders


def key_piece(piece: MarkedPiece, folder: Path, names: AddedNames, care: Care = NO_CARE) -> None:
    """Write the keys of the texts of `piece` to `folder`, those that hold one of `names` with the marks of its rows."""
    import pyarrow as pa

    from extract import marks_in

    table = read_piece(piece, KEYS)
    marks = marks_in(read_piece(piece, "paragraphs", ["text"])["text"].to_pylist(), names)
    keys = ["-".join((key, *found)) for key, found in zip(table["key"].to_pylist(), marks, strict=True)]
    at = table.column_names.index("key")
    with finishing(folder) as temporary:
        write_piece(temporary, {KEYS: table.set_column(at, "key", pa.array(keys, pa.string()))})

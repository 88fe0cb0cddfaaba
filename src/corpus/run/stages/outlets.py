"""The outlets that the user names, written into the documents as topics and tables see them.

In: marked pieces and `corrections.csv`. Out: a marked piece for each; one without such a document is handed on as it is. Its key:
the piece and its documents' outlets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.corrections import OUTLET_COLUMNS, Ledger, outlets_of
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import MarkedPiece, names_of, read_piece, write_with
from corpus.run.stages.texts import KEYS
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import DOCUMENTS
from corpus.store import from_rows

if TYPE_CHECKING:
    import pyarrow as pa

Named = Mapping[str, tuple[str, str]]
"""By document its outlet, and the key of the correction that gave it."""
AS_THEY_ARE = ("paragraphs", "variables", "removals", "problems", KEYS)


def name_outlets(run: Run, pieces: Sequence[MarkedPiece], ledger: Ledger) -> tuple[list[MarkedPiece], Named]:
    """The pieces with the outlets that corrections give, and those outlets."""
    corrections = ledger.of("outlet")
    if not corrections:
        return list(pieces), {}
    folders, tasks = [], []
    every: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        found = outlets_of(read_piece(piece, DOCUMENTS.name, OUTLET_COLUMNS).to_pylist(), corrections)
        ledger.matched(found.matched)
        if not found.named:
            folders.append(piece)
            continue
        every |= found.named
        folders.append(MarkedPiece(run.work("outlets", names_of([piece]), found.named)))
        tasks.append((piece, folders[-1], found.named))
    run.make("outlets", rename_outlets, tasks)
    return folders, every


def rename_outlets(piece: MarkedPiece, folder: Path, named: Named, care: Care = NO_CARE) -> None:
    """Write the tables of `piece` to `folder`, with the outlets in `named`."""
    with beacon(folder) as light:
        chosen = choose(ids_of([piece]), care, light, lambda one: _renamed(piece, named, one))
        documents = _renamed(piece, named, chosen)
        with finishing(folder) as temporary:
            write_with(temporary, piece, {DOCUMENTS.name: documents}, AS_THEY_ARE)
            chosen.note(temporary, "outlets")


def _renamed(piece: MarkedPiece, named: Named, chosen: Chosen) -> pa.Table:
    documents = chosen.read(piece, DOCUMENTS.name).to_pylist()
    for row in documents:
        if row["doc_id"] in named:
            row["outlet"], row["corrected_by"] = named[row["doc_id"]]
    return from_rows(DOCUMENTS, documents)

"""What each document and paragraph of a piece repeats, written into its rows once the whole corpus was compared.

In: a clean piece and the repeats that tell of its documents. Out: a marked piece. Its key: the piece and those repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import CleanPiece, MarkedPiece, names_of, write_with
from corpus.run.rows import DocumentRow, ParagraphRow
from corpus.run.stages.repeats import PieceRepeats, Repeats
from corpus.run.stages.texts import KEYS, make_keys
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS, VARIABLES
from corpus.store import from_rows

if TYPE_CHECKING:
    import pyarrow as pa

AS_THEY_ARE = (VARIABLES.name, REMOVALS.name)


@dataclass(frozen=True, slots=True)
class EarlierParagraph:
    """The earliest paragraph that another one repeats, and how."""

    doc_id: str
    paragraph: int
    similarity: float
    changed_facts: bool
    kind: str


def mark(run: Run, pieces: Sequence[CleanPiece], repeats: Sequence[PieceRepeats] | None) -> list[MarkedPiece]:
    """The pieces again, with what their documents and paragraphs repeat; None: the run stops before that is known."""
    owned = repeats if repeats is not None else [None] * len(pieces)
    folders = [
        MarkedPiece(run.work("marked", names_of([piece]), own.key if own is not None else None))
        for piece, own in zip(pieces, owned, strict=True)
    ]
    run.make("marks", mark_piece, list(zip(pieces, folders, owned, strict=True)))
    return folders


def mark_piece(piece: CleanPiece, folder: Path, own: PieceRepeats | None, care: Care = NO_CARE) -> None:
    """Write the documents and paragraphs of `piece` to `folder`, with what they repeat; `own` says where that lies."""
    repeats = own.read() if own is not None else None
    with beacon(folder) as light:
        chosen = choose(ids_of([piece]), care, light, lambda one: _marked(piece, repeats, one))
        tables = _marked(piece, repeats, chosen)
        with finishing(folder) as temporary:
            write_with(
                temporary, piece, chosen.all_of(piece, tables, AS_THEY_ARE), (*AS_THEY_ARE, PROBLEMS.name)
            )
            chosen.note(temporary, "marks")


def _marked(piece: CleanPiece, repeats: Repeats | None, chosen: Chosen) -> dict[str, pa.Table]:
    documents, paragraphs = chosen.read(piece, "documents"), chosen.read(piece, "paragraphs")
    copies: dict[str, dict[str, Any]] = {}
    earlier: dict[tuple[str, int], EarlierParagraph] | None = None
    if repeats is not None:
        copies = {row["doc_id"]: row for row in repeats.documents.to_pylist()}
        earlier = earlier_paragraphs(repeats.paragraphs)
    document_rows = [_document(cast(DocumentRow, row), copies) for row in documents.to_pylist()]
    paragraph_rows = [_paragraph(cast(ParagraphRow, row), earlier) for row in paragraphs.to_pylist()]
    return {
        "documents": from_rows(DOCUMENTS, document_rows),
        "paragraphs": from_rows(PARAGRAPHS, paragraph_rows),
        KEYS: make_keys(documents, paragraphs),
    }


def earlier_paragraphs(repeats: pa.Table) -> dict[tuple[str, int], EarlierParagraph]:
    """For each paragraph that repeats another, the one to name: of its longest row, the same facts before changed ones."""
    best: dict[tuple[str, int], tuple[Any, EarlierParagraph]] = {}
    for row in repeats.to_pylist():
        if row["kind"] == "inline":
            continue
        key = (row["doc_id"], row["paragraph"])
        changed = row["kind"] == "variant" or not (row["same_facts"] or row["kind"] == "boilerplate")
        rank = (changed, row["start"] - row["end"], row["of_doc_id"], row["of_paragraph"])
        earlier = EarlierParagraph(
            row["of_doc_id"], row["of_paragraph"], row["similarity"], changed, row["kind"]
        )
        if key not in best or rank < best[key][0]:
            best[key] = (rank, earlier)
    return {key: earlier for key, (_, earlier) in best.items()}


def _document(row: DocumentRow, copies: dict[str, dict[str, Any]]) -> DocumentRow:
    copy = copies.get(row["doc_id"])
    if copy is not None:
        row["duplicate_of"], row["similarity"] = copy["duplicate_of"], copy["similarity"]
    return row


def _paragraph(row: ParagraphRow, earlier: dict[tuple[str, int], EarlierParagraph] | None) -> ParagraphRow:
    if earlier is None:  # the run stopped before repeats across documents were looked for
        return row
    found = earlier.get((row["doc_id"], row["paragraph"]))
    row["changed_facts"] = found is not None and found.changed_facts
    if found is not None:
        row["first_doc_id"], row["first_paragraph"] = found.doc_id, found.paragraph
        row["similarity"], row["repeat_kind"] = found.similarity, found.kind
    return row

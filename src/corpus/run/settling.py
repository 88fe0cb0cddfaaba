"""The last work on a piece: what is known of the whole corpus (repeats, canonical names) is written into its rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.run.entities import KEYS, make_keys
from corpus.run.parts import read_piece, write_piece
from corpus.schemas import DOCUMENTS, PARAGRAPHS
from corpus.store import from_rows, replacing_folder

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.run.repeats import Repeats


@dataclass(frozen=True, slots=True)
class EarlierParagraph:
    """The earliest paragraph that another one repeats, and how."""

    doc_id: str
    paragraph: int
    similarity: float
    changed_facts: bool
    kind: str


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


def settle_repeats(piece: Path, folder: Path, repeats: Repeats | None) -> None:
    """Write the documents and paragraphs of `piece` to `folder`, with what they repeat; `repeats` holds this piece's rows."""
    documents, paragraphs = read_piece(piece, "documents"), read_piece(piece, "paragraphs")
    copies: dict[str, dict[str, Any]] = {}
    earlier: dict[tuple[str, int], EarlierParagraph] | None = None
    if repeats is not None:
        copies = {row["doc_id"]: row for row in repeats.documents.to_pylist()}
        earlier = earlier_paragraphs(repeats.paragraphs)
    tables = {
        "documents": from_rows(DOCUMENTS, [_document(row, copies) for row in documents.to_pylist()]),
        "paragraphs": from_rows(PARAGRAPHS, [_paragraph(row, earlier) for row in paragraphs.to_pylist()]),
        KEYS: make_keys(documents, paragraphs),
        "removals": read_piece(piece, "removals"),
        "problems": read_piece(piece, "problems"),
    }
    with replacing_folder(folder) as temporary:
        write_piece(temporary, tables)


def _document(row: dict[str, Any], copies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    copy = copies.get(row["doc_id"])
    if copy is not None:
        row |= {"duplicate_of": copy["duplicate_of"], "similarity": copy["similarity"]}
    return row


def _paragraph(
    row: dict[str, Any], earlier: dict[tuple[str, int], EarlierParagraph] | None
) -> dict[str, Any]:
    if earlier is None:  # the run stopped before repeats across documents were looked for
        return row
    found = earlier.get((row["doc_id"], row["paragraph"]))
    row["changed_facts"] = found is not None and found.changed_facts
    if found is not None:
        row |= {
            "first_doc_id": found.doc_id,
            "first_paragraph": found.paragraph,
            "similarity": found.similarity,
            "repeat_kind": found.kind,
        }
    return row

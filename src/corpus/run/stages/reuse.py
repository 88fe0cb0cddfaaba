"""What an earlier run made of a document (its clean text, its mentions): taken up where all that it was made from is as it was.

So a correction, a file or a list that is about one document costs that document, not the hundred of its piece.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from corpus.corrections import Correction, PlacedText, with_told
from corpus.identity import digest
from corpus.records import Problem
from corpus.run.context import Run
from corpus.run.pieces import read_piece
from corpus.run.rows import DocumentRow, ParagraphRow
from corpus.run.stages.texts import Known, nothing_in
from corpus.schemas import ENTITY_TABLES, SENTENCES, Table
from corpus.store import read_json

if TYPE_CHECKING:
    import pyarrow as pa

    from extract import ParagraphEntities

Piece = TypeVar("Piece", bound=Path)
Home = TypeVar("Home", bound=Path)
MADE_FROM = "made_from.json"
"""By document the hash of what its rows were made from; documents that something went wrong with are not in it."""
PLACED = (SENTENCES, *ENTITY_TABLES)
SAID_OF_PARAGRAPHS: tuple[
    Literal["paragraph", "start", "kind", "first_doc_id", "first_paragraph", "changed_facts"], ...
] = ("paragraph", "start", "kind", "first_doc_id", "first_paragraph", "changed_facts")
"""What mentions depend on of a paragraph, beside its text."""


@dataclass(slots=True)
class Reading:
    """A document, its paragraphs each with the key of its text and the language that is read in, and the names that the user says
    are companies in it."""

    document: DocumentRow
    paragraphs: list[tuple[ParagraphRow, str, str]] = field(default_factory=list)
    told: Sequence[Correction] = ()

    def made_from(self, known: Known) -> str:
        """The hash of all that its mentions are made from."""
        paragraphs = [
            (*(row[column] for column in SAID_OF_PARAGRAPHS), key, known.marks.get(key))
            for row, key, _ in self.paragraphs
        ]
        return digest(self.document, paragraphs, [(one.key, one.doc_id, one.start) for one in self.told])

    def failures(self, known: Known) -> list[Problem]:
        """A problem for each way in which its texts could not be worked on."""
        met = {known.failed[key] for _, key, _ in self.paragraphs if key in known.failed}
        source = self.document["source"]
        return [Problem(source, "entities", kind, message, recovered=True) for kind, message in sorted(met)]

    def entities(self, known: Known) -> list[tuple[ParagraphRow, ParagraphEntities]]:
        """What each paragraph holds, with the companies that are told."""
        found = [
            known.entities(key) or nothing_in(row["text"], language) for row, key, language in self.paragraphs
        ]
        rows = [row for row, *_ in self.paragraphs]
        if self.told:
            placed = [
                PlacedText(row["start"], row["text"], one) for row, one in zip(rows, found, strict=True)
            ]
            found = with_told(placed, self.told)
        return list(zip(rows, found, strict=True))


def earlier_homes(
    run: Run,
    kind: str,
    pieces: Sequence[Piece],
    folders: Sequence[Home],
    ids_of: Callable[[Piece], Iterable[str]],
) -> list[tuple[Home, ...]]:
    """For each of `pieces` the finished work of earlier runs that holds rows of its documents; none for what is there.

    `ids_of` gives the documents of a piece.
    """
    found = set(run.finished(kind))
    if not found or found >= set(folders):
        return [()] * len(pieces)
    homes = {doc_id: home for home in sorted(found) for doc_id in read_json(home / MADE_FROM)}
    wanted = []
    for piece, folder in zip(pieces, folders, strict=True):
        ids = [] if folder in found else ids_of(piece)
        wanted.append(tuple(sorted({homes[doc_id] for doc_id in ids if doc_id in homes})))
    return cast("list[tuple[Home, ...]]", wanted)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The rows of documents that are taken up, by table, and which documents those are."""

    tables: Mapping[str, Sequence[pa.Table]]
    doc_ids: frozenset[str]


def taken_up(homes: Sequence[Path], hashes: Mapping[str, str], kept: Sequence[Table] = PLACED) -> Earlier:
    """The rows of the tables `kept` in `homes` of the documents that are made from what `hashes` tell."""
    tables: dict[str, list[pa.Table]] = {table.name: [] for table in kept}
    taken: set[str] = set()
    for home in homes:
        made_from = read_json(home / MADE_FROM)
        same = {doc_id for doc_id, mark in made_from.items() if hashes.get(doc_id) == mark} - taken
        for table in kept if same else ():
            tables[table.name].append(of_documents(read_piece(home, table.name), same))
        taken |= same
    return Earlier(tables, frozenset(taken))


def of_documents(rows: pa.Table, doc_ids: Collection[str], others: bool = False) -> pa.Table:
    """The rows of these documents, or those of all others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chosen = pc.is_in(rows["doc_id"], pa.array(sorted(doc_ids), pa.string()))
    return rows.filter(pc.invert(chosen) if others else chosen)


def in_order(tables: Sequence[pa.Table], doc_ids: Sequence[str]) -> pa.Table:
    """The rows of all tables, those of a document together, documents as in `doc_ids`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pa.concat_tables(tables)
    places = pc.index_in(rows["doc_id"], pa.array(doc_ids, pa.string()))
    by_place = pa.table({"place": places, "row": pa.array(range(rows.num_rows), pa.int64())})
    return rows.take(by_place.sort_by([("place", "ascending"), ("row", "ascending")])["row"])

"""What the user says of documents' texts: those that it is about are cleaned again, with it.

In: clean pieces, the read pieces they were made from, and `corrections.csv`. Out: a clean piece for each; one that no correction
is about is handed on as it is. Its key: the clean piece and the corrections that may be about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.corrections import Correction, Ledger
from corpus.identity import doc_id
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.cleaning import CleaningOptions, clean_documents
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.opened import OpenedRow, opened_document
from corpus.run.pieces import CleanPiece, PieceRows, ReadPiece, names_of, read_piece, write_piece
from corpus.run.shared_lines import shared_lines
from corpus.run.stages.clean import CLEAN_TABLES, add_found
from corpus.run.stages.read import OPENED
from corpus.schemas import DOCUMENTS, PROBLEMS, Table
from corpus.store import from_rows, read_json, write_json

if TYPE_CHECKING:
    from corpus.clean import Amendments, SharedLines

Rows = list[dict[str, Any]]
MATCHED = "matched.json"


def amend(
    run: Run, read: Sequence[ReadPiece], pieces: Sequence[CleanPiece], ledger: Ledger
) -> list[CleanPiece]:
    """The clean pieces, with the corrections of their texts."""
    corrections = ledger.of("residue", "keep")
    if not corrections:
        return list(pieces)
    options = CleaningOptions.of(run.config)
    folders, tasks = [], []
    for source, piece, lines in zip(read, pieces, shared_lines(read), strict=True):
        own = _about(corrections, piece)
        if not own:
            folders.append(piece)
            continue
        folder = CleanPiece(run.work("amended", names_of([piece]), [asdict(one) for one in own]))
        folders.append(folder)
        tasks.append((piece, folder, source, own, options, lines))
    run.make("amend", amend_piece, tasks)
    for _, folder, *_ in tasks:
        ledger.matched(read_json(folder / MATCHED))
    return folders


def _about(corrections: Sequence[Correction], piece: CleanPiece) -> list[Correction]:
    """The corrections that may be about a document of the piece."""
    everywhere = any(one.doc_id is None for one in corrections)
    rows = read_piece(piece, DOCUMENTS.name, ["doc_id", *["raw_text"] * everywhere]).to_pylist()
    texts = {row["doc_id"]: _bare(row.get("raw_text", "")) for row in rows}

    def may_be(one: Correction) -> bool:
        if one.doc_id is not None:
            return one.doc_id in texts
        return any(_bare(one.text) in text for text in texts.values())

    return [one for one in corrections if may_be(one)]


def amend_piece(
    piece: CleanPiece,
    folder: Path,
    source: ReadPiece,
    corrections: Sequence[Correction],
    options: CleaningOptions,
    shared: SharedLines,
    care: Care = NO_CARE,
) -> None:
    """Write the tables of `piece` to `folder`, with the documents that `corrections` are about cleaned again from `source`."""
    opened = cast("list[OpenedRow]", read_piece(source, OPENED).to_pylist())
    wanted = dict(_wanted(opened, corrections))
    again = [row for row in opened if row["source"] in wanted]
    hashes, outlets = {row["source"]: row["content_hash"] for row in again}, options.outlet_rules()
    made = PieceRows(CLEAN_TABLES)
    with beacon(folder) as light, finishing(folder) as temporary:
        for found in clean_documents(map(opened_document, again), options, shared, care, light, wanted):
            add_found(made, found, hashes, options.languages, outlets)
        numbers = {one.key: one.row for one in corrections}
        for document in made.rows[DOCUMENTS.name]:
            used = wanted[document["source"]].used
            document["corrected_by"] = max(used, key=lambda key: numbers[key], default=None)
        order = [doc_id(row["source"]) for row in opened]
        tables = {}
        for table in CLEAN_TABLES:
            before = read_piece(piece, table.name).to_pylist()
            tables[table.name] = from_rows(
                table, _replaced(table, before, made.rows[table.name], order, wanted)
            )
        write_piece(temporary, tables)
        write_json(temporary / MATCHED, sorted({key for one in wanted.values() for key in one.used}))


def _wanted(
    opened: Sequence[OpenedRow], corrections: Sequence[Correction]
) -> Iterator[tuple[str, Amendments]]:
    """By source what the user says of each document that any of the corrections may be about."""
    from corpus.clean import Amendments, Passage

    for row in opened:
        identity, bare = doc_id(row["source"]), _bare(row["raw_text"])
        own = [
            one
            for one in corrections
            if one.doc_id == identity or (not one.doc_id and _bare(one.text) in bare)
        ]
        passages = {"residue": list[Passage](), "keep": list[Passage]()}
        for one in own:
            passages[one.action].append(Passage(one.key, one.text, one.start, whole=one.doc_id is None))
        if own:
            yield row["source"], Amendments(passages["residue"], passages["keep"])


def _replaced(
    table: Table, before: Rows, made: Rows, order: Sequence[str], wanted: Mapping[str, Amendments]
) -> Rows:
    """The rows with those of the documents that were cleaned again in the place of what they had."""
    if table is PROBLEMS:
        return [row for row in before if row["source"] not in wanted or row["stage"] != "clean"] + made
    redone = {doc_id(source) for source in wanted}
    places = {identity: number for number, identity in enumerate(order)}
    rows = [row for row in before if row["doc_id"] not in redone] + made
    return sorted(rows, key=lambda row: places[row["doc_id"]])


def _bare(text: str) -> str:
    return "".join(text.split())

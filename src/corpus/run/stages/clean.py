"""Documents as text to clean text, paragraphs and removals; repeats inside each document are taken out.

In: all read pieces. Out: a clean piece for each. Its key: the read piece, the options, and those of its lines that documents of
their site share.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.identity import digest, doc_id, text_id
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.cleaning import Cleaned, CleaningOptions, clean_documents
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.opened import OpenedRow, opened_document
from corpus.run.outlets import OutletRules
from corpus.run.pieces import CleanPiece, PieceRows, ReadPiece, names_of, read_piece, write_piece
from corpus.run.rows import DocumentRow, ParagraphRow, ProblemRow, RemovalRow, VariableRow, problem_row
from corpus.run.shared_lines import shared_lines
from corpus.run.stages.read import OPENED
from corpus.run.stages.reuse import MADE_FROM, earlier_homes, in_order, taken_up
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS, VARIABLES
from corpus.store import from_rows, write_json

if TYPE_CHECKING:
    from corpus.clean import SharedLines

OF_DOCUMENTS = (DOCUMENTS, VARIABLES, PARAGRAPHS, REMOVALS)
CLEAN_TABLES = (*OF_DOCUMENTS, PROBLEMS)
_WORD = re.compile(r"\w+")


def clean(run: Run, pieces: Sequence[ReadPiece]) -> list[CleanPiece]:
    """The pieces, cleaned."""
    options = CleaningOptions.of(run.config)
    convicted = shared_lines(pieces)
    kind = run.kind("clean", options.meaning())
    folders = [
        CleanPiece(run.work(kind, names_of([piece]), lines.digest()))
        for piece, lines in zip(pieces, convicted, strict=True)
    ]
    homes = earlier_homes(run, kind, pieces, folders, _doc_ids)
    tasks = [
        (piece, folder, options, lines, own)
        for piece, folder, lines, own in zip(pieces, folders, convicted, homes, strict=True)
    ]
    run.make("clean", clean_piece, tasks)
    return folders


def _doc_ids(piece: ReadPiece) -> list[str]:
    return list(map(doc_id, read_piece(piece, OPENED, ["source"])["source"].to_pylist()))


def clean_piece(
    piece: ReadPiece,
    folder: Path,
    options: CleaningOptions,
    shared: SharedLines,
    homes: Sequence[CleanPiece] = (),
    care: Care = NO_CARE,
) -> None:
    """Clean the documents of `piece`; `shared` are those of its lines that documents of their site share, `homes` hold what
    earlier runs made of its documents."""
    opened = cast("list[OpenedRow]", read_piece(piece, OPENED).to_pylist())
    hashes = {row["source"]: row["content_hash"] for row in opened}
    made_from = {doc_id(row["source"]): digest(row, shared.digest()) for row in opened}
    earlier = taken_up(homes, made_from, OF_DOCUMENTS)
    new = [row for row in opened if doc_id(row["source"]) not in earlier.doc_ids]
    outlets = options.outlet_rules()
    rows = PieceRows(CLEAN_TABLES)
    for problem in cast("list[ProblemRow]", read_piece(piece, PROBLEMS.name).to_pylist()):
        rows.add(PROBLEMS, problem)
    with beacon(folder, options.document_seconds) as light, finishing(folder) as temporary:
        for found in clean_documents(map(opened_document, new), options, shared, care, light):
            add_found(rows, found, hashes, options.languages, outlets)
            if isinstance(found, Problem):
                made_from.pop(doc_id(found.source), None)
        light.at()
        made = {table.name: from_rows(table, rows.rows[table.name]) for table in CLEAN_TABLES}
        for table in OF_DOCUMENTS:
            every = [*earlier.tables[table.name], made[table.name]]
            made[table.name] = in_order(every, list(map(doc_id, hashes)))
        write_piece(temporary, made)
        write_json(temporary / MADE_FROM, made_from)


def add_found(
    rows: PieceRows,
    found: Cleaned | Problem,
    hashes: Mapping[str, str],
    languages: tuple[str, ...],
    outlets: OutletRules,
) -> None:
    """Add the rows of a document, or of what went wrong with it; `hashes` are those of the contents, by source."""
    if isinstance(found, Problem):
        rows.add(PROBLEMS, problem_row(found))
        return
    document, cleaned = found
    named = replace(cleaned, outlet=outlets.outlet(document.source, cleaned.outlet))
    _add_document(rows, document, named, hashes[document.source], languages)


def _add_document(
    pieces: PieceRows,
    document: InputDocument,
    clean: CleanDocument,
    content_hash: str,
    languages: tuple[str, ...],
) -> None:
    from corpus.language import identify_paragraphs

    identity = doc_id(document.source)
    texts = [clean.text[paragraph.start : paragraph.end] for paragraph in clean.paragraphs]
    spoken = identify_paragraphs(texts, languages)
    pieces.add(DOCUMENTS, _document_row(identity, document, clean, content_hash))
    for variable in _variable_rows(identity, document.metadata):
        pieces.add(VARIABLES, variable)
    for position, (paragraph, text, language) in enumerate(zip(clean.paragraphs, texts, spoken, strict=True)):
        kept: ParagraphRow = {
            "doc_id": identity,
            "paragraph": position,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": text,
            "kind": paragraph.kind,
            "language": language,
            "text_id": text_id(text),
            "score": paragraph.score,
        }
        pieces.add(PARAGRAPHS, kept)
    for removal in clean.removals:
        removed: RemovalRow = {
            "doc_id": identity,
            "start": removal.start,
            "end": removal.end,
            "text": clean.raw_text[removal.start : removal.end],
            "reason": removal.reason,
            "rule": removal.rule,
            "kept_paragraph": removal.kept_paragraph,
            "similarity": removal.similarity,
        }
        pieces.add(REMOVALS, removed)


def _document_row(
    identity: str, document: InputDocument, clean: CleanDocument, content_hash: str
) -> DocumentRow:
    published = clean.published
    removed = sum(removal.end - removal.start for removal in clean.removals)
    return {
        "doc_id": identity,
        "source": document.source,
        "input_id": document.input_id,
        "content_hash": content_hash,
        "format": document.format,
        "url": clean.url,
        "site": clean.site,
        "outlet": clean.outlet,
        "title": clean.title,
        "authors": list(clean.authors) or None,
        "published": published.date if published else None,
        "published_precision": published.precision if published else None,
        "published_from": published.origin if published else None,
        "published_text": published.text if published else None,
        "language": clean.language,
        "language_score": clean.language_score,
        "raw_text": clean.raw_text,
        "text": clean.text,
        "words": sum(1 for _ in _WORD.finditer(clean.text)),
        "paragraphs": len(clean.paragraphs),
        "removed_share": round(removed / len(clean.raw_text), 6) if clean.raw_text else 0.0,
        "also_in": list(document.also_in) or None,
        "metadata": _json_text(document.metadata),
        "corrected_by": None,
    }


def _variable_rows(identity: str, fields: Mapping[str, Any]) -> Iterator[VariableRow]:
    """The fields that hold one value, as text; those that hold lists or objects stand in `documents.metadata` alone."""
    for name, value in fields.items():
        if name.strip() and isinstance(value, str | int | float):
            text = value if isinstance(value, str) else json.dumps(value)
            if text.strip():
                yield {"doc_id": identity, "name": name, "value": text}


def _json_text(fields: Any) -> str | None:
    if not fields:
        return None
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True, default=str)

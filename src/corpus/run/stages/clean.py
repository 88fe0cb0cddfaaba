"""Read, clean, take out the repeats inside each document.

In: the shards of the plan. Out: clean pieces, in the order of the input. Its key: the shard's files and their bytes, the
options and, for a shard that is cleaned again, the lines that the corpus convicted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.identity import digest, doc_id, text_id
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.cleaning import CleaningOptions, clean_files
from corpus.run.context import Run
from corpus.run.executors import survives
from corpus.run.pieces import CleanPiece, PieceWriter, pieces_of
from corpus.run.rows import DocumentRow, ParagraphRow, ProblemRow, RemovalRow
from corpus.run.shards import InputFile, Shard
from corpus.run.stages.shared_lines import LineEvidence, shared_lines
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS
from corpus.store import replacing_folder

if TYPE_CHECKING:
    from corpus.clean import SharedLines

CLEAN_TABLES = (DOCUMENTS, PARAGRAPHS, REMOVALS, PROBLEMS)
_WORD = re.compile(r"\w+")


def clean(run: Run, shards: Sequence[Shard]) -> list[CleanPiece]:
    """The clean pieces of all shards; those that kept a line which the corpus convicts are cleaned a second time."""
    options = CleaningOptions.of(run.config)
    meaning = options.meaning()
    alone = [(shard, run.work("clean", shard.key, meaning), options, None) for shard in shards]
    run.make("clean", clean_shard, alone, lost_shard)
    convicted = shared_lines([task[1] for task in alone])
    again = [
        (shard, run.work("recleaned", shard.key, meaning, lines.digest()), options, lines)
        for (shard, *_), lines in zip(alone, convicted, strict=True)
        if lines.sites
    ]
    run.make("shared lines", clean_shard, again, lost_shard)
    final = {task[0].key: task[1] for task in [*alone, *again]}
    return [piece for shard in shards for piece in pieces_of(final[shard.key])]


def clean_shard(shard: Shard, folder: Path, options: CleaningOptions, shared: SharedLines | None) -> None:
    """Write what `shard` holds to pieces below `folder` (see `corpus.run.pieces`), all or nothing.

    Beside the pieces stands what the shard tells about the lines that documents of a site share.
    """
    with replacing_folder(folder) as temporary:
        lines = LineEvidence()
        with PieceWriter(temporary, CLEAN_TABLES) as pieces:
            for found in clean_files(shard.files, options, shared):
                if isinstance(found, Problem):
                    pieces.add(PROBLEMS, problem_row(found))
                else:
                    pieces.begin_document(len(found[1].raw_text) + len(found[1].text))
                    _add_document(pieces, *found, options.languages)
                    lines.add(*found)
        lines.write(temporary)


def lost_shard(task: tuple[Shard, Path, CleaningOptions, SharedLines | None]) -> None:
    """Stand in for `clean_shard` where the worker process died of it: the deadly file becomes a problem, the others are read."""
    shard, folder, options, shared = task
    living = tuple(file for file in shard.files if survives(_read_through, file, options, shared))
    clean_shard(Shard(shard.key, living), folder, options, shared)
    with PieceWriter(folder, CLEAN_TABLES, first=len(pieces_of(folder))) as pieces:
        message = (
            "The process that read it died, of lack of memory or a fault in a library. Leave the file out."
        )
        for file in shard.files:
            if file not in living:
                pieces.add(PROBLEMS, problem_row(Problem(file.source, "read", "worker_died", message)))


def _read_through(file: InputFile, options: CleaningOptions, shared: SharedLines | None) -> None:
    for _ in clean_files((file,), options, shared):
        pass


def problem_row(problem: Problem) -> ProblemRow:
    """A problem as a row of `problems`."""
    return {
        "source": problem.source,
        "stage": problem.stage,
        "kind": problem.kind,
        "message": problem.message,
        "recovered": problem.recovered,
    }


def _add_document(
    pieces: PieceWriter, document: InputDocument, clean: CleanDocument, languages: tuple[str, ...]
) -> None:
    from corpus.language import identify_paragraphs

    identity = doc_id(document.source)
    texts = [clean.text[paragraph.start : paragraph.end] for paragraph in clean.paragraphs]
    spoken = identify_paragraphs(texts, languages)
    pieces.add(DOCUMENTS, _document_row(identity, document, clean))
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


def _document_row(identity: str, document: InputDocument, clean: CleanDocument) -> DocumentRow:
    published = clean.published
    removed = sum(removal.end - removal.start for removal in clean.removals)
    return {
        "doc_id": identity,
        "source": document.source,
        "input_id": document.input_id,
        "content_hash": digest(document.content, document.url, document.title, dict(document.metadata)),
        "format": document.format,
        "url": clean.url,
        "site": clean.site,
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
    }


def _json_text(fields: Any) -> str | None:
    if not fields:
        return None
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True, default=str)

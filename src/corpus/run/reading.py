"""The first stage, for one shard: read, clean, take out the repeats inside each document. Everything is written as found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.identity import digest, doc_id, text_id
from corpus.readers import ReadOptions, read_file
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.lines import LineEvidence
from corpus.run.parts import PieceWriter, pieces_of
from corpus.run.shards import InputFile, Shard
from corpus.run.timelimit import TimeLimitExceeded, time_limit
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS
from corpus.store import replacing_folder

if TYPE_CHECKING:
    from corpus.clean import SharedLines

CLEAN_TABLES = (DOCUMENTS, PARAGRAPHS, REMOVALS, PROBLEMS)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a worker must know to clean a shard."""

    languages: tuple[str, ...]
    document_seconds: int
    read: ReadOptions


def clean_shard(shard: Shard, folder: Path, options: ReadingOptions, shared: SharedLines | None) -> None:
    """Write what `shard` holds to pieces below `folder` (see `corpus.run.parts`), all or nothing.

    Beside the pieces stands what the shard tells about the lines that documents of a site share (`read_lines`).
    """
    with replacing_folder(folder) as temporary:
        lines = LineEvidence()
        with PieceWriter(temporary, CLEAN_TABLES) as pieces:
            for file in shard.files:
                for found in clean_file(file, options, shared):
                    if isinstance(found, Problem):
                        pieces.add(PROBLEMS, problem_row(found))
                    else:
                        pieces.begin_document(len(found[1].raw_text) + len(found[1].text))
                        _add_document(pieces, *found, options.languages)
                        lines.add(*found)
        lines.write(temporary)


def lost_shard(task: tuple[Shard, Path, ReadingOptions, SharedLines | None]) -> None:
    """Stand in for `clean_shard` where the worker process died of it: the deadly file becomes a problem, the others are read."""
    from corpus.run.executors import survives

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


def _read_through(file: InputFile, options: ReadingOptions, shared: SharedLines | None) -> None:
    for _ in clean_file(file, options, shared):
        pass


def clean_file(
    file: InputFile, options: ReadingOptions, shared: SharedLines | None
) -> Iterator[tuple[InputDocument, CleanDocument] | Problem]:
    """Every document of a file, cleaned, and every problem met; a file that gives neither is a problem too."""
    empty = True
    for found in _bounded(file, options):
        empty = False
        cleaned = found if isinstance(found, Problem) else _clean(found, options, shared)
        yield cleaned
        if not isinstance(cleaned, Problem) and (note := _nothing_left(*cleaned)):
            yield note
    if empty:
        yield Problem(file.source, "read", "no_document", "The file holds no document.")


def _bounded(file: InputFile, options: ReadingOptions) -> Iterator[InputDocument | Problem]:
    """What the reader finds, each within the time limit."""
    reader = iter(read_file(file.path, file.source, options.read))
    while True:
        try:
            with time_limit(options.document_seconds):
                found = next(reader, None)
        except TimeLimitExceeded:
            yield Problem(file.source, "read", "time_limit", _too_slow(options, "Reading on"))
            return
        except Exception as error:  # noqa: BLE001 - the one guard: a bad document is a row, never a crash
            yield Problem(file.source, "read", "failed", _unexpected(error))
            return
        if found is None:
            return
        yield found


def _clean(
    document: InputDocument, options: ReadingOptions, shared: SharedLines | None
) -> tuple[InputDocument, CleanDocument] | Problem:
    from corpus.clean import CleanOptions, NoContent, clean_document

    try:
        with time_limit(options.document_seconds):
            return document, clean_document(document, CleanOptions(languages=options.languages), shared)
    except NoContent as error:
        return Problem(document.source, "clean", "no_content", str(error))
    except TimeLimitExceeded:
        return Problem(document.source, "clean", "time_limit", _too_slow(options, "Cleaning"))
    except Exception as error:  # noqa: BLE001 - the same guard, for the cleaning of one document
        return Problem(document.source, "clean", "failed", _unexpected(error))


def _nothing_left(document: InputDocument, clean: CleanDocument) -> Problem | None:
    if clean.text:
        return None
    message = "Cleaning found only furniture in it; the rows of `removals` say what. Its text is empty."
    return Problem(document.source, "clean", "nothing_left", message, recovered=True)


def _too_slow(options: ReadingOptions, what: str) -> str:
    return (
        f"{what} took more than {options.document_seconds} seconds. "
        "Raise document_seconds in corpus.toml if the document is worth it."
    )


def _unexpected(error: Exception) -> str:
    return f"It could not be worked on: {type(error).__name__}: {str(error)[:300]}"


def problem_row(problem: Problem) -> dict[str, Any]:
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
        row = {
            "doc_id": identity,
            "paragraph": position,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": text,
            "kind": paragraph.kind,
            "language": language,
            "text_id": text_id(text),
        }
        pieces.add(PARAGRAPHS, row)
    for removal in clean.removals:
        row = {
            "doc_id": identity,
            "start": removal.start,
            "end": removal.end,
            "text": clean.raw_text[removal.start : removal.end],
            "reason": removal.reason,
            "rule": removal.rule,
            "kept_paragraph": removal.kept_paragraph,
            "similarity": removal.similarity,
        }
        pieces.add(REMOVALS, row)


def _document_row(identity: str, document: InputDocument, clean: CleanDocument) -> dict[str, Any]:
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

"""The first stage, for one shard: read, clean, take out the repeats inside each document. Everything is written as found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.identity import digest, doc_id, text_id
from corpus.readers import ReadOptions, read_file
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.parts import PartWriter
from corpus.run.shards import InputFile, Shard
from corpus.run.timelimit import TimeLimitExceeded, time_limit
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS
from corpus.store import replacing_folder

if TYPE_CHECKING:
    from corpus.clean import SharedLines

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """What a worker must know to clean a shard."""

    languages: tuple[str, ...]
    document_seconds: int
    read: ReadOptions


@dataclass(frozen=True, slots=True)
class Counts:
    """What a shard gave."""

    documents: int = 0
    problems: int = 0
    unread: int = 0


def clean_shard(shard: Shard, folder: Path, options: CleanOptions, shared: SharedLines | None) -> Counts:
    """Write documents, paragraphs, removals and problems of `shard` to `folder`, all or nothing; give the counts."""
    with replacing_folder(folder) as temporary, ExitStack() as stack:
        writers = {
            table.name: stack.enter_context(PartWriter(temporary, table))
            for table in (DOCUMENTS, PARAGRAPHS, REMOVALS, PROBLEMS)
        }
        documents = problems = unread = 0
        for file in shard.files:
            for found in clean_file(file, options, shared):
                if isinstance(found, Problem):
                    writers["problems"].add(problem_row(found))
                    problems, unread = problems + 1, unread + (not found.recovered)
                else:
                    _add_document(writers, *found)
                    documents += 1
    return Counts(documents, problems, unread)


def clean_file(
    file: InputFile, options: CleanOptions, shared: SharedLines | None
) -> Iterator[tuple[InputDocument, CleanDocument] | Problem]:
    """Every document of a file, cleaned, and every problem met; a file that gives neither is a problem too."""
    empty = True
    for found in _bounded(file, options):
        empty = False
        yield found if isinstance(found, Problem) else _clean(found, options, shared)
        if not isinstance(found, Problem) and (note := _nothing_left(found)):
            yield note
    if empty:
        yield Problem(file.source, "read", "no_document", "The file holds no document.")


def _bounded(file: InputFile, options: CleanOptions) -> Iterator[InputDocument | Problem]:
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
    document: InputDocument, options: CleanOptions, shared: SharedLines | None
) -> tuple[InputDocument, CleanDocument] | Problem:
    from corpus.clean import NoContent, clean_document

    try:
        with time_limit(options.document_seconds):
            return document, clean_document(document, shared_lines=shared, languages=options.languages)
    except NoContent as error:
        return Problem(document.source, "clean", "no_content", str(error))
    except TimeLimitExceeded:
        return Problem(document.source, "clean", "time_limit", _too_slow(options, "Cleaning"))
    except Exception as error:  # noqa: BLE001 - the same guard, for the cleaning of one document
        return Problem(document.source, "clean", "failed", _unexpected(error))


def _nothing_left(found: tuple[InputDocument, CleanDocument]) -> Problem | None:
    document, clean = found
    if clean.text:
        return None
    message = "Cleaning found only furniture in it; the rows of `removals` say what. Its text is empty."
    return Problem(document.source, "clean", "nothing_left", message, recovered=True)


def _too_slow(options: CleanOptions, what: str) -> str:
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


def _add_document(writers: dict[str, PartWriter], document: InputDocument, clean: CleanDocument) -> None:
    identity = doc_id(document.source)
    size = len(clean.raw_text) + len(clean.text)
    writers["documents"].add(_document_row(identity, document, clean), size)
    for position, paragraph in enumerate(clean.paragraphs):
        text = clean.text[paragraph.start : paragraph.end]
        row = {
            "doc_id": identity,
            "paragraph": position,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": text,
            "kind": paragraph.kind,
            "language": paragraph.language,
            "text_id": text_id(text),
        }
        writers["paragraphs"].add(row, len(text))
    for removal in clean.removals:
        text = clean.raw_text[removal.start : removal.end]
        row = {
            "doc_id": identity,
            "start": removal.start,
            "end": removal.end,
            "text": text,
            "reason": removal.reason,
            "rule": removal.rule,
            "kept_paragraph": removal.kept_paragraph,
            "similarity": removal.similarity,
        }
        writers["removals"].add(row, len(text))


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

"""The first stage, for one shard: read, clean, take out the repeats inside each document. Everything is written as found."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.identity import digest, doc_id, text_id
from corpus.readers import ReadOptions, read_file
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.lines import LineEvidence
from corpus.run.parts import PieceWriter, pieces_of
from corpus.run.shards import InputFile, Shard
from corpus.run.timelimit import TICK, TimeLimitExceeded, time_limit
from corpus.schemas import DOCUMENTS, PARAGRAPHS, PROBLEMS, REMOVALS
from corpus.store import replacing_folder

if TYPE_CHECKING:
    from corpus.clean import Prepared, SharedLines
    from dedupe import WithinRepeat

CLEAN_TABLES = (DOCUMENTS, PARAGRAPHS, REMOVALS, PROBLEMS)
# Repeats are looked for in so many documents, or about so many characters of them, at once: the arrays of a group fit the
# caches, and few documents wait in memory.
GROUP_DOCUMENTS = 64
GROUP_CHARACTERS = 1 << 20
_T = TypeVar("_T")
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
            for found in clean_files(shard.files, options, shared):
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
    for _ in clean_files((file,), options, shared):
        pass


def clean_files(
    files: Iterable[InputFile], options: ReadingOptions, shared: SharedLines | None
) -> Iterator[tuple[InputDocument, CleanDocument] | Problem]:
    """Every document of the files, cleaned, and every problem met, in order; a file that gives neither is a problem too.

    Repeats are looked for in groups of documents: alone, a short document costs several times as much.
    """
    group: list[_Waiting | Problem] = []
    size = 0
    for found in _prepared_files(files, options, shared):
        group.append(found)
        if isinstance(found, _Waiting):
            size += len(found.prepared.document.content) + len(found.prepared.raw_text)
        if len(group) >= GROUP_DOCUMENTS or size >= GROUP_CHARACTERS:
            yield from _finished(group, options)
            group, size = [], 0
    yield from _finished(group, options)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that is cleaned but for its repeats, and the seconds that this took."""

    prepared: Prepared
    seconds: float


def _prepared_files(
    files: Iterable[InputFile], options: ReadingOptions, shared: SharedLines | None
) -> Iterator[_Waiting | Problem]:
    for file in files:
        empty = True
        for found in _bounded(file, options):
            empty = False
            yield found if isinstance(found, Problem) else _prepared(found, options, shared)
        if empty:
            yield Problem(file.source, "read", "no_document", "The file holds no document.")


def _finished(
    group: list[_Waiting | Problem], options: ReadingOptions
) -> Iterator[tuple[InputDocument, CleanDocument] | Problem]:
    repeats = iter(_repeats_of_group([one for one in group if isinstance(one, _Waiting)], options))
    for one in group:
        cleaned = _finish(one, next(repeats), options) if isinstance(one, _Waiting) else one
        yield cleaned
        if not isinstance(cleaned, Problem) and (note := _nothing_left(*cleaned)):
            yield note


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


def _prepared(
    document: InputDocument, options: ReadingOptions, shared: SharedLines | None
) -> _Waiting | Problem:
    from corpus.clean import CleanOptions, prepare

    began = time.monotonic()

    def work() -> _Waiting:
        prepared = prepare(document, CleanOptions(languages=options.languages), shared)
        return _Waiting(prepared, time.monotonic() - began)

    return _guarded(work, document, options, options.document_seconds)


def _repeats_of_group(
    group: Sequence[_Waiting], options: ReadingOptions
) -> Sequence[Sequence[WithinRepeat] | None]:
    """The repeats of each document; None for all where one of them fails or takes too long: each is then tried alone."""
    from corpus.clean import find_repeats

    try:
        with time_limit(options.document_seconds):
            return find_repeats([one.prepared for one in group])
    except TimeLimitExceeded:
        return [None] * len(group)
    except Exception:  # noqa: BLE001 - which document it was, and what, is told when each is tried alone
        return [None] * len(group)


def _finish(
    waiting: _Waiting, repeats: Sequence[WithinRepeat] | None, options: ReadingOptions
) -> tuple[InputDocument, CleanDocument] | Problem:
    from corpus.clean import find_repeats, finish

    prepared = waiting.prepared

    def work() -> tuple[InputDocument, CleanDocument]:
        return prepared.document, finish(
            prepared, find_repeats([prepared])[0] if repeats is None else repeats
        )

    return _guarded(work, prepared.document, options, max(options.document_seconds - waiting.seconds, TICK))


def _guarded(
    work: Callable[[], _T], document: InputDocument, options: ReadingOptions, seconds: float
) -> _T | Problem:
    """What `work` gives; a problem where it fails or takes more than `seconds`, which are what is left of the document's."""
    from corpus.clean import NoContent

    try:
        with time_limit(seconds):
            return work()
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

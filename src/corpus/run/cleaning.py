"""The documents of files, read and cleaned one by one: what goes wrong with one is a problem and costs no other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from corpus.readers import ReadOptions, read_file
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.options import StageOptions
from corpus.run.shards import InputFile
from corpus.run.timelimit import TICK, TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from corpus.clean import Prepared, SharedLines
    from dedupe import WithinRepeat

# Repeats are looked for in so many documents, or about so many characters of them, at once: the arrays of a group fit the
# caches, and few documents wait in memory.
GROUP_DOCUMENTS = 64
GROUP_CHARACTERS = 1 << 20
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CleaningOptions(StageOptions):
    """What a worker must know to read and clean documents."""

    languages: tuple[str, ...]
    document_seconds: int
    columns: tuple[tuple[str, str], ...]
    max_document_bytes: int

    def for_readers(self) -> ReadOptions:
        """The options as the readers take them."""
        return ReadOptions(columns=dict(self.columns), max_document_bytes=self.max_document_bytes)


def clean_files(
    files: Iterable[InputFile], options: CleaningOptions, shared: SharedLines | None
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
    files: Iterable[InputFile], options: CleaningOptions, shared: SharedLines | None
) -> Iterator[_Waiting | Problem]:
    for file in files:
        empty = True
        for found in _bounded(file, options):
            empty = False
            yield found if isinstance(found, Problem) else _prepared(found, options, shared)
        if empty:
            yield Problem(file.source, "read", "no_document", "The file holds no document.")


def _finished(
    group: list[_Waiting | Problem], options: CleaningOptions
) -> Iterator[tuple[InputDocument, CleanDocument] | Problem]:
    repeats = iter(_repeats_of_group([one for one in group if isinstance(one, _Waiting)], options))
    for one in group:
        cleaned = _finish(one, next(repeats), options) if isinstance(one, _Waiting) else one
        yield cleaned
        if not isinstance(cleaned, Problem) and (note := _nothing_left(*cleaned)):
            yield note


def _bounded(file: InputFile, options: CleaningOptions) -> Iterator[InputDocument | Problem]:
    """What the reader finds, each within the time limit."""
    reader = iter(read_file(file.path, file.source, options.for_readers()))
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
    document: InputDocument, options: CleaningOptions, shared: SharedLines | None
) -> _Waiting | Problem:
    from corpus.clean import CleanOptions, prepare

    began = time.monotonic()

    def work() -> _Waiting:
        prepared = prepare(document, CleanOptions(languages=options.languages), shared)
        return _Waiting(prepared, time.monotonic() - began)

    return _guarded(work, document, options, options.document_seconds)


def _repeats_of_group(
    group: Sequence[_Waiting], options: CleaningOptions
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
    waiting: _Waiting, repeats: Sequence[WithinRepeat] | None, options: CleaningOptions
) -> tuple[InputDocument, CleanDocument] | Problem:
    from corpus.clean import find_repeats, finish

    prepared = waiting.prepared

    def work() -> tuple[InputDocument, CleanDocument]:
        return prepared.document, finish(
            prepared, find_repeats([prepared])[0] if repeats is None else repeats
        )

    return _guarded(work, prepared.document, options, max(options.document_seconds - waiting.seconds, TICK))


def _guarded(
    work: Callable[[], _T], document: InputDocument, options: CleaningOptions, seconds: float
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


def _too_slow(options: CleaningOptions, what: str) -> str:
    return (
        f"{what} took more than {options.document_seconds} seconds. "
        "Raise document_seconds in corpus.toml if the document is worth it."
    )


def _unexpected(error: Exception) -> str:
    return f"It could not be worked on: {type(error).__name__}: {str(error)[:300]}"

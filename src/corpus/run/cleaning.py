"""Opened documents to clean ones, in groups, each behind its guard."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run.beacon import Beacon, Care
from corpus.run.guard import guarded
from corpus.run.options import StageOptions
from corpus.run.outlets import OutletRules, outlet_rules
from corpus.run.timelimit import TICK, TimeLimitExceeded, seconds_for, time_limit

if TYPE_CHECKING:
    from corpus.clean import Amendments, Opened, Prepared, SharedLines
    from dedupe import WithinRepeat

# Repeats are looked for in so many documents, or about so many characters of them, at once: the arrays of a group fit the
# caches, and few documents wait in memory.
GROUP_DOCUMENTS = 64
GROUP_CHARACTERS = 1 << 20
Cleaned = tuple[InputDocument, CleanDocument]


@dataclass(frozen=True, slots=True)
class CleaningOptions(StageOptions):
    """What a worker must know to clean documents."""

    languages: tuple[str, ...]
    document_seconds: int
    outlet: tuple[tuple[str, str | int], ...]

    def meaning(self) -> dict[str, Any]:
        """As every stage's; of a file of hosts what it says counts, not where it lies."""
        return StageOptions.meaning(self) | {"outlet": self.outlet_rules().meaning()}

    def outlet_rules(self) -> OutletRules:
        """What `[outlet]` says. Raises ConfigError."""
        return outlet_rules(dict(self.outlet))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that is cleaned but for its repeats, and the seconds that this took."""

    prepared: Prepared
    seconds: float

    @property
    def source(self) -> str:
        return self.prepared.document.source


def clean_documents(
    documents: Iterable[Opened],
    options: CleaningOptions,
    shared: SharedLines | None,
    care: Care,
    light: Beacon,
    amendments: Mapping[str, Amendments] | None = None,
) -> Iterator[Cleaned | Problem]:
    """Every document, cleaned, and every problem met, in order; `amendments` are what the user says of a document, by source.

    Repeats are looked for in groups of documents: alone, a short document costs several times as much.
    """
    group: list[_Waiting | Problem] = []
    size = 0
    for opened in documents:
        light.at(opened.document.source, size=len(opened.raw_text))
        if opened.document.source in care.left_out:
            group.append(care.problem(opened.document.source, "clean"))
            continue
        own = amendments.get(opened.document.source) if amendments is not None else None
        group.append(_prepared(opened, options, shared, own))
        size += 2 * len(opened.raw_text)
        if care.alone or len(group) >= GROUP_DOCUMENTS or size >= GROUP_CHARACTERS:
            yield from _finished(group, options, light)
            group, size = [], 0
    yield from _finished(group, options, light)


def _finished(
    group: list[_Waiting | Problem], options: CleaningOptions, light: Beacon
) -> Iterator[Cleaned | Problem]:
    waiting = [one for one in group if isinstance(one, _Waiting)]
    light.at(*(one.source for one in waiting), size=sum(len(one.prepared.raw_text) for one in waiting))
    repeats = iter(_repeats_of_group(waiting, options))
    for one in group:
        cleaned = _finish(one, next(repeats), options) if isinstance(one, _Waiting) else one
        yield cleaned
        if not isinstance(cleaned, Problem) and (note := _nothing_left(*cleaned)):
            yield note


def _prepared(
    opened: Opened, options: CleaningOptions, shared: SharedLines | None, amendments: Amendments | None
) -> _Waiting | Problem:
    from corpus.clean import CleanOptions, prepare

    began = time.thread_time()

    def work() -> _Waiting:
        prepared = prepare(opened, CleanOptions(languages=options.languages), shared, amendments)
        return _Waiting(prepared, time.thread_time() - began)

    limit = seconds_for(len(opened.raw_text), options.document_seconds)
    return guarded(work, opened.document.source, "clean", limit, limit)


def _repeats_of_group(
    group: Sequence[_Waiting], options: CleaningOptions
) -> Sequence[Sequence[WithinRepeat] | None]:
    """The repeats of each document; None for all where one of them fails or takes too long: each is then tried alone."""
    from corpus.clean import find_repeats

    if len(group) == 1:  # its limit is for both together
        return [None]
    try:
        longest = max(len(one.prepared.raw_text) for one in group)
        with time_limit(seconds_for(longest, options.document_seconds)):
            return find_repeats([one.prepared for one in group])
    except TimeLimitExceeded:
        return [None] * len(group)
    except Exception:  # noqa: BLE001 - which document it was, and what, is told when each is tried alone
        return [None] * len(group)


def _finish(
    waiting: _Waiting, repeats: Sequence[WithinRepeat] | None, options: CleaningOptions
) -> Cleaned | Problem:
    from corpus.clean import find_repeats, finish

    prepared = waiting.prepared

    def work() -> Cleaned:
        found = find_repeats([prepared])[0] if repeats is None else repeats
        return prepared.document, finish(prepared, found)

    limit = seconds_for(len(prepared.raw_text), options.document_seconds)
    return guarded(work, waiting.source, "clean", max(limit - waiting.seconds, TICK), limit)


def _nothing_left(document: InputDocument, clean: CleanDocument) -> Problem | None:
    if clean.text:
        return None
    message = "Cleaning found only furniture in it; the rows of `removals` say what. Its text is empty."
    return Problem(document.source, "clean", "nothing_left", message, recovered=True)

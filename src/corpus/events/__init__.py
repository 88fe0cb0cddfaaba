"""Events: what happened once, however many sentences and papers tell it. Pure logic over statements; knows no files.

    told = tell(text, language, sentences, amounts)     # what the words of a paragraph say of each sum
    found = find_events(statements)                      # the events, and which one each statement tells of

`first_in` and `counted_in` give `first` and `counted` for any set of documents; docs/events.md has the same in SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from corpus.events.across import bring_together
from corpus.events.choose import event_of, placed, ranked
from corpus.events.decided import UNDECIDED, Decisions
from corpus.events.kinds import Settled, Told, of_their_kinds, settle
from corpus.events.records import Event, Found, Placed, Statement, Telling
from corpus.events.select import conversion_note, counted_in, first_in
from corpus.events.telling import is_correction, kinds_again, tell
from corpus.events.touched import Bond, touched
from corpus.events.words import EVENT_WORDS

__all__ = [
    "EVENT_WORDS",
    "Bond",
    "Decisions",
    "Event",
    "Found",
    "Placed",
    "Settled",
    "Statement",
    "Telling",
    "Told",
    "conversion_note",
    "counted_in",
    "find_events",
    "first_in",
    "is_correction",
    "kinds_again",
    "settle",
    "tell",
    "totals_apply",
    "touched",
]

TOTALLED = frozenset(
    {"funding_round", "investment", "acquisition", "fine", "contract", "debt", "grant", "spending"}
)
"""Kinds whose sums are added up over several events. Of revenue or a market value "au total" says nothing of the kind."""


def totals_apply(kind: str) -> bool:
    """Whether a total of several events can be told of facts of this kind.

    >>> from corpus.events import totals_apply
    >>> totals_apply("funding_round"), totals_apply("valuation")
    (True, False)
    """
    return kind in TOTALLED


def find_events(
    statements: Iterable[Statement], decisions: Decisions = UNDECIDED, *, settled: bool = False
) -> Found:
    """The events of a set of statements, by key, and what becomes of each statement. The order of the input does not matter.

    `decisions` are the user's, and stand above what statements agree in. `settled` are statements that each are of the kind that
    they are for their event: then those of one kind can be asked alone.

    >>> from dataclasses import fields
    >>> from corpus.events import Statement, find_events
    >>> fine = dict.fromkeys(field.name for field in fields(Statement))
    >>> fine |= {"kind": "fine", "company": "Galet", "counterparties": (), "certainty": "stated", "score": 1.0}
    >>> fine |= {"low": 3e6, "high": 3e6, "currency": "EUR", "modifier": "exact", "relation": "statement"}
    >>> fine |= {"paragraph": 0, "start": 0, "amount_start": 9, "closes": False}
    >>> told = [Statement(**fine | {"doc_id": name}) for name in ("a", "b")]
    >>> [(event.company, event.facts) for event in find_events(told).events]
    [('Galet', 2)]
    """
    by_kind: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements if settled else of_their_kinds(statements):
        by_kind[statement.kind].append(statement)
    events: list[Event] = []
    becomes: dict[tuple[str, int, int, str], Placed] = {}
    for kind in sorted(by_kind):
        groups, loose = bring_together(by_kind[kind], decisions)
        becomes |= {statement.place: Placed(statement.relation) for statement in loose}
        for one in groups:
            best = ranked(one)
            event = event_of(one, best)
            events.append(event)
            becomes |= {statement.place: each for statement, each in placed(one, event.event, best)}
    return Found(tuple(sorted(events, key=lambda event: event.event)), becomes)

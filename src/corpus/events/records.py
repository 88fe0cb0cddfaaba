"""What the room of events takes and gives: a statement as a fact row holds it, how words tell it, and the event it is of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Relation = Literal["statement", "restated", "corrected", "cumulative", "part"]
Rule = Literal[
    "first",
    "same_document",
    "repeat",
    "same_sum",
    "rounded_sum",
    "converted_sum",
    "correction",
    "part",
    "total",
    "user",
]


ONCE = frozenset({"funding_round", "acquisition", "fine", "contract", "investment", "debt", "grant"})
"""Kinds of what happens: another one is another event, and a sum may have been wrong. Market values and quarters just change."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words around a sum say of its event.

    `relation` is `statement`, `corrected` (a sum that is said to be wrong), `cumulative` or `part`; `in_all` marks a total that
    is one only beside a smaller sum. `beside` is the start of the
    sum it is a part of, or gives in another currency where `converts` is set. `replaces` is the sum, in the same currency,
    that the text says it stands for. `round_letter` is a capital letter, or `seed`. `again` are the kinds of which it is
    another than one before; `closes` says that what was agreed before is carried out.

    >>> from corpus.events import tell
    >>> from extract import find_amounts, split_sentences
    >>> text = "Cela porte à 64 millions d'euros le total levé."
    >>> [told] = tell(text, "fr", split_sentences(text), find_amounts(text)).values()
    >>> told.relation
    'cumulative'
    """

    relation: Relation = "statement"
    in_all: bool = False
    looks_back: bool = False
    corrects: bool = False
    round_letter: str | None = None
    replaces: float | None = None
    beside: int | None = None
    converts: bool = False
    again: frozenset[str] = frozenset()
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as the events need it: a row of `corpus.schemas.STATEMENTS` without its text. `counterparties` are in its order.

    >>> from dataclasses import fields
    >>> from corpus.events import Statement
    >>> from corpus.schemas import STATEMENTS
    >>> {field.name for field in fields(Statement)} - {column.name for column in STATEMENTS.columns}
    {'yields'}
    """

    doc_id: str
    paragraph: int
    start: int
    amount_start: int
    kind: str
    company: str
    counterparties: tuple[str, ...]
    authority: str | None
    low: float | None
    high: float | None
    currency: str | None
    modifier: str
    eur_low: float | None
    eur_high: float | None
    start_date: dt.date | None
    end_date: dt.date | None
    certainty: str
    score: float
    relation: Relation
    in_all: bool
    published: dt.date | None
    published_precision: str | None
    outlet: str | None
    repeats_doc: str | None
    repeats_paragraph: int | None
    changed: bool
    headline: bool
    looks_back: bool
    corrects: bool
    round_letter: str | None
    replaces: float | None
    beside: int | None
    converts: bool
    again: bool
    closes: bool
    yields: bool = False
    """Whether its kind is that of a surer statement of its sum; set by the room itself."""

    @property
    def place(self) -> tuple[str, int, int, str]:
        """What tells it from every other statement of a corpus."""
        return self.doc_id, self.start, self.amount_start, self.company

    @property
    def paragraph_key(self) -> tuple[str, int]:
        """The paragraph whose wording it has: the first of its repeats, its own where it is the first or says another fact."""
        if self.repeats_doc is None or self.repeats_paragraph is None or self.changed:
            return self.doc_id, self.paragraph
        return self.repeats_doc, self.repeats_paragraph

    @property
    def wording(self) -> tuple[str, int]:
        """The first paragraph with that wording, whatever it says."""
        if self.repeats_doc is None or self.repeats_paragraph is None:
            return self.doc_id, self.paragraph
        return self.repeats_doc, self.repeats_paragraph

    @property
    def order(self) -> tuple[dt.date, str, int, int, str]:
        """*Earlier*: smaller published date (unknown last), then doc_id, then position."""
        return self.published or dt.date.max, self.doc_id, self.start, self.amount_start, self.company


@dataclass(frozen=True, slots=True)
class Placed:
    """What becomes of a statement: its relation, and its event with the rule that joined it and its rank there.

    A total or a part has no rank; a total that stands beside no event has no event.

    >>> from corpus.events import Placed
    >>> Placed("statement", event="e1", rule="first", rank=0).relation
    'statement'
    """

    relation: Relation
    event: str | None = None
    rule: Rule | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened once; a row of `events`.

    >>> import corpus
    >>> from corpus.events import Event
    >>> event = Event(*corpus.open("data/processed").events.to_pandas()[list(Event.__annotations__)].iloc[0])
    >>> bool(event.facts >= event.documents >= event.outlets)
    True
    """

    event: str
    kind: str
    company: str
    counterparty: str | None
    authority: str | None
    low: float | None
    high: float | None
    currency: str | None
    eur_low: float | None
    eur_high: float | None
    start_date: dt.date | None
    end_date: dt.date | None
    certainty: str
    facts: int
    documents: int
    outlets: int
    first_doc_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a set of statements, and what becomes of each statement by its place.

    >>> from corpus.events import find_events
    >>> find_events([]).events
    ()
    """

    events: tuple[Event, ...]
    placed: dict[tuple[str, int, int, str], Placed] = field(default_factory=dict)

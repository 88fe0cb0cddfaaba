"""Sentences ready to be read, stretches that may be names, and names that are no companies: persons, institutions, and others."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from extract.companies import ListMatch
from extract.cue_words import CueWords
from extract.tokens import Tokens

NameType = Literal["person", "institution", "place", "law", "product", "event", "other"]
NAME_TYPES: tuple[NameType, ...] = ("person", "institution", "place", "law", "product", "event", "other")


@dataclass(frozen=True, slots=True)
class Name:
    """A mention. `name` is its canonical form as far as its document tells ("Macron" → "Emmanuel Macron").

    >>> from extract import find_names
    >>> [found] = find_names("Le ministre Aristide Kervella a répondu.")
    >>> found.text, found.type, found.name
    ('Aristide Kervella', 'person', 'Aristide Kervella')
    """

    start: int
    end: int
    text: str
    type: NameType
    name: str
    score: float


Group = tuple[str, ...]
"""Features that come together, in order: those that are often met are made once and kept."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence ready to be described: token range, and the list's matches as token ranges, in order and disjoint."""

    text: str
    tokens: Tokens
    first: int
    last: int
    cues: CueWords
    matches: Sequence[tuple[int, int, ListMatch]]
    lower_nearby: frozenset[str]
    surnames_nearby: frozenset[str]
    business: int  # from 0 to 3: how thick words about companies and money stand in the paragraph
    case: str  # "mixed", or "shouted" or "small" where capitals tell nothing
    money: bool  # whether it names a sum of money
    classes: Sequence[tuple[str, ...]]  # the cue classes of every word of the text

    def listed(self, i: int, j: int) -> Iterator[ListMatch]:
        """What the lists say of the very tokens `i` to `j` (inclusive)."""
        first = bisect.bisect_left(self.matches, j, key=itemgetter(1))
        last = bisect.bisect_right(self.matches, j, key=itemgetter(1))
        return (match for start, _, match in self.matches[first:last] if start == i)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name, offsets in its paragraph.

    `scores` are log-probabilities in the order of `TYPES`; `source` is how much likelier it is cited than acting, in log-odds;
    `label` is what a language model called it, `evidence` the feature that speaks most for a company.

    >>> from extract.names import TYPES, Candidate, decode
    >>> scores = tuple(-0.1 if kind == "company" else -4.0 for kind in TYPES)
    >>> [chosen.type for chosen in decode([Candidate(0, 7, "Brivane", scores)])]
    ['company']
    """

    start: int
    end: int
    text: str
    scores: tuple[float, ...]
    match: ListMatch | None = None
    label: str | None = None
    source: float = 0.0
    evidence: str = ""

    def scored(self, scores: tuple[float, ...]) -> Candidate:
        """The same stretch with other scores: a document makes many, and `dataclasses.replace` takes three times as long."""
        return Candidate(
            self.start, self.end, self.text, scores, self.match, self.label, self.source, self.evidence
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate that was read as a name of `type`.

    >>> from extract.names import TYPES, Candidate, decode
    >>> scores = tuple(-0.1 if kind == "place" else -4.0 for kind in TYPES)
    >>> [chosen] = decode([Candidate(0, 8, "Vaucelle", scores)])
    >>> chosen.type, round(chosen.gain, 1)
    ('place', 3.9)
    """

    candidate: Candidate
    type: str
    gain: float
    probability: float

"""How each sum of a document is read, and what the readings of one sum tell each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.amounts.records import Amount
from extract.facts.kind_features import Feature
from extract.facts.party_features import Candidate
from extract.facts.records import FactKind
from extract.facts.sentences import Sentence

UNNAMED = 0.03
"""How likely a company is that a statement of the sum has no room for: with it none of them is ruled out by one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the features, the second reader (None where it was not asked) and both together make of one choice."""

    first: Sequence[float]
    second: Sequence[float] | None
    both: Sequence[float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What both readers say of a sum: of its kind, in the order of the weights' classes, and by kind of its candidates.

    Of the kinds that are not likely no owners are asked.
    """

    kinds: Said
    candidates: Sequence[Candidate]
    owners: Mapping[FactKind, Said]


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of the sum at item `k` of a sentence: its kind and its company, `raw` how likely both together are."""

    sentence: Sentence
    k: int
    features: tuple[Feature, ...]
    evidence: Evidence
    kind: FactKind
    candidate: Candidate
    company: str
    raw: float

    @property
    def shares(self) -> tuple[tuple[Candidate, float], ...]:
        """The companies that the sum may be of, given the kind, with how likely each is."""
        return tuple(zip(self.evidence.candidates, self.evidence.owners[self.kind].both, strict=True))

    @property
    def amount(self) -> Amount:
        """The sum."""
        mention = self.sentence.items[self.k].mention
        assert isinstance(mention, Amount)
        return mention


def agreed(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, with one company where a document states a sum more than once and as the same kind.

    A title, its lead and a look back tell of one thing: its company is the one for which all of them together speak most. Equal
    sums of one sentence are two things: "40 millions pour Danone, 40 millions pour Lactalis".
    """
    told: dict[tuple[str, float, float | None], list[int]] = {}
    for n, reading in enumerate(readings):
        amount = reading.amount
        if amount.low:
            told.setdefault((reading.kind, amount.low, amount.high), []).append(n)
    settled = list(readings)
    for places in told.values():
        if len({readings[n].company for n in places}) < 2:
            continue
        if len({readings[n].sentence.index for n in places}) < len(places):
            continue
        rated = [
            {c.company: (share, c) for c, share in readings[n].shares if c.company is not None}
            for n in places
        ]
        totals = {
            name: sum(math.log(UNNAMED + (row[name][0] if name in row else 0.0)) for row in rated)
            for name in sorted({name for row in rated for name in row})
        }
        best = max(totals, key=lambda name: (totals[name], name))
        for n, row in zip(places, rated, strict=True):
            if best in row:
                settled[n] = replace(readings[n], candidate=row[best][1], company=best)
    return settled

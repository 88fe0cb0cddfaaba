"""How each sum of a document is read, and what the readings of one sum tell each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.amounts.records import Amount
from extract.facts.kind_features import Feature
from extract.facts.party_features import Candidate
from extract.facts.records import FactKind
from extract.facts.sentences import Sentence

UNNAMED = 0.03
"""How likely a company is that a statement of the sum has no room for: with it none of them is ruled out by one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The likeliest reading of the sum at item `k` of a sentence: its kind and its company, `raw` how likely both together are.

    `shares` are the companies that it may be of, given the kind, with how likely each is.
    """

    sentence: Sentence
    k: int
    features: tuple[Feature, ...]
    kind: FactKind
    candidate: Candidate
    company: str
    raw: float
    shares: tuple[tuple[Candidate, float], ...]


def agreed(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, with one company where a document states a sum more than once and as the same kind.

    A title, its lead and a look back tell of one thing: its company is the one for which all of them together speak most. Equal
    sums of one sentence are two things: "40 millions pour Danone, 40 millions pour Lactalis".
    """
    told: dict[tuple[str, float, float | None], list[int]] = {}
    for n, reading in enumerate(readings):
        amount = reading.sentence.items[reading.k].mention
        if isinstance(amount, Amount) and amount.low:
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

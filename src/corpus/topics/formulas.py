"""How far the terms of a topic stand in a wording that its texts share: then it is a formula or a column's frame, not a theme.

A theme is told in ever other words; what it was measured on stands in `docs/benchmarks.md`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

# Words of a wording, the term at either end.
LENGTH = 5
# A wording is shared by so large a part of a topic's texts, and by so many.
SHARED, LEAST_TEXTS = 0.1, 3
# Where so many texts share nothing, no more are looked at.
FIRST_TEXTS = 30

Wordings = dict[str, set[tuple[str, ...]]]


class Formulas:
    """The wordings around the terms of one topic, text by text."""

    def __init__(self) -> None:
        self._texts: list[Wordings] = []
        self._shared: Counter[tuple[str, ...]] = Counter()
        self._over = False

    def count(self, words: Sequence[str], terms: Sequence[str | None], places: Sequence[int]) -> None:
        """Count a text: its words, the term that each is, and where terms of the topic stand."""
        if self._over:
            return
        found: Wordings = {}
        for place in places:
            own = found.setdefault(str(terms[place]), set())
            if place >= LENGTH - 1:
                own.add(tuple(words[place - LENGTH + 1 : place + 1]))
            if place <= len(words) - LENGTH:
                own.add(tuple(words[place : place + LENGTH]))
        self._texts.append(found)
        self._shared.update(set().union(*found.values()))
        if len(self._texts) == FIRST_TEXTS:
            self._over = max(self._shared.values(), default=0) < LEAST_TEXTS

    def shares(self) -> dict[str, float]:
        """The share of the texts of each term in which it stands in a shared wording."""
        least = max(LEAST_TEXTS, SHARED * len(self._texts))
        held: Counter[str] = Counter()
        fixed: Counter[str] = Counter()
        for found in self._texts:
            held.update(found.keys())
            fixed.update(
                term for term, own in found.items() if any(self._shared[wording] >= least for wording in own)
            )
        return {term: fixed[term] / texts for term, texts in held.items()}


def mean_share(shares: Mapping[str, float]) -> float:
    """In the mean of the terms, the share of their texts in which they stand in a shared wording; 0 where there are none."""
    return round(math.fsum(shares.values()) / max(len(shares), 1), 6)

"""Two readers of a sum: the features of the engine, and an encoder that reads the whole window.

The features see words and where they stand; the encoder was taught what words mean by much text in many languages, and then on
the same annotated texts. Each errs where the other does not, so their chances are pooled (logarithmic pooling; C. Genest and
J. Zidek, "Combining Probability Distributions", Statistical Science 1986).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.facts.sentences import Document

_LEAST = 1e-4

Place = tuple[int, int]
"""The index of a sentence, and where in its paragraph a sum begins."""


@dataclass(frozen=True, slots=True)
class SumChances:
    """What the second reader makes of one sum: how likely each kind is and, given the kind, each company of its window."""

    kinds: tuple[float, ...]
    companies: tuple[Mapping[str, float], ...]

    def of_company(self, name: str | None, kind: int) -> float:
        """How likely the sum is this company's; one that the window does not name shares what is left for none.

        >>> from extract.facts.second_reader import SumChances
        >>> chances = SumChances((1.0,), ({"Brivane": 0.75},))
        >>> chances.of_company("Brivane", 0), chances.of_company(None, 0)
        (0.75, 0.25)
        """
        known = self.companies[kind]
        if name is not None and name in known:
            return known[name]
        return max(0.0, 1.0 - sum(known.values()))


class SecondReader(Protocol):
    """What reads sums a second time."""

    def read(self, document: Document, wanted: Iterable[int]) -> Mapping[Place, SumChances]:
        """What it makes of the sums of the sentences with these indices; those it cannot see whole are left out."""


class NoSecondReader:
    """Says nothing of any sum: the features decide alone, several times as fast."""

    def read(self, document: Document, wanted: Iterable[int]) -> Mapping[Place, SumChances]:
        """Nothing."""
        return {}


def pooled(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The chances of two readers as one: their geometric mean, made to add up to one.

    >>> from extract.facts.second_reader import pooled
    >>> [round(chance, 2) for chance in pooled([0.6, 0.4], [0.9, 0.1])]
    [0.79, 0.21]
    """
    totals = [
        0.5 * (math.log(max(a, _LEAST)) + math.log(max(b, _LEAST)))
        for a, b in zip(first, second, strict=True)
    ]
    powers = [math.exp(total - max(totals)) for total in totals]
    return [power / sum(powers) for power in powers]

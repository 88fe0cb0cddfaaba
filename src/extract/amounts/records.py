"""What the amount grammar hands out, and the half-read sum it works on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.amounts.vocabulary import Unit
from extract.numbers import NumberPhrase

Modifier = Literal["exact", "about", "at_least", "at_most", "range", "vague"]
Rule = Literal[
    "suffix", "prefix", "quantifier", "cents", "inherited", "money_word", "country"
]  # fmt: skip
"""What ties a number to its currency: the currency word behind it, before it, behind a quantifier without a number ("quelques
euros"), a word for hundredths; the currency of a sum beside it; no currency but a word for money near it; or the country that the
document speaks of, where several share the word."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money; `text[start:end] == amount.text`, in code points.

    `low` and `high` are whole currency units, equal for a single value whatever the modifier, null where vague. `currency` is
    ISO 4217 or null where the text leaves it open. The modifier's words ("plus de") and the period's ("par an") stand outside
    the span. `per` is `year`, `quarter`, `month`, `week`, `day`, `hour`, `share`, `person` or null. `rule` says what tied the
    number to its currency. `shared` is the currency word, folded, where several countries share it and the document may tell
    whose it is ("$", "dinars"); null where the words near it tell.

    >>> from extract import find_amounts
    >>> [found] = find_amounts("Près de 2 milliards de dollars par an.")
    >>> found.low, found.currency, found.modifier, found.per
    (2000000000.0, 'USD', 'about', 'year')
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    currency: str | None
    modifier: Modifier
    per: str | None
    rule: Rule
    shared: str | None = None


@dataclass(slots=True)
class Sum:
    """A sum being read: one number, or two for a range, and its currency."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    phrase: NumberPhrase | None
    unit_start: int
    ranged: bool = False
    about: bool = False
    rule: Rule = "suffix"
    shared: Decimal = Decimal(1)  # the scale that a plain number takes from the sum beside it

    @property
    def scale(self) -> Decimal:
        """What its number was multiplied by: a million in "12 M€" and in "2 MEUR"."""
        named = self.phrase.scale if self.phrase is not None else 1
        return self.shared * named * max(self.unit.factor, Decimal(1))

    @property
    def vague(self) -> bool:
        """Has it no value?"""
        return self.low is None

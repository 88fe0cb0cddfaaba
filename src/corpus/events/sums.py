"""Whether two sums can be told of one event: equal, one a rounding of the other, or one the other in another currency."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from corpus.events.records import Statement

Likeness = Literal["same", "rounded", "converted"]

MOST_ABOUT = 0.10
"""\"Près de 600 millions" is told of 585; what is a tenth away nobody calls near."""
MOST_BOUND = 0.20
"""\"Plus de 500 millions" is told of 585 in a headline; a fifth more gets a round figure of its own."""
RATE_ERROR = 0.02
"""Papers convert at the day's rate or the week's: the euro moves by less than this in a week."""
ROUND_ERROR = 0.03
"""What rounding may add to that: 12.7 million dollars written as 13."""
BRACKET_ERROR = 0.12
"""A conversion in brackets is one whatever the rate, unless it is none: a newsroom's round rate is off by less."""
_STEP = 1.3
"""Wider than MOST_BOUND is far, so that such sums lie in one step or in two that follow each other."""
_FIVES = 5
DIGITS = 2
"""A figure without \"about" stands for what rounds to it at two digits: 45 for 44.7, but 500 not for 520."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What is said of an event's money."""

    low: float | None
    high: float | None
    currency: str | None
    modifier: str
    eur_low: float | None
    eur_high: float | None

    @property
    def vague(self) -> bool:
        """Has it no figure?"""
        return self.low is None and self.high is None


def sum_of(statement: Statement) -> Sum:
    """The sum that a statement gives."""
    return Sum(
        statement.low,
        statement.high,
        statement.currency,
        statement.modifier,
        statement.eur_low,
        statement.eur_high,
    )


def likeness(one: Sum, other: Sum) -> Likeness | None:
    """How the two can be of one event; None where they cannot."""
    if one.vague or other.vague:
        return "same" if one.vague and other.vague and one.currency == other.currency else None
    if one.currency == other.currency or one.currency is None or other.currency is None:
        if (one.low, one.high) == (other.low, other.high):
            return "same"
        return "rounded" if _rounds(one, other) or _rounds(other, one) else None
    if one.eur_low is None or other.eur_low is None:
        return None
    if one.low == other.low and _far(one.eur_low, other.eur_low) > RATE_ERROR / 2:
        return None  # 12 million euros are not 12 million dollars, however near the rate is to one
    allowed = RATE_ERROR + max(_looseness(one), _looseness(other))
    return "converted" if _far(one.eur_low, other.eur_low) <= allowed else None


def converts(one: Sum, other: Sum) -> bool:
    """Whether a sum in brackets behind another can be the other in its own currency."""
    if one.eur_low is None or other.eur_low is None:
        return True
    return _far(one.eur_low, other.eur_low) <= BRACKET_ERROR


def digits(value: float | None) -> int:
    """Significant digits of a figure: 585 million has three, 600 million one."""
    if value is None or value == 0 or not math.isfinite(value):
        return 0
    return len(f"{abs(value):.10g}".replace(".", "").split("e")[0].strip("0"))


def steps_of(money: Sum) -> set[tuple[str, int]]:
    """Keys of which two sums that can be of one event share one: a scale of steps, in the sum's own currency and in euros."""
    if money.vague:
        return {("vague", 0)}
    keys = _steps("own", money.low, money.high)
    return keys | _steps("eur", money.eur_low, money.eur_high)


def _steps(scale: str, low: float | None, high: float | None) -> set[tuple[str, int]]:
    ends = [
        math.floor(math.log(each) / math.log(_STEP)) for each in (low, high) if each is not None and each > 0
    ]
    return {(scale, step) for step in range(min(ends), max(ends) + 2)} if ends else {(scale, 0)}


def _rounds(rough: Sum, fine: Sum) -> bool:
    """Whether `rough` can be a rounder way to say `fine`."""
    if rough.low is None or fine.low is None or rough.low <= 0 or fine.low <= 0:
        return False
    if rough.modifier == "range":
        high = rough.high if rough.high is not None else rough.low
        return fine.low == fine.high and rough.low <= fine.low <= high
    if fine.modifier == "range" or digits(rough.low) > digits(fine.low):
        return False
    away = (fine.low - rough.low) / rough.low
    if rough.modifier == "about":
        return abs(away) <= _looseness(rough)
    if rough.modifier == "at_least":
        return 0 <= away <= MOST_BOUND
    if rough.modifier == "at_most":
        return -MOST_BOUND <= away <= 0
    return digits(rough.low) < digits(fine.low) and abs(away) <= _half_step(rough)


def _looseness(money: Sum) -> float:
    """By what share a sum may be off in another currency, the rate apart; "about" a sum, in its own one too."""
    if money.modifier != "about" or not money.low:
        return min(_half_step(money), ROUND_ERROR)
    return min(max(_half_step(money, 1) * _fives(money.low), 0.01), MOST_ABOUT)


def _half_step(money: Sum, least: int = DIGITS) -> float:
    """Half of the last digit that a figure is given to, as a share of it; at least so many digits count as given."""
    value = money.low
    if not value:
        return 0.0
    given = max(digits(value), least)
    step = 10.0 ** (math.floor(math.log10(abs(value))) - given + 1)
    return step / 2 / abs(value) * (1 + 1e-9)


def _fives(value: float) -> int:
    """How many of its last digits a rough figure counts in: who says "près de 350" counts in fifties."""
    return _FIVES if f"{value:.10g}".rstrip("0").rstrip(".").endswith("5") and digits(value) > 1 else 1


def _far(one: float, other: float) -> float:
    return abs(one - other) / max(abs(one), abs(other), 1e-9)

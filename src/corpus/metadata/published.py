"""Choosing the published date among what the source, the page, the header and the path say.

A date of higher rank wins; one of lower rank that lies inside its period and is more precise refines it ("2024-02" in the
metadata, "le 12 février 2024" in the byline).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.metadata.dates import HeaderDate
from corpus.records import DateOrigin, DatePrecision, Published

_FINENESS: Final[dict[DatePrecision | None, int]] = {None: 0, "year": 1, "month": 2, "day": 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date and where it was read."""

    date: HeaderDate
    origin: DateOrigin


def choose(
    given: Published | None, candidates: Sequence[Candidate], years: Sequence[int | None]
) -> Published | None:
    """The published date: `given` (by the reader) before `candidates`, which come in the order of their rank.

    `years` holds what may give a year to a date without one, in the order of trust; failing these, the weekday beside the
    date. None when nothing was read; a date of None with its words when they name no year.
    """
    resolved = [_resolve(candidate, years) for candidate in candidates]
    ranked = ([_distrusted(given)] if given is not None else []) + resolved
    dated = [published for published in ranked if published.date is not None]
    if not dated:
        return next(iter(ranked), None)
    best = dated[0]
    for other in dated[1:]:
        if _FINENESS[other.precision] > _FINENESS[best.precision] and _inside(other, best):
            best = other
    return best


def _resolve(candidate: Candidate, years: Sequence[int | None]) -> Published:
    date = candidate.date
    year = date.year
    if year is None:
        year = next((year for year in years if year is not None), None) or date.year_of_weekday()
    day = date.in_year(year) if year is not None else None
    return Published(
        day, date.precision if day else None, candidate.origin if day else None, date.text.strip()
    )


def _distrusted(given: Published) -> Published:
    """A first of January from the source, which is what a year becomes in many exports: its year alone."""
    day = given.date
    if (
        day is None
        or given.precision != "day"
        or (day.month, day.day) != (1, 1)
        or (given.text and _says_time(given.text))
    ):
        return given
    return Published(day, "year", given.origin, given.text)


def _says_time(text: str) -> bool:
    clock = text[10:].strip("TZ :")
    return any(digit in "123456789" for digit in clock)


def _inside(other: Published, best: Published) -> bool:
    if other.date is None or best.date is None or other.date.year != best.date.year:
        return False
    return best.precision == "year" or other.date.month == best.date.month

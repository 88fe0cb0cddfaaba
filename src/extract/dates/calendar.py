"""Calendar arithmetic: periods as first and last day, their TIMEX3 values, feasts.

Conventions: weeks are ISO weeks, Monday to Sunday; the n-th week of a month is the n-th that has its Thursday there (as ISO
8601 does for years); a weekend is Saturday and Sunday; seasons are the meteorological ones of the northern hemisphere
(spring March to May; the winter of 2024 begins in December 2024); decades run from 0 to 9 and centuries, as TIMEX3 writes
them, from 00 to 99 (`20` for the XXIst). "Il y a trois ans" is a year, "dans deux mois" a month, "il y a dix jours" a day: the
unit that is named. "Les cinq dernières années" end on the publication date, "les trois prochains mois" begin the day after.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = ("SP", "SU", "FA", "WI")
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
FIRST_YEAR, LAST_YEAR = 1000, 2199

InYear = Callable[[int], "Period | None"]


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a period, its precision and its TIMEX3 value."""

    first: date
    last: date
    unit: str
    timex: str


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def day(value: date) -> Period:
    """One day."""
    return Period(value, value, "day", value.isoformat())


def month(year: int, index: int) -> Period:
    """One month."""
    return Period(date(year, index, 1), month_end(year, index), "month", f"{year:04d}-{index:02d}")


def quarter(year: int, index: int) -> Period:
    """One quarter of the calendar year."""
    return Period(date(year, 3 * index - 2, 1), month_end(year, 3 * index), "quarter", f"{year:04d}-Q{index}")


def half(year: int, index: int) -> Period:
    """One half of the calendar year."""
    return Period(date(year, 6 * index - 5, 1), month_end(year, 6 * index), "half", f"{year:04d}-H{index}")


def season(year: int, index: int) -> Period:
    """One season: 1 spring to 4 winter, the winter that begins in December of `year`."""
    last = month_end(year + 1, 2) if index == 4 else month_end(year, 3 * index + 2)
    return Period(date(year, 3 * index, 1), last, "season", f"{year:04d}-{SEASONS[index - 1]}")


def year(value: int) -> Period:
    """One year."""
    return Period(date(value, 1, 1), date(value, 12, 31), "year", f"{value:04d}")


def decade(first: int) -> Period:
    """The ten years from `first`."""
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10:03d}")


def century(number: int) -> Period:
    """The `number`-th century."""
    first = 100 * (number - 1)
    return Period(date(max(first, 1), 1, 1), date(first + 99, 12, 31), "century", f"{number - 1:02d}")


def week(value: date) -> Period:
    """The ISO week of a day."""
    first = value - timedelta(days=value.weekday())
    number = first.isocalendar()
    return Period(first, first + timedelta(days=6), "week", f"{number.year:04d}-W{number.week:02d}")


def weekend(value: date) -> Period:
    """The Saturday and Sunday of the ISO week of a day."""
    whole = week(value)
    return Period(whole.last - timedelta(days=1), whole.last, "weekend", whole.timex + "-WE")


def stretch(first: date, last: date, unit: str) -> Period:
    """Any run of days, as a TIMEX3 interval."""
    return Period(first, last, unit, f"{first.isoformat()}/{last.isoformat()}")


def fortnight(year_: int, month_: int, index: int) -> Period:
    """The first (1st to 15th) or second (16th to the end) half of a month."""
    first = date(year_, month_, 1 if index == 1 else 16)
    return stretch(first, date(year_, month_, 15) if index == 1 else month_end(year_, month_), "fortnight")


def period(unit: str, value: date) -> Period:
    """The period of `unit` that contains a day."""
    match unit:
        case "week":
            return week(value)
        case "weekend":
            return weekend(value)
        case "fortnight":
            return fortnight(value.year, value.month, 1 if value.day <= 15 else 2)
        case "month":
            return month(value.year, value.month)
        case "quarter":
            return quarter(value.year, (value.month + 2) // 3)
        case "half":
            return half(value.year, (value.month + 5) // 6)
        case "season":
            past_winter = value.month <= 2
            return season(
                value.year - past_winter, 4 if past_winter or value.month == 12 else value.month // 3
            )
        case "year":
            return year(value.year)
        case "decade":
            return decade(value.year // 10 * 10)
        case "century":
            return century(value.year // 100 + 1)
    return day(value)


def shift(value: date, unit: str, count: int) -> date:
    """The day `count` units later; the last of the month where the day does not exist there.

    Raises ValueError or OverflowError beyond the calendar.
    """
    if unit in DAYS_IN:
        return value + timedelta(days=DAYS_IN[unit] * count)
    months = value.year * 12 + value.month - 1 + MONTHS_IN[unit] * count
    if not 12 <= months < 12 * 10_000:
        raise ValueError(f"{count} {unit}s from {value} leave the calendar")
    years, index = divmod(months, 12)
    return date(years, index + 1, min(value.day, calendar.monthrange(years, index + 1)[1]))


def easter(year_: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus, *Astronomical Algorithms*, chapter 8)."""
    golden, century_, rest = year_ % 19, year_ // 100, year_ % 100
    lunar = (19 * golden + century_ - century_ // 4 - (century_ - (century_ + 8) // 25 + 1) // 3 + 15) % 30
    solar = (32 + 2 * (century_ % 4) + 2 * (rest // 4) - lunar - rest % 4) % 7
    correction = (golden + 11 * lunar + 22 * solar) // 451
    month_, day_ = divmod(lunar + solar - 7 * correction + 114, 31)
    return date(year_, month_, day_ + 1)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def feast(rule: str, year_: int) -> date:
    """The day of a feast: `12-25` (a day), `easter-2` (days from Easter), `11-thu4`, `05-mon-1` (n-th or last weekday of a
    month), each with `+n` or `-n` days after a space: `11-thu4 +1`.
    """
    main, _, more = rule.partition(" ")
    extra = timedelta(days=int(more or 0))
    if main.startswith("easter"):
        return easter(year_) + timedelta(days=int(main[6:] or 0)) + extra
    month_, rest = int(main[:2]), main[3:]
    if rest.isdigit():
        return date(year_, month_, int(rest)) + extra
    weekday, number = _WEEKDAYS.index(rest[:3]), int(rest[3:])
    if number > 0:
        first = date(year_, month_, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1)) + extra
    last = month_end(year_, month_)
    return last - timedelta(days=(last.weekday() - weekday) % 7) + extra

"""Dates in digits: 09/02/2025, 2024-02-03, 03.03.25, 2024-02, 22/04, 2024/25, 20240203."""

from __future__ import annotations

import calendar
import re

from extract.dates.calendar import FIRST_YEAR, LAST_YEAR
from extract.dates.records import Between, Calendar, Node

_YEAR = r"(?:1[0-9]|20|21)[0-9]{2}"
_SMALL = r"[0-9]{1,2}"
# Not inside a longer run of digits and marks: versions (2.0.1), addresses, phone numbers, the tail of 112/05/2020.
_BEFORE = r"(?<![\w])(?<![0-9][/.,:])(?<![^\W\d_][-/])"
_AFTER = r"(?![\w])(?![/.:,][0-9])(?![-/][^\W\d_])"
NUMERIC = (
    rf"{_BEFORE}(?:"
    rf"{_YEAR}-{_SMALL}-{_SMALL}/{_YEAR}-{_SMALL}-{_SMALL}{_AFTER}"
    rf"|{_YEAR}(?P<iso>[-/.]){_SMALL}(?P=iso){_SMALL}(?:(?=t[0-9]{{2}}:)|{_AFTER})"
    rf"|{_SMALL}(?P<dmy>[-/.]){_SMALL}(?P=dmy)(?:{_YEAR}|[0-9]{{2}}){_AFTER}"
    rf"|{_YEAR}/{_YEAR}{_AFTER}"
    rf"|{_YEAR}[/-]{_SMALL}{_AFTER}(?!-[0-9])"
    rf"|{_SMALL}[/-]{_YEAR}{_AFTER}"
    rf"|{_SMALL}[/.]{_SMALL}{_AFTER}"
    rf"|(?:19|20)[0-9]{{6}}{_AFTER}(?![-–][0-9])"
    rf"|[0-9]++(?:[.,/][0-9]++)+(?![.,/][0-9]|[-/][^\W\d_])"
    r")"
)
_ISO_INTERVAL = re.compile(r"([0-9]{4}-[0-9-]+)/([0-9]{4}-[0-9-]+)$")
_ISO = re.compile(rf"({_YEAR})[-/.]({_SMALL})[-/.]({_SMALL})$")
_DMY = re.compile(rf"({_SMALL})([-/.])({_SMALL})[-/.]([0-9]{{2}}|{_YEAR})$")
_YEAR_MONTH = re.compile(rf"({_YEAR})([/-])({_SMALL})$")
_YEARS = re.compile(rf"({_YEAR})/({_YEAR})$")
_MONTH_YEAR = re.compile(rf"({_SMALL})[/-]({_YEAR})$")
_DAY_MONTH = re.compile(rf"({_SMALL})([/.])({_SMALL})$")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})$")
# Two-digit years: the press writes of the next quarter century and of the twentieth.
_SPLIT_YEAR = 50


def full_year(written: int) -> int:
    """The year of two digits: 25 -> 2025, 87 -> 1987."""
    return written + (2000 if written < _SPLIT_YEAR else 1900)


def valid_day(year: int | None, month: int, day: int) -> bool:
    """Does the day exist? Without a year, 29 February does."""
    if not 1 <= month <= 12 or (year is not None and not FIRST_YEAR <= year <= LAST_YEAR):
        return False
    return 1 <= day <= calendar.monthrange(2000 if year is None else year, month)[1]


def _ordered(first: int, second: int, year: int | None, month_first: bool) -> tuple[int, int] | None:
    """(day, month) of two numbers, in the habit of the language, or the other way round where only that exists."""
    orders = ((second, first), (first, second)) if month_first else ((first, second), (second, first))
    # Without a year, only English is written both ways: "12/20" is a mark out of twenty elsewhere.
    for day, month in orders if month_first or year is not None else orders[:1]:
        if valid_day(year, month, day):
            return day, month
    return None


def numeric_roles(written: str, month_first: bool, dotted: bool = False) -> dict[str, object] | None:
    """The roles of a date in digits: `calendar` with its node, `loose` where it needs evidence. None for other numbers."""
    if match := _ISO_INTERVAL.match(written):
        days = [(numeric_roles(part, month_first) or {}).get("calendar") for part in match.groups()]
        if isinstance(days[0], Calendar) and isinstance(days[1], Calendar):
            return {"calendar": Between(days[0], days[1])}
        return None
    if match := _ISO.match(written):
        year, month, day = (int(part) for part in match.groups())
        ordered = (day, month) if valid_day(year, month, day) else None
    elif match := _DMY.match(written):
        return _day_month_year(match, written, month_first)
    elif match := _COMPACT.match(written):
        year, month, day = (int(part) for part in match.groups())
        ordered = (day, month) if valid_day(year, month, day) else None
    elif match := _YEAR_MONTH.match(written):
        return _year_month(int(match[1]), match[3], match[2])
    elif match := _YEARS.match(written):
        first, last = int(match[1]), int(match[2])
        years = Between(Calendar("year", first), Calendar("year", last))
        return {"calendar": years} if first < last else None
    elif match := _MONTH_YEAR.match(written):
        month, year = int(match[1]), int(match[2])
        return {"calendar": Calendar("month", year, month)} if 1 <= month <= 12 else None
    elif match := _DAY_MONTH.match(written):
        if match[2] == "." and not dotted:
            return None  # 2.4 is a number where ordinals have no dot
        ordered = _ordered(int(match[1]), int(match[3]), None, month_first and match[2] == "/")
        if ordered is None:
            return None
        node: Node = Calendar("day", None, ordered[1], ordered[0])
        padded = len(match[1]) == 2 and len(match[3]) == 2 and match[2] == "/"
        return {"calendar_part": node} | ({"padded": True} if padded else {})
    else:
        return None
    return None if ordered is None else {"calendar": Calendar("day", year, ordered[1], ordered[0])}


def _day_month_year(match: re.Match[str], written: str, month_first: bool) -> dict[str, object] | None:
    year = int(match[4])
    short = len(match[4]) == 2
    if short:
        year = full_year(year)
    first, second = int(match[1]), int(match[3])
    ordered = _ordered(first, second, year, month_first and match[2] != ".")
    if ordered is None:
        # 31/02/2025 has the form of a date but is none: it is told as unresolved, never moved to March.
        impossible = not short and 1 <= second <= 12 and 1 <= first <= 31
        return {"calendar": Calendar("day", year, second, first)} if impossible else None
    node = Calendar("day", year, ordered[1], ordered[0])
    if short and match[2] != "/" and len(written) < 8:
        return {"calendar_loose": node}  # 10.2.15 may be a version, 3-4-10 a row of scores
    return {"calendar": node}


def _year_month(year: int, written: str, mark: str) -> dict[str, object] | None:
    value = int(written)
    # 2010-11 is November in ISO 8601 and a season or a fiscal year in the press; only what cannot be a month is.
    if 1 <= value <= 12 and not (mark == "/" and value == (year + 1) % 100):
        return {"calendar": Calendar("month", year, value)}
    if value == (year + 1) % 100:
        return {"calendar": Between(Calendar("year", year), Calendar("year", year + 1))}
    return None

"""Dates as headers write them, in six languages: what was read, never more than was written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.metadata.lexicon import any_of, header_lexicon
from corpus.records import DatePrecision
from extract.languages import calendar_words, known_languages

FIRST_YEAR: Final = 1980
LAST_YEAR: Final = 2099
CENTURY_SPLIT: Final = 70
"""A year of two digits below this is of the 2000s: saved articles are younger than the web."""

WEEKDAY_YEARS: Final = range(2020, 2027)
"""Where a weekday and a day are given, the latest of these years in which they meet. A fixed range, since the clock would give
another answer next year."""

"""Where 03/04/2025 may be either day: it is then left unread."""


@dataclass(frozen=True, slots=True)
class HeaderDate:
    """A date at `start`..`end` of a line. `year` is None when the line gives none; `weekday` is 1 (Monday) to 7."""

    start: int
    end: int
    text: str
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None = None

    @property
    def precision(self) -> DatePrecision | None:
        """How much of the date was written; None without month or year."""
        if self.month is None:
            return "year" if self.year is not None else None
        return "month" if self.day is None else "day"

    @property
    def is_read(self) -> bool:
        """Whether any part of the date is known."""
        return self.year is not None or self.month is not None

    @property
    def is_ambiguous(self) -> bool:
        """Whether it was written in digits that English reads both ways: 03/04/2025."""
        digits = (
            re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", self.text.split()[-1]) if self.text else None
        )
        return digits is not None and digits[1] != digits[2] and int(digits[1]) <= 12 and int(digits[2]) <= 12

    def in_year(self, year: int | None = None) -> dt.date | None:
        """The first day of the period, in its own year or else in `year`; None when there is no such day."""
        chosen = self.year if self.year is not None else year
        if chosen is None or not self.is_read or not FIRST_YEAR <= chosen <= LAST_YEAR:
            return None
        try:
            return dt.date(chosen, self.month or 1, self.day or 1)
        except ValueError:
            return None

    def year_of_weekday(self) -> int | None:
        """The latest year of `WEEKDAY_YEARS` in which the day falls on the weekday written beside it."""
        if self.weekday is None or self.day is None:
            return None
        for year in reversed(WEEKDAY_YEARS):
            day = self.in_year(year)
            if day is not None and day.isoweekday() == self.weekday:
                return year
        return None


_DIGIT = re.compile(r"\d")
"""Stands in whatever `_pattern` finds, and in few of the lines that it is asked of."""


def match_date(line: str, start: int, language: str | None = None) -> HeaderDate | None:
    """The date that begins at `start` of `line`, or None.

    In English 03/04/2025 is found but not read: it is a date with neither year, month nor day.
    """
    match = _pattern().match(line, start)
    return _read(match, language) if match else None


def find_dates(line: str, language: str | None = None) -> list[HeaderDate]:
    """Every date in `line` that can be read, left to right, without overlaps."""
    found = []
    for match in _pattern().finditer(line) if _DIGIT.search(line) else ():
        date = _read(match, language)
        if date is not None and date.is_read:
            found.append(date)
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    lexicon = header_lexicon()
    months, weekdays = any_of(lexicon.months), any_of(lexicon.weekdays)
    before, ordinals = lexicon.patterns["before_date"], lexicon.patterns["ordinals"]
    inside = lexicon.patterns["inside_date"]
    year = r"(?:19[89]\d|20\d\d)(?!\d)"
    gap = r"[\s]{0,3}"
    lead = rf"(?:(?:{before})[\s]+)?(?:(?P<weekday>{weekdays})\b\.?,?[\s]+(?:(?:{before})[\s]+)?)?"
    day_first = (
        rf"(?P<day>[0-3]?\d)(?:{ordinals})?{gap}(?:[-/][\s]?)?(?:(?:{inside})[\s]+)?(?P<month>{months})\b\.?"
        rf"(?:,?{gap}(?:[-/][\s]?)?(?:(?:{inside})[\s]+)?(?P<year>{year}))?"
    )
    month_first = (
        rf"(?P<month2>{months})\b\.?[\s]{{1,3}}(?P<day2>[0-3]?\d)(?:{ordinals})?(?![\d:])"
        rf"(?:,?{gap}(?P<year2>{year}))?"
    )
    iso = (
        r"(?P<year3>(?:19|20)\d\d)(?P<sep3>[-/.])(?P<month3>[01]?\d)(?P=sep3)(?P<day3>[0-3]?\d)(?!\d)"
        r"(?:T[\d:.]{4,12}(?:Z|[+-]\d\d:?\d\d)?)?"
    )
    iso_month = r"(?P<year5>(?:19|20)\d\d)-(?P<month5>[01]\d)(?![\d-])"
    numeric = r"(?P<first>[0-3]?\d)(?P<sep4>[-/]|\.[\s]?)(?P<second>[0-3]?\d)(?P=sep4)(?P<year4>(?:19|20)\d\d|\d\d)(?!\d)"
    month_only = rf"(?P<month6>{months})\b\.?(?:[\s]+(?:{inside}))?[\s]+(?P<year6>{year})"
    return re.compile(
        rf"(?<![\w])(?:{lead}(?:{iso}|{iso_month}|{numeric}|{day_first}|{month_first})|(?:(?:{before})[\s]+)?{month_only})"
        # A capital may follow: "10 mars 2025Mis à jour".
        r"(?!(?-i:[a-zà-öø-ÿ0-9_]))",
        re.IGNORECASE,
    )


def _read(match: re.Match[str], language: str | None) -> HeaderDate | None:
    groups = match.groupdict()
    lexicon = header_lexicon()
    weekday = lexicon.weekdays.get(groups["weekday"].lower()) if groups["weekday"] else None

    def number(*names: str) -> int | None:
        return next((int(groups[name]) for name in names if groups[name]), None)

    year = number("year", "year2", "year3", "year4", "year5", "year6")
    day = number("day", "day2", "day3")
    name = groups["month"] or groups["month2"] or groups["month6"]
    month = lexicon.months.get(name.lower()) if name else number("month3", "month5")
    if groups["first"]:
        read = _numeric(int(groups["first"]), int(groups["second"]), language)
        if read is None:
            return HeaderDate(match.start(), match.end(), match.group(), None, None, None)
        day, month = read
        if year is not None and year < 100:
            year += 2000 if year < CENTURY_SPLIT else 1900
    # "2024" proves the day exists; a year-less 29 February may.
    if month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    date = HeaderDate(match.start(), match.end(), match.group(), year, month, day, weekday)
    return date if date.in_year(2024) is not None and (year is None or date.in_year() is not None) else None


def _numeric(first: int, second: int, language: str | None) -> tuple[int, int] | None:
    """Day and month of 03/04/2025: the day comes first but in English, where two readings are none."""
    if first == second:
        return first, second
    if language in known_languages() and calendar_words(language).month_first:
        if first <= 12 and second <= 12:
            return None
        return (second, first) if second > 12 else (first, second)
    return (second, first) if second > 12 >= first else (first, second)

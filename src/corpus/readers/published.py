"""Dates that a source states beside its text: ISO, RFC 822, and words in six languages. Never the locale, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_tz
from typing import Any

from corpus.readers.lexicon import fold, months
from corpus.records import DateOrigin, DatePrecision, Published

# Lengths are bounded so that a field that is no date costs nothing.
MAX_WORDS = 200
YEARS = range(1500, 2101)
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\sZ])")
SLASHED_ISO = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?=$|[T\s])")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|T\d)")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|\s)")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?=$|\s)")
DATE_CELL = re.compile(r"(?:^|[;,\t|\"])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?=$|[;,\t|\"\s])", re.M)
DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|\.|º|st|nd|rd|th)? (?:de )?([^\W\d_]{3,10})\.?,? (?:de(?:l)? )?(\d{4})(?!\d)"
)
MONTH_FIRST = re.compile(r"(?<![^\W_])([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
MONTH_ONLY = re.compile(r"(?<![^\W_])([^\W\d_]{3,10})\.? (?:de )?(\d{4})(?!\d)")
STAMP = re.compile(r"(\d{5}|\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?")
# 1980 to 2060.
SECONDS = range(315_532_800, 2_840_140_800)
EXCEL_EPOCH = dt.date(1899, 12, 30)
EXCEL_DAYS = range(29_221, 58_440)
RFC_822 = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d{1,2}:\d{2}")


def published_from(
    value: Any, origin: DateOrigin = "metadata", *, day_first: bool | None = None
) -> Published | None:
    """What a date field says: a date with its precision, or its words alone where they cannot be resolved.

    None for an empty field. A day that could be read two ways ("03/04/2025") keeps its words and no date, unless `day_first`
    says which way the source writes.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return Published(value.date(), "day", origin, value.isoformat())
    if isinstance(value, dt.date):
        return Published(value, "day", origin, value.isoformat())
    words = str(value).strip()
    if not words:
        return None
    day, precision = _stamp(words) or parse_date(words[:MAX_WORDS], day_first)
    return Published(day, precision, origin if day else None, words[:MAX_WORDS])


def parse_date(words: str, day_first: bool | None = None) -> tuple[dt.date | None, DatePrecision | None]:
    """The first day of the period that `words` begin with, in ISO form or a numeric form that reads one way, or hold as words."""
    for pattern in (ISO, SLASHED_ISO, COMPACT):
        if found := pattern.match(words):
            return _dated(*found.groups())
    if found := DOTTED.match(words):
        return _dated(found[3], found[2], found[1])
    if found := SLASHED.match(words):
        first, second, year = found.groups()
        # Day and month are told apart only where one of them cannot be a month, or by the rest of the source.
        if int(first) > 12 or first.lstrip("0") == second.lstrip("0") or (day_first and int(second) <= 12):
            return _dated(year, second, first)
        return _dated(year, first, second) if int(second) > 12 or day_first is False else (None, None)
    if RFC_822.match(words) and (stamp := parsedate_tz(words)):
        return _dated(str(stamp[0]), str(stamp[1]), str(stamp[2]))
    return find_date(words)


def _stamp(words: str) -> tuple[dt.date, DatePrecision] | None:
    """The day (UTC) of seconds since 1970, of their thousandths or millionths, or of days since 1900 as Excel counts them."""
    if not (found := STAMP.fullmatch(words)):
        return None
    number = int(found[1])
    for unit in (1, 1_000, 1_000_000):
        if number // unit in SECONDS:
            return dt.datetime.fromtimestamp(number // unit, dt.UTC).date(), "day"
    return (EXCEL_EPOCH + dt.timedelta(days=number), "day") if number in EXCEL_DAYS else None


def writes_day_first(head: str) -> bool | None:
    """Whether the cells of a table put the day before the month, if those that read one way agree; None if they do not tell."""
    pairs = [(int(found[1]), int(found[2])) for found in DATE_CELL.finditer(head)]
    day_first, month_first = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return None if day_first == month_first else day_first


def find_date(words: str) -> tuple[dt.date | None, DatePrecision | None]:
    """The first date written out in `words` ("mercredi 11 septembre 2024", "December 22, 2022", "septembre 2024")."""
    return find_date_at(words)[:2]


def find_date_at(words: str) -> tuple[dt.date | None, DatePrecision | None, tuple[int, int] | None]:
    """Like `find_date`, with the place of the date in the folded words (folding keeps lengths for composed text)."""
    folded = fold(words[:MAX_WORDS])
    names = months()
    for pattern, order in ((DAY_FIRST, (3, 2, 1)), (MONTH_FIRST, (3, 1, 2))):
        for found in pattern.finditer(folded):
            year, month, day = (found[group] for group in order)
            if month in names:
                date, precision = _dated(year, str(names[month]), day)
                if date:
                    return date, precision, found.span()
    for found in MONTH_ONLY.finditer(folded):
        # A number before the month is a day that does not exist ("31 février 2025"), not one to leave out.
        if found[1] in names and not folded[: found.start()].rstrip(" .").endswith(tuple("0123456789")):
            date, precision = _dated(found[2], str(names[found[1]]), None)
            if date:
                return date, precision, found.span()
    return None, None, None


def _dated(
    year: str, month: str | None = None, day: str | None = None
) -> tuple[dt.date | None, DatePrecision | None]:
    try:
        date = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None, None
    if date.year not in YEARS:
        return None, None
    return date, "day" if day else "month" if month else "year"

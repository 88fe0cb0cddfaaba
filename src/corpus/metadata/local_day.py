"""The day on which a page came out where it came out, when its metadata give the time of London.

"2020-02-18T02:18:11Z" on a page that prints 17 February and bears it in its address came out on the 17th, in the evening of
its own country.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from corpus.metadata.dates import HeaderDate

LATEST_MORNING: Final = 12
EARLIEST_EVENING: Final = 10
"""Hours UTC: before the first it may still be yesterday somewhere (UTC-12), from the second on already tomorrow (UTC+14)."""

PROBABLE_MORNING: Final = 6
PROBABLE_EVENING: Final = 21
"""Hours within which a page's own text is asked for its day: the Americas by night, Europe and Africa by night."""

_UTC = re.compile(r"[T\s](\d{1,2}):?(\d\d)(?::?\d\d(?:\.\d+)?)?\s*(?:Z|[+-]00:?00)$", re.IGNORECASE)


def near_midnight(date: HeaderDate) -> bool:
    """Whether a stamp in UTC lies so near midnight that the day where the page was made may well be another."""
    hour = _hour(date)
    return hour is not None and not PROBABLE_MORNING <= hour < PROBABLE_EVENING


def local_day(stamp: HeaderDate, printed: Iterable[HeaderDate]) -> HeaderDate | None:
    """The printed day beside `stamp`, where they are the same moment in two time zones; None where they agree or do not fit."""
    hour, day = _hour(stamp), stamp.in_year()
    if hour is None or day is None:
        return None
    days = [date for date in printed if date.day is not None and date.year is not None]
    if any(date.in_year() == day for date in days):
        return None
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    for date in days:
        if (date.in_year() == before and hour < LATEST_MORNING) or (
            date.in_year() == after and hour >= EARLIEST_EVENING
        ):
            return date
    return None


def _hour(date: HeaderDate) -> int | None:
    found = _UTC.search(date.text) if date.day is not None else None
    return int(found[1]) if found else None

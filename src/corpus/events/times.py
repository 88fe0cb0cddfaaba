"""When an event that a statement tells of may have been, and whether two statements can mean one time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.events.records import Statement

STATED_YEARLY = frozenset({"revenue", "profit", "loss", "spending"})
"""Kinds of which a company has one a period: there the date says which, and does not say when it was told."""
WINDOWS = {
    "funding_round": 120,
    "acquisition": 365,
    "valuation": 180,
    "fine": 120,
    "contract": 120,
    "investment": 180,
    "revenue": 200,
    "profit": 200,
    "loss": 200,
    "spending": 200,
    "debt": 120,
    "grant": 120,
    "other": 60,
}
"""Days over which papers go on telling an event of a kind as it was told first, without a date and without looking back. A
purchase is told when it is agreed and when it is closed, a year later; figures of a year until those of the next half."""
SLACK = 7
"""Days between the dates that two papers give of one event, or between an event and the paper that is ahead of it."""
LATE = 365
"""Days after the end of a period within which its figures are given without naming it: then those of the next are out."""
OVERLAP = 0.5
"""Two periods are one where they share more than half of the longer: a fiscal and its calendar year, no quarter and its year."""
TOLD_AGAIN = 14
"""Days over which papers go on calling an event another one; what was told before those was the one before."""
OPEN = {"day": 0, "month": 30, "year": 365}
"""Days after the first of a publication date that is known to the month or the year."""


@dataclass(frozen=True, slots=True)
class Time:
    """When a statement puts its event: a period that it names, else around its publication, else before it, else unknown."""

    start: dt.date | None
    end: dt.date | None
    told_from: dt.date | None
    told_until: dt.date | None
    looks_back: bool
    ahead: bool  # a plan: what it names lies ahead of its telling

    @property
    def dated(self) -> bool:
        """Does it name a date?"""
        return self.start is not None


def time_of(statement: Statement) -> Time:
    """When `statement` puts its event."""
    published = statement.published
    until = (
        published + dt.timedelta(days=OPEN.get(statement.published_precision or "day", 0))
        if published
        else None
    )
    start, end = statement.start_date, statement.end_date or statement.start_date
    ahead = statement.certainty in ("planned", "possible")
    if start is not None and end is not None and published is not None and ahead and end >= published:
        start = min(start, published)  # "d'ici 2030" names the end, not the day
    return Time(start, end, published, until, looks_back(statement), ahead)


def first_told(statement: Statement) -> dt.date | None:
    """The day on which what a statement tells had happened: one it names, else that of its telling; None of plans and recaps."""
    time = time_of(statement)
    days = [day for day in (time.end, time.told_until) if day]
    if statement.certainty != "stated" or (time.looks_back and not time.dated):
        return None
    return min(days, default=None)


def looks_back(statement: Statement) -> bool:
    """Whether a statement tells of something long past: by its words, or by a date well before its publication."""
    if statement.kind in STATED_YEARLY or statement.kind == "valuation":
        return False
    end = statement.end_date or statement.start_date
    if end is None or statement.published is None:
        return statement.looks_back
    return (statement.published - end).days > WINDOWS[statement.kind] // 2


def together(kind: str, one: Time, other: Time, slack: int = SLACK) -> bool:
    """Whether the two can be the time of one event of `kind`. What is unknown agrees with everything."""
    if one.dated and other.dated:
        if kind in STATED_YEARLY:
            return _one_period(one, other)
        return _gap(one.start, one.end, other.start, other.end) <= slack
    if one.dated or other.dated:
        dated, told = (one, other) if one.dated else (other, one)
        return _told_of(kind, dated, told, slack)
    if one.told_from is None or other.told_from is None:
        return True
    if one.looks_back or other.looks_back:
        back, told = (one, other) if one.looks_back else (other, one)
        if told.looks_back:
            return True
        return told.told_from is None or back.told_until is None or told.told_from <= back.told_until
    return _gap(one.told_from, one.told_until, other.told_from, other.told_until) <= WINDOWS[kind]


def _told_of(kind: str, dated: Time, told: Time, slack: int) -> bool:
    """Whether what happened at a date can be what a text without one tells."""
    if told.told_from is None or told.told_until is None or dated.start is None or dated.end is None:
        return True
    if told.looks_back:
        return dated.start <= told.told_until
    ahead = WINDOWS[kind] if told.ahead else slack
    late = LATE if kind in STATED_YEARLY else WINDOWS[kind]
    return (dated.start - told.told_until).days <= ahead and (told.told_from - dated.end).days <= late


def _one_period(one: Time, other: Time) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    shared = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    longer = max((one.end - one.start).days, (other.end - other.start).days) + 1
    return shared / longer > OVERLAP


def _gap(start: dt.date | None, end: dt.date | None, start2: dt.date | None, end2: dt.date | None) -> int:
    """Days between two stretches; 0 where they meet."""
    if start is None or end is None or start2 is None or end2 is None:
        return 0
    return max((start2 - end).days, (start - end2).days, 0)

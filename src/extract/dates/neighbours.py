"""Dates that lack a part, completed from the year or from the date they stand beside."""

from __future__ import annotations

from datetime import date, timedelta

from extract.dates import calendar as cal
from extract.dates.calendar import Period
from extract.dates.numeric import valid_day
from extract.dates.records import Calendar, Node


def needs_year(node: Node) -> bool:
    """A date without its year, or a weekday: both follow the date that they are paired with."""
    if not isinstance(node, Calendar) or node.year is not None or node.direction is not None:
        return False
    return (node.index is not None and node.unit != "century") or (
        node.weekday is not None and node.day is None
    )


def day_alone(node: Node) -> bool:
    """A number of a day without its month: "du 28 au 3 mars"."""
    return isinstance(node, Calendar) and node.index is None and node.day is not None


def next_after(node: Node, begin: Period) -> Period | None:
    """The first time that `node`, which has no year, ends after another period began."""
    if not isinstance(node, Calendar):
        return None
    if node.index is None and node.weekday is not None:
        return cal.day(begin.first + timedelta(days=(node.weekday - begin.first.isoweekday()) % 7))
    for year in (begin.first.year, begin.first.year + 1):
        period = in_year(node, year, checked=True)
        if period is not None and period.last >= begin.first:
            return period
    return None


def just_before(node: Node, end: Period) -> Period | None:
    """The last time that `node`, which lacks its year or its month, began before another period ended."""
    if not isinstance(node, Calendar):
        return None
    if node.index is None and node.weekday is not None and node.day is None:
        return cal.day(end.last - timedelta(days=(end.last.isoweekday() - node.weekday) % 7))
    if node.index is not None:
        for year in (end.last.year, end.last.year - 1):
            period = in_year(node, year, checked=True)
            if period is not None and period.first <= end.last:
                return period
        return None
    if node.day is None:
        return None
    for months in (0, -1):
        first = cal.shift(end.last.replace(day=1), "month", months)
        if valid_day(first.year, first.month, node.day) and first.replace(day=node.day) <= end.last:
            return cal.day(first.replace(day=node.day))
    return None


def in_year(node: Calendar, year: int, checked: bool = False) -> Period | None:
    """The period of a calendar date in a year; None where it does not exist, or, if `checked`, has another weekday."""
    index = node.index or 0
    match node.unit:
        case "day":
            if not valid_day(year, index, node.day or 0):
                return None
            day = date(year, index, node.day or 0)
            return None if checked and node.weekday not in (None, day.isoweekday()) else cal.day(day)
        case "month":
            return cal.month(year, index)
        case "quarter":
            return cal.quarter(year, index)
        case "half":
            return cal.half(year, index)
        case "season":
            return cal.season(year, index)
        case "week":
            try:
                return cal.week(date.fromisocalendar(year, index, 1))
            except ValueError:
                return None
    return None


def shifted(base: date, unit: str, count: int) -> Period:
    """The period of `unit` that lies `count` units from the one of a day."""
    return cal.period(unit, cal.shift(cal.period(unit, base).first if unit != "day" else base, unit, count))

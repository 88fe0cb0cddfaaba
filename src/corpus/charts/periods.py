"""The axis of periods below columns: one place a period, its name in the middle of its column, periods without a row as gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

Step = Literal["day", "month", "quarter", "year"]

MOST_PLACES = 60
"""Periods that have a place each; where there are more, columns are so thin that a name at the edge of one is in its middle."""
MOST_NAMES = 6
"""Names of periods that fit beside each other below a picture."""
MONTHS: dict[Step, int] = {"month": 1, "quarter": 3, "year": 12}
JUMPS: dict[Step, tuple[int, ...]] = {
    "month": (1, 2, 3, 6, 12, 24),
    "quarter": (1, 2, 4, 8),
    "year": (1, 2, 5, 10, 20),
    "day": (1, 2, 7, 14),
}
"""Every how many periods one is named: January, the first quarter and round years are among them."""


def places(days: Iterable[str | None], step: Step) -> list[str]:
    """The first day (ISO) of each period from the earliest to the latest; none where there are more than `MOST_PLACES`.

    >>> places(["2024-10-01", "2025-04-01"], "quarter")
    ['2024-10-01', '2025-01-01', '2025-04-01']
    """
    known = sorted({day[:10] for day in days if day})
    if not known:
        return []
    held, last = [_first(dt.date.fromisoformat(known[0]), step)], dt.date.fromisoformat(known[-1])
    while (following := _next(held[-1], step)) <= last:
        held.append(following)
        if len(held) > MOST_PLACES:
            return []
    return [day.isoformat() for day in held]


def period_name(field: str, form: str) -> str:
    """The Vega expression of a row's period as people write it, from its first day in ISO."""
    return f"utcFormat(utcParse(datum[{field!r}], '%Y-%m-%d'), '{form}')"


def place_of(day: str, step: Step) -> str:
    """The first day of the period that a day lies in.

    >>> place_of("2025-07-15", "quarter")
    '2025-07-01'
    """
    return _first(dt.date.fromisoformat(day[:10]), step).isoformat()


def axis_of(days: list[str], step: Step, form: str) -> dict[str, Any]:
    """The axis of these places, with as many of them named as fit."""
    jump = next((one for one in JUMPS[step] if len(days) <= one * MOST_NAMES), JUMPS[step][-1])
    named = [day for number, day in enumerate(days) if _number(day, step, number) % jump == 0]
    return {
        "labelExpr": period_name("value", form),
        "values": named or days[:1],
        "labelAngle": 0,
        "labelOverlap": "greedy",
        "grid": False,
    }


def _first(day: dt.date, step: Step) -> dt.date:
    if step == "day":
        return day
    return dt.date(day.year, (day.month - 1) // MONTHS[step] * MONTHS[step] + 1, 1)


def _next(day: dt.date, step: Step) -> dt.date:
    if step == "day":
        return day + dt.timedelta(days=1)
    months = day.year * 12 + day.month - 1 + MONTHS[step]
    return dt.date(months // 12, months % 12 + 1, 1)


def _number(day: str, step: Step, number: int) -> int:
    """The number of a period: counted so that January, a first quarter and a round year are multiples of any jump."""
    if step == "day":
        return number
    year, month = int(day[:4]), int(day[5:7])
    return (year if step == "year" else year * 12 + month - 1) // (1 if step == "year" else MONTHS[step])

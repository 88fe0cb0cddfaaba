"""The n-th or last unit of a period: "première semaine de janvier", "dernier jour d'octobre", "le premier lundi de mars"."""

from __future__ import annotations

from datetime import date, timedelta

from extract.dates import calendar as cal
from extract.dates.calendar import Period
from extract.dates.records import Nth

# The longest period that is cut into days or weeks; a century has 5,218 weeks and no one counts them.
_LONGEST_DAYS = 400


def nth_in(node: Nth, inside: Period) -> Period | None:
    """The unit that `node` names inside a period, or None where there are not so many."""
    parts = _parts(node, inside)
    if not parts:
        return None
    count = min(node.count, len(parts))
    if node.ordinal < 0:
        chosen = parts[-count:]
    elif node.count > 1:
        chosen = parts[node.ordinal - 1 : node.ordinal - 1 + node.count]
    else:
        chosen = parts[node.ordinal - 1 : node.ordinal]
    if not chosen:
        return None
    if len(chosen) == 1:
        return chosen[0]
    return Period(chosen[0].first, chosen[-1].last, node.unit, f"{chosen[0].timex}/{chosen[-1].timex}")


def _parts(node: Nth, inside: Period) -> list[Period]:
    length = (inside.last - inside.first).days + 1
    if node.unit in ("month", "quarter", "half", "year", "decade"):
        return _whole(node.unit, inside)
    if length > _LONGEST_DAYS:
        return []
    if node.weekday is not None:
        return [cal.day(day) for day in _every(inside, node.weekday)]
    match node.unit:
        case "day":
            return [cal.day(inside.first + timedelta(days=n)) for n in range(length)]
        case "week":
            return [cal.week(day) for day in _every(inside, 4)]
        case "weekend":
            return [cal.weekend(day) for day in _every(inside, 6)]
        case "fortnight" if inside.unit == "month":
            first = inside.first
            return [cal.fortnight(first.year, first.month, 1), cal.fortnight(first.year, first.month, 2)]
    return []


def _every(inside: Period, weekday: int) -> list[date]:
    first = inside.first + timedelta(days=(weekday - inside.first.isoweekday()) % 7)
    return [first + timedelta(days=7 * n) for n in range((inside.last - first).days // 7 + 1)]


def _whole(unit: str, inside: Period) -> list[Period]:
    parts: list[Period] = []
    first = inside.first
    while first <= inside.last and len(parts) < _LONGEST_DAYS:
        part = cal.period(unit, first)
        if part.last > inside.last:
            break
        parts.append(part)
        first = part.last + timedelta(days=1)
    return parts

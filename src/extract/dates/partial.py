"""TIMEX3 values of dates that nothing resolves: `XXXX-02-09`, `XXXX-WXX-1`."""

from __future__ import annotations

from extract.dates.calendar import SEASONS
from extract.dates.records import Between, Calendar, Node
from extract.dates.tokens import unit_of

_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "fortnight": "XXXX-XX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def partial_timex(node: Node) -> str:
    """What is known of a date, with X for what is not."""
    if isinstance(node, Between):
        return f"{partial_timex(node.first)}/{partial_timex(node.last)}"
    if not isinstance(node, Calendar):
        return _UNKNOWN[unit_of(node)]
    year = f"{node.year:04d}" if isinstance(node.year, int) else "XXXX"
    if node.index is None:
        if node.day is not None:
            return f"{year}-XX-{node.day:02d}"
        return f"{year}-WXX-{node.weekday}" if node.weekday is not None else _UNKNOWN[node.unit]
    match node.unit:
        case "day":
            return f"{year}-{node.index:02d}-{node.day or 0:02d}"
        case "month":
            return f"{year}-{node.index:02d}"
        case "quarter":
            return f"{year}-Q{node.index}"
        case "half":
            return f"{year}-H{node.index}"
        case "season":
            return f"{year}-{SEASONS[node.index - 1]}"
        case "week":
            return f"{year}-W{node.index:02d}"
    return _UNKNOWN[node.unit]

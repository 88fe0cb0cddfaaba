"""What the slots of a match say: its year, its month, its day, its direction."""

from __future__ import annotations

import re

from extract.dates.grammar import Match
from extract.dates.numeric import full_year

CLAUSE_END = re.compile(r"\s*(?:$|[.,:](?![0-9])|[;!?)\]»”\"\n])")


def year_in(match: Match, name: str = "year") -> int | None:
    """The year of a slot, in four digits, in two or in words."""
    if not match.has(name):
        return None
    value = match.role(name, "year")
    if isinstance(value, int):
        return value
    short = match.role(name, "short_year", "two_digits")
    return full_year(short) if isinstance(short, int) else None


def day_in(match: Match, name: str = "day") -> int:
    """The day of a month."""
    return match.number(name, "day")


def month_in(match: Match, name: str = "month") -> int:
    """The number of a month."""
    return match.number(name, "month")


def direction_in(match: Match) -> int | None:
    """-1 for "dernier", 1 for "prochain", 0 for "ce", None where nothing is said."""
    if match.has("shift"):
        return match.number("shift", "shifts")
    return 0 if match.has("this") else None

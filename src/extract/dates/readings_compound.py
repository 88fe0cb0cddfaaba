"""Dates made of dates: the n-th of a period, parts, offsets, ranges."""

from __future__ import annotations

from dataclasses import replace

from extract.dates.grammar import Match, Reading, Result
from extract.dates.readings_relative import MAX_COUNT
from extract.dates.records import Between, Calendar, Containing, Feast, Node, Nth, Offset, Relative
from extract.dates.slots import day_in
from extract.dates.tokens import smaller, unit_of

_PART_UNITS = frozenset({"week", "month", "quarter", "half", "year", "decade", "century"})


def nth(match: Match) -> Result:
    """première semaine de janvier 2015; dernier jour du mois; le premier lundi de mars."""
    ordinal = match.number("o", "ordinal", "number") or match.number("o", "shifts")
    unit = match.word("unit", "units")
    day = match.node("weekday") if match.has("weekday") else None
    weekday_ = day.weekday if isinstance(day, Calendar) else None
    inside: Node
    if match.has("i"):
        inside = match.node("i")
    else:
        whole = match.word("iu", "unit")
        inside = Relative(whole, 0, 0)
    count = match.number("n", "count") or 1
    if weekday_ is not None:
        unit = "day"
    if ordinal < -1 or ordinal == 0 or not smaller(unit, unit_of(inside)):
        return None
    if unit in ("quarter", "half"):
        if unit_of(inside) != "year":
            return None
        return Calendar(unit, inside, ordinal if ordinal > 0 else (4 if unit == "quarter" else 2))
    return Nth(ordinal, unit, inside, count, weekday_)


_FISCAL = Relative("year", 0, 0, "unknown")


def fiscal_part(match: Match) -> Result:
    """le premier trimestre de l'exercice 2025-26: when it begins is for the firm to say."""
    unit = match.word("unit", "units")
    if not match.has("unit"):
        unit = "quarter" if match.role("o", "quarter_code") else "half"
    if unit not in ("quarter", "half", "month"):
        return None
    return Calendar(unit, _FISCAL, match.number("o", "ordinal", "quarter_code", "half_code"))


def fiscal_year(match: Match) -> Result:
    """l'exercice 2025-26: twelve months, and nobody says which."""
    return _FISCAL


def half_of(match: Match) -> Result:
    """the first half of next year; the second half of March."""
    ordinal = match.number("o", "ordinal")
    inside: Node = match.node("i") if match.has("i") else Relative(match.word("iu", "unit"), 0, 0)
    if ordinal not in (1, 2):
        return None
    if unit_of(inside) == "month":
        return Nth(ordinal, "fortnight", inside)
    return Calendar("half", inside, ordinal)


def weekday_of_week(match: Match) -> Result:
    """le jeudi de la semaine prochaine; next week on Tuesday."""
    day = match.node("weekday")
    value = day.weekday if isinstance(day, Calendar) else None
    return None if value is None else Containing("week", match.node("i"), value)


def same_day(match: Match) -> Result:
    """demain samedi: the weekday only repeats the day."""
    return match.node("d")


def with_year(match: Match) -> Result:
    """juin de cette année; Easter of last year."""
    node = match.node("d")
    if not isinstance(node, Calendar | Feast) or node.direction is not None:
        return None
    return replace(node, year=match.node("y"))


def span_with_year(match: Match) -> Result:
    """between June and August of this year."""
    node = match.node("d")
    if not isinstance(node, Between) or not isinstance(node.last, Calendar) or node.last.year is not None:
        return None
    return Between(node.first, replace(node.last, year=match.node("y")))


def day_of(match: Match) -> Result:
    """le 21 de ce mois."""
    return Nth(day_in(match, "day"), "day", match.node("m") if match.has("m") else Relative("month", 0, 0))


def directed(match: Match) -> Result:
    """3 mars dernier; 14 mars prochain."""
    node = match.node("d")
    if not isinstance(node, Calendar | Feast):
        return None
    return replace(node, direction=match.number("shift", "shifts"))


def week_of(match: Match) -> Result:
    """la semaine du 6 octobre; the weekend of April 10th."""
    return Containing(match.word("unit", "unit"), match.node("d"))


def offset(match: Match) -> Result:
    """deux semaines avant le 13 mai 1999; 3 days after Christmas."""
    count = match.number("n", "count")
    if not 0 < count <= MAX_COUNT:
        return None
    return Offset(match.word("unit", "units"), -count if match.has("before") else count, match.node("d"))


def offset_day(match: Match) -> Result:
    """la veille du 3 mars."""
    return Offset("day", match.number("n", "text_day"), match.node("d"))


def part(match: Match) -> Result:
    """fin 2024; début mars; mi-2025; à la fin de l'année."""
    modifier = match.word("part", "part")
    if match.has("d"):
        inner = match.token("d").modifier
        return None if inner else Reading(match.node("d"), modifier)
    unit = match.word("unit", "unit")
    return Reading(Relative(unit, 0, 0), modifier) if unit in _PART_UNITS else None


def date_range(match: Match) -> Result:
    """du 28 février au 2 mars; de 2014 à 2018; entre janvier 2019 et aujourd'hui."""
    first: Node = Relative("day", 0, 0) if match.role("a", "now") else match.node("a")
    last: Node = Relative("day", 0, 0) if match.role("b", "now") else match.node("b")
    if not match.has("open") and match.has("link"):
        link = match.token("link")
        spaced = match.folded[link.start - 1 : link.start].isspace()
        if unit_of(first) != unit_of(last) and (spaced or "to" in link.roles):
            return None
    if (
        _year_of(first) is not None
        and _year_of(last) is not None
        and (_year_of(first) or 0) > (_year_of(last) or 0)
    ):
        return None
    modifier = "about" if match.token("a").modifier or match.token("b").modifier else ""
    return Reading(Between(first, last), modifier)


def _year_of(node: Node) -> int | None:
    return node.year if isinstance(node, Calendar) and isinstance(node.year, int) else None


def months_together(match: Match) -> Result:
    """janvier et février 2024: neighbours are one period, others are two."""
    first, last = match.node("a"), match.node("b")
    if not isinstance(first, Calendar) or not isinstance(last, Calendar) or first.year is not None:
        return None
    if (first.index or 0) + 1 != last.index:
        return None
    parted = match.token("a").modifier or match.token("b").modifier
    return Reading(Between(first, last), "about" if parted else "")


def open_ended(match: Match) -> Result:
    """2018 ou plus tard."""
    return Reading(match.node("d"), "since")

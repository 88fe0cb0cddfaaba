"""Dates of the calendar: matched tokens -> a date node, or None where they only looked like one."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dates.calendar import LAST_YEAR
from extract.dates.grammar import Builder, Match, Reading, Result
from extract.dates.numeric import valid_day
from extract.dates.records import Between, Calendar, Containing, Nth
from extract.dates.slots import CLAUSE_END, day_in, direction_in, month_in, year_in

# "les 3/4 des salariés", "1/2 million": a small fraction is a date only at the end of a clause.
_FRACTION = re.compile(r"[1-9]/(?:[2-9]|10)")
_REPORTED = frozenset({3, 6, 9})  # months that a report sums up since the year began
_CLOCK = re.compile(r"\s*(?:h\b|[:][0-9]|[.,][0-9])")


def shared_month(match: Match) -> Result:
    """du 3 au 7 mars 2025; 10 et 11 février; April 9th through 17th."""
    year, month = year_in(match), month_in(match)
    first, last = day_in(match, "first"), day_in(match, "last")
    before = Calendar("day", year, month, first)
    if first > last:
        before = Calendar("day", None, None, first)  # "du 28 au 3 mars": the first is of the month before
    start = None
    if match.has("open"):
        joined = "and" in match.token("link").roles and "to" not in match.token("link").roles
        dashed = "hyphen" in match.token("link").roles
        if (joined or dashed) and "between" not in match.token("open").roles:
            start = match.place("open") + 1
            while "the" in match.tokens[start].roles:
                start += 1
    return Reading(Between(before, Calendar("day", year, month, last)), start=start)


def month_shared(match: Match) -> Result:
    """April 9th through 17th; from April 27th to the 3rd."""
    year, month = year_in(match), month_in(match)
    first, last = day_in(match, "first"), day_in(match, "last")
    after, following = year, month
    if first > last:
        following = month % 12 + 1
        after = None if year is None else year + (month == 12)
    return Between(Calendar("day", year, month, first), Calendar("day", after, following, last))


def shared_month_trimmed(match: Match) -> Result:
    """The same where an article before the first day stays outside: les 10 et 11 février."""
    built = shared_month(match)
    if isinstance(built, Reading) and built.start is None and not match.has("open"):
        start = match.match.start()
        while "the" in match.tokens[start].roles and "day" not in match.tokens[start].roles:
            start += 1
        return replace(built, start=start)
    return built


def day_month(match: Match) -> Result:
    """lundi 3 mars 2025; 1er avril; 2. Oktober; May 29th, 2025."""
    weekday = match.number("weekday", "weekday") if match.has("weekday") else None
    month = match.token("month")
    if (
        "month_short" in month.roles
        and not match.has("year")
        and not match.folded[match.token("day").start].isdigit()
    ):
        return None  # "el segundo set", "due mar": a short name beside a number in words
    return Calendar("day", year_in(match), month_in(match), day_in(match), weekday)


def day_month_words(match: Match) -> Result:
    """Mai vingt-neuf, at the end of a clause: "début juin treize départements" is a count."""
    return day_month(match) if CLAUSE_END.match(match.after()) else None


def month_day(match: Match) -> Result:
    """May 29th, October 2; "May 20,000" is a number."""
    if re.match(r"[.,][0-9]", match.after()):
        return None
    return day_month(match)


def spaced_numbers(match: Match) -> Result:
    """02 04 2009."""
    day, month, place = day_in(match), match.number("month", "digits"), match.match.start()
    around = match.tokens[place - 1] if place else None
    if not 1 <= month <= 12 or (around is not None and "count" in around.roles):
        return None
    return Calendar("day", year_in(match), month, day)


def numeric_alone(match: Match) -> Result:
    """29/2 where the text says nothing else: the cell of a table, a label."""
    return (
        numeric(match)
        if match.folded.strip() == match.folded[match.token("n").start : match.token("n").end]
        else None
    )


def day_ordinal_month(match: Match) -> Result:
    """am siebten vierten; am 27. 11."""
    day, month = match.number("day", "day"), match.number("month", "ordinal_month")
    weekday_ = match.number("weekday", "weekday") if match.has("weekday") else None
    start = match.place("weekday") if match.has("weekday") else None
    if not valid_day(year_in(match), month, day):
        return None
    return Reading(Calendar("day", year_in(match), month, day, weekday_), start=start)


def numeric(match: Match) -> Result:
    """22/04 or 10.2.15 where the words around say that it is a date; with a weekday; with a year behind."""
    node = match.role("n", "calendar_part", "calendar_loose") or match.token("n").node
    if not isinstance(node, Calendar):
        return None
    if match.has("year"):
        node = replace(node, year=year_in(match))
    if match.has("weekday"):
        node = replace(node, weekday=match.number("weekday", "weekday"))
    if _CLOCK.match(match.after()):
        return None
    if (
        node.year is None
        and not match.has("weekday")
        and _FRACTION.fullmatch(match.folded[match.token("n").start : match.token("n").end])
    ):
        return node if CLAUSE_END.match(match.after()) else None
    return node


def numeric_range(match: Match) -> Result:
    """28/2-1/3; 01/05 au 07/05, 2020."""
    nodes = []
    for name in ("first", "last"):
        node = match.role(name, "calendar_part") or match.token(name).node
        if not isinstance(node, Calendar):
            return None
        nodes.append(replace(node, year=year_in(match)) if match.has("year") and node.year is None else node)
    return Between(nodes[0], nodes[1])


def month_year(match: Match) -> Result:
    """février 2025; juillet 98; Dec/2018."""
    return Calendar("month", year_in(match), month_in(match))


def months(match: Match) -> Result:
    """mars-avril 2024; de novembre à février; janvier et février only because they are neighbours."""
    first, last, year = match.number("first", "month"), match.number("last", "month"), year_in(match)
    link = match.token("link").roles
    opened = match.has("open")
    if "to" not in link and "hyphen" not in link and last != first + 1:
        between = opened and "between" in match.token("open").roles
        if not between:
            return None
    if (
        not opened
        and year is None
        and not any("month_sure" in match.token(name).roles for name in ("first", "last"))
    ):
        return None
    start = None
    if opened and "between" not in match.token("open").roles and ("and" in link or "hyphen" in link):
        start = match.place("open") + 1
    begin = Calendar("month", year if first <= last else None, first)
    return Reading(Between(begin, Calendar("month", year, last)), start=start)


def first_months(match: Match) -> Result:
    """les neuf premiers mois, where nothing says of what: as long as firms report, so they are the year's."""
    count = match.number("n", "count")
    if match.number("o", "ordinal") != 1 or match.word("unit", "units") != "month" or count not in _REPORTED:
        return None
    return Nth(1, "month", Containing("year", Calendar("month", None, count)), count)


def quarters(match: Match) -> Result:
    """T1 et T2 2025; premier et deuxième trimestres; XIXe et XXe siècles."""
    unit = match.word("unit", "unit", "units") or ("century" if match.has("century") else "quarter")
    roles = ("quarter_code", "half_code", "roman_ordinal", "ordinal", "number")
    first, last = match.number("first", *roles), match.number("last", *roles)
    if unit not in ("quarter", "half", "century") or first >= last:
        return None
    year = year_in(match)
    return Between(Calendar(unit, year, first), Calendar(unit, year, last))


def decade(match: Match) -> Result:
    """années 1990; années 80; the 1990s; nineties; 90er Jahre."""
    first = _first_year_of_decade(match, "n")
    return None if first is None else Calendar("decade", first)


def decades(match: Match) -> Result:
    """années 1970-1980; années 60 et 70."""
    first, last = _first_year_of_decade(match, "first"), _first_year_of_decade(match, "last")
    if first is None or last is None or first >= last:
        return None
    return Between(Calendar("decade", first), Calendar("decade", last))


def _first_year_of_decade(match: Match, name: str) -> int | None:
    value = match.number(
        name, "year", "decade_digits", "decade_name", "decade_alone", "short_year", "two_digits", "count"
    )
    if value % 10 or (100 <= value < 1000) or value > LAST_YEAR:
        return None
    # 00 and 10 are of this century; 20 to 90 of the last, as long as the press says so.
    return value if value >= 1000 else value + (2000 if value < 20 else 1900)


def half_alone(match: Match) -> Result:
    """in the first half, at the end of a clause; the first half of the match is none."""
    return half(match) if CLAUSE_END.match(match.after()) else None


def week_number(match: Match) -> Result:
    """semaine 31, of the year of publication where none is said."""
    index = match.number("n", "week_code", "count")
    year = year_in(match)
    return Calendar("week", year, index, direction=None if year else 0) if 1 <= index <= 53 else None


def _numbered(unit: str, largest: int, *roles: str) -> Builder:
    def build(match: Match) -> Result:
        index = match.number("n", *roles)
        if not 1 <= index <= largest:
            return None
        return Calendar(unit, year_in(match), index, direction=direction_in(match))

    return build


quarter = _numbered("quarter", 4, "quarter_code", "ordinal", "number")


half = _numbered("half", 2, "half_code", "ordinal", "number")


season = _numbered("season", 4, "season")


century = _numbered("century", 21, "roman_ordinal", "roman", "ordinal")

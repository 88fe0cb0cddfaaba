"""What each rule of the cascade means: matched tokens -> a date node, or None where the tokens only looked like one."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.dates.calendar import LAST_YEAR
from extract.dates.grammar import Builder, Match, Reading
from extract.dates.numeric import full_year, valid_day
from extract.dates.records import (
    Between,
    Calendar,
    Containing,
    Feast,
    Node,
    Nth,
    Offset,
    Relative,
    Rolling,
)

from extract.dates.tokens import unit_of

Result = Reading | Node | None
_STOP = re.compile(r"\s*(?:$|[.,;:!?)\]»”\"\n])")
_CLOCK = re.compile(r"\s*(?:h\b|[:][0-9]|[.,][0-9])")
# A plural right behind a number is what it counts; a sign of money, an hour or a share says so too.
_COUNTED_NOUN = re.compile(r"\s[^\W\d_]{3,}[sx]\b|\s?[%€$h]")
_MAX_COUNT = 999  # "il y a 2000 ans" is history, not a date that a calendar resolves
_PART_UNITS = frozenset({"week", "month", "quarter", "half", "year", "decade", "century"})


def _year(match: Match, name: str = "year") -> int | None:
    if not match.has(name):
        return None
    value = match.role(name, "year")
    if isinstance(value, int):
        return value
    short = match.role(name, "short_year", "two_digits")
    return full_year(short) if isinstance(short, int) else None


def _day(match: Match, name: str = "day") -> int:
    return match.number(name, "day")


def _month(match: Match, name: str = "month") -> int:
    return match.number(name, "month")


def shared_month(match: Match) -> Result:
    """du 3 au 7 mars 2025; 10 et 11 février; April 9th through 17th."""
    year, month = _year(match), _month(match)
    first, last = _day(match, "first"), _day(match, "last")
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
    year, month = _year(match), _month(match)
    first, last = _day(match, "first"), _day(match, "last")
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
    return Calendar("day", _year(match), _month(match), _day(match), weekday)


def day_month_words(match: Match) -> Result:
    """Mai vingt-neuf, at the end of a clause: "début juin treize départements" is a count."""
    return day_month(match) if _STOP.match(match.after()) else None


def month_day(match: Match) -> Result:
    """May 29th, October 2; "May 20,000" is a number."""
    if re.match(r"[.,][0-9]", match.after()):
        return None
    return day_month(match)


def spaced_numbers(match: Match) -> Result:
    """02 04 2009."""
    day, month, place = _day(match), match.number("month", "digits"), match.match.start()
    around = match.tokens[place - 1] if place else None
    if not 1 <= month <= 12 or (around is not None and "count" in around.roles):
        return None
    return Calendar("day", _year(match), month, day)


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
    if not valid_day(_year(match), month, day):
        return None
    return Reading(Calendar("day", _year(match), month, day, weekday_), start=start)


def numeric(match: Match) -> Result:
    """22/04 or 10.2.15 where the words around say that it is a date; with a weekday; with a year behind."""
    node = match.role("n", "calendar_part", "calendar_loose") or match.token("n").node
    if not isinstance(node, Calendar):
        return None
    if match.has("year"):
        node = replace(node, year=_year(match))
    if match.has("weekday"):
        node = replace(node, weekday=match.number("weekday", "weekday"))
    if _CLOCK.match(match.after()):
        return None
    return node


def numeric_range(match: Match) -> Result:
    """28/2-1/3; 01/05 au 07/05, 2020."""
    nodes = []
    for name in ("first", "last"):
        node = match.role(name, "calendar_part") or match.token(name).node
        if not isinstance(node, Calendar):
            return None
        nodes.append(replace(node, year=_year(match)) if match.has("year") and node.year is None else node)
    return Between(nodes[0], nodes[1])


def month_year(match: Match) -> Result:
    """février 2025; juillet 98; Dec/2018."""
    return Calendar("month", _year(match), _month(match))


def months(match: Match) -> Result:
    """mars-avril 2024; de novembre à février; janvier et février only because they are neighbours."""
    first, last, year = match.number("first", "month"), match.number("last", "month"), _year(match)
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


def month_only(match: Match) -> Result:
    """mars; octobre dernier; this September; "de sept ans" is a number."""
    token = match.token("month")
    if "number" in token.roles and not match.folded[token.start : token.end].endswith("."):
        return None
    return Calendar("month", None, _month(match), direction=_direction(match))


def _direction(match: Match) -> int | None:
    if match.has("shift"):
        return match.number("shift", "shifts")
    return 0 if match.has("this") else None


def _numbered(unit: str, largest: int, *roles: str) -> Builder:
    def build(match: Match) -> Result:
        index = match.number("n", *roles)
        if not 1 <= index <= largest:
            return None
        return Calendar(unit, _year(match), index, direction=_direction(match))

    return build


quarter = _numbered("quarter", 4, "quarter_code", "quarter_name", "ordinal", "number")
half = _numbered("half", 2, "half_code", "half_name", "ordinal", "number")
season = _numbered("season", 4, "season")
century = _numbered("century", 21, "roman_ordinal", "roman", "ordinal")


def week_number(match: Match) -> Result:
    """semaine 31, of the year of publication where none is said."""
    index = match.number("n", "week_code", "count")
    year = _year(match)
    return Calendar("week", year, index, direction=None if year else 0) if 1 <= index <= 53 else None


def quarters(match: Match) -> Result:
    """T1 et T2 2025; premier et deuxième trimestres; XIXe et XXe siècles."""
    unit = match.word("unit", "unit", "units") or ("century" if match.has("century") else "quarter")
    roles = ("quarter_code", "half_code", "roman_ordinal", "ordinal", "number")
    first, last = match.number("first", *roles), match.number("last", *roles)
    if unit not in ("quarter", "half", "century") or first >= last:
        return None
    year = _year(match)
    return Between(Calendar(unit, year, first), Calendar(unit, year, last))


def decade(match: Match) -> Result:
    """années 1990; années 80; the 1990s; nineties; 90er Jahre."""
    value = match.number(
        "n", "year", "decade_digits", "decade_name", "decade_alone", "short_year", "two_digits", "count"
    )
    if value % 10 or (100 <= value < 1000) or value > LAST_YEAR:
        return None
    if value < 100:
        value += 2000 if value < 20 else 1900
    return Calendar("decade", value)


def relative_day(match: Match) -> Result:
    """hier, aujourd'hui, demain."""
    days = match.number("n", "relative_day")
    return Relative("day", days, days)


def relative_unit(match: Match) -> Result:
    """la semaine dernière, l'an prochain, cette année; cette année-là goes back to the text."""
    unit = match.word("unit", "unit")
    count = match.number("shift", "shifts") if match.has("shift") else 0
    anchor = "text" if match.has("that") or match.has("same") else "published"
    return Relative(unit, count, count, anchor)


def rolling(match: Match) -> Result:
    """les cinq dernières années; les 12 à 18 prochains mois."""
    count = max(match.number("n", "count"), match.number("m", "count"))
    direction = match.number("shift", "shifts")
    if not 0 < count <= _MAX_COUNT or abs(direction) != 1:
        return None
    if count > 1 and "plural" not in match.token("unit").roles:
        return None
    return Rolling(match.word("unit", "units"), count, direction)


def _counted(match: Match, sign: int, anchor: str) -> Result:
    low, unit = match.number("n", "count", "round_count"), match.word("unit", "units")
    high = match.number("m", "count") or low
    if not 0 < low <= high <= _MAX_COUNT:
        return None
    if unit == "fortnight":
        low, high, unit = 2 * low, 2 * high, "week"
    if match.has("half") and unit in ("year", "decade", "month"):
        if unit == "month":
            return None
        low = high = low * (12 if unit == "year" else 120) + (6 if unit == "year" else 60)
        unit = "month"
    first, last = sorted((sign * low, sign * high))
    about = "about" if match.has("about") or match.role("n", "round_count") is not None else ""
    return Reading(Relative(unit, first, last, anchor), about)


def ago(match: Match) -> Result:
    """il y a dix jours; two years ago."""
    return _counted(match, -1, "published")


def ahead(match: Match) -> Result:
    """dans trois mois; in drei Wochen."""
    return _counted(match, 1, "published")


def ago_twice(match: Match) -> Result:
    """2 weeks and 2 days ago: to the day."""
    first = Offset(match.word("unit", "units"), -match.number("n", "count"), Relative("day", 0, 0))
    return Offset(match.word("unit2", "units"), -match.number("n2", "count"), first)


def weekend(match: Match) -> Result:
    """le week-end, where no other one is named."""
    return Relative("weekend", 0, 0)


def within(match: Match) -> Result:
    """dans les 15 jours."""
    return Rolling(match.word("unit", "units"), match.number("n", "count"), 1)


def deadline(match: Match) -> Result:
    """d'ici deux à trois ans."""
    built = _counted(match, 1, "published")
    return Reading(built.node, "by") if isinstance(built, Reading) else None


def _still_open(match: Match, role: str) -> bool:
    last = match.tokens[match.match.end() - 1]
    return role in last.roles and not _STOP.match(match.after())


def later(match: Match) -> Result:
    """deux jours plus tard; "deux jours après" only where nothing follows that it is after."""
    if _still_open(match, "after"):
        return None
    return _counted(match, 1, "text")


def earlier(match: Match) -> Result:
    """trois ans plus tôt."""
    if _still_open(match, "before"):
        return None
    return _counted(match, -1, "text")


def text_day(match: Match) -> Result:
    """la veille, le lendemain, le même jour."""
    days = match.number("n", "text_day")
    return Relative("day", days, days, "text")


def weekday(match: Match) -> Result:
    """lundi; lundi dernier; ce lundi; jeudi 12; lundi en huit."""
    value = match.number("weekday", "weekday")
    if match.has("weeks"):
        return Offset(
            "week", match.number("weeks", "weeks_later"), Calendar("day", weekday=value, direction=1)
        )
    if match.has("day"):
        if _CLOCK.match(match.after()):
            return None
        return Calendar("day", None, None, _day(match), value)
    return Calendar("day", weekday=value, direction=_direction(match))


def weekday_day(match: Match) -> Result:
    """jeudi 12, but not "jeudi 12 salariés": a clause ends, or what follows is not counted."""
    after = match.after()
    if (
        match.role("day", "digits") is None
        and match.role("day", "ordinal") is None
        and not _STOP.match(after)
    ):
        return None
    if _COUNTED_NOUN.match(after):
        return None
    return weekday(match)


def day_of_month(match: Match) -> Result:
    """le 31, where nothing but the number says it: only at the end of a clause."""
    if not _STOP.match(match.after()):
        return None
    last = Calendar("day", day=_day(match))
    return Between(Calendar("day", day=_day(match, "first")), last) if match.has("first") else last


def ordinal_day(match: Match) -> Result:
    """the 18th: a number with its ending, never a word ("the first")."""
    token = match.token("day")
    if not match.folded[token.start].isdigit():
        return None
    return day_of_month(match)


def feast(match: Match) -> Result:
    """Noël; Pâques 2024; Noël dernier."""
    return Feast(match.word("n", "feast"), _year(match), _direction(match))


def feast_unnamed(match: Match) -> Result:
    """Noël, where no capital beside it makes it a name ("Noël Forgeard", "Léon Noël")."""
    token = match.token("n")
    before = re.search(r"(\w+)\s$", match.text[max(0, token.start - 30) : token.start])
    after = re.match(r"[\s-](\w)", match.text[token.end : token.end + 2])
    if (before and before[1][0].isupper()) or (after and after[1].isupper()):
        return None
    return feast(match)


def part_of_day(match: Match) -> Result:
    """ce matin, ce soir."""
    return Relative("day", 0, 0)


def fixed_period(match: Match) -> Result:
    """Jahresende: a word that is a part and a period; its value is `part unit shift`."""
    part, unit, count = match.word("n", "period").split()
    return Reading(Relative(unit, int(count), int(count)), "" if part == "-" else part)


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
    if ordinal < -1 or ordinal == 0 or unit == unit_of(inside):
        return None
    if unit in ("quarter", "half"):
        if unit_of(inside) != "year":
            return None
        return Calendar(unit, inside, ordinal if ordinal > 0 else (4 if unit == "quarter" else 2))
    return Nth(ordinal, unit, inside, count, weekday_)


def weekday_of_week(match: Match) -> Result:
    """le jeudi de la semaine prochaine; next week on Tuesday."""
    day = match.node("weekday")
    value = day.weekday if isinstance(day, Calendar) else None
    return None if value is None else Containing("week", match.node("i"), value)


def with_year(match: Match) -> Result:
    """juin de cette année; Easter of last year."""
    node = match.node("d")
    if not isinstance(node, Calendar | Feast) or node.direction is not None:
        return None
    return replace(node, year=match.node("y"))


def day_of(match: Match) -> Result:
    """le 21 de ce mois."""
    return Nth(_day(match, "day"), "day", match.node("m") if match.has("m") else Relative("month", 0, 0))


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
    if not 0 < count <= _MAX_COUNT:
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
    return Between(first, last) if (first.index or 0) + 1 == last.index else None


def open_ended(match: Match) -> Result:
    """2018 ou plus tard."""
    return Reading(match.node("d"), "since")

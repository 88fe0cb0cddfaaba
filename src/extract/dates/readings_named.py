"""Months, weekdays, days and feasts that stand alone: matched tokens -> a date node."""

from __future__ import annotations

import re

from extract.dates.evidence import capital_beside
from extract.dates.grammar import Match, Result
from extract.dates.records import Between, Calendar, Feast, Offset
from extract.dates.slots import CLAUSE_END, day_in, direction_in, month_in, year_in

_CLOCK = re.compile(r"\s*(?:h\b|[:][0-9]|[.,][0-9])")
# A plural right behind a number is what it counts; a sign of money, an hour or a share says so too.
_COUNTED_NOUN = re.compile(r"\s[^\W\d_]{3,}[sx]\b|\s?[%€$h]")


def month_only(match: Match) -> Result:
    """mars; octobre dernier; this September; "de sept ans" is a number."""
    token = match.token("month")
    if "number" in token.roles and not match.folded[token.start : token.end].endswith("."):
        return None
    return Calendar("month", None, month_in(match), direction=direction_in(match))


_LEADS_TO_MONTH = frozenset(
    {"in", "of", "bound", "part", "from", "to", "before", "after", "between", "and", "on", "the"}
)


def month_unnamed(match: Match) -> Result:
    """A bare month with a capital, unless a capital beside it makes it a name: "August Wilson", "Herr August"."""
    token, place = match.token("month"), match.place("month")
    if match.text[token.start].isupper():
        led = place > 0 and bool(_LEADS_TO_MONTH & match.tokens[place - 1].roles.keys())
        if not led and capital_beside(match.text, token.start, token.end):
            return None
    return month_only(match)


def weekday(match: Match) -> Result:
    """lundi; lundi dernier; ce lundi; jeudi 12; segunda-feira (10); lundi en huit."""
    value = match.number("weekday", "weekday")
    if match.has("weeks"):
        return Offset(
            "week", match.number("weeks", "weeks_later"), Calendar("day", weekday=value, direction=1)
        )
    if match.has("day"):
        if _CLOCK.match(match.after()):
            return None
        return Calendar("day", None, None, day_in(match), value)
    return Calendar("day", weekday=value, direction=direction_in(match))


def weekday_day(match: Match) -> Result:
    """jeudi 12, but not "jeudi 12 salariés": a clause ends, or what follows is not counted."""
    after = match.after()
    if (
        match.role("day", "digits") is None
        and match.role("day", "ordinal") is None
        and not CLAUSE_END.match(after)
    ):
        return None
    if _COUNTED_NOUN.match(after):
        return None
    return weekday(match)


def day_of_month(match: Match) -> Result:
    """le 31, where nothing but the number says it: only at the end of a clause."""
    if not CLAUSE_END.match(match.after()):
        return None
    if match.has("first") and day_in(match, "first") >= day_in(match):
        return None
    last = Calendar("day", day=day_in(match))
    return Between(Calendar("day", day=day_in(match, "first")), last) if match.has("first") else last


def day_shifted(match: Match) -> Result:
    """o último dia 7, el próximo día 5: the shift says which way."""
    return Calendar("day", day=day_in(match), direction=direction_in(match))


def ordinal_day(match: Match) -> Result:
    """the 18th: a number with its ending, never a word ("the first")."""
    token = match.token("day")
    if not match.folded[token.start].isdigit():
        return None
    return day_of_month(match)


def feast(match: Match) -> Result:
    """Noël; Pâques 2024; Noël dernier."""
    return Feast(match.word("n", "feast"), year_in(match), direction_in(match))


def feast_unnamed(match: Match) -> Result:
    """Noël, where no capital beside it makes it a name ("Noël Forgeard", "Léon Noël")."""
    token = match.token("n")
    return None if capital_beside(match.text, token.start, token.end) else feast(match)

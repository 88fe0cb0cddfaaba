"""Dates told from another one, and what comes back: matched tokens -> a date node."""

from __future__ import annotations

import re

from extract.dates.grammar import Match, Reading, Result
from extract.dates.records import Offset, Relative, Rolling
from extract.dates.slots import CLAUSE_END

MAX_COUNT = 999
_NOUN_BEHIND = re.compile(r"\s[^\W\d_]{5,}")
# "The past year" runs up to today, "last year" is the one before; the last decade is ten years in every language.
_ROLLED = frozenset(
    {"week", "month", "year"}
)  # "il y a 2000 ans" is history, not a date that a calendar resolves


def no_date(match: Match) -> Result:
    """chaque lundi, tous les jours: they come back, and name none."""
    return Reading(None)


def relative_day(match: Match) -> Result:
    """hier, aujourd'hui, demain."""
    days = match.number("n", "relative_day")
    return Relative("day", days, days)


def relative_unit(match: Match) -> Result:
    """la semaine dernière, l'an prochain, cette année; cette année-là goes back to the text."""
    unit = match.word("unit", "unit")
    if "fiscal" in match.token("unit").roles:
        return Relative(unit, 0, 0, "unknown")  # "l'exercice en cours" begins when the firm says so
    count = match.number("shift", "shifts") if match.has("shift") else 0
    anchor = "text" if match.has("that") or match.has("same") else "published"
    if match.has("shift") and "text_shift" in match.token("shift").roles:
        anchor = "either"
    if count == -1 and (
        unit == "decade" or (unit in _ROLLED and "rolling_shift" in match.token("shift").roles)
    ):
        return Rolling(unit, 1, -1)
    return Relative(unit, count, count, anchor)


def rolling(match: Match) -> Result:
    """les cinq dernières années; les 12 à 18 prochains mois."""
    count = max(match.number("n", "count"), match.number("m", "count"))
    direction = match.number("shift", "shifts")
    if not 0 < count <= MAX_COUNT or abs(direction) != 1:
        return None
    if count > 1 and "plural" not in match.token("unit").roles:
        return None
    return Rolling(match.word("unit", "units"), count, direction)


def _counted(match: Match, sign: int, anchor: str) -> Result:
    low, unit = match.number("n", "count", "round_count"), match.word("unit", "units")
    high = match.number("m", "count") or low
    if not 0 < low <= high <= MAX_COUNT:
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
    return role in last.roles and not CLAUSE_END.match(match.after())


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
    """la veille, le lendemain, le même jour; "la veille médias" and "de la veille technologique" are a trade."""
    first = match.place("n")
    while first and "the" in match.tokens[first - 1].roles and "of" not in match.tokens[first - 1].roles:
        first -= 1
    if first and "of" in match.tokens[first - 1].roles and _NOUN_BEHIND.match(match.after()):
        return None
    days = match.number("n", "text_day")
    return Relative("day", days, days, "text")


def part_of_day(match: Match) -> Result:
    """ce matin, ce soir."""
    return Relative("day", 0, 0)


def fixed_period(match: Match) -> Result:
    """Jahresende: a word that is a part and a period; its value is `part unit shift`."""
    part, unit, count = match.word("n", "period").split()
    return Reading(Relative(unit, int(count), int(count)), "" if part == "-" else part)

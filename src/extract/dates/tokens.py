"""A token: a stretch of text with the roles it can play, or a date that the rules have read there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.dates.lexicon import Roles
from extract.dates.records import Between, Calendar, Containing, Feast, Node, Nth, Offset, Relative, Rolling

GAP = "·"  # stands for everything that no rule asks for


@dataclass(slots=True)
class Token:
    """A stretch of text with its roles; `node` is set once `rule` has read a date there."""

    start: int
    end: int
    char: str
    roles: Mapping[str, object]
    node: Node | None = None
    modifier: str = ""
    rule: str = ""


def unit_of(node: Node) -> str:
    """The precision of a date: day, week, month, ..."""
    match node:
        case Calendar(unit=unit) | Relative(unit=unit) | Rolling(unit=unit) | Nth(unit=unit):
            return unit
        case Containing(unit=unit, weekday=weekday):
            return "day" if weekday is not None else unit
        case Offset(origin=origin):
            return unit_of(origin)
        case Between(last=last):
            return unit_of(last)
        case Feast():
            return "day"


def date_roles(node: Node) -> dict[str, object]:
    """The roles that a date plays for the next level."""
    unit = unit_of(node)
    if isinstance(node, Between):
        return {"span_date": True}
    roles: dict[str, object] = {"date": True, f"{unit}_date": True}
    if isinstance(node, Calendar | Feast) and node.year is None:
        if isinstance(node, Calendar) and node.weekday is not None and node.day is None:
            roles["weekday_date"] = True
        else:
            roles["yearless"] = True
    if isinstance(node, Relative):
        roles[f"{unit}_relative"] = True
    return roles


def date_token(start: int, end: int, node: Node, modifier: str, roles: Roles, rule: str) -> Token:
    """A token that holds a date, and the rule that read it."""
    played = date_roles(node)
    if modifier:
        played["parted"] = True
    return Token(start, end, roles.char(played), played, node, modifier, rule)


_UNITS = (
    "day",
    "weekend",
    "week",
    "fortnight",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
)


def smaller(unit: str, than: str) -> bool:
    """Is one unit shorter than another?"""
    return _UNITS.index(unit) < _UNITS.index(than)


def register_dates(roles: Roles) -> None:
    """Give every set of roles that a date can play its character, so that the rules are compiled once."""
    shapes: list[Node] = [
        Between(Relative("day", 0, 0), Relative("day", 0, 0)),
        Feast("12-25"),
        Feast("12-25", 2000),
    ]
    for unit in _UNITS:
        shapes += [Calendar(unit), Calendar(unit, 2000), Relative(unit, 0, 0), Rolling(unit, 1, 1)]
    shapes.append(Calendar("day", weekday=1))
    for node in shapes:
        for modifier in ("", "start"):
            date_token(0, 0, node, modifier, roles, "")

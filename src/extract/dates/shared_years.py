"""A year that is written once and holds for its neighbours: "en mars et en novembre 2022", "En 2019, entre mars et mai"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extract.dates.lexicon import Roles
from extract.dates.neighbours import needs_year
from extract.dates.records import Between, Calendar, Node
from extract.dates.tokens import Token, date_token

# What may stand between two dates of one enumeration besides commas and "and".
_SMALL = frozenset({"the", "of", "in", "on", "from", "to", "and", "comma", "bound"})
_NAMES = "shared_years"


def share_years(tokens: Sequence[Token], roles: Roles) -> list[Token]:
    """The tokens, every date that lacks its year given the one of its enumeration or of the year that leads it."""
    found = list(tokens)
    dates = [place for place, token in enumerate(found) if token.node is not None]
    for left, right in zip(reversed(dates[:-1]), reversed(dates[1:]), strict=True):
        year = _year_before(found[left], found[right])
        if year is not None and _enumerated(found, left, right):
            found[left] = _dated(found[left], year, roles)
    return _led(found, dates, roles)


def _year_before(left: Token, right: Token) -> int | None:
    """The year that the right one names, where the left one can be of it."""
    first, last = left.node, right.node
    if first is None or last is None or not _lacks(first):
        return None
    later = last.first if isinstance(last, Between) else last
    if not isinstance(later, Calendar) or not isinstance(later.year, int) or later.index is None:
        return None
    end = first.last if isinstance(first, Between) else first
    assert isinstance(end, Calendar)
    same = end.unit == later.unit
    if same and (end.index or 0, end.day or 0) >= (later.index, later.day or 0):
        return None  # "en novembre et en mars 2022" may be of two years
    if not same and {end.unit, later.unit} - {"day", "month"}:
        return None
    return later.year


def _lacks(node: Node) -> bool:
    if isinstance(node, Between):
        return needs_year(node.first) and needs_year(node.last) and _indexed(node.last)
    return needs_year(node) and _indexed(node)


def _indexed(node: Node) -> bool:
    return isinstance(node, Calendar) and node.index is not None


def _enumerated(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Are they joined by "and", or by a comma where the right one is itself joined so?"""
    between = tokens[left + 1 : right]
    if not between or any(token.node is not None or not _SMALL & token.roles.keys() for token in between):
        return False
    if any("and" in token.roles for token in between):
        return True
    joined = tokens[right].rule.startswith(_NAMES) or isinstance(tokens[right].node, Between)
    return joined and any("comma" in token.roles for token in between)


def _dated(token: Token, year: int, roles: Roles) -> Token:
    assert token.node is not None
    return date_token(
        token.start, token.end, _in_year(token.node, year), token.modifier, roles, f"{_NAMES}.back"
    )


def _in_year(node: Node, year: int) -> Node:
    if isinstance(node, Between):
        return Between(_in_year(node.first, year), _in_year(node.last, year))
    return replace(node, year=year) if isinstance(node, Calendar) else node


def _led(tokens: list[Token], dates: Sequence[int], roles: Roles) -> list[Token]:
    """ "En 2019, entre mars et mai": a year and a comma before a date without one are one date."""
    gone: set[int] = set()
    for left, right in itertools.pairwise(dates):
        year, node = tokens[left].node, tokens[right].node
        if not isinstance(year, Calendar) or year.unit != "year" or not isinstance(year.year, int):
            continue
        if node is None or not _lacks(node) or tokens[left].modifier or left == 0:
            continue
        if not {"in", "from"} & tokens[left - 1].roles.keys():
            continue
        between = tokens[left + 1 : right]
        if not between or "comma" not in between[0].roles:
            continue
        if any(
            token.node is not None or "and" in token.roles or not _SMALL & token.roles.keys()
            for token in between
        ):
            continue
        start, end = tokens[left].start, tokens[right].end
        whole = _in_year(node, year.year)
        tokens[right] = date_token(start, end, whole, tokens[right].modifier, roles, f"{_NAMES}.led")
        gone |= set(range(left, right))
    return [token for place, token in enumerate(tokens) if place not in gone]

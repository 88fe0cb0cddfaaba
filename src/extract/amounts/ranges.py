"""Two numbers that bound one sum ("5 à 10 millions d'euros"), or name two ("passer de 5 à 10 millions")."""

from __future__ import annotations

from decimal import Decimal

from extract.amounts.records import Sum
from extract.amounts.window import LONGEST_GAP, Window, year_like
from extract.numbers import NumberPhrase

_CHANGE_REACH = 28
_OPEN_REACH = 20
_EACH_BEFORE, _EACH_BEHIND = 40, 60
# A sum that falls to less than a twentieth is told in another scale.
_FALLS = 20


def range_left(window: Window, found: Sum, place: int) -> None:
    """Widen `found`, whose number is the phrase at `place`, to the number before it; behind a verb of change, add that one."""
    if place == 0 or window.used[place - 1] or found.low is None:
        return
    lower, upper = window.phrases[place - 1], window.phrases[place]
    gap = window.folded[lower.end : upper.start]
    if (
        lower.value is None
        or (lower.article and upper.scale == 1)
        or len(gap) > LONGEST_GAP
        or not window.stands_free(lower)
    ):
        return
    changes = _names_two(window, gap, lower.start, upper.end)
    if not changes and not _range_gap(window, gap, lower.start, both_named=False):
        return
    if year_like(lower, window.folded) and upper.scale > 1:
        return
    low = _share_scale(lower, upper, falls=changes)
    if low is None or low == found.low or (low > found.low and not changes):
        return
    window.used[place - 1] = True
    if changes:
        window.sums.append(
            Sum(lower.start, lower.end, low, low, found.unit, lower, found.unit_start, rule=found.rule)
        )
        if gap in window.words.range_and:
            _enumerate(window, found, place - 1)
        return
    found.low, found.start, found.ranged = low, lower.start, True


def _enumerate(window: Window, found: Sum, place: int) -> None:
    """Add the sums before the one at `place` that commas part: "respectivement 200, 110 et 42 millions"."""
    assert found.phrase is not None
    while place > 0 and not window.used[place - 1] and window.stands_free(window.phrases[place - 1]):
        each, behind = window.phrases[place - 1], window.phrases[place]
        value = _share_scale(each, found.phrase, falls=True)
        if window.folded[each.end : behind.start] != ", " or value is None:
            return
        window.used[place - 1] = True
        window.sums.append(
            Sum(each.start, each.end, value, value, found.unit, each, found.unit_start, rule=found.rule)
        )
        place -= 1


def _names_two(window: Window, gap: str, start: int, end: int) -> bool:
    """Do the numbers around `gap`, from `start` to `end`, name two sums: before and after, or one and the other?"""
    words = window.words
    if gap in words.change_to:
        return gap not in words.range or _changes_before(window, start)
    return gap in words.range_and and (
        words.each.search(window.folded, max(window.start, start - _EACH_BEFORE), start) is not None
        or words.each.search(window.folded, end, min(window.end, end + _EACH_BEHIND)) is not None
    )


def range_right(window: Window, found: Sum, place: int) -> None:
    """Widen `found`, whose currency stands before it, to the number behind it ("$5-10bn")."""
    if place + 1 >= len(window.phrases) or found.low is None:
        return
    lower, upper = window.phrases[place], window.phrases[place + 1]
    gap = window.folded[lower.end : upper.start]
    if upper.value is None or len(gap) > LONGEST_GAP or not upper.digits:
        return
    if not _range_gap(window, gap, found.start, both_named=False) or _changes_before(window, found.start):
        return
    if year_like(upper, window.folded) and lower.scale > 1:
        return
    low = _share_scale(lower, upper)
    if low is None or low >= upper.value or window.percent_behind(upper):
        return
    window.used[place + 1] = True
    found.low, found.high, found.end, found.ranged = low, upper.value, upper.end, True


def merge_ranges(window: Window) -> None:
    """Make one range of two sums that both name their currency ("de 5 millions d'euros à 10 millions d'euros")."""
    merged: list[Sum] = []
    for found in sorted(window.sums, key=lambda each: each.start):
        last = merged[-1] if merged else None
        if last is not None and _bounds_of_one(window, last, found):
            low = _share_scale(last.phrase, found.phrase) if last.phrase and found.phrase else last.low
            if low is not None and found.high is not None and low < found.high:
                unit = found.unit if found.unit.code else last.unit
                merged[-1] = Sum(
                    last.start,
                    found.end,
                    low,
                    found.high,
                    unit,
                    found.phrase,
                    found.unit_start,
                    ranged=True,
                    rule=found.rule,
                )
                continue
        merged.append(found)
    window.sums = merged


def _bounds_of_one(window: Window, last: Sum, found: Sum) -> bool:
    if last.low is None or found.low is None or last.ranged or found.ranged:
        return False
    if None not in (last.unit.code, found.unit.code) and last.unit.code != found.unit.code:
        return False
    if last.unit.factor != 1 or found.unit.factor != 1:
        return False
    gap = window.folded[last.end : found.start]
    if len(gap) > LONGEST_GAP or not _range_gap(window, gap, last.start, both_named=True):
        return False
    return not _changes_before(window, last.start)


def _range_gap(window: Window, gap: str, start: int, both_named: bool) -> bool:
    if gap in window.words.range or (gap in window.words.range_or and not both_named):
        return True
    return gap in window.words.range_and and bool(
        window.words.range_open.search(window.folded[max(0, start - _OPEN_REACH) : start])
    )


def _changes_before(window: Window, start: int) -> bool:
    before = window.folded[max(0, start - _CHANGE_REACH) : start]
    if window.words.spread is not None and window.words.spread.search(before):
        return False
    return window.words.change.search(before) is not None


def _share_scale(lower: NumberPhrase, upper: NumberPhrase, *, falls: bool = False) -> Decimal | None:
    """The lower bound of a range: "5 à 10 millions" lends its scale to the 5, "500 000 à 2 millions" does not.

    None where neither makes sense ("900 à 1,2 milliard"): unresolved rather than guessed. Of two sums the first may be the
    larger one where it `falls`: "passe de 815 à 735 millions".
    """
    if lower.value is None:
        return None
    if upper.scale > lower.scale == 1 and upper.base is not None:
        if lower.value < (_FALLS * upper.base if falls else upper.base):
            return lower.value * upper.scale
        return lower.value if lower.value >= 1000 else None
    return lower.value

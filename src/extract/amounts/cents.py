"""Hundredths: "10 dollars et 43 cents", "5 euros 50", and cents alone."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.amounts.records import Sum
from extract.amounts.vocabulary import Unit
from extract.amounts.window import MILLION, Trigger, Window
from extract.numbers import NumberPhrase

_HUNDREDTH = Decimal("0.01")
_CLOSES = re.compile(r"\s*(?:\Z|[.!?)])")


def cents(window: Window, trigger: Trigger, phrase: NumberPhrase, unit: Unit) -> Sum | None:
    """The sum of so many hundredths, or None where they complete the sum before them, which then holds them."""
    value = (phrase.value or Decimal(0)) * unit.factor
    whole = window.sums[-1] if window.sums else None
    if whole is not None and _takes_cents(window, whole, phrase) and whole.low is not None and value < 1:
        whole.low = whole.high = whole.low + value
        whole.end = trigger[1]
        return None
    return Sum(phrase.start, trigger[1], value, value, unit, phrase, trigger[0], rule="cents")


def _takes_cents(window: Window, whole: Sum, phrase: NumberPhrase) -> bool:
    if whole.low is None or whole.ranged or whole.unit.minor or whole.low != int(whole.low):
        return False
    return window.folded[whole.end : phrase.start] in window.words.cents_join


def name_cents(window: Window) -> None:
    """Hundredths of no currency are of the one that stands beside them, where all the window's sums agree on it."""
    codes = {found.unit.code for found in window.sums if not found.unit.minor and found.unit.code}
    if len(codes) == 1:
        unit = Unit(codes.pop(), "name", minor=True)
        for found in window.sums:
            if found.unit.generic:
                found.unit = unit


def add_loose_cents(window: Window) -> None:
    """ "5 euros 50", "1 € 20": two digits behind a whole sum, where nothing that they could count follows."""
    behind = 0
    for found in window.sums:
        _add_half(window, found)
        while behind < len(window.phrases) and window.phrases[behind].start < found.end:
            behind += 1
        if (
            behind >= len(window.phrases)
            or found.low is None
            or found.ranged
            or found.unit.minor
            or window.used[behind]
        ):
            continue
        phrase = window.phrases[behind]
        gap = window.folded[found.end : phrase.start]
        glued = gap == "" and found.unit.kind == "sign" and phrase.digits  # "29€99"
        if not glued and (gap not in window.words.cents_join or gap == ", "):
            continue
        if phrase.value is None or phrase.scale > 1:
            continue
        digits = phrase.end - phrase.start if phrase.digits else 2
        if digits != 2 or not 1 <= phrase.value < 100 or found.low != int(found.low) or found.low >= MILLION:
            continue
        closing = _CLOSES if gap.strip() else window.words.follow
        if closing.match(window.folded, phrase.end) is None or window.percent_behind(phrase):
            continue
        window.used[behind] = True
        found.low = found.high = found.low + phrase.value * _HUNDREDTH
        found.end = phrase.end


def _add_half(window: Window, found: Sum) -> None:
    """ "un dollar et demi": half a unit more."""
    if (
        found.low is None
        or found.ranged
        or found.unit.minor
        or found.phrase is None
        or found.phrase.scale > 1
    ):
        return
    half = window.words.half.match(window.folded, found.end)
    if half is not None and found.low == int(found.low):
        found.low = found.high = found.low + Decimal("0.5")
        found.end = half.end()

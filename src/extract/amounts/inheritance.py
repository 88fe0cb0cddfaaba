"""Scaled numbers without a currency of their own that are money all the same."""

from __future__ import annotations

import re

from extract.amounts.ranges import range_left
from extract.amounts.records import Sum
from extract.amounts.vocabulary import Unit
from extract.amounts.window import MILLION, Window
from extract.numbers import NumberPhrase

_SENTENCE_END = re.compile(r"[.!?…][\s\"»”)]+(?=\S)|\n")
# A currency carries no further than a long sentence; a word for money stands close to its number.
_INHERIT_REACH = 400
_MONEY_REACH = 60


def inherit(window: Window) -> None:
    """ "300 millions" takes the currency of the sum before it in its sentence, unless it counts something else.

    Without such a sum it is one, of unknown currency, where a word for money stands before it ("un budget de 2 milliards").
    """
    inherited: list[Sum] = []
    before = 0
    for place, phrase in enumerate(window.phrases):
        while before < len(window.sums) and window.sums[before].end <= phrase.start:
            before += 1
        if window.used[place] or phrase.value is None or phrase.scale < MILLION:
            continue
        if phrase.implied or phrase.short or window.percent_behind(phrase) or not window.stands_free(phrase):
            continue
        if window.words.follow.match(window.folded, phrase.end) is None:
            continue
        unit = _inherited_unit(window, window.sums[before - 1] if before else None, phrase)
        if unit is None:
            continue
        window.used[place] = True
        found = Sum(
            phrase.start,
            phrase.end,
            phrase.value,
            phrase.value,
            unit,
            phrase,
            phrase.end,
            about=phrase.round,
        )
        range_left(window, found, place)
        inherited.append(found)
    window.sums += inherited


def _inherited_unit(window: Window, source: Sum | None, phrase: NumberPhrase) -> Unit | None:
    near = source is not None and phrase.start - source.end <= _INHERIT_REACH
    if near and source is not None and not _SENTENCE_END.search(window.folded, source.end, phrase.start):
        return Unit(source.unit.code, source.unit.kind)
    start = max(window.start, phrase.start - _MONEY_REACH)
    cues = list(window.words.money.finditer(window.folded, start, phrase.start))
    if not cues or _SENTENCE_END.search(window.folded, cues[-1].end(), phrase.start):
        return None
    return Unit(None, "name")

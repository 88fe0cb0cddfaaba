"""From currency words and number phrases to sums, step by step."""

from __future__ import annotations

from extract.amounts.cents import add_loose_cents, name_cents
from extract.amounts.pairing import absorb_second_unit, sum_at
from extract.amounts.ranges import merge_ranges
from extract.amounts.records import Sum
from extract.amounts.vocabulary import Unit, Vocabulary
from extract.amounts.window import Window

Found = tuple[int, int, Unit | None]


def read_sums(words: Vocabulary, folded: str, start: int, end: int, triggers: list[Found]) -> list[Sum]:
    """The sums of `folded[start:end]`, in order, never overlapping; `triggers` are its currency words, in order.

    Every phrase and every currency word is looked at a bounded number of times.
    """
    units = [(begin, stop, unit) for begin, stop, unit in triggers if unit is not None]
    window = Window(words, folded, start, end, units)
    ahead = 0  # the first phrase that begins behind the currency word
    for place, trigger in enumerate(window.units):
        while ahead < len(window.phrases) and window.phrases[ahead].start < trigger[1]:
            ahead += 1
        if place == window.absorbed:
            continue
        found = sum_at(window, trigger, ahead)
        if found is not None:
            absorb_second_unit(window, found, place)
            window.sums.append(found)
    name_cents(window)
    add_loose_cents(window)
    merge_ranges(window)
    return _in_order(window)


def _in_order(window: Window) -> list[Sum]:
    kept: list[Sum] = []
    for found in sorted(window.sums, key=lambda each: (each.start, each.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept

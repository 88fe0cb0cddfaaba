"""Which number belongs to a currency word: the one before it, the one behind it, or none ("quelques euros")."""

from __future__ import annotations

from decimal import Decimal

from extract.amounts.cents import cents
from extract.amounts.ranges import range_left, range_right
from extract.amounts.records import Sum
from extract.amounts.senses import resolve
from extract.amounts.vocabulary import Unit
from extract.amounts.window import LONGEST_GAP, MILLION, Trigger, Window, year_like
from extract.numbers import NumberPhrase

# "99,- Euro": the dash says that there are no cents.
_PLAIN_GAPS = frozenset({" ", "-", "", ",-", ",- ", ".-", ".- ", ",-- "})
_TIGHT = frozenset({" ", ""})
_QUANTIFIER_REACH = 24
_ASIDE = 24
"""Characters of such a bracket before its number: "(et non pas, comme écrit, 42)"."""
_DOLLAR_SIGNED = frozenset(
    ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP")
)


def sum_at(window: Window, trigger: Trigger, ahead: int) -> Sum | None:
    """The sum that the currency word `trigger` belongs to, or None; `ahead` is the first number phrase behind it."""
    start, end, unit = trigger
    left = _left_of(window, start, unit, ahead)
    right = _right_of(window, end, unit, ahead)
    if left is not None and right is not None:
        tight = window.phrases[right].start == end and window.phrases[left].end < start
        left = (
            None
            if unit.kind != "name" and (tight or year_like(window.phrases[left], window.folded))
            else left
        )
    if left is not None:
        return _suffixed(window, trigger, left)
    if right is not None:
        return _prefixed(window, trigger, right)
    return _without_number(window, trigger)


def _left_of(window: Window, start: int, unit: Unit, ahead: int) -> int | None:
    place = ahead - 1
    while place >= 0 and window.phrases[place].end > start:
        place -= 1
    if place < 0 or window.used[place]:
        return None
    phrase = window.phrases[place]
    gap = window.folded[phrase.end : start]
    counted = phrase.scale > 1 or phrase.round or phrase.vague or (phrase.value or 0) >= MILLION
    links = window.words.link if counted else _PLAIN_GAPS
    if len(gap) > LONGEST_GAP or gap not in links:
        return None
    if phrase.value is None and not phrase.vague:
        return None
    if phrase.article and (unit.ambiguous is not None or not window.words.numbers.slots.article_counts):
        return None
    if (
        unit.minor
        and start + 1 == _end_of_word(window, start)
        and (gap or not _letter_stands_free(window, phrase, start))
    ):
        return None  # "5p" is fivepence, "5 p" a page, "/4p7" an address
    return place if window.stands_free(phrase) else None


def _end_of_word(window: Window, start: int) -> int:
    end = start
    while end < len(window.folded) and window.folded[end].isalpha():
        end += 1
    return end


def _letter_stands_free(window: Window, phrase: NumberPhrase, letter: int) -> bool:
    before = window.folded[phrase.start - 1 : phrase.start]
    behind = window.folded[letter + 1 : letter + 2]
    return before in ("", " ", "(") and not (behind.isalnum() or behind == "/")


def _right_of(window: Window, end: int, unit: Unit, ahead: int) -> int | None:
    if ahead >= len(window.phrases) or window.used[ahead] or unit.minor:
        return None
    phrase = window.phrases[ahead]
    gap = window.folded[end : phrase.start]
    if gap not in _TIGHT or phrase.value is None or not phrase.digits:
        return None
    if not (
        unit.before or (unit.code in unit.exact and phrase.scale >= MILLION)
    ):  # "COP 26", "COP 26 millones"
        return None
    if unit.kind == "name" and (gap != " " or year_like(phrase, window.folded)):
        return None
    return ahead


def _suffixed(window: Window, trigger: Trigger, place: int) -> Sum | None:
    start, end, unit = trigger
    phrase = window.phrases[place]
    begin, value = phrase.start, phrase.value
    aside = _before_aside(window, place)
    if aside is not None and aside.value is not None:
        begin, value = aside.start, aside.value * phrase.scale
    elif phrase.implied or phrase.vague:
        before = window.folded[max(0, begin - _QUANTIFIER_REACH) : begin]
        quantifier = window.words.vague.search(before)
        if phrase.vague or not window.words.definite.search(before):
            value = None
            begin -= len(before) - quantifier.start() if quantifier else 0
    elif phrase.bare:
        before = window.folded[max(0, begin - _QUANTIFIER_REACH) : begin]
        few = window.words.vague_alone.search(before)
        if few is not None:  # "a few hundred dollars"
            value = None
            begin -= len(before) - few.start()
    resolved = resolve(window, unit, phrase, begin, end)
    if resolved is None:
        return None
    window.used[place] = True
    if value is None:
        return Sum(begin, end, None, None, resolved, phrase, start, rule="quantifier")
    if resolved.minor:
        return cents(window, trigger, phrase, resolved)
    found = Sum(begin, end, value, value, resolved, phrase, start, about=phrase.round)
    _late_scale(window, found, place)
    range_left(window, found, place)
    return _times(found, resolved.factor)


def _before_aside(window: Window, place: int) -> NumberPhrase | None:
    """ "45 (et non 42) millions": the number that a bracket with another one parts from its scale."""
    if place < 2 or not (window.phrases[place].vague or window.phrases[place].implied):
        return None
    number, other, scale = window.phrases[place - 2 : place + 1]
    gap = window.folded[number.end : other.start]
    if window.folded[other.end : scale.start] != ") " or not gap.startswith(" (") or len(gap) > _ASIDE:
        return None
    if not number.digits or not other.digits or number.scale > 1 or any(window.used[place - 2 : place]):
        return None
    return number if gap.count("(") == 1 and window.stands_free(number) else None


def _prefixed(window: Window, trigger: Trigger, place: int) -> Sum | None:
    start, _, unit = trigger
    phrase = window.phrases[place]
    resolved = resolve(window, unit, phrase, start, phrase.end)
    if resolved is None:
        return None
    window.used[place] = True
    found = Sum(start, phrase.end, phrase.value, phrase.value, resolved, phrase, start, rule="prefix")
    range_right(window, found, place)
    return _times(found, resolved.factor)


def _without_number(window: Window, trigger: Trigger) -> Sum | None:
    start, end, unit = trigger
    if unit.kind != "name" or unit.ambiguous is not None or unit.minor:
        return None
    before = window.folded[max(0, start - _QUANTIFIER_REACH) : start]
    quantifier = window.words.vague_alone.search(before)
    if quantifier is None:
        return None
    return Sum(
        start - len(before) + quantifier.start(), end, None, None, unit, None, start, rule="quantifier"
    )


def _late_scale(window: Window, found: Sum, place: int) -> None:
    """ "75 USD million": the scale behind the currency."""
    behind = place + 1
    while behind < len(window.phrases) and window.phrases[behind].start < found.end:
        behind += 1
    if behind >= len(window.phrases) or found.low is None or found.phrase is None or found.phrase.scale > 1:
        return
    scale = window.phrases[behind]
    if (scale.implied or scale.vague) and scale.scale > 1 and window.folded[found.end : scale.start] == " ":
        if found.unit.kind == "name" or scale.round:
            return
        found.low = found.high = found.low * scale.scale
        found.end = scale.end
        window.used[behind] = True


def absorb_second_unit(window: Window, found: Sum, place: int) -> None:
    """ "$ 10 dollars", "150 millions de $ USD": two currency words for one sum; the second says more."""
    if place + 1 >= len(window.units):
        return
    start, end, unit = window.units[place + 1]
    gap = window.folded[found.end : start]
    scaled = found.phrase is not None and found.phrase.scale > 1
    if unit.minor or start < found.end or len(gap) > LONGEST_GAP:
        return
    if gap not in _TIGHT and not (scaled and gap in window.words.link):  # "$ 12 millones de dólares"
        return
    same = unit.code == found.unit.code or (found.unit.code == "USD" and _signed_with_a_dollar(unit))
    behind = window.folded[end : end + 2].lstrip()
    if same and not behind[:1].isdigit():
        found.end, window.absorbed = end, place + 1
        resolved = resolve(window, unit, found.phrase, found.start, end) if found.phrase else unit
        found.unit = Unit(resolved.code if resolved else unit.code, found.unit.kind)


def _times(found: Sum, factor: Decimal) -> Sum:
    if factor != 1 and found.low is not None and found.high is not None:
        found.low, found.high = found.low * factor, found.high * factor
    return found


def _signed_with_a_dollar(unit: Unit) -> bool:
    """Is the currency also written with a bare dollar sign ("$ 5 000 pesos")?"""
    countries = unit.ambiguous.contexts if unit.ambiguous is not None else ()
    return unit.code in _DOLLAR_SIGNED or any(code in _DOLLAR_SIGNED for code, _ in countries)

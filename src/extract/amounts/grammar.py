"""From currency words and number phrases to sums: which number belongs to which currency, ranges, cents, inheritance."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.amounts.records import Sum
from extract.amounts.vocabulary import Unit, Vocabulary
from extract.numbers import NumberPhrase

# "99,- Euro": the dash says that there are no cents.
_PLAIN_GAPS = frozenset({" ", "-", "", ",-", ",- ", ".-", ".- ", ",-- "})
_TIGHT = frozenset({" ", ""})
_MILLION = 1_000_000
_HUNDREDTH = Decimal("0.01")
_SENTENCE_END = re.compile(r"[.!?…;][\s\"»”)]+(?=\S)|\n")
_CLOSES = re.compile(r"\s*(?:\Z|[.!?)])")
_CHANGE_REACH = 28
_OPEN_REACH = 20
_QUANTIFIER_REACH = 24
_MONEY_REACH = 60
_UNLESS_REACH = 40
_CONTEXT_REACH = 250
_INHERIT_REACH = 400
# Between the halves of a sum stand at most these many characters: " un peu plus de" never does.
_LONGEST_GAP = 12

_DOLLAR_SIGNED = frozenset(
    ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP")
)

Trigger = tuple[int, int, Unit]
Found = tuple[int, int, Unit | None]


def read_sums(words: Vocabulary, folded: str, start: int, end: int, triggers: list[Found]) -> list[Sum]:
    """The sums of `folded[start:end]`, in order, never overlapping; `triggers` are its currency words, in order."""
    units = [(begin, stop, unit) for begin, stop, unit in triggers if unit is not None]
    return _Reader(words, folded, start, end, units).read()


class _Reader:
    """Reads one window; every phrase and every currency word is looked at a bounded number of times."""

    def __init__(self, words: Vocabulary, folded: str, start: int, end: int, units: list[Trigger]) -> None:
        self.words, self.folded, self.start, self.end = words, folded, start, end
        self.phrases, self.units = _apart(words.numbers.phrases(folded, start, end), units)
        self.used = [False] * len(self.phrases)
        self.sums: list[Sum] = []
        self.absorbed = -1

    def read(self) -> list[Sum]:
        """The sums of the window."""
        ahead = 0  # the first phrase that begins behind the currency word
        for place, trigger in enumerate(self.units):
            while ahead < len(self.phrases) and self.phrases[ahead].start < trigger[1]:
                ahead += 1
            if place == self.absorbed:
                continue
            found = self._sum_at(trigger, ahead)
            if found is not None:
                self._absorb_second_unit(found, place)
                self.sums.append(found)
        self._name_cents()
        self._add_loose_cents()
        self._merge_ranges()
        self._inherit()
        return self._in_order()

    def _sum_at(self, trigger: Trigger, ahead: int) -> Sum | None:
        start, end, unit = trigger
        left = self._left_of(start, unit, ahead)
        right = self._right_of(end, unit, ahead)
        if left is not None and right is not None:
            tight = self.phrases[right].start == end and self.phrases[left].end < start
            left = (
                None
                if unit.kind != "name" and (tight or _year_like(self.phrases[left], self.folded))
                else left
            )
        if left is not None:
            return self._suffixed(trigger, left)
        if right is not None:
            return self._prefixed(trigger, right)
        return self._without_number(trigger)

    def _left_of(self, start: int, unit: Unit, ahead: int) -> int | None:
        place = ahead - 1
        while place >= 0 and self.phrases[place].end > start:
            place -= 1
        if place < 0 or self.used[place]:
            return None
        phrase = self.phrases[place]
        gap = self.folded[phrase.end : start]
        counted = phrase.scale > 1 or phrase.round or phrase.vague or (phrase.value or 0) >= _MILLION
        links = self.words.link if counted else _PLAIN_GAPS
        if len(gap) > _LONGEST_GAP or gap not in links:
            return None
        if phrase.value is None and not phrase.vague:
            return None
        if phrase.article and (unit.ambiguous is not None or not self.words.numbers.article_counts):
            return None
        if unit.minor and start + 1 == self._end_of_word(start) and gap:
            return None  # "5p" is fivepence, "5 p" a page
        return place if self._stands_free(phrase) else None

    def _end_of_word(self, start: int) -> int:
        end = start
        while end < len(self.folded) and self.folded[end].isalpha():
            end += 1
        return end

    def _stands_free(self, phrase: NumberPhrase) -> bool:
        """Is the number not the tail of a name ("H100", "GPT-4")?"""
        if phrase.start == 0:
            return True
        before = self.folded[phrase.start - 1]
        if before == "." and phrase.start > 1:  # "1.2.3" is no number, "ventes.6 853 $" lacks a space
            return not self.folded[phrase.start - 2].isdigit()
        return not (before.isalnum() or before == "_")

    def _right_of(self, end: int, unit: Unit, ahead: int) -> int | None:
        if ahead >= len(self.phrases) or self.used[ahead] or unit.minor:
            return None
        phrase = self.phrases[ahead]
        gap = self.folded[end : phrase.start]
        if gap not in _TIGHT or phrase.value is None or not phrase.digits:
            return None
        if not unit.before:
            return None
        if unit.kind == "name" and (gap != " " or _year_like(phrase, self.folded)):
            return None
        return ahead

    def _suffixed(self, trigger: Trigger, place: int) -> Sum | None:
        start, end, unit = trigger
        phrase = self.phrases[place]
        begin, value = phrase.start, phrase.value
        if phrase.implied or phrase.vague:
            before = self.folded[max(0, begin - _QUANTIFIER_REACH) : begin]
            quantifier = self.words.vague.search(before)
            if phrase.vague or not self.words.definite.search(before):
                value = None
                begin -= len(before) - quantifier.start() if quantifier else 0
        elif phrase.bare:
            before = self.folded[max(0, begin - _QUANTIFIER_REACH) : begin]
            few = self.words.vague_alone.search(before)
            if few is not None:  # "a few hundred dollars"
                value = None
                begin -= len(before) - few.start()
        resolved = self._resolve(unit, phrase, begin, end)
        if resolved is None:
            return None
        self.used[place] = True
        if value is None:
            return Sum(begin, end, None, None, resolved, phrase, start)
        if resolved.minor:
            return self._cents(trigger, phrase, resolved)
        found = Sum(begin, end, value, value, resolved, phrase, start, about=phrase.round)
        self._late_scale(found, place)
        self._range_left(found, place)
        return _times(found, resolved.factor)

    def _cents(self, trigger: Trigger, phrase: NumberPhrase, unit: Unit) -> Sum | None:
        value = (phrase.value or Decimal(0)) * unit.factor
        whole = self.sums[-1] if self.sums else None
        if whole is not None and self._takes_cents(whole, phrase) and whole.low is not None and value < 1:
            whole.low = whole.high = whole.low + value
            whole.end = trigger[1]
            return None
        return Sum(phrase.start, trigger[1], value, value, unit, phrase, trigger[0])

    def _takes_cents(self, whole: Sum, phrase: NumberPhrase) -> bool:
        if whole.low is None or whole.ranged or whole.unit.minor or whole.low != int(whole.low):
            return False
        return self.folded[whole.end : phrase.start] in self.words.cents_join

    def _prefixed(self, trigger: Trigger, place: int) -> Sum | None:
        start, _, unit = trigger
        phrase = self.phrases[place]
        resolved = self._resolve(unit, phrase, start, phrase.end)
        if resolved is None:
            return None
        self.used[place] = True
        found = Sum(start, phrase.end, phrase.value, phrase.value, resolved, phrase, start)
        self._range_right(found, place)
        return _times(found, resolved.factor)

    def _without_number(self, trigger: Trigger) -> Sum | None:
        start, end, unit = trigger
        if unit.kind != "name" or unit.ambiguous is not None or unit.minor:
            return None
        before = self.folded[max(0, start - _QUANTIFIER_REACH) : start]
        quantifier = self.words.vague_alone.search(before)
        if quantifier is None:
            return None
        return Sum(start - len(before) + quantifier.start(), end, None, None, unit, None, start)

    def _resolve(self, unit: Unit, phrase: NumberPhrase, begin: int, end: int) -> Unit | None:
        """The unit with its country known as far as the window tells, or None where the word means something else."""
        ambiguity = unit.ambiguous
        if ambiguity is None:
            return unit
        near = max(self.start, begin - _UNLESS_REACH), min(self.end, end + _UNLESS_REACH)
        around = max(self.start, begin - _CONTEXT_REACH), min(self.end, end + _CONTEXT_REACH)
        if ambiguity.unless is not None and ambiguity.unless.search(self.folded, *near):
            return None
        if ambiguity.scaled_only and phrase.scale < _MILLION:
            cue = ambiguity.cues is not None and ambiguity.cues.search(self.folded, *around)
            if not cue and not self._alone(begin, end):
                return None
        for code, pattern in ambiguity.contexts:
            if pattern.search(self.folded, *around):
                return Unit(code, unit.kind)
        return Unit(ambiguity.default, unit.kind)

    def _alone(self, begin: int, end: int) -> bool:
        """Is the sum the whole text, as in the cell of a table? Looks no further than the window."""
        return (self.start == 0 and self.end >= len(self.folded)) and not (
            self.folded[self.start : begin].strip() or self.folded[end : self.end].strip()
        )

    def _late_scale(self, found: Sum, place: int) -> None:
        """ "75 USD million": the scale behind the currency."""
        behind = place + 1
        while behind < len(self.phrases) and self.phrases[behind].start < found.end:
            behind += 1
        if behind >= len(self.phrases) or found.low is None or found.phrase is None or found.phrase.scale > 1:
            return
        scale = self.phrases[behind]
        if (scale.implied or scale.vague) and scale.scale > 1 and self.folded[found.end : scale.start] == " ":
            if found.unit.kind == "name" or scale.round:
                return
            found.low = found.high = found.low * scale.scale
            found.end = scale.end
            self.used[behind] = True

    def _range_left(self, found: Sum, place: int) -> None:
        if place == 0 or self.used[place - 1] or found.low is None:
            return
        lower, upper = self.phrases[place - 1], self.phrases[place]
        gap = self.folded[lower.end : upper.start]
        if (
            lower.value is None
            or (lower.article and upper.scale == 1)
            or len(gap) > _LONGEST_GAP
            or not self._stands_free(lower)
        ):
            return
        changes = gap in self.words.change_to and (
            gap not in self.words.range or self._changes_before(lower.start)
        )
        if not changes and not self._range_gap(gap, lower.start, both_named=False):
            return
        if _year_like(lower, self.folded) and upper.scale > 1:
            return
        low = _share_scale(lower, upper)
        if low is None or low == found.low or (low > found.low and not changes):
            return
        self.used[place - 1] = True
        if changes:
            self.sums.append(Sum(lower.start, lower.end, low, low, found.unit, lower, found.unit_start))
            return
        found.low, found.start, found.ranged = low, lower.start, True

    def _range_right(self, found: Sum, place: int) -> None:
        if place + 1 >= len(self.phrases) or found.low is None:
            return
        lower, upper = self.phrases[place], self.phrases[place + 1]
        gap = self.folded[lower.end : upper.start]
        if upper.value is None or len(gap) > _LONGEST_GAP or not upper.digits:
            return
        if not self._range_gap(gap, found.start, both_named=False) or self._changes_before(found.start):
            return
        if _year_like(upper, self.folded) and lower.scale > 1:
            return
        low = _share_scale(lower, upper)
        if low is None or low >= upper.value or self._percent_behind(upper):
            return
        self.used[place + 1] = True
        found.low, found.high, found.end, found.ranged = low, upper.value, upper.end, True

    def _percent_behind(self, phrase: NumberPhrase) -> bool:
        return self.folded[phrase.end : phrase.end + 2].lstrip()[:1] == "%"

    def _range_gap(self, gap: str, start: int, both_named: bool) -> bool:
        if gap in self.words.range or (gap in self.words.range_or and not both_named):
            return True
        return gap in self.words.range_and and bool(
            self.words.range_open.search(self.folded[max(0, start - _OPEN_REACH) : start])
        )

    def _changes_before(self, start: int) -> bool:
        return self.words.change.search(self.folded[max(0, start - _CHANGE_REACH) : start]) is not None

    def _absorb_second_unit(self, found: Sum, place: int) -> None:
        """ "$ 10 dollars", "150 millions de $ USD": two currency words for one sum; the second says more."""
        if place + 1 >= len(self.units):
            return
        start, end, unit = self.units[place + 1]
        if unit.minor or self.folded[found.end : start] not in _TIGHT or start < found.end:
            return
        same = unit.code == found.unit.code or (found.unit.code == "USD" and _signed_with_a_dollar(unit))
        behind = self.folded[end : end + 2].lstrip()
        if same and not behind[:1].isdigit():
            found.end, self.absorbed = end, place + 1
            resolved = self._resolve(unit, found.phrase, found.start, end) if found.phrase else unit
            found.unit = Unit(resolved.code if resolved else unit.code, found.unit.kind)

    def _name_cents(self) -> None:
        """Hundredths of no currency are of the one that stands beside them, where all the window's sums agree on it."""
        codes = {found.unit.code for found in self.sums if not found.unit.minor and found.unit.code}
        if len(codes) == 1:
            unit = Unit(codes.pop(), "name", minor=True)
            for found in self.sums:
                if found.unit.generic:
                    found.unit = unit

    def _add_loose_cents(self) -> None:
        """ "5 euros 50", "1 € 20": two digits behind a whole sum, where nothing that they could count follows."""
        behind = 0
        for found in self.sums:
            while behind < len(self.phrases) and self.phrases[behind].start < found.end:
                behind += 1
            if (
                behind >= len(self.phrases)
                or found.low is None
                or found.ranged
                or found.unit.minor
                or self.used[behind]
            ):
                continue
            phrase = self.phrases[behind]
            gap = self.folded[found.end : phrase.start]
            glued = gap == "" and found.unit.kind == "sign" and phrase.digits  # "29€99"
            if not glued and (gap not in self.words.cents_join or gap == ", "):
                continue
            if phrase.value is None or phrase.scale > 1:
                continue
            digits = phrase.end - phrase.start if phrase.digits else 2
            if (
                digits != 2
                or not 1 <= phrase.value < 100
                or found.low != int(found.low)
                or found.low >= _MILLION
            ):
                continue
            closing = _CLOSES if gap.strip() else self.words.follow
            if closing.match(self.folded, phrase.end) is None or self._percent_behind(phrase):
                continue
            self.used[behind] = True
            found.low = found.high = found.low + phrase.value * _HUNDREDTH
            found.end = phrase.end

    def _merge_ranges(self) -> None:
        merged: list[Sum] = []
        for found in sorted(self.sums, key=lambda each: each.start):
            last = merged[-1] if merged else None
            if last is not None and self._bounds_of_one(last, found):
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
                    )
                    continue
            merged.append(found)
        self.sums = merged

    def _bounds_of_one(self, last: Sum, found: Sum) -> bool:
        if last.low is None or found.low is None or last.ranged or found.ranged:
            return False
        if None not in (last.unit.code, found.unit.code) and last.unit.code != found.unit.code:
            return False
        if last.unit.factor != 1 or found.unit.factor != 1:
            return False
        gap = self.folded[last.end : found.start]
        if len(gap) > _LONGEST_GAP or not self._range_gap(gap, last.start, both_named=True):
            return False
        return not self._changes_before(last.start)

    def _inherit(self) -> None:
        """ "300 millions" takes the currency of the sum before it in its sentence, unless it counts something else.

        Without such a sum it is one, of unknown currency, where a word for money stands before it ("un budget de 2 milliards").
        """
        inherited: list[Sum] = []
        before = 0
        for place, phrase in enumerate(self.phrases):
            while before < len(self.sums) and self.sums[before].end <= phrase.start:
                before += 1
            if self.used[place] or phrase.value is None or phrase.scale < _MILLION:
                continue
            if (
                phrase.implied
                or phrase.short
                or self._percent_behind(phrase)
                or not self._stands_free(phrase)
            ):
                continue
            if self.words.follow.match(self.folded, phrase.end) is None:
                continue
            unit = self._inherited_unit(self.sums[before - 1] if before else None, phrase)
            if unit is None:
                continue
            self.used[place] = True
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
            self._range_left(found, place)
            inherited.append(found)
        self.sums += inherited

    def _inherited_unit(self, source: Sum | None, phrase: NumberPhrase) -> Unit | None:
        near = source is not None and phrase.start - source.end <= _INHERIT_REACH
        if near and source is not None and not _SENTENCE_END.search(self.folded, source.end, phrase.start):
            return Unit(source.unit.code, source.unit.kind)
        start = max(self.start, phrase.start - _MONEY_REACH)
        cues = list(self.words.money.finditer(self.folded, start, phrase.start))
        if not cues or _SENTENCE_END.search(self.folded, cues[-1].end(), phrase.start):
            return None
        return Unit(None, "name")

    def _in_order(self) -> list[Sum]:
        kept: list[Sum] = []
        for found in sorted(self.sums, key=lambda each: (each.start, each.end)):
            if not kept or found.start >= kept[-1].end:
                kept.append(found)
        return kept


def _apart(phrases: list[NumberPhrase], units: list[Trigger]) -> tuple[list[NumberPhrase], list[Trigger]]:
    """Phrases and currency words that share no character: the longer one wins, and money where they are equally long.

    "cents" behind "43" is money, in "trois cents millions" it is a number.
    """
    kept_phrases: list[NumberPhrase] = []
    kept_units: list[Trigger] = []
    place = 0
    for phrase in phrases:
        while place < len(units) and units[place][1] <= phrase.start:
            kept_units.append(units[place])
            place += 1
        wins = True
        while place < len(units) and units[place][0] < phrase.end:
            start, end, _ = units[place]
            if phrase.start <= start and end <= phrase.end and end - start < phrase.end - phrase.start:
                place += 1
                continue
            wins = False
            break
        if wins:
            kept_phrases.append(phrase)
    return kept_phrases, kept_units + units[place:]


def _times(found: Sum, factor: Decimal) -> Sum:
    if factor != 1 and found.low is not None and found.high is not None:
        found.low, found.high = found.low * factor, found.high * factor
    return found


def _share_scale(lower: NumberPhrase, upper: NumberPhrase) -> Decimal | None:
    """The lower bound of a range: "5 à 10 millions" lends its scale to the 5; None where that makes no sense."""
    if lower.value is None:
        return None
    if upper.scale > lower.scale == 1 and upper.base is not None and lower.value < 1000:
        return lower.value * upper.scale
    return lower.value


def _year_like(phrase: NumberPhrase, folded: str) -> bool:
    plain = phrase.digits and phrase.end - phrase.start == 4 and phrase.scale == 1
    return plain and phrase.value is not None and 1900 <= phrase.value <= 2100


def _signed_with_a_dollar(unit: Unit) -> bool:
    """Is the currency also written with a bare dollar sign ("$ 5 000 pesos")?"""
    return unit.code in _DOLLAR_SIGNED or unit.ambiguous is not None

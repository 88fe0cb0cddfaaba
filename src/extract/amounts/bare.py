"""Sums without a currency of their own: "contre 120 millions un an plus tôt", "celui d'Oracle à 7".

Every scaled number is a candidate, and every other number beside a sum. What it counts decides first ("72 millions d'abonnés"),
then the evidence around it, weighed by a small linear scorer (`evidence.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal

from extract.amounts.evidence import Surroundings, evidence, follower, is_money
from extract.amounts.ranges import merge_ranges, range_left
from extract.amounts.records import Rule, Sum
from extract.amounts.vocabulary import Unit, Vocabulary
from extract.amounts.window import MILLION, Window, year_like
from extract.numbers import NumberPhrase
from extract.sentences import split_sentences

Decide = Callable[[NumberPhrase, tuple[str, ...]], bool]

# "1. 6 milliards": a number torn in two is none.
_BROKEN = re.compile(r"[0-9] ?[.,] ?\Z")
# Behind it the digits are no quantity: "4 310 t", "10T", "20°", "3/4", "10 %".
_UNIT_BEHIND = re.compile(r"[\w°/²³+%]|\.[ªº]| ?[%°]| ?[.,]? ?[0-9]| [^\W\d_](?!\w)")
_GLUED_BEFORE = re.compile(r"[\w/][-/]\Z|[0-9]:\Z|[\w/#°]\Z")
# A number in a web address: "amende-historique-de-5-milliards".
_IN_ADDRESS = re.compile(r"[^\W\d_]-\Z")
# The same where the address has a decimal, "-de-1-1-million-d-euros", and the minutes of a clock, "18:35".
_BETWEEN_HYPHENS, _HYPHEN_WORD = re.compile(r"[0-9]-\Z"), re.compile(r"-[^\W\d_]")
_CLOCK = re.compile(r":[0-5][0-9](?![0-9])")
# What stands between a sum and its conversion: "(", "(soit plus de".
_OPENED = re.compile(r"[^()]{0,3}\([^()]{0,40}")
_THOUSAND = 1000
# The price of a bond has four decimals; millions in a newspaper never have more than three.
_DECIMALS = 3


def add_bare(
    words: Vocabulary,
    text: str,
    folded: str,
    sums: Sequence[Sum],
    triggers: Sequence[tuple[int, int, Unit | None]],
    decide: Decide | None = None,
) -> list[Sum]:
    """`sums` and those without a currency of their own, in order; `triggers` are the words of currencies and scales.

    A currency is inherited from the sum before in the same sentence, else from the one behind it there, else from the last
    sum of the sentence before; else it stays open. `decide` replaces the scorer, to train it. Linear in the text.
    """
    starts = [each.start for each in sums]
    places = [start for start, _, _ in triggers]
    found = list(sums)
    around = Surroundings()
    for start, end in split_sentences(text, words.language):
        own = list(sums[bisect_left(starts, start) : bisect_left(starts, end)])
        within = triggers[bisect_left(places, start) : bisect_left(places, end)]
        if own or around.previous is not None or any(unit is None for _, _, unit in within):
            units = [(begin, stop, unit) for begin, stop, unit in within if unit is not None]
            window = Window(words, folded, start, end, units)
            bare = _Sentence(window, text, own, around, decide or _scored).read()
            found += bare
            own = sorted([*own, *bare], key=lambda each: each.start)
        around = Surroundings(previous=_lender(own, folded), earlier=around.earlier or bool(own))
    return sorted(found, key=lambda each: each.start)


def _lender(own: Sequence[Sum], folded: str) -> Sum | None:
    """The last of these sums, or the one before it that it converts."""
    if len(own) > 1 and _converts(own[-1], own[-2], folded):
        return own[-2]
    return own[-1] if own else None


def _converts(found: Sum, before: Sum, folded: str) -> bool:
    """Does a sum in brackets tell the one before it in another currency? What follows goes on in the first.

    "30 milliards de dollars (plus de 25 milliards d'euros), dans un tour de table de 100 milliards"
    """
    if not (found.unit.code and before.unit.code) or found.unit.code == before.unit.code:
        return False
    return _OPENED.fullmatch(folded, before.end, found.start) is not None


def _scored(phrase: NumberPhrase, names: tuple[str, ...]) -> bool:
    return is_money(names)


class _Sentence:
    """One sentence being read: `own` are its sums that name a currency."""

    def __init__(
        self, window: Window, text: str, own: list[Sum], around: Surroundings, decide: Decide
    ) -> None:
        self.window, self.text, self.own, self.around, self.decide = window, text, own, around, decide
        self.behind = 0  # the first of `own` behind the number

    def read(self) -> list[Sum]:
        window, around = self.window, self.around
        for place, phrase in enumerate(window.phrases):
            self._pass(phrase)
            if around.before is not None and phrase.start < around.before.end:
                continue
            if window.used[place] or not self._number(phrase):
                continue
            kind = follower(window, self.text, phrase)
            source = around.original or around.before or around.after or around.previous
            scaled = phrase.scale >= MILLION
            if (kind == "things" and not scaled) or not (scaled or source):
                self._quantity(phrase, kind)
                continue
            if scaled and self._same_things(phrase):
                continue
            if not self.decide(phrase, evidence(window, self.text, phrase, around)):
                self._quantity(phrase, kind)
                continue
            self._take(place, phrase, source)
        merge_ranges(window)
        return window.sums

    def _pass(self, phrase: NumberPhrase) -> None:
        """Note the sums that name their currency before and behind the number."""
        around = self.around
        while self.behind < len(self.own) and self.own[self.behind].start < phrase.end:
            found = self.own[self.behind]
            around.several = around.before is not None
            around.original = (
                around.before
                if around.before is not None and _converts(found, around.before, self.window.folded)
                else None
            )
            around.before = found
            around.quantity, around.quantity_end = "money", found.end
            self.behind += 1
        around.after = self.own[self.behind] if self.behind < len(self.own) else None

    def _number(self, phrase: NumberPhrase) -> bool:
        """Is it a quantity that could be money: no share, year, unit, part of a name?"""
        window = self.window
        if not phrase.value or phrase.implied or phrase.short or phrase.article or phrase.vague:
            return False
        before = window.folded[max(0, phrase.start - 4) : phrase.start]
        if not window.stands_free(phrase) or _BROKEN.search(before) or _IN_ADDRESS.search(before):
            return False
        if ", " in window.folded[phrase.start : phrase.end]:
            return False  # torn as well; with a currency it is read
        if _BETWEEN_HYPHENS.search(before) and _HYPHEN_WORD.match(window.folded, phrase.end):
            return False
        if phrase.scale >= MILLION:
            return not window.percent_behind(phrase)
        if _CLOCK.match(window.folded, phrase.end):
            return False
        if phrase.value != round(phrase.value, _DECIMALS):
            return False
        if year_like(phrase, window.folded) or _GLUED_BEFORE.search(before):
            return False
        if window.percent_behind(phrase):
            self.around.quantity, self.around.quantity_end = "share", phrase.end
            return False
        return _UNIT_BEHIND.match(window.folded, phrase.end) is None and not self._ordinal(phrase)

    def _ordinal(self, phrase: NumberPhrase) -> bool:
        """Does a number stand for its place in a row: "13. August", where nouns begin with a capital?"""
        behind = self.text[phrase.end : min(self.window.end, phrase.end + 3)]
        return self.window.words.noun_capitals and behind[:2] == ". " and behind[2:].isupper()

    def _quantity(self, phrase: NumberPhrase, kind: str) -> None:
        """Note that the number counts things; a small one ("14 communes") says little about the next."""
        if kind in ("things", "open", "name"):
            large = phrase.scale >= MILLION or (phrase.value or 0) >= _THOUSAND
            self.around.quantity, self.around.quantity_end = ("things" if large else "few"), phrase.end

    def _same_things(self, phrase: NumberPhrase) -> bool:
        """ "90 millions d'abonnés, contre 60 millions": it counts what the number before it counts, unless money is spoken of."""
        around = self.around
        if around.quantity != "things":
            return False
        money = self.window.words.money
        return money.search(self.window.folded, around.quantity_end, phrase.start) is None

    def _take(self, place: int, phrase: NumberPhrase, source: Sum | None) -> None:
        window, around = self.window, self.around
        unit = Unit(None, "name")
        if source is not None:
            unit = Unit(source.unit.code, source.unit.kind, shared=source.unit.shared)
        window.used[place] = True
        value = phrase.value
        rule: Rule = "money_word" if source is None else "inherited"
        found = Sum(
            phrase.start, phrase.end, value, value, unit, phrase, phrase.end, about=phrase.round, rule=rule
        )
        known = len(window.sums)
        range_left(window, found, place)
        factor = found.shared = _shared_scale(phrase, source)
        for each in (found, *window.sums[known:]):
            if each.low is not None and each.high is not None:
                each.low, each.high = each.low * factor, each.high * factor
        window.sums.append(found)
        around.several = around.before is not None
        around.original, around.before = None, found
        around.quantity, around.quantity_end = "money", found.end


def _shared_scale(phrase: NumberPhrase, source: Sum | None) -> Decimal:
    """What a plain number beside a sum is multiplied by.

    "12 millions, Ozenne 4" are four millions, "30 000 euros, puis 12 000" twelve thousand.
    """
    if source is None or source.phrase is None or phrase.scale > 1 or phrase.value is None:
        return Decimal(1)
    if source.low is not None and source.high and phrase.value >= _THOUSAND > source.high:
        return Decimal(1)
    scale = source.scale
    whole = (source.high or Decimal(0)) / scale
    return scale if phrase.value < _THOUSAND or whole >= _THOUSAND else Decimal(1)

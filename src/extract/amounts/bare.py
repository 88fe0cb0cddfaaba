"""Sums without a currency of their own: "contre 120 millions un an plus tôt", "les 400 millions restants".

Every scaled number is a candidate. What it counts decides first: "72 millions d'abonnés" is no money, "72 millions de pertes" is.
Where it counts nothing, it is money when a sum stands in its sentence or the one before, or a word for money near it; unless
the number before it in its sentence counts something, which it then counts too ("90 millions d'abonnés, contre 60 millions").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extract.amounts.ranges import merge_ranges, range_left
from extract.amounts.records import Rule, Sum
from extract.amounts.vocabulary import Unit, Vocabulary
from extract.amounts.window import MILLION, Window
from extract.numbers import NumberPhrase
from extract.sentences import split_sentences

# A word for money stands this near to its number, before or behind it, in characters.
_MONEY_BEFORE = 90
_MONEY_BEHIND = 30
# "1. 6 milliards": a number torn in two is none.
_BROKEN = re.compile(r"[0-9] ?[.,] ?\Z")


def add_bare(
    words: Vocabulary,
    text: str,
    folded: str,
    sums: Sequence[Sum],
    triggers: Sequence[tuple[int, int, Unit | None]],
) -> list[Sum]:
    """`sums` and those without a currency of their own, in order; `triggers` are the words of
    currencies and scales.

    A currency is inherited from the sum before in the same sentence, else from the one behind it there, else from the last
    sum of the sentence before; else it stays open. Linear in the text.
    """
    if all(unit is not None for _, _, unit in triggers):
        return list(sums)
    starts = [each.start for each in sums]
    places = [start for start, _, _ in triggers]
    found = list(sums)
    before: Sum | None = None
    for start, end in split_sentences(text, words.language):
        own = list(sums[bisect_left(starts, start) : bisect_left(starts, end)])
        within = triggers[bisect_left(places, start) : bisect_left(places, end)]
        if any(unit is None for _, _, unit in within):
            units = [(begin, stop, unit) for begin, stop, unit in within if unit is not None]
            bare = _Sentence(Window(words, folded, start, end, units), text, own, before).read()
            found += bare
            own = sorted([*own, *bare], key=lambda each: each.start)
        before = own[-1] if own else None
    return sorted(found, key=lambda each: each.start)


class _Sentence:
    """One sentence being read: `own` are its sums that name a currency, `before` is the last one of the sentence before."""

    def __init__(self, window: Window, text: str, own: list[Sum], before: Sum | None) -> None:
        self.window, self.text, self.own, self.before = window, text, own, before

    def read(self) -> list[Sum]:
        window = self.window
        behind = 0
        last: Sum | None = None  # the sum before the number, with or without a currency of its own
        counted = -1  # where the number before ends, when it counts something
        for place, phrase in enumerate(window.phrases):
            while behind < len(self.own) and self.own[behind].start < phrase.end:
                last, counted = self.own[behind], -1
                behind += 1
            if last is not None and phrase.start < last.end:
                continue
            if not self._scaled(phrase):
                continue
            if window.used[place]:
                continue
            counts = self._counts(phrase)
            if counts is not False:
                counted = counted if counts is None else phrase.end
                continue
            if counted >= 0 and not self._money_between(counted, phrase.start):
                continue
            unit = self._unit(phrase, last, behind)
            if unit is None:
                continue
            window.used[place] = True
            value = phrase.value
            rule: Rule = "inherited" if unit.code else "money_word"
            found = Sum(
                phrase.start,
                phrase.end,
                value,
                value,
                unit,
                phrase,
                phrase.end,
                about=phrase.round,
                rule=rule,
            )
            range_left(window, found, place)
            window.sums.append(found)
            last, counted = found, -1
        merge_ranges(window)
        return window.sums

    def _scaled(self, phrase: NumberPhrase) -> bool:
        if not phrase.value or phrase.scale < MILLION or phrase.implied or phrase.short:
            return False
        window = self.window
        if window.percent_behind(phrase) or not window.stands_free(phrase):
            return False
        return _BROKEN.search(window.folded, max(0, phrase.start - 4), phrase.start) is None

    def _counts(self, phrase: NumberPhrase) -> bool | None:
        """Does the number count things? None where it cannot be told, because no word that we know follows.

        Where a language counts with "of", what is counted is in the plural: "3 millions de clients". A singular is a mass, which
        no newspaper measures in bare millions but money: "3 millions d'avance".
        """
        window, words = self.window, self.window.words
        if words.count_of is not None:
            noun = words.count_of.match(window.folded, phrase.end, window.end)
            if noun is None or words.money.match(window.folded, noun.start("noun")) is not None:
                return False
            written = self.text[noun.start("noun") : noun.end("noun")]
            name_or_unit = len(written) < 4 or written[:1].isupper() or not written.isalpha()
            return name_or_unit or written.endswith(words.plural_endings)
        if words.follow.match(window.folded, phrase.end) is not None:
            return False
        noun = words.noun.match(window.folded, phrase.end, window.end)
        return noun is None or words.money.match(window.folded, noun.start("noun")) is None

    def _money_near(self, phrase: NumberPhrase) -> bool:
        window = self.window
        start = max(window.start, phrase.start - _MONEY_BEFORE)
        end = min(window.end, phrase.end + _MONEY_BEHIND)
        return self._money_between(start, phrase.start) or self._money_between(phrase.end, end)

    def _money_between(self, start: int, end: int) -> bool:
        return self.window.words.money.search(self.window.folded, start, end) is not None

    def _unit(self, phrase: NumberPhrase, last: Sum | None, behind: int) -> Unit | None:
        source = last or (self.own[behind] if behind < len(self.own) else None) or self.before
        if source is not None:
            return Unit(source.unit.code, source.unit.kind)
        return Unit(None, "name") if self._money_near(phrase) else None

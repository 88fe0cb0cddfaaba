"""How the words around a sum tell its event: as a total, a part, a sum that was wrong, a look back, the round of a letter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.events.records import ONCE, Telling
from corpus.events.words import EventWords, event_words
from extract import Amount, fold_in_place

_MARKS = re.compile(r"[,;:](?=\s)|[()–—]")
_ASIDE = re.compile(r"(\d+(?:[.,]\d+)?) \([^()\d]+(\d+(?:[.,]\d+)?)\)")
_MARK_COST = 200
"""A word across a comma belongs to the sum across it only where there is no other: no clause is that long."""
_BEFORE = 120
"""Characters before a sum in which words that govern it are looked for: six words and its modifiers."""
_AND = 25
"""A sum this near behind a part, and no larger than what is left, is the next part: "dont 20 en capital et 25 en dette"."""
_OF = 8
"""Characters between the name of a round and its sum: "série A de 10 millions"."""
_ROUND = frozenset({"funding_round"})
_OPENING = 200
"""A correction that says so does it at its beginning."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    folded: str
    start: int
    amounts: tuple[Amount, ...]  # their offsets are in the paragraph
    ends: tuple[int, ...]  # of the amounts, in the sentence, sorted

    def before(self, amount: Amount) -> str:
        """The folded words directly before an amount, up to the amount before it."""
        at = amount.start - self.start
        earlier = bisect_right(self.ends, at)
        return self.folded[max(self.ends[earlier - 1] if earlier else 0, at - _BEFORE, 0) : at]

    def nearest(self, start: int, end: int) -> Amount:
        """The amount that words at `start` to `end` of the sentence belong to: the nearest, with few marks between."""

        def cost(amount: Amount) -> tuple[int, int]:
            first, last = amount.start - self.start, amount.end - self.start
            between = self.text[end:first] if end <= first else self.text[last:start]
            return len(between) + _MARK_COST * len(_MARKS.findall(between)), first

        return min(self.amounts, key=cost)


def tell(
    text: str, language: str, sentences: Sequence[tuple[int, int]], amounts: Sequence[Amount]
) -> dict[int, Telling]:
    """For each amount of a paragraph, by its start, what the words of its sentence say. Offsets are in the paragraph.

    >>> from corpus.events import tell
    >>> from extract import find_amounts, split_sentences
    >>> text = "Brivane lève 12 millions d'euros, dont 2 millions de prêt."
    >>> told = tell(text, "fr", split_sentences(text), find_amounts(text))
    >>> [one.relation for one in told.values()]
    ['statement', 'part']
    """
    words = event_words(language)
    told = {amount.start: Telling() for amount in amounts}
    if words is None or not amounts:
        return told
    folded = fold_in_place(text)
    before = ""
    for start, end in sentences or [(0, len(text))]:
        inside = tuple(amount for amount in amounts if start <= amount.start < end)
        if inside:
            ends = tuple(sorted(amount.end - start for amount in inside))
            told |= _of_sentence(_Sentence(text[start:end], folded[start:end], start, inside, ends), words)
            first = inside[0].start  # "Nouvelle amende pour Avenio. La Cnil lui inflige 8 millions."
            told[first] = replace(told[first], again=told[first].again | _again_in(before, words))
        before = "" if inside else folded[start:end]
    return told


def kinds_again(text: str, language: str) -> frozenset[str]:
    """The kinds of which a headline without a sum tells another one: "Deuxième amende pour Avenio".

    >>> from corpus.events.telling import kinds_again
    >>> kinds_again("Deuxième amende pour Avenio", "fr")
    frozenset({'fine'})
    """
    words = event_words(language)
    return _again_in(fold_in_place(text), words) if words else frozenset()


def _again_in(folded: str, words: EventWords) -> frozenset[str]:
    told = {str(match.lastgroup) for match in words.another.finditer(folded)}
    return ONCE if words.again.search(folded) else frozenset(told)


def is_correction(text: str, language: str) -> bool:
    """Whether a document that begins with `text` says that it corrects another.

    >>> from corpus.events import is_correction
    >>> is_correction("RECTIFICATIF : le montant est de 3 millions d'euros.", "fr")
    True
    """
    words = event_words(language)
    return words is not None and words.correction.search(fold_in_place(text[:_OPENING])) is not None


def _of_sentence(sentence: _Sentence, words: EventWords) -> dict[int, Telling]:
    corrects = words.correction.search(sentence.folded) is not None
    told = {amount.start: Telling(corrects=corrects) for amount in sentence.amounts}
    _find_totals(sentence, words, told)
    _find_rounds(sentence, words, told)
    _find_again(sentence, words, told)
    for match in words.look_back.finditer(sentence.folded):
        start = sentence.nearest(match.start(), match.end()).start
        told[start] = replace(told[start], looks_back=True)
    for number, amount in enumerate(sentence.amounts):
        if number:
            _find_beside(sentence, words, told, sentence.amounts[number - 1], amount)
    _find_wrong(sentence, words, told)
    for amount in sentence.amounts:
        replaced = _inside(sentence, words, amount)
        if replaced is not None:
            told[amount.start] = replace(told[amount.start], corrects=True, replaces=replaced)
    return told


def _find_totals(sentence: _Sentence, words: EventWords, told: dict[int, Telling]) -> None:
    masked = [match.span() for match in words.no_total.finditer(sentence.folded)]
    for weak, pattern in ((True, words.in_all), (False, words.total)):
        for match in pattern.finditer(sentence.folded):
            if not any(start < match.end() and match.start() < end for start, end in masked):
                start = sentence.nearest(match.start(), match.end()).start
                told[start] = replace(told[start], relation="cumulative", in_all=weak)
    for amount in sentence.amounts:
        if words.total_before.search(sentence.before(amount)):
            told[amount.start] = replace(told[amount.start], relation="cumulative", in_all=False)


def _find_rounds(sentence: _Sentence, words: EventWords, told: dict[int, Telling]) -> None:
    for match in words.seed.finditer(sentence.folded):
        start = sentence.nearest(*match.span()).start
        told[start] = replace(told[start], round_letter="seed")
    for match in words.round_letter.finditer(sentence.folded):
        letter = sentence.text[match.start("letter")]
        if letter.isupper():
            amount = sentence.nearest(*match.span())
            if _is_former(sentence, words, match, amount):
                told[amount.start] = replace(told[amount.start], again=_ROUND)
            else:
                told[amount.start] = replace(told[amount.start], round_letter=letter)


def _is_former(sentence: _Sentence, words: EventWords, match: re.Match[str], amount: Amount) -> bool:
    """Whether a letter is that of the round before: "trois mois après sa série A, elle lève 30 millions".

    Not where its own sum follows: "après une série A de 10 millions".
    """
    if not words.former.search(sentence.folded[: match.start()]):
        return False
    return not 0 <= amount.start - sentence.start - match.end() <= _OF


def _find_again(sentence: _Sentence, words: EventWords, told: dict[int, Telling]) -> None:
    found = [(match, frozenset({str(match.lastgroup)})) for match in words.another.finditer(sentence.folded)]
    found += [(match, ONCE) for match in words.again.finditer(sentence.folded)]
    for match, kinds in found:
        start = sentence.nearest(*match.span()).start
        told[start] = replace(told[start], again=told[start].again | kinds)
    for match in words.closing.finditer(sentence.folded):
        start = sentence.nearest(*match.span()).start
        told[start] = replace(told[start], closes=True)
    for amount in sentence.amounts:
        if words.again_before.search(sentence.before(amount)):
            told[amount.start] = replace(told[amount.start], again=ONCE)


def _find_beside(
    sentence: _Sentence, words: EventWords, told: dict[int, Telling], earlier: Amount, amount: Amount
) -> None:
    """What an amount is to the one before it: its correction's victim, a part, a conversion in brackets."""
    between = sentence.text[earlier.end - sentence.start : amount.start - sentence.start]
    before = sentence.before(amount)
    if words.instead_before.search(before) and _comparable(earlier, amount):
        told[amount.start] = Telling("corrected", beside=earlier.start)
        told[earlier.start] = replace(told[earlier.start], corrects=True, replaces=amount.low)
        return
    whole = told[earlier.start].beside if told[earlier.start].relation == "part" else None
    if words.part_before.search(before) and _no_larger(amount, earlier):
        told[amount.start] = replace(told[amount.start], relation="part", beside=whole or earlier.start)
    elif whole is not None and len(between) <= _AND and not re.search(r"[.;:]", between):
        told[amount.start] = replace(told[amount.start], relation="part", beside=whole)
    elif re.fullmatch(r"\s*[(\[]\W*\w*\W*\s*", between) and amount.currency != earlier.currency:
        told[amount.start] = replace(
            told[amount.start],
            relation=told[earlier.start].relation,
            in_all=told[earlier.start].in_all,
            beside=earlier.start,
            converts=True,
            looks_back=told[earlier.start].looks_back,
            round_letter=told[earlier.start].round_letter,
        )


def _find_wrong(sentence: _Sentence, words: EventWords, told: dict[int, Telling]) -> None:
    """The sum that "par erreur" stands beside, where no other words of the sentence say which one was wrong."""
    if any(one.relation == "corrected" for one in told.values()):
        return
    for match in words.wrong.finditer(sentence.folded):
        start = sentence.nearest(match.start(), match.end()).start
        told[start] = replace(told[start], relation="corrected")


def _inside(sentence: _Sentence, words: EventWords, amount: Amount) -> float | None:
    """The wrong sum that stands inside the right one: "45 (et non 42) millions"."""
    start, end = amount.start - sentence.start, amount.end - sentence.start
    found = _ASIDE.match(sentence.text, start, end)
    if found is None or amount.low is None:
        return None
    if not words.instead_before.search(sentence.folded[found.end(1) : found.start(2)]):
        return None
    right, wrong = (float(number.replace(",", ".")) for number in found.groups())
    return amount.low * wrong / right if right else None


def _comparable(one: Amount, other: Amount) -> bool:
    return other.currency is None or one.currency is None or one.currency == other.currency


def _no_larger(part: Amount, whole: Amount) -> bool:
    if part.currency != whole.currency and part.currency and whole.currency:
        return False
    return part.low is None or whole.high is None or part.low <= whole.high

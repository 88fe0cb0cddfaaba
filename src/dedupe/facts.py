"""The fact guard: do two stretches of text that share their wording also state the same facts?

A fact is a number (compared as a value, by the number and amount grammar of `extract`), a currency, a month, a weekday,
an ordinal, a negation, or a capitalised word that does not merely begin a sentence. The guard is a function of the two
texts alone, so its answer does not depend on what else is in the corpus.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dedupe.fold import Token, tokenize
from dedupe.lexicon import FactWords, fact_words

# "ne" within so many tokens of "pas", "jamais", "aucun" is part of that negation.
_NEGATION_REACH = 6
# A differing stretch is widened over number words on its border, so that "trois | mille" is read whole.
_WIDEST = 6
_SENTENCE_OPENING = re.compile(r"[.!?:;…«»“”\"(\[\n•—–]|^\s*$")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A kind of fact (`number`, `amount`, `date`, `name`, `negation`, `opposite`) that reads otherwise on the two sides."""

    kind: str
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `start` to `end` of a text: what the guard compares."""

    text: str
    tokens: Sequence[Token]
    start: int
    end: int


def whole(text: str) -> Stretch:
    """Return all of `text` as a stretch."""
    tokens = tokenize(text)
    return Stretch(text, tokens, 0, len(tokens))


def changed_facts(here: Stretch, there: Stretch, language: str = "fr") -> list[ChangedFact]:
    """Return the kinds of fact that differ between two stretches of shared wording; empty when they state the same."""
    words = fact_words(language)
    here, there = _differing(here, there, words)
    if here.start == here.end and there.start == there.end:
        return []
    found: list[ChangedFact] = []

    def compare(kind: str, a: list[str], b: list[str]) -> None:
        if a != b:
            found.append(ChangedFact(kind, tuple(a), tuple(b)))

    numbers, other_numbers = _numbers(here, language), _numbers(there, language)
    if numbers != other_numbers:
        amounts, other_amounts = _amounts(here, language), _amounts(there, language)
        if amounts is None or amounts != other_amounts:
            compare("number", numbers, other_numbers)
    else:
        compare("amount", _currencies(here, words), _currencies(there, words))
    compare("date", _calendar(here, words), _calendar(there, words))
    compare("negation", _negations(here, words), _negations(there, words))
    names, other_names = _names(here, there, words)
    compare("name", names, other_names)
    opposite = _opposites(here, there, words)
    if opposite:
        found.append(opposite)
    return found


def _inside(stretch: Stretch) -> Sequence[Token]:
    return stretch.tokens[stretch.start : stretch.end]


def _written(stretch: Stretch) -> str:
    inside = _inside(stretch)
    return stretch.text[inside[0].start : inside[-1].end] if inside else ""


def _differing(here: Stretch, there: Stretch, words: FactWords) -> tuple[Stretch, Stretch]:
    """Return the two stretches without what they share at both ends, but for number words on the border."""
    a, b = [token.text for token in _inside(here)], [token.text for token in _inside(there)]
    shorter = min(len(a), len(b))
    front = 0
    while front < shorter and a[front] == b[front]:
        front += 1
    back = 0
    while back < shorter - front and a[-1 - back] == b[-1 - back]:
        back += 1
    if front == len(a) == len(b):
        return _part(here, front, 0), _part(there, front, 0)

    def numeric(word: str) -> bool:
        return bool(_DIGIT.search(word)) or word in words.numbers or word in words.currencies

    for _ in range(_WIDEST):
        if front and (numeric(a[front - 1]) or (front > 1 and a[front - 1] in ("et", "de", "d"))):
            front -= 1
        if back and (
            numeric(a[-back]) or (back > 1 and a[-back] in ("et", "de", "d") and numeric(a[1 - back]))
        ):
            back -= 1
    return _part(here, front, back), _part(there, front, back)


def _part(stretch: Stretch, front: int, back: int) -> Stretch:
    return Stretch(
        stretch.text, stretch.tokens, stretch.start + front, max(stretch.end - back, stretch.start + front)
    )


def _numbers(stretch: Stretch, language: str) -> list[str]:
    """Return the numbers as values in order, and digits that are no number ("G42", "18h30") as written."""
    from extract.lexicon import languages
    from extract.numbers import find_numbers

    text = _written(stretch)
    if not text:
        return []
    offset = _inside(stretch)[0].start
    found = find_numbers(text, language) if language in languages() else []
    spans = [(number.start + offset, number.end + offset, number.value) for number in found]
    values = [(start, f"{value:g}" if isinstance(value, float) else str(value)) for start, _, value in spans]
    starts = {start for start, _, _ in spans}
    for token in _inside(stretch):
        if token.text.startswith("-"):
            values.append((token.start, "-"))
        if _DIGIT.search(token.text):
            covered = any(start <= token.start and token.end <= end for start, end, _ in spans)
            covered |= token.text.startswith("-") and token.start + 1 in starts
            if not covered:
                values.append((token.start, token.text))
    return [value for _, value in sorted(values)]


def _amounts(stretch: Stretch, language: str) -> list[str] | None:
    """Return numbers with those in sums of money replaced by the sum's value and currency; None without a sum."""
    return None


def _currencies(stretch: Stretch, words: FactWords) -> list[str]:
    return [words.currencies[token.text] for token in _inside(stretch) if token.text in words.currencies]


def _calendar(stretch: Stretch, words: FactWords) -> list[str]:
    found = []
    for token in _inside(stretch):
        if token.text in words.months:
            found.append(month_stem(token.text))
        elif token.text in words.weekdays or token.text in words.ordinals:
            found.append(token.text)
    return found


def month_stem(word: str) -> str:
    """Return what the ways to write a month have in common: "févr", "fevrier" and "février" give "fev"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain[:4] if plain.startswith("jui") else plain[:3]


def _negations(stretch: Stretch, words: FactWords) -> list[str]:
    tokens = stretch.tokens
    found = []
    for i in range(stretch.start, stretch.end):
        word = tokens[i].text
        if word in words.negation:
            found.append(word)
        elif word in words.negation_weak:
            near = range(max(0, i - _NEGATION_REACH), min(len(tokens), i + _NEGATION_REACH + 1))
            if not any(tokens[k].text in words.negation for k in near):
                found.append("ne")
    return sorted(found)


def _capitalised(stretch: Stretch, words: FactWords) -> tuple[list[str], set[str]]:
    """Return the capitalised words that may be names, in order, and all words that stand in lower case."""
    names: list[str] = []
    plain: set[str] = set()
    tokens, text = stretch.tokens, stretch.text
    for i in range(stretch.start, stretch.end):
        token = tokens[i]
        first = text[token.start]
        if not first.isupper():
            plain.add(token.text)
            continue
        before = text[tokens[i - 1].end : token.start] if i else text[: token.start]
        opens = i == 0 or _SENTENCE_OPENING.search(before)
        single = len(token.text) == 1 and text[token.end : token.end + 1] in ("'", "’")
        ordinary = token.text in words.openers or token.text.endswith(words.opener_endings)
        if single or (opens and (ordinary and words.openers)):
            continue
        if ordinary and token.text in words.openers:
            continue
        names.append(token.text)
    return names, plain


def _names(here: Stretch, there: Stretch, words: FactWords) -> tuple[list[str], list[str]]:
    names, plain = _capitalised(here, words)
    other_names, other_plain = _capitalised(there, words)
    # A word that one side writes small is a word, whatever the other side's sentence begins with.
    return (
        [name for name in names if name not in other_plain],
        [name for name in other_names if name not in plain],
    )


def _opposites(here: Stretch, there: Stretch, words: FactWords) -> ChangedFact | None:
    a = Counter(token.text for token in _inside(here))
    b = Counter(token.text for token in _inside(there))
    only_here, only_there = sorted((a - b).keys()), sorted((b - a).keys())
    sides = {place: word for word in only_there for place in words.opposites.get(word, ())}
    for word in only_here:
        for pair, side in words.opposites.get(word, ()):
            if (pair, 1 - side) in sides:
                return ChangedFact("opposite", (word,), (sides[pair, 1 - side],))
    return None


def dateline_end(text: str, tokens: Sequence[Token], language: str = "fr") -> int:
    """Return how many tokens of `text` are a dateline ("PARIS, 3 mai (AFP) –"); 0 without one."""
    words = fact_words(language)
    opened = None
    for i, (token, following) in enumerate(pairwise(tokens[:_DATELINE_TOKENS])):
        gap = text[token.end : following.start]
        if "(" in gap:
            opened = i + 1
        if opened is not None and ")" in gap and i >= opened:
            agency = tuple(word.text for word in tokens[opened : i + 1])
            dash = re.search(r"\)\s*[-\u2010-\u2015]+\s", gap)
            if agency in words.agencies and dash:
                return i + 1
            opened = None
    return 0


_DATELINE_TOKENS = 12

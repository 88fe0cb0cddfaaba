"""The fact guard: do two stretches of text that share their wording also state the same facts?

A fact is a number (compared as a value, by the number and amount grammar of `extract`), a currency, a month, a weekday,
an ordinal, a negation, or a capitalised word that does not merely begin a sentence. The guard is a function of the two
texts alone, so its answer does not depend on what else is in the corpus.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dedupe.fold import Tokens
from dedupe.lexicon import SIGNS, FactWords, fact_words
from extract.languages import known_languages

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

    tokens: Tokens
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text that the stretch is a part of."""
        return self.tokens.text

    def words(self) -> list[str]:
        """Return the folded words of the stretch."""
        return self.tokens.words(self.start, self.end)

    def written(self) -> str:
        """Return the stretch as it is written."""
        if self.start >= self.end:
            return ""
        return self.text[self.tokens.start(self.start) : self.tokens.end(self.end - 1)]


def whole(text: str) -> Stretch:
    """Return all of `text` as a stretch."""
    tokens = Tokens(text)
    return Stretch(tokens, 0, len(tokens))


def changed_facts(
    here: Stretch, there: Stretch, language: str = "fr", shared: tuple[int, int] | None = None
) -> list[ChangedFact]:
    """Return the kinds of fact that differ between two stretches of shared wording; empty when they state the same.

    `shared` is how many words the two have in common at their beginning and at their end, where that is known.
    """
    return sorted(_changes(here, there, language, shared), key=lambda one: _ORDER[one.kind])


def facts_differ(
    here: Stretch, there: Stretch, language: str = "fr", shared: tuple[int, int] | None = None
) -> bool:
    """Return whether any fact differs: whether `changed_facts` would find something."""
    return next(_changes(here, there, language, shared), None) is not None


_ORDER = {"number": 0, "amount": 0, "date": 1, "negation": 2, "name": 3, "opposite": 4}


def _changes(
    here: Stretch, there: Stretch, language: str, shared: tuple[int, int] | None
) -> Iterator[ChangedFact]:
    """Yield what differs, what costs least to read first: quantities take the grammar of numbers and of sums."""
    words = fact_words(language)
    front, back = shared_ends(here.words(), there.words()) if shared is None else shared
    here, there = _differing(here, there, front, back, words)
    if here.start == here.end and there.start == there.end:
        return
    for kind, read in (("date", _calendar), ("negation", _negations)):
        a, b = read(here, words), read(there, words)
        if a != b:
            yield ChangedFact(kind, tuple(a), tuple(b))
    names, other_names = _names(here, there, words)
    if names != other_names:
        yield ChangedFact("name", tuple(names), tuple(other_names))
    opposite = _opposites(here, there, words)
    if opposite:
        yield opposite
    quantities = _compare_quantities(here, there, words) or _compare_currencies(here, there, words)
    if quantities:
        yield quantities


def shared_ends(a: Sequence[Hashable], b: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many items two sequences share at their beginning, and then at their end."""
    shorter = min(len(a), len(b))
    front = 0
    while front < shorter and a[front] == b[front]:
        front += 1
    back = 0
    while back < shorter - front and a[-1 - back] == b[-1 - back]:
        back += 1
    return front, back


def _differing(
    here: Stretch, there: Stretch, front: int, back: int, words: FactWords
) -> tuple[Stretch, Stretch]:
    """Return the two stretches without what they share at both ends, but for number words on the border."""
    if front + back == here.end - here.start == there.end - there.start:
        return _part(here, front, back), _part(there, front, back)
    tokens, start, end = here.tokens, here.start, here.end

    def numeric(i: int) -> bool:
        return _is_numeric(tokens.word(i), words)

    for _ in range(_WIDEST):
        if front and (
            numeric(start + front - 1) or (front > 1 and tokens.word(start + front - 1) in words.joins)
        ):
            front -= 1
        if back and (
            numeric(end - back)
            or (back > 1 and tokens.word(end - back) in words.joins and numeric(end - back + 1))
        ):
            back -= 1
    return _part(here, front, back), _part(there, front, back)


def _is_numeric(word: str, words: FactWords) -> bool:
    """Return whether a word may be a part of a number or of a sum of money."""
    return bool(_DIGIT.search(word)) or word in words.numbers or _is_unit(word, words)


def _is_unit(word: str, words: FactWords) -> bool:
    """Return whether a word may stand after a number for its scale or currency: "M€", "EUR", "k"."""
    return word in words.units or word in words.currencies or not SIGNS.keys().isdisjoint(word)


def _part(stretch: Stretch, front: int, back: int) -> Stretch:
    return Stretch(stretch.tokens, stretch.start + front, max(stretch.end - back, stretch.start + front))


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number as a value, or digits that are none ("G42", "18h30") as written, with the currency that follows."""

    value: str
    currency: str | None


def _quantities(stretch: Stretch, words: FactWords) -> list[_Quantity]:
    """Return the quantities of a stretch in order."""
    tokens, language = stretch.tokens, words.language
    inside = range(stretch.start, stretch.end)
    written = stretch.words()
    numeric = [bool(_DIGIT.search(word)) or word in words.numbers for word in written]
    if not any(numeric):
        return []
    offset = tokens.start(stretch.start)
    sums, spans = _read(stretch.written(), language) if language in known_languages() else ([], [])
    found = [(offset + start, _Quantity(value, currency)) for start, _, value, currency in sums]
    taken = _Spans((offset + start, offset + end) for start, end, _, _ in sums)
    values = [(offset + start, value) for start, _, value in spans]
    spoken = _Spans(
        [(offset + start, offset + end) for start, end, _, _ in sums]
        + [(offset + start, offset + end) for start, end, _ in spans]
    )
    money = []
    for i, word, is_numeric in zip(inside, written, numeric, strict=True):
        start, end = tokens.start(i), tokens.end(i)
        minus = word.startswith("-")
        if minus:
            values.append((start, "-"))
        if is_numeric and _DIGIT.search(word):
            begin = start + minus
            if not spoken.hold(begin, end):
                values.append((begin, word))
        code = words.currencies.get(word) or next((SIGNS[c] for c in word if c in SIGNS), None)
        if code and not taken.hold(start, end):
            money.append((end - 1, code))
    values.sort()
    edges = [*sorted(start for start, _ in (*values, *found)), len(stretch.text)]
    for start, value in values:
        edge = min(edges[bisect_right(edges, start)], start + _CURRENCY_REACH)
        at = bisect_left(money, (start + 1, ""))
        near = money[at][1] if at < len(money) and money[at][0] < edge else None
        found.append((start, _Quantity(value, near)))
    return [quantity for _, quantity in sorted(found, key=lambda one: one[0])]


def _read(
    written: str, language: str
) -> tuple[list[tuple[int, int, str, str | None]], list[tuple[int, int, str]]]:
    """Return the sums of money in a text (start, end, value, currency), and the numbers outside them (start, end, value).

    A range gives two sums. A sum that a float cannot tell from its neighbour is read as a number.
    """
    from extract.amounts import find_amounts
    from extract.numbers import find_numbers

    sums: list[tuple[int, int, str, str | None]] = []
    for amount in find_amounts(written, language):
        if amount.low is None or amount.high is None or amount.high >= _EXACT:
            continue
        for value in (amount.low,) if amount.low == amount.high else (amount.low, amount.high):
            sums.append((amount.start, amount.end, _value(value), amount.currency))
    taken = _Spans((start, end) for start, end, _, _ in sums)
    numbers = [
        (n.start, n.end, _value(n.value))
        for n in find_numbers(written, language)
        if not taken.hold(n.start, n.end)
    ]
    return sums, numbers


def _value(value: float) -> str:
    """Return one way to write a value: 2000000.0 and 2000000 are the same."""
    return f"{int(value) if value == int(value) else value!r}"


class _Spans:
    """Spans that do not overlap, to be asked which of them holds another one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def hold(self, start: int, end: int) -> bool:
        """Return whether one of the spans holds all of `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


# Floats tell whole numbers apart up to here.
_EXACT = 2.0**53
# A currency belongs to the number before it within so many characters: "3 millions et demi de dollars".
_CURRENCY_REACH = 40


def _around_numbers(stretch: Stretch, words: FactWords) -> list[str]:
    """Return, as they are written, the runs of words of a stretch that touch a number: all that its quantities are read from."""
    tokens, last = stretch.tokens, stretch.end - 1
    runs: list[list[int]] = []
    for i, word in enumerate(stretch.words(), stretch.start):
        if _is_numeric(word, words):
            if runs and i <= runs[-1][1] + 2:
                runs[-1][1] = min(i + 1, last)
            else:
                runs.append([max(i - 1, stretch.start), min(i + 1, last)])
    return [tokens.text[tokens.start(a) : tokens.end(b)] for a, b in runs]


def _compare_quantities(here: Stretch, there: Stretch, words: FactWords) -> ChangedFact | None:
    if _around_numbers(here, words) == _around_numbers(there, words):
        return None
    a, b = _quantities(here, words), _quantities(there, words)
    if [q.value for q in a] == [q.value for q in b]:
        # A currency that one side leaves out is no other currency.
        if all(
            x.currency == y.currency or None in (x.currency, y.currency) for x, y in zip(a, b, strict=True)
        ):
            return None
        return ChangedFact("amount", _shown(a), _shown(b))
    return ChangedFact("number", _shown(a), _shown(b))


def _compare_currencies(here: Stretch, there: Stretch, words: FactWords) -> ChangedFact | None:
    """Return the currencies that both name where they are not the same: also those whose number stands farther away."""
    a, b = _currencies(here, words), _currencies(there, words)
    return ChangedFact("amount", tuple(a), tuple(b)) if a and b and a != b else None


def _currencies(stretch: Stretch, words: FactWords) -> list[str]:
    """Return the currencies that a stretch names, in order: a code, or the word where several countries share it."""
    tokens, found = stretch.tokens, []
    for i, word in enumerate(stretch.words(), stretch.start):
        if word in words.currencies:
            found.append(words.currencies[word])
        elif word in words.qualifiers and i > 0 and tokens.word(i - 1) in words.currencies:
            found.append(words.qualifiers[word])
    return found


def _shown(quantities: list[_Quantity]) -> tuple[str, ...]:
    return tuple(q.value if q.currency is None else f"{q.value} {q.currency}" for q in quantities)


def _calendar(stretch: Stretch, words: FactWords) -> list[str]:
    """Return the months, by their names ("févr" is "février"), weekdays and ordinals of a stretch in order."""
    found = []
    for word in stretch.words():
        if word in words.months:
            found.append(words.months[word])
        elif word in words.weekdays or word in words.ordinals:
            found.append(word)
    return found


def _negations(stretch: Stretch, words: FactWords) -> list[str]:
    found = []
    written = stretch.words()
    for i, word in enumerate(written, stretch.start):
        if word in words.negation:
            found.append(word)
        elif word in words.negation_weak:
            near = stretch.tokens.words(max(0, i - _NEGATION_REACH), i + _NEGATION_REACH + 1)
            if words.negation.isdisjoint(near):
                found.append("ne")
    return sorted(found)


def _capitalised(stretch: Stretch, words: FactWords) -> tuple[list[str], set[str]]:
    """Return the capitalised words that may be names, in order, and all words that stand in lower case."""
    names: list[str] = []
    plain: set[str] = set()
    tokens, text = stretch.tokens, stretch.text
    for i, word in enumerate(stretch.words(), stretch.start):
        start, end = tokens.start(i), tokens.end(i)
        if not text[start].isupper():
            plain.add(word)
            continue
        if word in words.openers or (len(word) == 1 and text[end : end + 1] in ("'", "’")):
            continue
        if i > 0 and _is_unit(word, words) and _is_numeric(tokens.word(i - 1), words):
            continue
        adverb = bool(words.opener_endings) and word.endswith(words.opener_endings)
        if adverb and (i == 0 or _SENTENCE_OPENING.search(tokens.before(i))):
            continue
        names.append(word)
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
    if not words.opposites:
        return None
    a, b = Counter(here.words()), Counter(there.words())
    only_here, only_there = sorted((a - b).keys()), sorted((b - a).keys())
    sides = {place: word for word in only_there for place in words.opposites.get(word, ())}
    for word in only_here:
        for pair, side in words.opposites.get(word, ()):
            if (pair, 1 - side) in sides:
                return ChangedFact("opposite", (word,), (sides[pair, 1 - side],))
    return None

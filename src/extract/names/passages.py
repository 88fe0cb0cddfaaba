"""From a text to described candidates: sentences, the lists' matches in them, candidate spans and their features."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, compress
from operator import itemgetter

from extract.companies import CompanyList, ListMatch
from extract.cue_words import CueWords, cue_words
from extract.folding import fold_name
from extract.names.abbreviations import abbreviations
from extract.names.candidates import candidate_spans, goes_on, letter_case
from extract.names.canonical import generic_words
from extract.names.features import features
from extract.names.records import Group, Passage
from extract.names.words import is_common_word
from extract.sentences import split_sentences
from extract.tokens import Tokens

BUSINESS_CLASSES = frozenset({"company_noun", "company_verb", "company_relation"})
# The marks and the words of money and of scales that the languages share, after a digit.
_MONEY = re.compile(r"[€$£]|[0-9] ?(?:milli|mrd|mio|md|bn|k€|m€|eur)", re.IGNORECASE)
_GLUED = re.compile(r"([a-zß-öø-ÿœ]{4,})(?=[A-ZÀ-ÖØ-ÞŒ])")
# How thick words that go with companies stand, from 0 to 3 (more than one in twelve).
BUSINESS_LEVELS = (0.012, 0.035, 0.083)


# What parts a date from a name that is glued to it, and the words of a sentence that may open so.
_GAPS = frozenset({" ", "\u00a0", "\u202f"})
MIN_DATED = 3


@dataclass(frozen=True, slots=True)
class Described:
    """A candidate as the typing step takes it: code points, its features in groups, the list's match and another model's label
    of exactly these characters."""

    start: int
    end: int
    groups: Sequence[Group]
    match: ListMatch | None
    label: str | None

    @property
    def features(self) -> tuple[str, ...]:
        """The features one by one."""
        return tuple(chain.from_iterable(self.groups))


def describe(
    text: str,
    words: Tokens,
    language: str,
    companies: CompanyList,
    spans: Iterable[tuple[int, int, str]] = (),
    dates: Sequence[tuple[int, int]] = (),
) -> tuple[list[tuple[int, int]], list[Described]]:
    """Return the sentences of `text`, whose words are `words`, and its candidates.

    `spans` are (start, end, label) of another model; each becomes a candidate too, with its label. Behind one of `dates`,
    in order, that opens a sentence and has no mark behind it, the sentence is read as if it began there.

    >>> from extract import CompanyList
    >>> from extract.names import describe
    >>> from extract.tokens import tokenize
    >>> text = "La société Brivane recrute."
    >>> sentences, found = describe(text, tokenize(text), "fr", CompanyList.load())
    >>> sentences, [text[one.start : one.end] for one in found]
    ([(0, 27)], ['Brivane', 'Brivane recrute'])
    """
    sentences = split_sentences(text, language)
    cues = cue_words(language)
    tokens = parted(words, language)
    matches = [
        (bisect.bisect_right(tokens.starts, m.start) - 1, bisect.bisect_left(tokens.ends, m.end), m)
        for m in (_without_generic_word(text, match) for match in companies.find(text))
    ]
    matches = [
        (first, last, match)
        for first, last, match in matches
        if _begins_with(tokens, first, match.start) and not goes_on(text, tokens, last, language)
    ]
    lower = frozenset(compress(tokens.folded, map(str.islower, tokens.words)))
    surnames = frozenset(
        tokens.folded[k]
        for k in range(1, len(tokens.words))
        if tokens.words[k][:1].isupper() and tokens.words[k - 1].istitle() and _side_by_side(text, tokens, k)
    )
    hits, count = business_words(tokens, language)
    business = bisect.bisect_right(BUSINESS_LEVELS, hits / max(1, count))
    classes = [
        names or () for names in map(cues.classes_of if cues.compounds else cues.classes.get, tokens.folded)
    ]
    labels = {(start, end): label for start, end, label in spans}
    begins = [begin for begin, _, _ in matches]
    described: list[Described] = []
    for start, end in sentences:
        last = bisect.bisect_left(tokens.starts, end)
        first = bisect.bisect_left(tokens.starts, start)
        low, high = bisect.bisect_left(begins, first), bisect.bisect_left(begins, last)
        behind = _behind_date(text, tokens, first, last, dates, cues)
        inside = bisect.bisect_left(begins, behind)
        if all(match[1] < behind for match in matches[low:inside]):  # a list knows "2021 AI"
            first, low = behind, inside
        here = [match for match in matches[low:high] if match[1] < last]
        passage = Passage(
            text,
            tokens,
            first,
            last,
            cues,
            here,
            lower,
            surnames,
            business,
            letter_case(tokens, first, last),
            _MONEY.search(text, start, end) is not None,
            classes,
        )
        described.extend(_described(passage, here, labels))
    return sentences, described


def _begins_with(tokens: Tokens, first: int, start: int) -> bool:
    """Whether a match that begins at `start` begins with token `first`: not in the code of a stock, which is no word."""
    return first >= 0 and tokens.starts[first] <= start < tokens.ends[first]


def _behind_date(
    text: str, tokens: Tokens, first: int, last: int, dates: Sequence[tuple[int, int]], cues: CueWords
) -> int:
    """The token of a capital right behind the date, with a number, that tokens `first` to `last` open with; else `first`.

    "Avril 2021 Bubble lève", "En avril 2021 Bubble a levé": the name owes nothing to the date.
    """
    if last - first < MIN_DATED or not dates:
        return first
    opening = first + (tokens.folded[first] in cues.sentence_start)
    k = bisect.bisect_left(dates, tokens.starts[first], key=itemgetter(0))
    if k == len(dates) or dates[k][0] > tokens.starts[opening]:
        return first
    start, end = dates[k]
    behind = bisect.bisect_left(tokens.starts, end)
    if behind >= last or not any(map(str.isdecimal, text[start:end])):
        return first
    gap = text[end : tokens.starts[behind]]
    return behind if gap in _GAPS and tokens.words[behind][:1].isupper() else first


def parted(tokens: Tokens, language: str) -> Tokens:
    """The words, those that two paragraphs without a space between them made one taken apart: "gelée|Universal", "mois|Des".

    A word of the language in small letters, and a capital behind it: "easyJet" and "iPhone" stay, "easy" being too short or
    no word of the language.
    """
    if not any(_GLUED.match(word) for word in tokens.words if not word.islower()):
        return tokens
    starts, ends, words, folded = [], [], [], []
    for start, end, word, small in zip(tokens.starts, tokens.ends, tokens.words, tokens.folded, strict=True):
        found = _GLUED.match(word) if not word.islower() else None
        if found is None or len(word) != len(small) or not is_common_word(found.group(1), language):
            pieces = [(0, len(word))]
        else:
            pieces = [(0, found.end(1)), (found.end(1), len(word))]
        for first, last in pieces:
            starts.append(start + first)
            ends.append(start + last if last < len(word) else end)
            words.append(word[first:last])
            folded.append(small[first:last] if len(pieces) > 1 else small)
    return Tokens(starts, ends, words, folded)


def _without_generic_word(text: str, match: ListMatch) -> ListMatch:
    """ "le groupe M6" names M6: a generic word before a name is no part of it unless it has the name's capital."""
    word, _, rest = text[match.start : match.end].partition(" ")
    if rest and word.islower() and fold_name(word) in generic_words():
        return replace(match, start=match.start + len(word) + 1)
    return match


def business_words(tokens: Tokens, language: str) -> tuple[int, int]:
    """Return how many of the words of a text go with companies (nouns, verbs, relations), and how many words it has.

    >>> from extract.names import business_words
    >>> from extract.tokens import tokenize
    >>> business_words(tokenize("La start-up lève des fonds auprès d'un investisseur."), "fr")
    (6, 10)
    """
    known = _business_words(language)
    return sum(map(known.__contains__, tokens.folded)), len(tokens.folded)


@cache
def _business_words(language: str) -> frozenset[str]:
    classes = cue_words(language).classes
    return frozenset(word for word, names in classes.items() if not BUSINESS_CLASSES.isdisjoint(names))


def _side_by_side(text: str, tokens: Tokens, k: int) -> bool:
    return text[tokens.ends[k - 1] : tokens.starts[k]] == " "


def _described(
    passage: Passage, matches: Sequence[tuple[int, int, ListMatch]], labels: dict[tuple[int, int], str]
) -> Iterator[Described]:
    tokens, cues = passage.tokens, passage.cues
    exact = {(i, j): match for i, j, match in matches}
    spans = set(exact)
    if passage.case != "shouted":
        spans |= set(candidate_spans(passage.text, tokens, passage.first, passage.last, cues))
    spans |= _model_spans(tokens, labels, passage)
    sides = _sides(passage)
    spans |= set(sides)
    for i, j in sorted(spans):
        start, end = tokens.starts[i], tokens.ends[j]
        match = exact.get((i, j))
        found = features(passage, i, j)
        if (i, j) in sides:
            found.append((sides[i, j],))
        yield Described(start, end if match is None else match.end, found, match, labels.get((start, end)))


def _sides(passage: Passage) -> dict[tuple[int, int], str]:
    """The full names and the short forms of the passage that stand beside each other, with what that tells."""
    sides: dict[tuple[int, int], str] = {}
    for pair in abbreviations(
        passage.text, passage.tokens, passage.first, passage.last, passage.cues.connectors
    ):
        sides[pair.full], sides[pair.short] = "ab=full", "ab=short"
    return sides


def _model_spans(
    tokens: Tokens, labels: dict[tuple[int, int], str], passage: Passage
) -> set[tuple[int, int]]:
    spans: set[tuple[int, int]] = set()
    for start, end in labels:
        i, j = bisect.bisect_left(tokens.starts, start), bisect.bisect_right(tokens.ends, end) - 1
        if passage.first <= i <= j < passage.last:
            spans.add((i, j))
    return spans

"""How topics are written for a reader: the usual case of their words, and labels of phrases and names.

Lemmas in lower case are what a model counts; "intelligence artificielle", "La Poste" or "Bruxelles" are what a person writes.
Both are read back from the texts most typical of each topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from corpus.topics.formulas import Formulas
from corpus.topics.matrix import Floats
from corpus.topics.occurrences import WORD
from corpus.topics.terms import Integers
from corpus.topics.words import CHARACTERS_READ, WordReader
from extract.languages import WordFile, known_languages

# Texts read per topic, and the characters of each: enough for case and phrases, little enough for 100 topics.
TYPICAL_TEXTS = 60
CHARACTERS_OF_TYPICAL = 4_000
# Parts of a label, and the top terms they are taken from.
LABEL_PARTS = 3
LABEL_TERMS = 12
# A phrase replaces its word in a label when it makes up this share of the texts that hold the word…
PHRASE_SHARE = 0.35
# … in at least so many texts.
PHRASE_TEXTS = 3
# Words of a phrase, and those of content among them.
LONGEST_PHRASE, MOST_CONTENT = 4, 3
# A phrase in lower case before which a word of content stands in so many of its texts is a piece of a longer one ("spatiale
# internationale").
PIECE_SHARE = 0.6
# A longer phrase takes the place of one that stands in it this often.
WHOLE_SHARE = 0.7
# A word written in lower case at least this often is no name.
LOWER_CASE_SHARE = 0.25
# Shorter words are shreds of a unit or a name ("ch", "km"), unless they are written in capitals (UE).
SHORTEST_LABEL_WORD = 3
# A word that hangs on another or on a figure this often is a piece of a name ("Unis", the letters of "TF1"; not "Covid" in
# "Covid-19", which is one).
HANGING_SHARE = 0.6
# A capitalised word that another one follows this often, and not always the same, is a first name: it names nobody alone.
FIRST_NAME_SHARE = 0.6
FIRST_NAME_FOLLOWERS = 3
# Words and what stands between them, by turns.
_WORDS = re.compile(r"([^\W\d_]+)")
_SPACES = (" ", "\u00a0")
_JOINTS = (" ", "’", "'", "-", "\u00a0")


@dataclass(frozen=True, slots=True)
class Surface:
    """For one language: the written case of lower-cased forms, one label per topic, the forms that say nothing alone, and how far
    each topic's terms stand in a wording that its texts share (`corpus.topics.formulas`)."""

    cases: dict[str, str]
    labels: tuple[str, ...]
    partial: frozenset[str] = frozenset()
    fixed: tuple[float, ...] = ()

    def named(self, names: Sequence[str | None]) -> Surface:
        """The same with the names that a user gave."""
        labels = tuple(name or label for name, label in zip(names, self.labels, strict=False))
        return replace(self, labels=labels)


CONNECTORS = WordFile("corpus", "connectors.txt")


@cache
def read_connectors(language: str) -> frozenset[str]:
    """Words that may stand inside a phrase but not at its ends."""
    return frozenset(CONNECTORS.read(language) if language in known_languages() else ())


def read_surface(
    texts: Sequence[str],
    memberships: Floats,
    terms: Integers,
    named: Integers,
    forms: Sequence[str],
    reader: WordReader,
) -> Surface:
    """Case of the ranked terms of each topic (topics by term numbers) and labels of the `named` ones, read from typical texts."""
    wanted = {forms[j] for row in terms for j in row}
    cases: Counter[str] = Counter()
    hanging: Counter[str] = Counter()
    followers: dict[str, Counter[str]] = {}
    found: list[_Phrases] = []
    for topic, row in enumerate(named):
        phrases = _Phrases({reader.lemma(forms[j]) or forms[j] for j in row}, reader)
        for number in np.argsort(-np.round(memberships[:, topic], 6), kind="stable")[:TYPICAL_TEXTS]:
            if memberships[number, topic] > 0:
                text = _Text.of(texts[number])
                places = text.places(wanted)
                _count_written(text, places, cases, followers)
                hanging.update(text.words[place] for place in places if text.hangs(place))
                phrases.count(text)
        found.append(phrases)
    case_of = _usual_case(cases)
    partial = frozenset(
        form for form in wanted if _says_nothing_alone(form, case_of, cases, followers, hanging)
    )
    labels = tuple(
        _label([forms[j] for j in row], case_of, phrases, partial)
        for row, phrases in zip(named, found, strict=True)
    )
    fixed = tuple(round(phrases.formulas.share(), 6) for phrases in found)
    return Surface(case_of, labels, partial, fixed)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, in lower case too, the gap before each word, and gaps and words by turns."""

    words: list[str]
    lowered: list[str]
    gaps: list[str]
    pieces: list[str]

    @classmethod
    def of(cls, text: str) -> _Text:
        pieces = _WORDS.split(text[: min(CHARACTERS_OF_TYPICAL, CHARACTERS_READ)])
        words = pieces[1::2]
        return cls(words, [word.lower() for word in words], pieces[::2], pieces)

    def written(self, start: int, end: int) -> str:
        """The words from one place to another as they are written."""
        return "".join(self.pieces[2 * start + 1 : 2 * end + 2]).replace("\u00a0", " ")

    def places(self, wanted: set[str]) -> list[int]:
        """Where wanted words stand."""
        return [place for place, lowered in enumerate(self.lowered) if lowered in wanted]

    def hangs(self, place: int) -> bool:
        """Whether a word hangs on another or on a figure."""
        before, behind = self.gaps[place], self.gaps[place + 1]
        return before[-1:].isdigit() or behind[:1].isdigit() or "-" in (before, behind)


def _count_written(
    text: _Text, places: Sequence[int], cases: Counter[str], followers: dict[str, Counter[str]]
) -> None:
    """How the words at some places are written, and by which capitalised words capitalised ones are followed."""
    last = len(text.words) - 1
    cases.update(text.words[place] for place in places)
    for place in places:
        if place < last and text.words[place][0].isupper() and text.gaps[place + 1] in _SPACES:
            following = text.words[place + 1]
            if following[0].isupper():
                followers.setdefault(text.lowered[place], Counter())[following] += 1


class _Phrases:
    """The phrases around the words of one label: in how many texts each stands, and each word's lemma."""

    def __init__(self, lemmas: set[str], reader: WordReader) -> None:
        self.reader = reader
        self.formulas = Formulas()
        self.texts: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        self.holders: Counter[str] = Counter()
        self._lemmas = lemmas
        self._connectors = read_connectors(reader.language)

    def count(self, text: _Text) -> None:
        """Count one text."""
        lemmas = self.reader.lemmas(text.lowered)
        places = [place for place, lemma in enumerate(lemmas) if lemma in self._lemmas]
        self.holders.update({str(lemmas[place]) for place in places})
        self.formulas.count(text.lowered, lemmas, places)
        # Only a phrase that holds a word of the label can be in it: the first one behind its start.
        first: dict[int, int] = {}
        for place in reversed(places):
            first.update(dict.fromkeys(range(max(0, place - LONGEST_PHRASE + 1), place + 1), place))
        whole, pieces = set[str](), set[str]()
        for start, place in first.items():
            found = self._from(text, lemmas, start, place)
            (pieces if found and _continues(text, lemmas, start) else whole).update(found)
        self.texts.update(whole | pieces)
        self._pieces.update(pieces - whole)

    def ranked(self) -> list[tuple[str, int]]:
        """The phrases that are no pieces of longer ones, with their texts, the commonest first."""
        whole = {
            phrase: texts
            for phrase, texts in self.texts.items()
            if self._pieces[phrase] < PIECE_SHARE * texts
        }
        return sorted(whole.items(), key=lambda item: (-item[1], item[0]))

    def _from(self, text: _Text, lemmas: Sequence[str | None], start: int, place: int) -> list[str]:
        """The phrases of two to four words that start there and end with a word of content at `place` or behind it, connectors
        between."""
        found: list[str] = []
        before, content = text.gaps[start], 1
        if lemmas[start] is None or len(text.words[start]) < 2 or before == "-":
            return found
        if before[-1:] in _SPACES and before[-2:-1].isdigit():
            # What follows a number is its unit, not the start of a phrase ("3 litres biturbo").
            return found
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(text.words))):
            if text.gaps[end] not in _JOINTS:
                break
            if text.lowered[end] not in self._connectors:
                content += 1
                if lemmas[end] is None or len(text.words[end]) < 2:
                    break
                if end >= place and not _goes_on(text, end, content):
                    found.append(text.written(start, end))
                if content == MOST_CONTENT:
                    break
        return found


def _goes_on(text: _Text, end: int, content: int) -> bool:
    """Whether a word does not end there ("Marie" of "Marie-Anne"), or a name that a phrase was made longer by ("Angela")."""
    behind = text.gaps[end + 1]
    if content < MOST_CONTENT or behind not in _SPACES or end + 1 == len(text.words):
        return behind == "-"
    return text.words[end][0].isupper() and text.words[end + 1][0].isupper()


def _continues(text: _Text, lemmas: Sequence[str | None], start: int) -> bool:
    """Whether a word of content stands before a word in lower case, which then goes with that."""
    before = start > 0 and lemmas[start - 1] is not None and len(text.words[start - 1]) > 1
    return before and text.gaps[start] in _SPACES and text.words[start][0].islower()


def _says_nothing_alone(
    form: str,
    case_of: dict[str, str],
    cases: Counter[str],
    followers: dict[str, Counter[str]],
    hanging: Counter[str],
) -> bool:
    """Whether a word is a shred, a piece of a name or a first name, which a label shows within a phrase only."""
    written = case_of.get(form, form)
    if cases[written] and hanging[written] >= HANGING_SHARE * cases[written]:
        return True
    if len(form) < SHORTEST_LABEL_WORD:
        return not written.isupper()
    behind = followers.get(form, Counter())
    often = behind.total() >= FIRST_NAME_SHARE * max(cases[written], 1)
    return written[0].isupper() and often and len(behind) >= FIRST_NAME_FOLLOWERS


def _usual_case(cases: Counter[str]) -> dict[str, str]:
    """The written form of each lower-cased form: its commonest, but lower case where that is not rare.

    Sentences and titles begin with a capital, and "Star Academy" does not make "star" a name.
    """
    totals: Counter[str] = Counter()
    for written, count in cases.items():
        totals[written.lower()] += count
    case_of: dict[str, str] = {}
    for written, _ in sorted(cases.items(), key=lambda item: (-item[1], item[0])):
        form = written.lower()
        if cases[form] >= LOWER_CASE_SHARE * totals[form]:
            case_of[form] = form
        else:
            case_of.setdefault(form, written)
    return case_of


def _label(
    terms: Sequence[str],
    case_of: dict[str, str],
    phrases: _Phrases,
    partial: frozenset[str],
) -> str:
    """Up to three parts: each a top term, or the phrase it usually stands in."""
    parts: list[str] = []
    used: set[str] = set()
    reader, ranked = phrases.reader, phrases.ranked()
    for term in terms:
        lemma, written = reader.lemma(term) or term, case_of.get(term, term)
        if lemma in used:
            continue
        around = [
            phrase
            for phrase, texts in ranked
            if texts >= max(PHRASE_TEXTS, PHRASE_SHARE * phrases.holders[lemma])
            and lemma in _lemmas_in(phrase, reader)
        ]
        new = [phrase for phrase in around if not _lemmas_in(phrase, reader) & used]
        # Of a name that is shown already nothing is said again.
        if not new and (term in partial or any(map(_is_name, around))):
            continue
        part = _longest(new[0], phrases, new) if new else written
        parts.append(part)
        used |= _lemmas_in(part, reader) | {lemma}
    shown = parts[:LABEL_PARTS]
    # A phrase tells more than a third word: the first one further down takes its place.
    if not any(" " in part for part in shown):
        shown[LABEL_PARTS - 1 :] = next(([part] for part in parts if " " in part), shown[LABEL_PARTS - 1 :])
    # Where every term says nothing alone, they still say more than an empty label.
    return ", ".join(shown or [case_of.get(term, term) for term in terms[:LABEL_PARTS]])


def _is_name(phrase: str) -> bool:
    """Whether each word of a phrase is capitalised."""
    return all(word[0].isupper() for word in WORD.findall(phrase))


def _longest(phrase: str, phrases: _Phrases, others: Sequence[str]) -> str:
    """The longest of other phrases in which one mostly stands."""
    least = WHOLE_SHARE * phrases.texts[phrase]
    return max((other for other in others if phrase in other and phrases.texts[other] >= least), key=len)


def _lemmas_in(phrase: str, reader: WordReader) -> set[str]:
    found = (reader.lemma(word) for word in WORD.findall(phrase.lower()))
    return {lemma for lemma in found if lemma is not None}

"""How topics are written for a reader: the usual case of their words, and labels of phrases and names.

Lemmas in lower case are what a model counts; "intelligence artificielle", "La Poste" or "Bruxelles" are what a person writes.
Both are read back from the texts most typical of each topic.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from corpus.topics.matrix import Floats
from corpus.topics.occurrences import WORD
from corpus.topics.phrases import Phrases
from corpus.topics.terms import Integers
from corpus.topics.typical import Text
from corpus.topics.words import WordReader
from corpus.topics.written import Written

# Texts read per topic: enough for case and phrases, little enough for 100 topics.
TYPICAL_TEXTS = 60
# Parts of a label, and the top terms they are taken from.
LABEL_PARTS = 3
LABEL_TERMS = 12
# A phrase replaces its word in a label when it makes up this share of the texts that hold the word…
PHRASE_SHARE = 0.35
# … in at least so many texts.
PHRASE_TEXTS = 3
# A longer phrase takes the place of one that stands in it this often.
WHOLE_SHARE = 0.7
# Words of so many letters that differ by so many more are forms of one word.
SHORTEST_STEM, LONGEST_ENDING = 5, 2


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
    written = Written(wanted, reader.language)
    found: list[Phrases] = []
    for topic, row in enumerate(named):
        phrases = Phrases({reader.lemma(forms[j]) or forms[j] for j in row}, reader)
        for number in np.argsort(-np.round(memberships[:, topic], 6), kind="stable")[:TYPICAL_TEXTS]:
            if memberships[number, topic] > 0:
                text = Text.of(texts[number], reader)
                written.count(text)
                phrases.count(text)
        found.append(phrases)
    case_of = written.usual_cases()
    partial = frozenset(form for form in wanted if written.says_nothing_alone(form, case_of.get(form, form)))
    labels = tuple(
        _label([forms[j] for j in row], case_of, phrases, wanted - partial)
        for row, phrases in zip(named, found, strict=True)
    )
    fixed = tuple(round(phrases.formulas.share(), 6) for phrases in found)
    return Surface(case_of, labels, partial, fixed)


def _label(terms: Sequence[str], case_of: dict[str, str], phrases: Phrases, alone: Set[str]) -> str:
    """Up to three parts: each a top term of those that say something `alone`, or the phrase it usually stands in."""
    parts = _parts(terms, case_of, phrases, alone)
    shown = parts[:LABEL_PARTS]
    # A phrase tells more than a third word: the first one further down takes its place.
    if not any(" " in part for part in shown):
        shown[LABEL_PARTS - 1 :] = next(([part] for part in parts if " " in part), shown[LABEL_PARTS - 1 :])
    # Where every term says nothing alone, they still say more than an empty label.
    return ", ".join(shown or [case_of.get(term, term) for term in terms[:LABEL_PARTS]])


def _parts(terms: Sequence[str], case_of: dict[str, str], phrases: Phrases, alone: Set[str]) -> list[str]:
    """What a label can be made of, in the order of the terms; no word is in two parts."""
    parts: list[str] = []
    used: set[str] = set()
    reader, ranked = phrases.reader, phrases.ranked()
    for term in terms:
        lemma = reader.lemma(term) or term
        if lemma in used:
            continue
        around = [phrase for phrase in _around(lemma, phrases, ranked) if _is_nominal(phrase, phrases, alone)]
        new = [phrase for phrase in around if not _lemmas_in(phrase, reader) & used]
        # Of a name that is shown already nothing is said again.
        if not new and (term not in alone or any(map(_is_name, around))):
            continue
        part = _longest(new[0], phrases, new) if new else case_of.get(term, term)
        if not any(_is_form_of(part, other) for other in parts):
            parts.append(part)
        used |= _lemmas_in(part, reader) | {lemma}
    return parts


def _around(lemma: str, phrases: Phrases, ranked: Sequence[tuple[str, int]]) -> list[str]:
    """The phrases that a word usually stands in."""
    least = max(PHRASE_TEXTS, PHRASE_SHARE * phrases.holders[lemma])
    return [
        phrase for phrase, texts in ranked if texts >= least and lemma in _lemmas_in(phrase, phrases.reader)
    ]


def _is_nominal(phrase: str, phrases: Phrases, alone: Set[str]) -> bool:
    """Whether a phrase is a noun with what belongs to it: it stands as one, begins with one or, of two words, ends with one."""
    words = WORD.findall(phrase)
    ends = (words[0], words[-1]) if len(words) == 2 else words[:1]
    return phrases.stands_as_noun(phrase) or not alone.isdisjoint(ends)


def _is_form_of(part: str, other: str) -> bool:
    """Whether two words differ by an ending of a letter or two, which the dictionary has not told ("startup", "startups")."""
    short, long = sorted((part.lower(), other.lower()), key=len)
    return len(long) - len(short) <= LONGEST_ENDING and len(short) >= SHORTEST_STEM and long.startswith(short)


def _is_name(phrase: str) -> bool:
    """Whether each word of a phrase is capitalised."""
    return all(word[0].isupper() for word in WORD.findall(phrase))


def _longest(phrase: str, phrases: Phrases, others: Sequence[str]) -> str:
    """The longest of other phrases in which one mostly stands."""
    least = WHOLE_SHARE * phrases.texts[phrase]
    return max((other for other in others if phrase in other and phrases.texts[other] >= least), key=len)


def _lemmas_in(phrase: str, reader: WordReader) -> set[str]:
    found = (reader.lemma(word) for word in WORD.findall(phrase.lower()))
    return {lemma for lemma in found if lemma is not None}

"""How topics are written for a reader: the usual case of their words, and labels of phrases and names.

Lemmas in lower case are what a model counts; "intelligence artificielle", "La Poste" or "Bruxelles" are what a person writes.
Both are read back from the texts most typical of each topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np

from corpus.topics.alone import is_vague
from corpus.topics.formulas import mean_share
from corpus.topics.labels import TermsOfTopic, Words, Worth, is_name, label_of, parts_of
from corpus.topics.matrix import Floats
from corpus.topics.phrases import Phrases
from corpus.topics.terms import Bools, Integers
from corpus.topics.typical import Text
from corpus.topics.words import WordReader
from corpus.topics.written import Written

# Texts read per topic: enough for case and phrases; where there are many topics, fewer of each, as no label needs more than some
# dozens and a hundred topics would cost more than the rest of the fit.
MOST_TYPICAL, LEAST_TYPICAL, TYPICAL_OF_ALL = 60, 30, 1_200
# The top terms that a label is taken from, and those behind them that fill it up.
LABEL_TERMS, RESERVE_TERMS = 12, 30


@dataclass(frozen=True, slots=True)
class Surface:
    """For one language: the written case of lower-cased forms, one label per topic, the forms that say nothing alone, those that
    say little, the whole names that some are told by, and how far each topic's terms stand in a wording that its texts share
    (`corpus.topics.formulas`)."""

    cases: dict[str, str]
    labels: tuple[str, ...]
    partial: frozenset[str] = frozenset()
    fixed: tuple[float, ...] = ()
    vague: frozenset[str] = frozenset()
    wholes: dict[str, str] = field(default_factory=dict)

    def named(self, names: Sequence[str | None]) -> Surface:
        """The same with the names that a user gave."""
        labels = tuple(name or label for name, label in zip(names, self.labels, strict=False))
        return replace(self, labels=labels)


@dataclass(frozen=True, slots=True)
class ShownTerms:
    """The ranked terms of each topic as numbers into `forms`, those of them that labels are made of, best first, and which of the
    ranked ones stand nearly as often in other topics."""

    ranked: Integers
    named: Integers
    broad: Bools
    forms: Sequence[str]

    def in_row(self, topic: int) -> TermsOfTopic:
        """Those of one topic."""
        ranked = [self.forms[j] for j in self.ranked[topic]]
        broad = frozenset(compress(ranked, self.broad[topic]))
        return TermsOfTopic([self.forms[j] for j in self.named[topic]], ranked[:RESERVE_TERMS], broad)


def read_surface(texts: Sequence[str], memberships: Floats, terms: ShownTerms, reader: WordReader) -> Surface:
    """Case of the ranked terms of each topic (memberships: texts by topics) and labels, read from typical texts."""
    wanted = {terms.forms[j] for row in terms.ranked for j in row}
    rows = [terms.in_row(topic) for topic in range(len(terms.named))]
    written = Written(wanted, reader.language)
    found: list[Phrases] = []
    seen: set[int] = set()
    read = min(MOST_TYPICAL, max(LEAST_TYPICAL, TYPICAL_OF_ALL // max(1, len(rows))))
    for topic, row in enumerate(rows):
        phrases = Phrases({reader.lemma(form) or form for form in row.first}, reader)
        for number in np.argsort(-np.round(memberships[:, topic], 6), kind="stable")[:read]:
            if memberships[number, topic] > 0:
                text = Text.of(texts[number], reader)
                if number not in seen:
                    written.count(text)
                    seen.add(number)
                phrases.count(text)
        found.append(phrases)
    words = _words(wanted, written, reader)
    labels: list[str] = []
    wholes: dict[str, str] = {}
    for row, phrases in zip(rows, found, strict=True):
        parts = parts_of(row, words, phrases)
        labels.append(label_of(parts, row, words))
        for part in parts:
            if part.worth is Worth.THEME and " " in part.text and is_name(part.text):
                wholes.setdefault(part.term, part.text)
    fixed = tuple(mean_share(phrases.formulas.shares()) for phrases in found)
    return Surface(words.case_of, tuple(labels), words.partial, fixed, words.vague, wholes)


def _words(wanted: set[str], written: Written, reader: WordReader) -> Words:
    case_of = written.usual_cases()
    partial = frozenset(form for form in wanted if written.says_nothing_alone(form, case_of.get(form, form)))
    vague = frozenset(form for form in wanted if is_vague(form, reader))
    return Words(case_of, partial, vague, frozenset(wanted - partial))

"""Which topic of a fit a user means: the one that an earlier wish named so, that has the documents that were given, or whose
documents hold the words that were given.

Documents outlive a fit: where more than three of five that tell a topic are of one topic, that has taken its place. Words do too,
but less surely: a topic may lose its documents and keep its words. How often either finds the right one stands in
`docs/benchmarks.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from corpus.topics.documents import Corpus
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.terms import Integers, documents_with_term
from corpus.topics.tree import spread
from corpus.topics.views import WordView, column_range, main_language
from corpus.topics.wishes import lemmas_of, told_by, with_documents

# How much more often than by chance the documents with a word are of a topic, in standard deviations of one document, in the mean
# of the words: of the topics that a new fit has, 98 % reach this…
LEAST_SCORE = 0.4
# … and are so far before the next topic. It also has so many times as many of the documents with a word as the topic that comes
# next, in the mean of the words, and of so large a share of the words more documents than any other topic: of a topic that fell
# into two, both halves have its words.
LEAST_LEAD = 0.15
LEAST_RATIO = 2.5
LEAST_WORDS_LED = 0.5
# Fewer documents than this do not tell a topic, and it is found by its words.
LEAST_TOLD = 5
# Of a topic that was found by its words so many documents are kept, evenly spread, which tell it to a later fit.
MOST_TOLD = 200
# More than this share of them are of the topic that is meant: of twenty documents of a topic that fell into two halves eleven or
# twelve are of the lesser one now and then.
MAJORITY = 0.6


class NoMatchError(Exception):
    """No topic is meant clearly; the message says why not."""


class Matcher:
    """Finds topics by documents, `row_of` whose ids gives their rows, or by words, in the language with most documents.

    rows: the documents of that language; first: the column of its first term among those of all languages.
    """

    def __init__(
        self, corpus: Corpus, presence: Sparse, views: Mapping[str, WordView], row_of: Mapping[str, int]
    ) -> None:
        main = main_language(views)
        self.first, last = column_range(views, main)
        self.rows, _ = corpus.main_language()
        self.presence = presence[self.rows][:, self.first : last]
        self._row_of = row_of
        self._reader = views[main].reader
        self._column_of = {lemma: column for column, lemma in enumerate(views[main].vocabulary.lemmas)}

    def columns(self, text: str) -> Integers:
        """The columns (of `presence`) of the words of a text. Raises NoMatchError where the model knows none."""
        lemmas = lemmas_of(text, self._reader)
        known = [self._column_of[lemma] for lemma in lemmas if lemma in self._column_of]
        if not known:
            raise NoMatchError(f"none of the words {text!r} is a term of these documents")
        return np.array(known, dtype=np.int64)

    def has_met(self, word: str) -> bool:
        """Whether a document holds a form of a word, be it a stop word."""
        return self._reader.has_met(word.strip().lower())

    def find(self, text: str, names: Sequence[str | None], memberships: Floats) -> int:
        """The number of the topic that is meant. `names`: those that wishes gave; `memberships`: of all documents."""
        words, documents = told_by(text)
        asked = words.casefold()
        for number, name in enumerate(names):
            if name is not None and name.casefold() == asked:
                return number
        rows = [self._row_of[doc_id] for doc_id in documents if doc_id in self._row_of]
        if len(rows) >= LEAST_TOLD:
            return _of_most(words, memberships[rows])
        return self._of_words(words, memberships)

    def told(self, text: str, names: Sequence[str | None], memberships: Floats, topic: int) -> str:
        """`text`, which meant a topic, with documents of it behind it; as it is where it meant a name, or has enough of them."""
        words, documents = told_by(text)
        if any(name is not None and name.casefold() == words.casefold() for name in names):
            return text
        if sum(doc_id in self._row_of for doc_id in documents) >= LEAST_TOLD:
            return text
        ids, rows = self._in_order
        own = np.flatnonzero((memberships.argmax(axis=1) == topic)[rows])
        return with_documents(words, [ids[place] for place in own[spread(len(own), MOST_TOLD)]])

    @cached_property
    def _in_order(self) -> tuple[list[str], Integers]:
        """The ids of the documents in order, and their rows."""
        ids = sorted(self._row_of)
        return ids, np.array([self._row_of[doc_id] for doc_id in ids], dtype=np.int64)

    def _of_words(self, words: str, memberships: Floats) -> int:
        columns = self.columns(words)
        own = memberships[self.rows]
        held = documents_with_term(self.presence[:, columns], own)
        share = own.mean(axis=0)[:, None]
        spread = np.sqrt(np.maximum(share * (1.0 - share), 1e-12))
        of_topic = np.round(held / np.maximum(held.sum(axis=0), 1e-12), 9)
        score: Floats = np.round(((of_topic - share) / spread).mean(axis=1), 6)
        best, *others = np.argsort(-score, kind="stable").tolist()
        if score[best] < LEAST_SCORE:
            raise NoMatchError(f"no topic has the words {words!r} much more often than the others")
        if others and not (
            score[best] - score[others[0]] >= LEAST_LEAD
            and of_topic[best].mean() >= LEAST_RATIO * of_topic[others].mean(axis=1).max()
            and (of_topic[best] > of_topic[others].max(axis=0)).mean() > LEAST_WORDS_LED
        ):
            raise NoMatchError(
                f"two topics have the words {words!r}, neither clearly more often than the other"
            )
        return int(best)


def _of_most(words: str, memberships: Floats) -> int:
    """The topic that by far most of some documents are of."""
    counts = np.bincount(memberships.argmax(axis=1), minlength=memberships.shape[1])
    best = int(counts.argmax())
    if counts[best] <= MAJORITY * len(memberships):
        raise NoMatchError(
            f"the documents of {words!r} are of several topics now, at most {counts[best]} of {len(memberships)} of one"
        )
    return best

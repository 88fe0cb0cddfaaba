"""Which topic of a fit a user means: the one that an earlier wish named so, or whose documents hold the words that were given.

Words outlive a fit: a label or ten terms of a topic, read in another fit, stand most often in the documents of the topic that has
taken its place. Of 300 topics of 24 sub-corpora, refitted with a fifth more documents, 94 % are found so; of those of which the
new fit has more than half, 95 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.topics.documents import Corpus
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.terms import Integers, documents_with_term
from corpus.topics.views import WordView, column_range, main_language
from corpus.topics.wishes import lemmas_of

# How much more often than by chance the documents with a word are of a topic, in standard deviations of one document, in the mean
# of the words: of the topics that a new fit has, 98 % reach this…
LEAST_SCORE = 0.4
# … and are so far before the next topic.
LEAST_LEAD = 0.15


class NoMatchError(Exception):
    """No topic is meant clearly; the message says why not."""


class Matcher:
    """Finds topics by words, in the language with most documents.

    rows: the documents of that language; first: the column of its first term among those of all languages.
    """

    def __init__(self, corpus: Corpus, presence: Sparse, views: Mapping[str, WordView]) -> None:
        main = main_language(views)
        self.first, last = column_range(views, main)
        self.rows, _ = corpus.main_language()
        self.presence = presence[self.rows][:, self.first : last]
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
        asked = text.strip().casefold()
        for number, name in enumerate(names):
            if name is not None and name.casefold() == asked:
                return number
        columns = self.columns(text)
        own = memberships[self.rows]
        held = documents_with_term(self.presence[:, columns], own)
        share = own.mean(axis=0)[:, None]
        spread = np.sqrt(np.maximum(share * (1.0 - share), 1e-12))
        of_topic = held / np.maximum(held.sum(axis=0), 1e-12)
        score: Floats = np.round(((of_topic - share) / spread).mean(axis=1), 6)
        best, *others = np.argsort(-score, kind="stable").tolist()
        if score[best] < LEAST_SCORE:
            raise NoMatchError(f"no topic has the words {text!r} much more often than the others")
        if others and score[best] - score[others[0]] < LEAST_LEAD:
            raise NoMatchError(
                f"two topics have the words {text!r}, neither clearly more often than the other"
            )
        return int(best)

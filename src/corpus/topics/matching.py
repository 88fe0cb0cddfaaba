"""Which topic of a fit a user means: the one that an earlier wish named so, or whose documents hold the words that were given.

Words outlive a fit: a label or ten terms of a topic, read in another fit, stand most often in the documents of the topic that has
taken its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.topics.matrix import Floats
from corpus.topics.terms import Integers
from corpus.topics.wishes import lemmas_of
from corpus.topics.words import WordReader

# The words that are meant must stand so many times as often in the documents of their topic as in those of the next one…
CLEARLY = 1.25
# … and so many times as often as in all documents.
LEAST_LIFT = 1.5


class NoMatchError(Exception):
    """No topic is meant clearly; the message says why not."""


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a fit in its main language: their lemmas, and the readers that find lemmas."""

    column_of: dict[str, int]
    readers: tuple[WordReader, ...]

    def columns(self, text: str) -> Integers:
        """The columns of the words of a text that the model knows."""
        lemmas = [lemma for reader in self.readers for lemma in lemmas_of(text, reader)]
        known = dict.fromkeys(self.column_of[lemma] for lemma in lemmas if lemma in self.column_of)
        return np.array(list(known), dtype=np.int64)


def match_topic(text: str, names: Sequence[str | None], words: Words, held: Floats, documents: Floats) -> int:
    """The number of the topic that is meant. Raises NoMatchError.

    names: those that wishes gave; held: expected documents of each topic with each term (topics, terms); documents: of each.
    """
    asked = text.strip().casefold()
    for number, name in enumerate(names):
        if name is not None and name.casefold() == asked:
            return number
    columns = words.columns(text)
    if not len(columns):
        raise NoMatchError(f"none of the words {text!r} is a term of these documents")
    found = held[:, columns] / np.maximum(documents, 1.0)[:, None]
    everywhere = held[:, columns].sum(axis=0) / max(float(documents.sum()), 1.0)
    # Each word counts alike, however frequent: how often it stands in the topic, against all topics.
    score: Floats = np.round((found / np.maximum(everywhere, 1e-12)).mean(axis=1), 6)
    best, second = (*np.argsort(-score, kind="stable")[:2], -1)[:2]
    if score[best] < LEAST_LIFT:
        raise NoMatchError(f"no topic has the words {text!r} much more often than the others")
    if second >= 0 and score[best] < CLEARLY * score[second]:
        raise NoMatchError(f"two topics have the words {text!r}, neither clearly more often than the other")
    return int(best)

"""Which topics are near one another: groups above the topics, named by what their topics have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.topics.matrix import Floats
from corpus.topics.terms import Integers

# Below this many topics a list is clearer than a tree.
LEAST_TOPICS = 6
# Topics further apart than this have no words in common that a reader would name a group by. On ten fits of 99 to 3,300 articles
# two topics of a group have their articles in the same sections with a cosine of 0.78 (any two with 0.39), in three topics of
# five; average linkage cut at √K groups, one of which was a heap, with 0.60.
LARGEST_DISTANCE = 0.8


@dataclass(frozen=True, slots=True)
class Group:
    """Near topics, and their common terms as numbers, best first."""

    topics: tuple[int, ...]
    terms: tuple[int, ...]


def groups(log_words: Floats, shares: Floats, terms: Integers) -> list[Group]:
    """Groups of at least two topics, in order of their first topic, each with its common terms; `terms` are those of each topic.

    Complete linkage on the cosine between the square roots of what each topic says more often than the others do, so that any two
    topics of a group are near; one that is near no other is in no group. A common term is a term of one of the topics that all of
    them say more often than the corpus: the least of their gains ranks it. Without any there is no group.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    topics = len(shares)
    if topics < LEAST_TOPICS:
        return []
    probability = np.exp(log_words)
    everywhere = shares @ probability / max(float(shares.sum()), 1e-12)
    gain = np.log(probability / np.maximum(everywhere, 1e-300))
    typical = probability * np.maximum(gain, 0.0)
    apart = linkage(np.sqrt(typical) + 1e-12, method="complete", metric="cosine")
    labels = fcluster(np.round(apart, 9), LARGEST_DISTANCE, criterion="distance")
    found = []
    for label in sorted(set(labels), key=lambda own: int(np.flatnonzero(labels == own)[0])):
        members = np.flatnonzero(labels == label)
        common = _common(typical[members], np.unique(terms[members]))
        if len(members) > 1 and common:
            found.append(Group(tuple(map(int, members)), common))
    return found


def _common(typical: Floats, terms: Integers) -> tuple[int, ...]:
    """The terms that each of some topics says more often than the corpus, the largest least gain first."""
    least = np.round(typical[:, terms].min(axis=0), 12)
    order = np.argsort(-least, kind="stable")[: int((least > 0).sum())]
    return tuple(terms[order].tolist())

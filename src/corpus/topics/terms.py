"""Which words stand for a topic, and how well: ranking, coherence, exclusivity, agreement between two fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse

Integers = npt.NDArray[np.int64]

# Relevance (Sievert & Shirley 2014) mixes how often a word stands in a topic with how much more often than elsewhere.
# Lower values rank rare names first (NPMI a little higher, subsample stability lower), higher ones common words.
RELEVANCE = 0.5
# A word that stands for a topic stands in at least this share of its documents, or it is one event's name.
LEAST_SHARE = 0.08
UNDER_THE_FLOOR = -100.0
# Terms by which topics are compared, scored and shown.
TOP = 10
TINY = 1e-12


def documents_with_term(presence: Sparse, memberships: Floats) -> Floats:
    """Expected number of documents of each topic that hold each term: topics by terms."""
    return np.ascontiguousarray((presence.T.tocsr() @ memberships).T)


def rank_terms(
    in_topic: Floats, topic_documents: Floats, everywhere: Floats, total: float, depth: int
) -> tuple[Integers, Floats]:
    """The `depth` most relevant terms of each topic, best first, and their weights: topics by min(depth, terms).

    `in_topic` is `documents_with_term`, `topic_documents` the documents of each topic, `everywhere` of each term. A weight is
    the relevance of the term beside that of the topic's first one: 1 for the first, falling with the rank.
    """
    inside = in_topic / np.maximum(topic_documents, TINY)[:, None] + TINY
    lift = inside / (np.maximum(everywhere, TINY) / max(total, TINY))
    relevance = RELEVANCE * np.log(inside) + (1.0 - RELEVANCE) * np.log(lift)
    # Terms under the floor come after all others, the frequent ones first, so that a tiny topic still has its words.
    seldom = in_topic < LEAST_SHARE * topic_documents[:, None]
    relevance = np.where(seldom, UNDER_THE_FLOOR + np.log(inside), relevance)
    # Ties that differ by rounding only must not depend on it.
    ranked = np.argsort(-np.round(relevance, 9), axis=1, kind="stable")[:, :depth]
    chosen = np.take_along_axis(relevance, ranked, axis=1)
    weights: Floats = np.exp(chosen - chosen.max(axis=1, keepdims=True, initial=UNDER_THE_FLOOR))
    return ranked, weights


def coherence(columns: Sequence[int] | Integers, presence: Sparse, least_expected: float = 0.0) -> float:
    """Mean NPMI (Bouma 2009) over pairs of terms, by the documents in which both stand; never together counts -1.

    A pair that chance would put together in fewer than `least_expected` documents, and is not, tells nothing and counts 0.
    """
    chosen = presence[:, list(columns)]
    n = presence.shape[0]
    together = np.asarray((chosen.T @ chosen).todense())
    alone = np.diag(together)
    scores = []
    for i in range(len(alone)):
        for j in range(i):
            both = together[i, j]
            if both == 0:
                scores.append(-1.0 if alone[i] * alone[j] >= least_expected * n else 0.0)
            elif both == n:
                scores.append(1.0)
            else:
                scores.append(float(np.log(both * n / (alone[i] * alone[j])) / -np.log(both / n)))
    return float(np.mean(scores)) if scores else 0.0


def exclusivity(columns: Integers, in_topic: Floats, topic: int, everywhere: Floats) -> float:
    """Mean share of the documents with a top term that belong to the topic, in [0, 1]."""
    if len(columns) == 0:
        return 0.0
    return float(np.clip(np.mean(in_topic[topic, columns] / np.maximum(everywhere[columns], TINY)), 0.0, 1.0))


def agreement(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> Floats:
    """For each topic of `first`, the Jaccard index with the topic of `second` it is matched to (one to one, best in sum)."""
    from scipy.optimize import linear_sum_assignment

    overlap = np.zeros((len(first), len(second)))
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            union = len(set(one) | set(other))
            overlap[i, j] = len(set(one) & set(other)) / union if union else 0.0
    rows, columns = linear_sum_assignment(-overlap)
    matched = np.zeros(len(first))
    matched[rows] = overlap[rows, columns]
    return matched

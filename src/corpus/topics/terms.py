"""Which words stand for a topic, and how well: ranking, coherence, exclusivity, agreement between two fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse

Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Relevance (Sievert & Shirley 2014) mixes how often a word stands in a topic with how much more often than elsewhere: with p the
# share of the topic's documents that hold it and q that of all, r log p + (1 - r) log p/q, which is log p - (1 - r) log q.
# Lower values rank rare names first, higher ones common words, which another sample of the texts finds again. Mean of both
# engines on 3,300 French articles (K=11), and on twenty subsets of five sections: at 0.5 (company 4) subsample stability is
# 0.74 and 0.59, NPMI 0.38 and 0.36; at 0.8 stability 0.77 and 0.65, NPMI 0.35 and 0.33.
RELEVANCE = 0.8
# Of the terms of a topic those say in a label what it is about that stand elsewhere least: ("flood, storm", not "south, area").
LABEL_RELEVANCE = 0.5
# A term that stands in this share of the other documents, and in fewer than so many times as many of the topic's, tells no topic.
BROAD_SHARE, BROAD_RATIO = 0.1, 2.0
# What the mean NPMI of a word with the other candidates of its topic adds to its relevance. At 4, NPMI is 0.33 and 0.31 on
# the same texts; at 0 and a relevance of 0.5, as published, 0.35 and 0.31 with a stability of 0.73 and 0.61.
COMPANY = 8.0
# The most relevant terms of a topic, among which company is looked at.
CANDIDATES = 30
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
    in_topic: Floats, topic_documents: Floats, presence: Sparse, everywhere: Floats, depth: int
) -> tuple[Integers, Floats]:
    """The `depth` best terms of each topic, best first, and their weights: topics by min(depth, terms).

    `in_topic` is `documents_with_term`, `topic_documents` the documents of each topic, `presence` documents by terms,
    `everywhere` the documents of each term. The CANDIDATES most relevant terms are put in order of relevance and company, the
    mean NPMI with the other candidates, each counted as often as it stands in the topic: a word that goes with the
    others tells a reader more than one that is as frequent beside them. A weight is 1 for the first and falls with the rank.
    """
    relevance, inside = _relevance(in_topic, topic_documents, presence, everywhere)
    ranked = _first(relevance, max(depth, CANDIDATES))
    scores = np.take_along_axis(relevance, ranked, axis=1)
    used, place = np.unique(ranked[:, :CANDIDATES], return_inverse=True)
    place = place.reshape(ranked[:, :CANDIDATES].shape)
    columns = presence[:, used].tocsc()
    for topic, candidates in enumerate(place):
        known = scores[topic, : len(candidates)] > UNDER_THE_FLOOR / 2
        frequency = inside[topic, ranked[topic, : len(candidates)]] * known
        company = _company(pairwise_npmi(columns[:, candidates]), frequency)
        score = scores[topic, : len(candidates)] + COMPANY * company
        order = np.argsort(-np.round(score, 9), kind="stable")
        ranked[topic, : len(candidates)] = ranked[topic, order]
        scores[topic, : len(candidates)] = score[order]
    scores = np.minimum.accumulate(scores[:, :depth], axis=1)
    weights: Floats = np.exp(scores - scores.max(axis=1, keepdims=True, initial=10 * UNDER_THE_FLOOR))
    return ranked[:, :depth], weights


def telling(
    ranked: Integers, in_topic: Floats, topic_documents: Floats, everywhere: Floats, total: int, depth: int
) -> Integers:
    """The `depth` first terms of each topic, those first that tell it from the others: topics by min(depth, terms)."""
    first = ranked[:, :depth]
    told = np.log(_inside(in_topic, topic_documents))
    score = told - (1.0 - LABEL_RELEVANCE) * _log_share(everywhere, total)
    order = np.argsort(-np.round(np.take_along_axis(score, first, axis=1), 9), axis=1, kind="stable")
    return np.take_along_axis(first, order, axis=1)


def is_broad(
    ranked: Integers, in_topic: Floats, topic_documents: Floats, everywhere: Floats, total: int
) -> Bools:
    """Of the ranked terms of each topic, which stand in the other documents nearly as often: topics by terms."""
    outside = np.maximum(everywhere - in_topic, 0.0) / np.maximum(total - topic_documents, 1.0)[:, None]
    inside = in_topic / np.maximum(topic_documents, TINY)[:, None]
    broad = (outside >= BROAD_SHARE) & (np.round(inside / np.maximum(outside, TINY), 9) < BROAD_RATIO)
    return np.take_along_axis(broad, ranked, axis=1)


def most_relevant(in_topic: Floats, topic_documents: Floats, presence: Sparse, depth: int) -> Integers:
    """The `depth` most relevant terms of each topic without a look at their company: a hundred times cheaper."""
    everywhere = np.asarray(presence.sum(axis=0)).ravel()
    relevance, _ = _relevance(in_topic, topic_documents, presence, everywhere)
    return _first(relevance, depth)


def _first(relevance: Floats, depth: int) -> Integers:
    """The columns of the `depth` largest entries of each row, largest first, the first ones among equals."""
    # Ties that differ by rounding only must not depend on it.
    missing = -np.round(relevance, 9)
    depth = min(depth, missing.shape[1])
    ranked = np.empty((len(missing), depth), dtype=np.int64)
    if depth:
        floors = np.partition(missing, depth - 1, axis=1)[:, depth - 1]
        for row, floor in enumerate(floors):
            near = np.flatnonzero(missing[row] <= floor)
            ranked[row] = near[np.argsort(missing[row, near], kind="stable")[:depth]]
    return ranked


def _relevance(
    in_topic: Floats, topic_documents: Floats, presence: Sparse, everywhere: Floats
) -> tuple[Floats, Floats]:
    """Relevance of each term to each topic, and the share of the topic's documents that hold it: topics by terms."""
    inside = _inside(in_topic, topic_documents)
    told = np.log(inside)
    # Terms under the floor come after all others, the frequent ones first, so that a tiny topic still has its words.
    seldom = in_topic < LEAST_SHARE * topic_documents[:, None]
    relevance = told - (1.0 - RELEVANCE) * _log_share(everywhere, presence.shape[0])
    return np.where(seldom, UNDER_THE_FLOOR + told, relevance), inside


def _inside(in_topic: Floats, topic_documents: Floats) -> Floats:
    """The share of each topic's documents that hold each term: topics by terms."""
    return in_topic / np.maximum(topic_documents, TINY)[:, None] + TINY


def _log_share(everywhere: Floats, total: int) -> Floats:
    """The logarithm of the share of all documents that hold each term, which a lift is taken over."""
    share: Floats = np.log(np.maximum(everywhere, TINY) / max(total, TINY))
    return share


def _company(npmi: Floats, frequency: Floats) -> Floats:
    """For each term the mean NPMI with the others, weighted by their frequency."""
    share = frequency / max(float(frequency.sum()), TINY)
    mean: Floats = (npmi @ share) / np.maximum(1.0 - share, TINY)
    return mean


def pairwise_npmi(presence: Sparse, least_expected: float = 0.0) -> Floats:
    """NPMI (Bouma 2009) of every two columns by the rows in which both stand, zero on the diagonal; never together is -1.

    A pair that chance would put together in fewer than `least_expected` rows, and is not, tells nothing and is 0.
    """
    return _npmi(np.asarray((presence.T @ presence).todense()), presence.shape[0], least_expected)


def _npmi(together: Floats, documents: int, least_expected: float) -> Floats:
    n = max(documents, 1)
    alone = np.diag(together)
    by_chance = np.outer(alone, alone) / n
    some = np.maximum(together, 1.0)
    informative = -np.log(some / n)
    npmi = np.log(some / np.maximum(by_chance, TINY)) / np.where(informative > 0, informative, 1.0)
    npmi = np.where(together == n, 1.0, npmi)
    npmi = np.where(together == 0, np.where(by_chance >= least_expected, -1.0, 0.0), npmi)
    np.fill_diagonal(npmi, 0.0)
    return npmi


def coherence(columns: Sequence[int] | Integers, presence: Sparse, least_expected: float = 0.0) -> float:
    """Mean of `pairwise_npmi` over the pairs of terms; 0 where there is no pair."""
    return float(coherences(np.array([columns], dtype=np.int64), presence, least_expected)[0])


def coherences(ranked: Integers, presence: Sparse, least_expected: float = 0.0) -> Floats:
    """`coherence` of the terms in each row of `ranked`."""
    topics, terms = ranked.shape
    if terms < 2:
        return np.zeros(topics)
    used, place = np.unique(ranked, return_inverse=True)
    held = presence[:, used]
    together = np.asarray((held.T @ held).todense())
    found = [
        _npmi(together[np.ix_(row, row)], presence.shape[0], least_expected).sum()
        for row in place.reshape(ranked.shape)
    ]
    mean: Floats = np.array(found) / (terms * (terms - 1))
    return mean


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

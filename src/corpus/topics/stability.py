"""How often a topic comes back when a part of the documents is not there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse
from corpus.topics.space import smooth
from corpus.topics.terms import TOP, Integers, documents_with_term, rank_terms
from corpus.topics.tree import MOST_IN_TREE, Grove, Tree, spread

# Of 940 topics of 59 sub-corpora, whether most of 25 fits from nothing have them again is told with a precision and recall of
# 0.85 and 0.81 by twenty samples, 0.85 and 0.84 by thirty, 0.84 and 0.81 by forty.
SAMPLES = 30
SAMPLE_SHARE = 0.8
# With so many of its ten terms or fewer a topic has not come back, with MOST_TERMS it has; between, in part, as whether a sample
# has four or five of them is chance: thirty samples that count from five terms on tell it with 0.84 and 0.80.
LEAST_TERMS, MOST_TERMS = 3, 6
# Judged on at most so many documents.
MOST_JUDGED = 3_000


def stability(grove: Grove, presence: Sparse, full: Integers, topics: int) -> Floats:
    """For each topic the share of the samples of the documents in which it comes back, as far as its terms do.

    `full` has the ten terms of each topic, as columns of the main language; a sample is grouped into as many topics as the fit
    had before a user merged or split any. Trees of all samples share the space, in which documents are drawn together once.
    """
    judged = spread(presence.shape[0], MOST_JUDGED)
    vectors = grove.vectors(judged)
    planted = spread(len(judged), MOST_IN_TREE)
    drawn = smooth(vectors[planted])
    distances = _distances(drawn)
    rows, columns = grove.corpus.take(judged).main_language()
    own, vectors = presence[judged][rows][:, columns], vectors[rows]
    back = []
    for sample in range(SAMPLES):
        kept = _kept(len(judged), sample)
        inside = np.flatnonzero(kept[planted])
        if len(inside) >= max(topics, 2):
            tree = Tree(grove, judged[planted[inside]], drawn[inside], distances[np.ix_(inside, inside)])
            ranked = _terms(tree.group(topics)[1], vectors[kept[rows]], own[kept[rows]])
            back.append(came_back(full, ranked))
    found: Floats = np.mean(back, axis=0) if back else np.zeros(len(full))
    return found


def came_back(topics: Integers, sample: Integers) -> Floats:
    """How far each of `topics` is in a sample, in [0, 1], by the terms it shares with its match there.

    Matches are one to one, the best in sum, so that twins do not both come back by one topic.
    """
    from scipy.optimize import linear_sum_assignment

    overlap = (topics[:, None, :, None] == sample[None, :, None, :]).sum(axis=(2, 3))
    rows, columns = linear_sum_assignment(-overlap)
    shared = np.zeros(len(topics))
    shared[rows] = overlap[rows, columns]
    found: Floats = np.clip((shared - LEAST_TERMS) / (MOST_TERMS - LEAST_TERMS), 0.0, 1.0)
    return found


def _kept(documents: int, sample: int) -> npt.NDArray[np.bool_]:
    """Which documents a sample has: by chance, but the same on every run, since rows are in order of their text."""
    order = np.random.default_rng(sample).permutation(documents)
    return order < SAMPLE_SHARE * documents


def _distances(vectors: Floats) -> Floats:
    from scipy.spatial.distance import pdist, squareform

    square: Floats = squareform(pdist(vectors))
    return square


def _terms(centres: Floats, vectors: Floats, presence: Sparse) -> Integers:
    """The ten terms of each topic of a sample, whose documents are put to the nearest centre."""
    memberships = np.eye(len(centres))[(vectors @ centres.T).argmax(axis=1)]
    held = documents_with_term(presence, memberships)
    everywhere = np.asarray(presence.sum(axis=0)).ravel()
    return rank_terms(held, memberships.sum(axis=0), presence, everywhere, TOP)[0]

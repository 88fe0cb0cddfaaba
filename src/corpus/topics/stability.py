"""How often a topic comes back when a part of the documents is not there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse
from corpus.topics.space import smooth
from corpus.topics.terms import TOP, Integers, documents_with_term, rank_terms
from corpus.topics.tree import MOST_IN_TREE, Grove, Tree, spread

# Four samples tell too little: of 819 topics, whether more than half of eight other fits had them again was told with a precision
# and recall of 0.63 by four samples, 0.71 by twelve and 0.78 by twenty; four of the eight tell of the others 0.64 and 0.68.
SAMPLES = 20
SAMPLE_SHARE = 0.8
# A topic has come back where so many of its ten terms have.
TERMS_BACK = 5
# Judged on at most so many documents.
MOST_JUDGED = 3_000


def stability(grove: Grove, presence: Sparse, full: Integers, topics: int) -> Floats:
    """For each topic the share of the samples of the documents in which it comes back.

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
            back.append(_shared(full, ranked) >= TERMS_BACK)
    found: Floats = np.mean(back, axis=0) if back else np.zeros(len(full))
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


def _shared(first: Integers, second: Integers) -> Integers:
    """How many terms each topic of `first` shares with its match in `second` (one to one, the best in sum)."""
    from scipy.optimize import linear_sum_assignment

    overlap = np.array([[len(np.intersect1d(one, other)) for other in second] for one in first])
    rows, columns = linear_sum_assignment(-overlap)
    shared = np.zeros(len(first), dtype=np.int64)
    shared[rows] = overlap[rows, columns]
    return shared

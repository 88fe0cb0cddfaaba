"""The curve behind the number of topics: for each number, how well fits that have not seen a document agree on its topic.

All fits share one latent space and start from Ward trees in it: one tree of all documents and one for each fold that leaves a
part of them out. Cutting a tree at k, a few rounds of k-means and of the mixture cost a hundredth of a fit from nothing, and
a fold's tree knows nothing of the documents it leaves out, so that agreement about them is evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.topics.engines import Corpus, Engine, unsmoothed_space
from corpus.topics.matrix import Floats, Sparse, unit_vectors
from corpus.topics.mixture import WORDS_HEARD, WORDS_HEARD_BESIDE_SPACE, Mixture, fit_mixture, posterior
from corpus.topics.space import NEIGHBOURS, smooth
from corpus.topics.terms import TOP, Integers, coherence, documents_with_term, most_relevant

FOLDS = 4
# Rounds from a warm start: more move no document in a hundred.
ROUNDS = 5
# In a small corpus fifteen neighbours are a fifth of it: this share of the documents at most.
NEIGHBOUR_SHARE = 0.05
LEAST_NEIGHBOURS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one number of topics: agreement about documents that a fold has not seen (adjusted mutual information, at most 1, 0 by
    chance), coherence of the folds' terms on those documents (NPMI), and the share of the largest topic."""

    topics: int
    agreement: float
    coherence: float
    largest: float


def draw_curve(corpus: Corpus, presence: Sparse, engine: Engine, numbers: Sequence[int]) -> list[Evidence]:
    """The evidence for each of `numbers`."""
    space = unsmoothed_space(corpus)
    documents = np.arange(len(space), dtype=np.int64)
    folds = [documents[start::FOLDS] for start in range(FOLDS)]
    whole = _Tree(corpus, space, documents, engine)
    trees = [_Tree(corpus, space, np.setdiff1d(documents, fold), engine) for fold in folds]
    return [
        _evidence(corpus, presence, whole, list(zip(folds, trees, strict=True)), number) for number in numbers
    ]


def _evidence(
    corpus: Corpus, presence: Sparse, whole: _Tree, folds: list[tuple[Integers, _Tree]], number: int
) -> Evidence:
    from sklearn.metrics import adjusted_mutual_info_score

    everywhere = whole.assign(whole.cut(number), whole.rows)
    agreed, coherent = [], []
    for left_out, tree in folds:
        mixture = tree.cut(number)
        found = tree.assign(mixture, left_out)
        agreed.append(adjusted_mutual_info_score(everywhere[left_out].argmax(axis=1), found.argmax(axis=1)))
        coherent.append(_held_out_coherence(corpus, presence, tree, mixture, left_out))
    sizes = np.bincount(everywhere.argmax(axis=1), minlength=number)
    return Evidence(
        number,
        float(np.round(np.mean(agreed), 6)),
        float(np.round(np.mean(coherent), 6)),
        float(np.round(sizes.max() / len(everywhere), 6)),
    )


def _held_out_coherence(
    corpus: Corpus, presence: Sparse, tree: _Tree, mixture: Mixture, left_out: Integers
) -> float:
    rows, columns = corpus.take(tree.rows).main_language()
    own = presence[tree.rows][rows][:, columns]
    memberships = tree.assign(mixture, tree.rows)[rows]
    ranked = most_relevant(documents_with_term(own, memberships), memberships.sum(axis=0), own, TOP)
    seen, _ = corpus.take(left_out).main_language()
    unseen = presence[left_out][seen][:, columns]
    return float(np.mean([coherence(row, unseen, least_expected=1.0) for row in ranked]))


class _Tree:
    """The Ward tree of some documents, and the mixtures that its cuts start."""

    def __init__(self, corpus: Corpus, space: Floats, rows: npt.NDArray[np.int64], engine: Engine) -> None:
        from scipy.cluster.hierarchy import linkage

        self.rows = rows
        self._all, self._space = corpus, space
        self._corpus = corpus.take(rows)
        neighbours = min(NEIGHBOURS, max(LEAST_NEIGHBOURS, round(NEIGHBOUR_SHARE * len(rows))))
        self._vectors = smooth(space[rows], neighbours)
        self._linkage = linkage(self._vectors, method="ward") if len(rows) > 1 else None
        self._beside = engine == "cluster"
        self._across = len(np.unique(corpus.term_languages)) > 1

    def cut(self, topics: int) -> Mixture:
        """The mixture of `topics` topics."""
        from scipy.cluster.hierarchy import fcluster

        labels = np.zeros(len(self.rows), dtype=np.int64)
        if self._linkage is not None:
            labels = fcluster(self._linkage, topics, criterion="maxclust").astype(np.int64) - 1
        memberships = _nearest(self._vectors, np.eye(topics)[labels])
        heard = 0.0 if self._across else WORDS_HEARD_BESIDE_SPACE if self._beside else WORDS_HEARD
        return fit_mixture(
            self._corpus.words,
            memberships,
            self._vectors if self._beside else None,
            heard,
            self._corpus.term_languages,
            0 if self._across else ROUNDS,
        )

    def assign(self, mixture: Mixture, rows: npt.NDArray[np.int64]) -> Floats:
        """Memberships of any of the corpus's documents."""
        return posterior(mixture, self._all.words[rows], self._space[rows] if self._beside else None)


def _nearest(vectors: Floats, memberships: Floats) -> Floats:
    """k-means on the sphere from given memberships; a group that loses all its documents keeps its centre."""
    topics = memberships.shape[1]
    centres = unit_vectors(memberships.T @ vectors)
    for _ in range(ROUNDS):
        memberships = np.eye(topics)[(vectors @ centres.T).argmax(axis=1)]
        moved = unit_vectors(memberships.T @ vectors)
        centres = np.where((memberships.sum(axis=0) > 0)[:, None], moved, centres)
    return memberships

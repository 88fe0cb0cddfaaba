"""Ward trees of documents, whose cuts start topics: every number of topics from one tree, a hundredth of a fit from nothing each.

A tree is made of at most MOST_IN_TREE documents, near ones drawn together in the latent space; its cut at k, a few rounds of
k-means and of the mixture are a fit of k topics, which a few rounds more carry over to all documents. On 48 sub-corpora of 100
to 600 articles and five numbers of topics each the mean NMI with the sections is 0.444; fits that start from non-negative
factors have 0.439, and cost three times as much.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.topics.documents import Corpus, latent_projection, vectors_in
from corpus.topics.matrix import Floats, unit_vectors
from corpus.topics.mixture import WORDS_HEARD, WORDS_HEARD_BESIDE_SPACE, Mixture, fit_mixture, posterior
from corpus.topics.space import smooth

Rows = npt.NDArray[np.int64]

# Rounds from a warm start: more move no document in a hundred.
ROUNDS = 5
# The number of themes does not grow with every document: beyond so many, a tree is made of a sample.
MOST_IN_TREE = 1_200


class Grove:
    """A corpus, and the space its trees are made in. `beside`: whether the space votes beside the words."""

    def __init__(self, corpus: Corpus, beside: bool) -> None:
        self.corpus = corpus
        self.beside = beside
        self.sample = spread(corpus.tfidf.shape[0], MOST_IN_TREE)
        self.across = len(np.unique(corpus.term_languages)) > 1

    @cached_property
    def projection(self) -> Floats | None:
        """The projection into the latent space of the sample; None across languages."""
        return latent_projection(self.corpus.take(self.sample))

    @cached_property
    def _known(self) -> Floats:
        """The vectors of the documents that are asked for again: all where the space votes, else those that trees are made of."""
        return vectors_in(self.corpus if self.beside else self.corpus.take(self.sample), self.projection)

    def documents(self) -> Rows:
        """The rows of all documents."""
        return np.arange(self.corpus.tfidf.shape[0], dtype=np.int64)

    def vectors(self, rows: Rows) -> Floats:
        """Where documents stand in the space."""
        if self.beside:
            return self._known[rows]
        places = np.minimum(np.searchsorted(self.sample, rows), len(self.sample) - 1)
        if np.array_equal(self.sample[places], rows):
            return self._known[places]
        return vectors_in(self.corpus.take(rows), self.projection)

    def mixture(self, rows: Rows, memberships: Floats, vectors: Floats | None) -> Mixture:
        """The mixture of some documents from starting memberships; `vectors` are theirs, drawn together."""
        return fit_mixture(
            self.corpus.words[rows],
            memberships,
            vectors if self.beside else None,
            0.0 if self.across else WORDS_HEARD_BESIDE_SPACE if self.beside else WORDS_HEARD,
            self.corpus.term_languages,
            0 if self.across else ROUNDS,
        )

    def assign(self, mixture: Mixture, rows: Rows) -> Floats:
        """Memberships of any of the corpus's documents."""
        return posterior(mixture, self.corpus.words[rows], self.vectors(rows) if self.beside else None)


class Tree:
    """The Ward tree of some documents of a grove.

    `vectors` are theirs, drawn together, and `distances` the square of distances between these, where they are known already.
    """

    def __init__(
        self, grove: Grove, rows: Rows, vectors: Floats | None = None, distances: Floats | None = None
    ) -> None:
        from scipy.cluster.hierarchy import linkage
        from scipy.spatial.distance import squareform

        self.rows = rows
        self._grove = grove
        self._vectors = smooth(grove.vectors(rows)) if vectors is None else vectors
        apart = self._vectors if distances is None else squareform(distances, checks=False)
        self._linkage = linkage(apart, method="ward") if len(rows) > 1 else None

    def group(self, topics: int) -> tuple[Floats, Floats]:
        """The cut at `topics` after some rounds of k-means on the sphere: memberships (documents, topics), 1 in each row, and
        centres. A group that loses all its documents keeps its centre."""
        from scipy.cluster.hierarchy import fcluster

        labels = np.zeros(len(self.rows), dtype=np.int64)
        if self._linkage is not None:
            labels = fcluster(self._linkage, topics, criterion="maxclust").astype(np.int64) - 1
        unit = np.eye(topics)
        memberships = unit[labels]
        centres = unit_vectors(memberships.T @ self._vectors)
        for number in range(ROUNDS):
            nearest = (self._vectors @ centres.T).argmax(axis=1)
            if number and np.array_equal(nearest, labels):
                # Further rounds would move nothing.
                break
            labels, memberships = nearest, unit[nearest]
            moved = unit_vectors(memberships.T @ self._vectors)
            centres = np.where((memberships.sum(axis=0) > 0)[:, None], moved, centres)
        return memberships, centres

    def cut(self, topics: int) -> Mixture:
        """The mixture of `topics` topics."""
        return self._grove.mixture(self.rows, self.group(topics)[0], self._vectors)


def spread(documents: int, most: int) -> Rows:
    """At most so many row numbers, evenly spread: rows are in order of their text."""
    return np.unique(np.linspace(0, documents - 1, min(documents, most)).astype(np.int64))

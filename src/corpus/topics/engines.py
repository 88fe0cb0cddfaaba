"""The two engines: from matrices of one corpus to a fitted mixture.

`nmf`      non-negative factors of the tf-idf matrix start a mixture over words: sparse all the way, fit for 100,000 documents.
`cluster`  the same start moved by k-means in a neighbour-smoothed latent space (or in sentence embeddings), then a mixture
           in which words and space both vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse, unit_vectors
from corpus.topics.mixture import Mixture, fit_mixture
from corpus.topics.space import DIMENSIONS, decompose, factorise, group, smooth

Engine = Literal["nmf", "cluster"]
ENGINES: tuple[str, ...] = get_args(Engine)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an engine sees of a set of documents, row for row.

    tfidf, words (`matrix.evidence`): sparse, documents by terms; term_languages: the language number of each term;
    embeddings: unit vectors of sentence embeddings, or None.
    """

    tfidf: Sparse
    words: Sparse
    term_languages: npt.NDArray[np.int64]
    embeddings: Floats | None = None

    def take(self, rows: npt.NDArray[np.int64]) -> Corpus:
        """The same for some of the documents."""
        embeddings = None if self.embeddings is None else self.embeddings[rows]
        return Corpus(self.tfidf[rows], self.words[rows], self.term_languages, embeddings)


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture, and the projection (dimensions, terms) into the latent space where its engine has one."""

    mixture: Mixture
    projection: Floats | None


def fit_engine(corpus: Corpus, topics: int, engine: Engine) -> Fit:
    """Fit `topics` topics."""
    if engine == "nmf":
        decomposition = decompose(corpus.tfidf, topics)
        weights, _ = factorise(corpus.tfidf, decomposition, topics)
        return Fit(fit_mixture(corpus.words, _shares(weights), languages=corpus.term_languages), None)
    if corpus.embeddings is not None:
        return _fit_embedded(corpus, corpus.embeddings, topics)
    decomposition = decompose(corpus.tfidf, max(DIMENSIONS, topics))
    weights, _ = factorise(corpus.tfidf, decomposition, topics)
    vectors = smooth(latent_vectors(corpus.tfidf, decomposition.right))
    memberships = group(vectors, _shares(weights))
    mixture = fit_mixture(corpus.words, memberships, vectors, corpus.term_languages)
    return Fit(mixture, decomposition.right)


def _fit_embedded(corpus: Corpus, embeddings: Floats, topics: int) -> Fit:
    from sklearn.cluster import KMeans

    vectors = smooth(embeddings)
    # Rows come in a fixed order (see `model`), so that the fixed state makes the same starts on every run.
    labels = KMeans(topics, n_init=10, random_state=0).fit(vectors).labels_
    mixture = fit_mixture(corpus.words, np.eye(topics)[labels], vectors, corpus.term_languages)
    return Fit(mixture, None)


def latent_vectors(tfidf: Sparse, projection: Floats) -> Floats:
    """Unit vectors of documents in the latent space; each row worked out by itself."""
    return unit_vectors(np.asarray(tfidf @ np.ascontiguousarray(projection.T)))


def space_of(fit: Fit, corpus: Corpus) -> Floats | None:
    """The vectors in which a fit's centres vote, for any documents; None for an engine of words alone."""
    if fit.projection is not None:
        return latent_vectors(corpus.tfidf, fit.projection)
    return corpus.embeddings if fit.mixture.centres is not None else None


def _shares(weights: Floats) -> Floats:
    """Factor weights as shares; a document without any is shared evenly."""
    totals = weights.sum(axis=1, keepdims=True)
    even = np.full_like(weights, 1.0 / weights.shape[1])
    return np.where(totals > 0, weights / np.maximum(totals, 1e-300), even)

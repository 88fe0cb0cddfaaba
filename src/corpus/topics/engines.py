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
from corpus.topics.mixture import ITERATIONS, WORDS_HEARD, WORDS_HEARD_BESIDE_SPACE, Mixture, fit_mixture
from corpus.topics.space import DIMENSIONS, decompose, factorise, group, smooth, smooth_towards

Engine = Literal["nmf", "cluster"]
ENGINES: tuple[str, ...] = get_args(Engine)
# What stands for an engine where none is named: the latent space helps small corpora (mean NMI on 24 of them 0.509 against
# 0.489), costs most in large ones and brings nothing there (0.49 against 0.50 on 3,300 articles).
AUTO = "auto"
MOST_CLUSTERED = 2_000

# Sentence embeddings are moved farther, towards fewer neighbours, which for a sentence are its translations: of 1,004
# sentences in four languages 95.4 % of the pairs of translations then share a topic, 94.3 % with the values of the latent
# space (15, 0.5). In one language the latent space stands beside them, and less is better.
EMBEDDED_NEIGHBOURS = 10
MOVE_ACROSS_LANGUAGES = 0.8
MOVE_IN_ONE_LANGUAGE = 0.7
# Vectors of fitted documents kept with a model: enough to find neighbours among, 20 MB at most.
MOST_ANCHORS = 8_000
LEAST_DIMENSIONS = 10


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an engine sees of a set of documents, row for row.

    tfidf, words (`matrix.evidence`): sparse, documents by terms; term_languages, text_languages: the language number of
    each term and document; main: the language with most documents; embeddings: unit vectors of sentence embeddings, or None.
    """

    tfidf: Sparse
    words: Sparse
    term_languages: npt.NDArray[np.int64]
    text_languages: npt.NDArray[np.int64]
    main: int
    embeddings: Floats | None = None

    def take(self, rows: npt.NDArray[np.int64]) -> Corpus:
        """The same for some of the documents."""
        embeddings = None if self.embeddings is None else self.embeddings[rows]
        languages = self.text_languages[rows]
        return Corpus(
            self.tfidf[rows], self.words[rows], self.term_languages, languages, self.main, embeddings
        )

    def main_language(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The rows and columns of the main language: words are compared within one language only."""
        return np.flatnonzero(self.text_languages == self.main), np.flatnonzero(
            self.term_languages == self.main
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A mixture; the projection (dimensions, terms) into the latent space where its engine has one; where embeddings were
    used, the fitted documents' vectors, towards which a new document is moved."""

    mixture: Mixture
    projection: Floats | None = None
    anchors: Floats | None = None


def engine_for(name: str, documents: int) -> Engine:
    """The engine of a name, or the one that suits a number of documents."""
    if name == AUTO:
        return "cluster" if documents <= MOST_CLUSTERED else "nmf"
    return "cluster" if name == "cluster" else "nmf"


def fit_engine(corpus: Corpus, topics: int, engine: Engine) -> Fit:
    """Fit `topics` topics."""
    if engine == "nmf":
        weights, _ = factorise(corpus.tfidf, decompose(corpus.tfidf, topics), topics)
        return Fit(fit_mixture(corpus.words, _shares(weights), None, WORDS_HEARD, corpus.term_languages))
    if corpus.embeddings is not None:
        return _fit_embedded(corpus, topics)
    decomposition = decompose(corpus.tfidf, max(DIMENSIONS, topics))
    weights, _ = factorise(corpus.tfidf, decomposition, topics)
    vectors = smooth(latent_vectors(corpus.tfidf, decomposition.right))
    memberships = group(vectors, _shares(weights))
    heard = WORDS_HEARD_BESIDE_SPACE
    return Fit(
        fit_mixture(corpus.words, memberships, vectors, heard, corpus.term_languages), decomposition.right
    )


def _fit_embedded(corpus: Corpus, topics: int) -> Fit:
    """In one language the latent space stands beside the embeddings and words vote; across languages embeddings decide."""
    from sklearn.cluster import KMeans

    several = len(np.unique(corpus.term_languages)) > 1
    projection = None if several else decompose(corpus.tfidf, DIMENSIONS).right
    vectors = _embedded_vectors(corpus, projection)
    smoothed = smooth(vectors, EMBEDDED_NEIGHBOURS, _move(projection))
    # Rows come in a fixed order (see `model`), so that the fixed state makes the same starts on every run.
    labels = KMeans(topics, n_init=10, random_state=0).fit(smoothed).labels_
    heard = 0.0 if several else WORDS_HEARD_BESIDE_SPACE
    rounds = 0 if several else ITERATIONS
    mixture = fit_mixture(
        corpus.words, np.eye(topics)[labels], smoothed, heard, corpus.term_languages, rounds
    )
    kept = np.unique(np.linspace(0, len(vectors) - 1, min(len(vectors), MOST_ANCHORS)).astype(np.int64))
    return Fit(mixture, projection, vectors[kept])


def _embedded_vectors(corpus: Corpus, projection: Floats | None) -> Floats:
    if corpus.embeddings is None:
        raise ValueError("embeddings are missing")
    if projection is None:
        return corpus.embeddings
    return unit_vectors(np.hstack([corpus.embeddings, latent_vectors(corpus.tfidf, projection)]))


def latent_vectors(tfidf: Sparse, projection: Floats) -> Floats:
    """Unit vectors of documents in the latent space; each row worked out by itself."""
    return unit_vectors(np.asarray(tfidf @ np.ascontiguousarray(projection.T)))


def unsmoothed_space(corpus: Corpus) -> Floats:
    """The vectors in which a corpus's documents are near one another: latent, with the embeddings where there are any.

    A small corpus has fewer dimensions: a quarter of its documents, or chance directions outvote the real ones.
    """
    if corpus.embeddings is not None and len(np.unique(corpus.term_languages)) > 1:
        return corpus.embeddings
    dimensions = min(DIMENSIONS, max(LEAST_DIMENSIONS, corpus.tfidf.shape[0] // 4))
    projection = decompose(corpus.tfidf, dimensions).right
    if corpus.embeddings is not None:
        return _embedded_vectors(corpus, projection)
    return latent_vectors(corpus.tfidf, projection)


def space_of(fit: Fit, corpus: Corpus) -> Floats | None:
    """The vectors in which a fit's centres vote, for any documents; None for an engine of words alone."""
    if fit.anchors is not None:
        vectors = _embedded_vectors(corpus, fit.projection)
        return smooth_towards(vectors, fit.anchors, EMBEDDED_NEIGHBOURS, _move(fit.projection))
    if fit.projection is not None:
        return latent_vectors(corpus.tfidf, fit.projection)
    return None


def _move(projection: Floats | None) -> float:
    return MOVE_ACROSS_LANGUAGES if projection is None else MOVE_IN_ONE_LANGUAGE


def _shares(weights: Floats) -> Floats:
    """Factor weights as shares; a document without any is shared evenly."""
    totals = weights.sum(axis=1, keepdims=True)
    even = np.full_like(weights, 1.0 / weights.shape[1])
    return np.where(totals > 0, weights / np.maximum(totals, 1e-300), even)

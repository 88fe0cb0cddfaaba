"""The engines: from matrices of one corpus to a fitted mixture.

`cluster`  the cut of a Ward tree in a neighbour-smoothed latent space (or k-means in sentence embeddings) starts a mixture in
           which words and space both vote.
`words`    the same start, of a sample where there are many documents, and a mixture over words alone: for 100,000 documents.
`nmf`      non-negative factors of the tf-idf matrix start a mixture over words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from corpus.topics.documents import Corpus, latent_projection, vectors_in
from corpus.topics.matrix import Floats
from corpus.topics.mixture import ITERATIONS, WORDS_HEARD, WORDS_HEARD_BESIDE_SPACE, Mixture, fit_mixture
from corpus.topics.space import decompose, factorise, smooth, smooth_towards
from corpus.topics.tree import Grove, Tree

Engine = Literal["cluster", "words", "nmf"]
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
        return "cluster" if documents <= MOST_CLUSTERED else "words"
    return "cluster" if name == "cluster" else "nmf" if name == "nmf" else "words"


def fit_engine(corpus: Corpus, topics: int, engine: Engine) -> Fit:
    """Fit `topics` topics from nothing."""
    if engine == "nmf":
        weights, _ = factorise(corpus.tfidf, decompose(corpus.tfidf, topics), topics)
        return Fit(fit_mixture(corpus.words, _shares(weights), None, WORDS_HEARD, corpus.term_languages))
    if corpus.embeddings is not None:
        return _fit_embedded(corpus, topics)
    grove = Grove(corpus, beside=engine == "cluster")
    return fit_grove(grove, Tree(grove, grove.sample), topics)


def fit_grove(grove: Grove, tree: Tree, topics: int) -> Fit:
    """Fit `topics` topics from a tree; where it is one of a sample, its topics are carried over to all documents."""
    mixture = tree.cut(topics)
    documents = grove.documents()
    if len(tree.rows) < len(documents):
        vectors = smooth(grove.vectors(documents)) if grove.beside else None
        mixture = grove.mixture(documents, grove.assign(mixture, documents), vectors)
    return Fit(mixture, grove.projection if grove.beside else None)


def _fit_embedded(corpus: Corpus, topics: int) -> Fit:
    """In one language the latent space stands beside the embeddings and words vote; across languages embeddings decide."""
    from sklearn.cluster import KMeans

    projection = latent_projection(corpus)
    several = projection is None
    vectors = vectors_in(corpus, projection)
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


def space_of(fit: Fit, corpus: Corpus) -> Floats | None:
    """The vectors in which a fit's centres vote, for any documents; None for an engine of words alone."""
    if fit.anchors is not None:
        vectors = vectors_in(corpus, fit.projection)
        return smooth_towards(vectors, fit.anchors, EMBEDDED_NEIGHBOURS, _move(fit.projection))
    if fit.projection is not None:
        return vectors_in(corpus, fit.projection)
    return None


def _move(projection: Floats | None) -> float:
    return MOVE_ACROSS_LANGUAGES if projection is None else MOVE_IN_ONE_LANGUAGE


def _shares(weights: Floats) -> Floats:
    """Factor weights as shares; a document without any is shared evenly."""
    totals = weights.sum(axis=1, keepdims=True)
    even = np.full_like(weights, 1.0 / weights.shape[1])
    return np.where(totals > 0, weights / np.maximum(totals, 1e-300), even)

"""How well a topic's terms come back when a part of the documents is not there."""

from __future__ import annotations

import numpy as np

from corpus.topics.documents import Corpus
from corpus.topics.engines import Engine, fit_engine, space_of
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.mixture import posterior
from corpus.topics.terms import TOP, Integers, agreement, documents_with_term, rank_terms
from corpus.topics.tree import spread

SAMPLES = 4
SAMPLE_SHARE = 0.8
# Judged on at most so many documents.
MOST_JUDGED = 3_000


def stability(corpus: Corpus, presence: Sparse, engine: Engine, full: Integers, topics: int) -> Floats:
    """For each topic the mean Jaccard index of its terms (`full`: topics by ten) with those of its match in fits of `topics`
    topics on samples."""
    kept = spread(presence.shape[0], MOST_JUDGED)
    corpus, presence = corpus.take(kept), presence[kept]
    n = presence.shape[0]
    matched = []
    for left_out in leave_out(n):
        rows = np.setdiff1d(np.arange(n), left_out)
        if len(rows) >= max(topics, 2):
            ranked = top_terms(corpus.take(rows), presence[rows], engine, topics)
            matched.append(agreement([list(row) for row in full], [list(row) for row in ranked]))
    found: Floats = np.mean(matched, axis=0) if matched else np.zeros(len(full))
    return found


def leave_out(n: int) -> list[Integers]:
    """The rows each sample leaves out: every fifth document, from another start each time. Rows are in sorted order of text."""
    step = round(1.0 / (1.0 - SAMPLE_SHARE))
    return [np.arange(start, n, step, dtype=np.int64) for start in range(SAMPLES)]


def top_terms(corpus: Corpus, presence: Sparse, engine: Engine, topics: int) -> Integers:
    """Fit, and the ten most relevant terms of each topic: columns among those of the main language."""
    fit = fit_engine(corpus, topics, engine)
    rows, columns = corpus.main_language()
    memberships = posterior(fit.mixture, corpus.words, space_of(fit, corpus))[rows]
    own = presence[rows][:, columns]
    held = documents_with_term(own, memberships)
    everywhere = np.asarray(own.sum(axis=0)).ravel()
    ranked, _ = rank_terms(held, memberships.sum(axis=0), own, everywhere, TOP)
    return ranked

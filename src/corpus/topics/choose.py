"""How many topics: the number whose topics a fit that has not seen a document finds again in it, none of them a heap.

Agreement alone is best for two topics, one of which holds nearly everything; the share of the largest topic alone is best for as
many as there are documents. The score of a number is agreement less a price on the largest share and on the number itself.
What the prices were measured on stands in `docs/benchmarks.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from corpus.topics.curve import Evidence, draw_curve
from corpus.topics.engines import Corpus, Engine, fit_engine, space_of
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.mixture import posterior
from corpus.topics.terms import TOP, Integers, agreement, coherence, documents_with_term, rank_terms

Resolution = Literal["coarse", "normal", "fine"]
RESOLUTIONS: tuple[str, ...] = get_args(Resolution)

GRID = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 20, 24, 29, 35, 42)
# A topic of fewer documents on average is an event, not a theme: ten topics need eighty documents.
DOCUMENTS_PER_TOPIC = 8
# The price of the largest topic's share.
LARGEST_PRICE = 1.3
# The price of a number, times its logarithm, up to so many documents; beyond, it falls with their root, since more documents
# tell more topics apart. A lower price can only choose more topics, a higher one fewer.
NUMBER_PRICE = {"coarse": 0.4, "normal": 0.2, "fine": 0.05}
DOCUMENTS_AT_FULL_PRICE = 500
# Agreement of single points is uncertain, the more the lower it is: each takes this share of what it lacks from either
# neighbour, a third at most.
SMOOTHING = 0.5
# In corpora of more than so many documents the largest of the numbers that are as good within the tie is taken: a reader can
# merge topics but not split them.
TIE = 0.03
LEAST_DOCUMENTS_FOR_TIE = 700
# Beyond this many documents the curve is drawn on a sample: the number of themes does not grow with every document.
MOST_DOCUMENTS = 1_200
SAMPLES = 4
SAMPLE_SHARE = 0.8
# The number that is used is judged topic by topic on more of them, since samples of a sample agree less with the whole.
MOST_JUDGED = 3_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One point of the curve: stability (agreement on unseen documents), coherence (NPMI in [-1, 1]), largest share, score."""

    topics: int
    stability: float
    coherence: float
    largest_share: float
    score: float
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Stability:
    """Of one number of topics: agreement of each topic's terms with the samples' fits, and held-out coherence."""

    by_topic: Floats
    coherence: float


def choose_number(
    corpus: Corpus, presence: Sparse, engine: Engine, resolution: Resolution = "normal"
) -> list[Choice]:
    """The curve, one point chosen. Too few documents for any point of the grid gives one point, of two topics."""
    documents = presence.shape[0]
    corpus, presence = _sampled(corpus, presence, MOST_DOCUMENTS)
    n = presence.shape[0]
    numbers = [k for k in GRID if k * DOCUMENTS_PER_TOPIC <= n] or [min(2, n)]
    curve = draw_curve(corpus, presence, engine, numbers)
    scores = score(curve, resolution, documents)
    # Words that never go together better than by chance show no topics: then the fewest say least that is wrong.
    some = max(point.coherence for point in curve) > 0
    tie = TIE if documents > LEAST_DOCUMENTS_FOR_TIE else 0.0
    chosen = int(np.flatnonzero(scores >= scores.max() - tie)[-1]) if some else 0
    return [
        Choice(
            point.topics,
            max(0.0, point.agreement),
            point.coherence,
            point.largest,
            float(scores[i]),
            i == chosen,
        )
        for i, point in enumerate(curve)
    ]


def score(curve: Sequence[Evidence], resolution: Resolution, documents: int) -> Floats:
    """What each point is worth to a corpus of so many documents, six decimals."""
    numbers = np.log([point.topics for point in curve])
    worth = np.array([point.agreement - LARGEST_PRICE * point.largest for point in curve])
    if len(worth) > 2:
        beside = np.pad(worth, 1, mode="edge")
        lacking = 1.0 - np.clip([point.agreement for point in curve], 0.0, 1.0)
        taken = np.minimum(SMOOTHING * lacking, 1.0 / 3.0)
        worth = (1.0 - 2.0 * taken) * worth + taken * (beside[:-2] + beside[2:])
    price = NUMBER_PRICE[resolution] * min(1.0, DOCUMENTS_AT_FULL_PRICE / documents) ** 0.5
    scores: Floats = np.round(worth - price * numbers, 6)
    return scores


def judge_sampled(corpus: Corpus, presence: Sparse, engine: Engine, full: Integers) -> Stability:
    """`judge` for topics already ranked, on at most MOST_JUDGED documents."""
    corpus, presence = _sampled(corpus, presence, MOST_JUDGED)
    return judge(corpus, presence, engine, full)


def _sampled(corpus: Corpus, presence: Sparse, most: int) -> tuple[Corpus, Sparse]:
    n = presence.shape[0]
    if n <= most:
        return corpus, presence
    rows = np.linspace(0, n - 1, most).astype(np.int64)
    return corpus.take(rows), presence[rows]


def judge(corpus: Corpus, presence: Sparse, engine: Engine, full: Integers) -> Stability:
    """Stability and held-out coherence of topics whose ranking on all documents is `full`."""
    n, topics = presence.shape[0], len(full)
    matched, coherences = [], []
    for left_out in leave_out(n):
        kept = np.setdiff1d(np.arange(n), left_out)
        if len(kept) < max(topics, 2):
            continue
        ranked = top_terms(corpus.take(kept), presence[kept], engine, topics)
        matched.append(agreement([list(row) for row in full], [list(row) for row in ranked]))
        rows, columns = corpus.take(left_out).main_language()
        unseen = presence[left_out][rows][:, columns]
        coherences.append(
            float(np.mean([coherence(row, unseen, least_expected=1.0) for row in ranked]))
            if len(left_out) > 1
            else 0.0
        )
    if not matched:
        return Stability(np.zeros(topics), 0.0)
    return Stability(np.mean(matched, axis=0), float(np.mean(coherences)))


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

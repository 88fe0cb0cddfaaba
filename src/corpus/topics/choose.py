"""How many topics: fits over a grid, judged by how well they survive leaving texts out.

For each number of topics, the model is fitted on four samples of 80 % and compared with the fit on all (stability: mean Jaccard
index of the matched topics' ten first terms), and the terms of each sample's fit are tested on the 20 % it has not seen
(coherence: mean NPMI). Both fall as topics are added. The largest number is chosen that keeps most of either: readers can
merge topics but not split them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.topics.engines import Corpus, Engine, fit_engine, space_of
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.mixture import posterior
from corpus.topics.terms import TOP, Integers, agreement, coherence, documents_with_term, rank_terms

GRID = (2, 3, 4, 5, 7, 10, 15, 20, 30, 40)
# A topic needs about this many documents to be told from chance.
DOCUMENTS_PER_TOPIC = 20
SAMPLES = 4
SAMPLE_SHARE = 0.8
# A number is good while it keeps this share of the best stability and of the best coherence on the grid. On 3,300 French
# articles of eleven sections stability is 0.82 to 0.87 up to 7 topics and 0.62 at 10: the curve has a knee.
STABILITY_KEPT = 0.85
COHERENCE_KEPT = 0.7
# The grid is left once stability has fallen under this share of the best: it does not come back.
HOPELESS = 0.6
# Beyond this many documents the curve is drawn on a sample: the number of themes does not grow with every document.
MOST_DOCUMENTS = 2_000
# The one number that is used is judged on more of them, since samples of a sample agree less with the whole.
MOST_JUDGED = 5_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One point of the curve: stability in [0, 1], coherence (NPMI) in [-1, 1]."""

    topics: int
    stability: float
    coherence: float
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Stability:
    """Of one number of topics: agreement of each topic with the samples' fits, and held-out coherence."""

    by_topic: Floats
    coherence: float


def choose_number(
    corpus: Corpus, presence: Sparse, engine: Engine, grid: Sequence[int] = GRID
) -> list[Choice]:
    """The curve over a grid, one point chosen. Too few documents for any point of the grid gives one point."""
    corpus, presence = _sampled(corpus, presence, MOST_DOCUMENTS)
    n = presence.shape[0]
    numbers = [k for k in grid if k * DOCUMENTS_PER_TOPIC <= n] or [min(2, n)]
    curve = []
    for k in numbers:
        judged = judge(corpus, presence, engine, k)
        curve.append(Choice(k, float(np.round(judged.by_topic.mean(), 6)), round(judged.coherence, 6)))
        if curve[-1].stability < HOPELESS * max(choice.stability for choice in curve):
            break
    best_stability = max(choice.stability for choice in curve)
    best_coherence = max(choice.coherence for choice in curve)
    good = [
        i
        for i, choice in enumerate(curve)
        if choice.stability >= STABILITY_KEPT * best_stability
        and choice.coherence >= best_coherence - (1.0 - COHERENCE_KEPT) * abs(best_coherence)
    ]
    most_stable = max(range(len(curve)), key=lambda i: (curve[i].stability, -i))
    # Words that never go together better than by chance show no topics: then the fewest say least that is wrong.
    chosen = max(good, default=most_stable) if best_coherence > 0 else 0
    return [replace(choice, chosen=i == chosen) for i, choice in enumerate(curve)]


def judge_sampled(corpus: Corpus, presence: Sparse, engine: Engine, full: Integers) -> Stability:
    """`judge` for topics already ranked, on at most MOST_JUDGED documents."""
    corpus, presence = _sampled(corpus, presence, MOST_JUDGED)
    return judge(corpus, presence, engine, len(full), full)


def _sampled(corpus: Corpus, presence: Sparse, most: int) -> tuple[Corpus, Sparse]:
    n = presence.shape[0]
    if n <= most:
        return corpus, presence
    rows = np.linspace(0, n - 1, most).astype(np.int64)
    return corpus.take(rows), presence[rows]


def judge(
    corpus: Corpus, presence: Sparse, engine: Engine, topics: int, full: Integers | None = None
) -> Stability:
    """Stability and held-out coherence of one number of topics; `full` is the ranking of a fit on all, where there is one."""
    n = presence.shape[0]
    if full is None:
        full = top_terms(corpus, presence, engine, topics)
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

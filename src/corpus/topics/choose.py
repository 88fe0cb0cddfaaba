"""How many topics: the number whose topics a fit that has not seen a document finds again in it, none of them a heap.

Agreement alone is best for two topics, one of which holds nearly everything. Cut too high, a tree leaves such a heap; cut too
low, it leaves splinters beside what it has not cut: at the right number topics are nearest to one size. The score of a number
is agreement and the evenness of the topics' shares, less a price on splinters. What that was measured on stands in
`docs/benchmarks.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from corpus.topics.curve import Evidence, Forest, draw_curve
from corpus.topics.matrix import Floats, Sparse

Resolution = Literal["coarse", "normal", "fine"]
RESOLUTIONS: tuple[str, ...] = get_args(Resolution)

GRID = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 17, 20, 24, 29, 35, 42)
# A topic of fewer documents on average is an event, not a theme: ten topics need eighty documents…
DOCUMENTS_PER_TOPIC = 8
# … but eight may be the themes of a small folder: thirty pages of six themes, collected to see, have six topics.
FEW_TOPICS, DOCUMENTS_PER_FEW = 8, 5
# What evenness counts beside agreement: from 2 to 3 the numbers chosen are as good.
EVENNESS_WEIGHT = 3.0
# What splinters cost. Of mixed corpora the curve is often flat from ten topics to thirty, most of which no sample finds again:
# topics of fewer than sixteen documents on average cost this times DOCUMENTS_PER_TOPIC by their mean size, less ROOMY.
PRICE, ROOMY = 0.15, 0.5
# Agreement of single points is uncertain: half of it is taken from the two neighbours.
SMOOTHING = np.array([0.25, 0.5, 0.25])
# Of numbers whose scores are so near the best the largest is taken: a reader can merge topics but not split them.
TIE = 0.02
# `coarse` and `fine` are the smallest and the largest number whose score is so near the best.
NEARLY_AS_GOOD = 0.12


@dataclass(frozen=True, slots=True)
class Choice:
    """One point of the curve: stability (agreement on unseen documents), coherence (NPMI in [-1, 1]), largest share, score."""

    topics: int
    stability: float
    coherence: float
    largest_share: float
    score: float
    chosen: bool = False


def choose_number(
    forest: Forest,
    presence: Sparse,
    resolution: Resolution = "normal",
    met: Callable[[int], int] | None = None,
) -> list[Choice]:
    """The curve, one point chosen. Too few documents for any point of the grid gives one point, of two topics.

    `met` tells how many of a number of topics a user's wishes mean: of the numbers that are nearly as good as the best, one is
    taken that has most of them, so that names and merges find their topics again when documents are added.
    """
    n = len(forest.whole.rows)
    numbers = [k for k in GRID if documents_for(k) <= n] or [min(2, n)]
    curve = draw_curve(forest, presence, numbers)
    scores = score(curve, n)
    # Words that never go together better than by chance show no topics: then the fewest say least that is wrong.
    some = max(point.coherence for point in curve) > 0
    chosen = pick(scores, resolution) if some else 0
    if met is not None and some:
        near = np.flatnonzero(scores >= scores.max() - NEARLY_AS_GOOD).tolist()
        chosen = max(near, key=lambda place: (met(numbers[place]), place == chosen, scores[place]))
    return [
        Choice(
            point.topics,
            max(0.0, point.agreement),
            point.coherence,
            max(point.shares),
            float(scores[i]),
            i == chosen,
        )
        for i, point in enumerate(curve)
    ]


def documents_for(topics: int) -> int:
    """The fewest documents in which so many topics are looked for."""
    return topics * (DOCUMENTS_PER_FEW if topics <= FEW_TOPICS else DOCUMENTS_PER_TOPIC)


def score(curve: Sequence[Evidence], documents: int) -> Floats:
    """What each point is worth, six decimals."""
    agreement = np.pad([point.agreement for point in curve], 1, mode="edge")
    even = np.array([evenness(point.shares) for point in curve])
    crowded = DOCUMENTS_PER_TOPIC * np.array([point.topics for point in curve]) / documents
    agreed = np.convolve(agreement, SMOOTHING, mode="valid")
    price = PRICE * np.maximum(0.0, crowded - ROOMY)
    scores: Floats = np.round(agreed + EVENNESS_WEIGHT * even - price, 6)
    return scores


def pick(scores: Floats, resolution: Resolution) -> int:
    """The place of the last score that is as good as the best, or of the first or last one that is nearly as good."""
    least = scores.max() - (TIE if resolution == "normal" else NEARLY_AS_GOOD)
    near = np.flatnonzero(scores >= least)
    return int(near[0 if resolution == "coarse" else -1])


def evenness(shares: Sequence[float]) -> float:
    """The entropy of the topics' shares, over that of as many equal ones: 1 where all are as large, 0 where one is all."""
    some = np.array([share for share in shares if share > 0])
    return float(-(some * np.log(some)).sum() / np.log(max(len(shares), 2)))

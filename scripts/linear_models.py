"""Two linear models, fitted by L-BFGS on sparse features and rounded to whole thousandths.

`fit_choice`: multinomial logistic regression. `fit_ranking`: conditional logit (D. McFadden, "Conditional logit analysis of
qualitative choice behavior", 1974): a softmax over the candidates of each group, whose number differs from group to group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

SCALE = 1000
ITERATIONS = 100


def vocabulary(rows: Sequence[Sequence[str]], least: int) -> dict[str, int]:
    """Number the features that stand in at least `least` rows, in alphabetical order."""
    counts = Counter(feature for row in rows for feature in set(row))
    return {feature: k for k, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(rows: Sequence[Sequence[str]], numbers: dict[str, int]) -> Any:
    """The rows as a sparse matrix of zeros and ones."""
    columns: list[int] = []
    pointers = [0]
    for row in rows:
        columns.extend(sorted({numbers[feature] for feature in row if feature in numbers}))
        pointers.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(rows), len(numbers)))


def fit_choice(
    rows: Sequence[Sequence[str]],
    targets: Sequence[int],
    classes: int,
    *,
    counts: Sequence[float],
    penalty: float = 1.0,
    least: int = 2,
    loudness: Callable[[str], float] = lambda feature: 1.0,
) -> dict[str, list[int]]:
    """Weights in thousandths, one list a feature, of a choice among `classes` classes; each row counts as `counts` says.

    A feature of loudness 0.5 pays four times the penalty for the same weight: many features that each tell little stay quiet.
    """
    numbers = vocabulary(rows, least)
    loud = np.asarray([loudness(feature) for feature in numbers])
    x = (matrix(rows, numbers) @ diags(loud)).tocsr()
    transposed = x.T.tocsr()
    wanted = np.zeros((len(rows), classes))
    wanted[np.arange(len(rows)), np.asarray(targets)] = 1
    each = np.asarray(counts, dtype=float)

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(len(numbers), classes)
        totals = x @ weights
        totals -= totals.max(axis=1, keepdims=True)
        powers = np.exp(totals)
        chances = powers / powers.sum(axis=1, keepdims=True)
        value = -(each * np.log((chances * wanted).sum(axis=1) + 1e-12)).sum() + 0.5 * penalty * (flat @ flat)
        return value, (transposed @ (each[:, None] * (chances - wanted)) + penalty * weights).ravel()

    found = minimize(
        loss, np.zeros(len(numbers) * classes), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    )
    whole = np.rint(found.x.reshape(len(numbers), classes) * loud[:, None] * SCALE).astype(int)
    return {feature: whole[k].tolist() for feature, k in numbers.items() if np.abs(whole[k]).max() >= 5}


def fit_ranking(
    groups: Sequence[Sequence[Sequence[str]]],
    right: Sequence[Sequence[bool]],
    *,
    counts: Sequence[float],
    penalty: float = 1.0,
    least: int = 2,
) -> dict[str, int]:
    """Weights in thousandths of a choice among the candidates of each group; `right` marks those that may be chosen.

    Each group counts as `counts` says.
    """
    rows = [candidate for group in groups for candidate in group]
    starts = np.cumsum([0, *(len(group) for group in groups)])[:-1]
    sizes = np.asarray([len(group) for group in groups])
    gold = np.asarray([flag for group in right for flag in group], dtype=float)
    each = np.asarray(counts, dtype=float)
    of_rows = np.repeat(each, sizes)
    numbers = vocabulary(rows, least)
    x = matrix(rows, numbers)
    transposed = x.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        totals = x @ weights
        powers = np.exp(totals - np.repeat(np.maximum.reduceat(totals, starts), sizes))
        chances = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        good = np.add.reduceat(chances * gold, starts) + 1e-12
        gradient = transposed @ (of_rows * (chances - chances * gold / np.repeat(good, sizes)))
        value = -(each * np.log(good)).sum() + 0.5 * penalty * (weights @ weights)
        return value, gradient + penalty * weights

    found = minimize(
        loss, np.zeros(len(numbers)), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    )
    whole = np.rint(found.x * SCALE).astype(int)
    return {feature: int(whole[k]) for feature, k in numbers.items() if abs(whole[k]) >= 5}

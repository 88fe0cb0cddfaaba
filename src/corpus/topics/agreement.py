"""How far two partitions of the same documents agree beyond chance: adjusted mutual information.

N. X. Vinh, J. Epps and J. Bailey, "Information Theoretic Measures for Clusterings Comparison", JMLR 11 (2010). scikit-learn has
it too, and takes longer to load than the whole curve of the number of topics to draw.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
_LEAST = float(np.finfo(np.float64).eps)


def agreement(first: Labels, second: Labels) -> float:
    """Adjusted mutual information of two labels for each document, against the mean of their entropies: 1 for the same
    partition, 0 for what chance gives, below it for less.

    >>> import numpy as np
    >>> from corpus.topics.agreement import agreement
    >>> agreement(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3])), agreement(np.array([0, 0, 0]), np.array([0, 1, 2]))
    (1.0, 0.0)
    """
    table = _table(first, second)
    if np.count_nonzero(table) == table.shape[0] == table.shape[1]:
        return 1.0  # the same; of as many labels as documents chance gives that too
    if 1 in table.shape:
        return 0.0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = _expected(rows, columns)
    usual = (_entropy(rows) + _entropy(columns)) / 2
    above, most = _away_from_zero(_information(table) - expected), _away_from_zero(usual - expected)
    return above / most


def _table(first: Labels, second: Labels) -> Labels:
    """How many documents each pair of labels has."""
    (_, rows), (_, columns) = (np.unique(labels, return_inverse=True) for labels in (first, second))
    shape = (int(rows.max(initial=-1)) + 1, int(columns.max(initial=-1)) + 1)
    return np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)


def _information(table: Labels) -> float:
    """Mutual information in nats."""
    total = table.sum()
    row, column = np.nonzero(table)
    held = table[row, column]
    chance = table.sum(axis=1)[row] * table.sum(axis=0)[column]
    return max(0.0, float((held / total * (np.log(held) + np.log(total) - np.log(chance))).sum()))


def _entropy(sizes: Labels) -> float:
    shares = sizes / sizes.sum()
    return float(-(shares * np.log(shares)).sum())


def _expected(rows: Labels, columns: Labels) -> float:
    """The mutual information of two partitions of these sizes by chance, in nats: each number of documents that a pair of labels
    may share, times how likely it is in the hypergeometric model."""
    from scipy.special import gammaln

    total = int(rows.sum())
    factorials = gammaln(np.arange(total + 1) + 1.0)  # logarithms
    shared = np.arange(1, int(max(rows.max(), columns.max())) + 1)
    first, second = rows[:, None, None], columns[None, :, None]
    possible = (shared <= np.minimum(first, second)) & (shared >= first + second - total)
    i, j, k = np.nonzero(possible)
    a, b, n = rows[i], columns[j], shared[k]
    likely = factorials[a] + factorials[b] + factorials[total - a] + factorials[total - b]
    likely -= factorials[total] + factorials[n] + factorials[a - n] + factorials[b - n]
    likely -= factorials[total - a - b + n]
    told = np.log(total) + np.log(n) - np.log(a) - np.log(b)
    return float((n / total * told * np.exp(likely)).sum())


def _away_from_zero(number: float) -> float:
    """A difference of two that are equal but for rounding counts as the least there is, with its sign."""
    return min(number, -_LEAST) if number < 0 else max(number, _LEAST)

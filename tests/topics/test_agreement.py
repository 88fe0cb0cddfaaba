"""Agreement of two partitions: the same number as scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from corpus.topics.agreement import agreement


@pytest.mark.parametrize("documents", [5, 40, 300])
@pytest.mark.parametrize("topics", [1, 2, 7, 30])
@pytest.mark.parametrize("kept", [0.0, 0.6, 1.0])
def test_agreement_is_adjusted_mutual_information(documents: int, topics: int, kept: float) -> None:
    draw = np.random.default_rng(documents * topics)
    first = draw.integers(0, topics, documents)
    second = np.where(draw.random(documents) < kept, first, draw.integers(0, topics + 1, documents))
    assert agreement(first, second) == pytest.approx(adjusted_mutual_info_score(first, second), abs=1e-9)


def test_a_partition_agrees_with_itself_and_labels_are_only_names() -> None:
    first = np.array([4, 4, 9, 9, 9, 2])
    assert agreement(first, 20 - first) == 1.0
    assert agreement(np.arange(10), np.arange(10)[::-1]) == 1.0
    assert agreement(first, np.zeros(6, dtype=np.int64)) == 0.0


def test_what_chance_gives_is_no_agreement() -> None:
    draw = np.random.default_rng(1)
    values = [agreement(draw.integers(0, 8, 200), draw.integers(0, 8, 200)) for _ in range(40)]
    assert abs(np.mean(values)) < 0.01

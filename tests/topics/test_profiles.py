"""Intervals of prevalence hold what they should: documents are drawn from distributions whose means are known."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.topics.profiles import value_rows

DRAWS = 400


@pytest.mark.parametrize("documents", [12, 60])
def test_intervals_hold_the_truth_about_as_often_as_they_say(documents: int) -> None:
    chance = np.random.default_rng(documents)
    # What documents of two outlets have of three topics, on average.
    truth = {"A": np.array([0.6, 0.3, 0.1]), "B": np.array([0.2, 0.3, 0.5])}
    values = ["A"] * documents + ["B"] * documents
    held = total = 0
    for _ in range(DRAWS):
        weights = np.vstack([chance.dirichlet(3 * means, documents) for means in truth.values()])
        member = np.eye(3)[weights.argmax(axis=1)]
        for topic, _, value, *_, low, high in value_rows("outlet", values, weights, member, 0):
            held += low <= truth[value][topic] <= high
            total += 1
    assert total == DRAWS * 6
    # Shares near 0 are skewed: of a dozen documents a Student interval holds the mean a little less often.
    assert 0.90 <= held / total <= 0.97


def test_a_difference_is_told_by_chi_square() -> None:
    weights = np.array([[0.9, 0.1]] * 30 + [[0.1, 0.9]] * 30)
    values = ["A"] * 30 + ["B"] * 30
    rows = list(value_rows("outlet", values, weights, np.eye(2)[weights.argmax(axis=1)], 0))
    chi2 = {(topic, value): found for topic, _, value, found, *_ in rows}
    assert chi2[0, "A"] == chi2[1, "B"] == pytest.approx(60.0)
    assert chi2[0, "B"] == pytest.approx(-60.0)

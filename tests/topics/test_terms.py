from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix

from corpus.topics.terms import coherence, documents_with_term, pairwise_npmi, rank_terms


def ranked(presence: np.ndarray, memberships: np.ndarray, depth: int) -> tuple[np.ndarray, np.ndarray]:
    sparse = csr_matrix(presence.astype(float))
    held = documents_with_term(sparse, memberships)
    return rank_terms(held, memberships.sum(axis=0), sparse, presence.sum(axis=0), depth)


def test_of_equally_frequent_words_those_that_go_together_come_first() -> None:
    # Forty documents of a topic: words 0 to 3 share the first ten, words 4 to 6 stand in ten others each.
    presence = np.zeros((80, 8))
    presence[:10, :4] = 1
    for word, start in ((4, 10), (5, 20), (6, 30)):
        presence[start : start + 10, word] = 1
    presence[40:, 7] = 1
    memberships = np.zeros((80, 2))
    memberships[:40, 0] = memberships[40:, 1] = 1
    terms, weights = ranked(presence, memberships, 7)
    assert set(terms[0, :4]) == {0, 1, 2, 3}
    assert terms[1, 0] == 7
    assert weights[0, 0] == 1.0
    assert weights[0, 3] > weights[0, 4]


@given(
    arrays(np.float64, (12, 9), elements=st.sampled_from([0.0, 1.0])),
    st.integers(1, 4),
    st.integers(1, 12),
)
def test_terms_are_distinct_and_weights_fall(presence: np.ndarray, topics: int, depth: int) -> None:
    memberships = np.eye(topics)[np.arange(12) % topics]
    terms, weights = ranked(presence, memberships, depth)
    assert terms.shape == weights.shape == (topics, min(depth, 9))
    assert all(len(set(row)) == len(row) for row in terms)
    assert np.isfinite(weights).all()
    assert (np.diff(weights, axis=1) <= 0).all()
    assert (weights[:, 0] == 1.0).all()


@given(arrays(np.float64, (10, 5), elements=st.sampled_from([0.0, 1.0])))
def test_npmi_is_that_of_its_definition(presence: np.ndarray) -> None:
    found = pairwise_npmi(csr_matrix(presence))
    for a, b in itertools.combinations(range(5), 2):
        both, one, other = presence[:, a] @ presence[:, b], presence[:, a].sum(), presence[:, b].sum()
        expected = float(both == 10) * 2 - 1
        if both not in (0, 10):
            expected = np.log(both * 10 / (one * other)) / -np.log(both / 10)
        assert found[a, b] == found[b, a] == pytest.approx(expected)


def test_coherence_is_the_mean_over_pairs() -> None:
    presence = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float))
    assert coherence([0, 1], presence) == pytest.approx(1.0)
    assert coherence([0, 1, 2], presence) == pytest.approx((1 - 1 - 1) / 3)
    assert coherence([0, 2], presence, least_expected=1.0) == 0.0
    assert coherence([0], presence) == 0.0

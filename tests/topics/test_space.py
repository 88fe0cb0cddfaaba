"""The latent space is the truncated singular value decomposition, whichever way it is worked out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpus.topics.space import decompose


@pytest.mark.parametrize("rank", [40, 6])
@pytest.mark.parametrize("shape", [(40, 90), (90, 40)])
def test_the_largest_triplets_are_those_of_a_whole_decomposition(shape: tuple[int, int], rank: int) -> None:
    chance = np.random.default_rng(4)
    dense = chance.random((shape[0], rank)) @ chance.random((rank, shape[1]))
    found = decompose(csr_matrix(dense), 10)
    expected = np.linalg.svd(dense, compute_uv=False)[:10]
    assert found.singular == pytest.approx(np.where(expected > 1e-6, expected, 0.0), abs=1e-6)
    spanned = found.singular > 1e-6
    assert spanned.sum() == min(rank, 10)
    right = found.right[spanned]
    assert right @ right.T == pytest.approx(np.eye(len(right)), abs=1e-8)
    assert np.linalg.norm(dense @ right.T, axis=0) == pytest.approx(found.singular[spanned])


def test_documents_that_span_less_than_the_space_stand_nowhere_else() -> None:
    dense = np.zeros((30, 60))
    dense[:, :2] = np.arange(60).reshape(30, 2) + 1
    found = decompose(csr_matrix(dense), 5)
    assert np.abs(dense @ found.right[2:].T).max() < 1e-6

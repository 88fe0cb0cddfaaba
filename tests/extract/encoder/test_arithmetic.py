"""Sums of products have the same bits in whatever order they are made, and what comes out is near the exact result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.encoder.arithmetic import LEVELS, attention, gelu, linear, normalised, tanh, whole

SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed: int, *shape: int, scale: float = 1.0) -> np.ndarray:
    return (np.random.default_rng(seed).standard_normal(shape) * scale).astype(np.float32)


def product(
    seed: int, outputs: int, inputs: int, levels: int = LEVELS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    weights = drawn(seed + 1, outputs, inputs)
    steps = np.abs(weights).max(axis=1) / np.float32(levels)
    return np.rint(weights / steps[:, None]).astype(np.float32), steps, drawn(seed + 2, outputs)


@given(SEEDS, st.sampled_from([(384, LEVELS), (1536, 84)]))
def test_the_order_of_a_sum_changes_no_bit(seed: int, size: tuple[int, int]) -> None:
    inputs, levels = size
    x, (weights, steps, bias) = drawn(seed, 5, inputs), product(seed, 7, inputs, levels)
    order = np.random.default_rng(seed).permutation(inputs)
    turned = linear(x[:, order], np.ascontiguousarray(weights[:, order]), steps, bias)
    assert turned.tobytes() == linear(x, weights, steps, bias).tobytes()


@pytest.mark.parametrize(("inputs", "levels"), [(384, LEVELS), (768, LEVELS), (1536, 84)])
def test_the_largest_sum_is_held_exactly(inputs: int, levels: int) -> None:
    assert inputs * LEVELS * levels < 2**24


@given(SEEDS)
def test_a_product_is_near_the_exact_one(seed: int) -> None:
    x, (weights, steps, bias) = drawn(seed, 5, 384), product(seed, 7, 384)
    exact = x.astype(np.float64) @ (weights * steps[:, None]).astype(np.float64).T + bias
    assert np.abs(linear(x, weights, steps, bias) - exact).max() < 1.0  # of sums with a spread of 20


@given(SEEDS, st.integers(2, 60))
def test_the_order_of_what_is_attended_to_changes_no_bit(seed: int, pieces: int) -> None:
    queries, keys, values = (drawn(seed + k, 3, pieces, 32) for k in range(3))
    order = np.random.default_rng(seed).permutation(pieces)
    turned = attention(queries, keys[:, order], values[:, order])
    assert turned.tobytes() == attention(queries, keys, values).tobytes()


@given(SEEDS)
def test_attention_is_near_the_exact_one(seed: int) -> None:
    queries, keys, values = (drawn(seed + k, 2, 20, 32).astype(np.float64) for k in range(3))
    scores = queries @ keys.transpose(0, 2, 1) / np.sqrt(32)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    exact = shares / shares.sum(-1, keepdims=True) @ values
    made = attention(*(x.astype(np.float32) for x in (queries, keys, values)))
    assert np.abs(made - exact).max() < 0.1


@given(SEEDS)
def test_rows_are_whole_numbers_within_their_levels(seed: int) -> None:
    numbers, step = whole(drawn(seed, 4, 50, scale=1e4))
    assert (numbers == np.rint(numbers)).all()
    assert np.abs(numbers).max() == LEVELS
    assert (step > 0).all()


def test_a_row_of_zeros_stays_one() -> None:
    numbers, _ = whole(np.zeros((2, 8), dtype=np.float32))
    assert not numbers.any()


def test_functions_are_near_the_exact_ones() -> None:
    from scipy.special import erf

    x = np.linspace(-14, 14, 4001, dtype=np.float32)
    exact = x * 0.5 * (1 + erf(x / np.sqrt(2)))
    assert np.abs(gelu(x) - exact).max() < 0.01
    assert np.abs(tanh(x) - np.tanh(x)).max() < 0.01


def test_normalised_rows_have_the_mean_and_spread_that_are_asked() -> None:
    x = drawn(4, 6, 384, scale=30.0)
    made = normalised(x, np.full(384, 2, np.float32), np.full(384, 1, np.float32), 1e-12)
    assert made.mean(axis=1) == pytest.approx(1, abs=1e-4)
    assert made.std(axis=1) == pytest.approx(2, abs=1e-3)

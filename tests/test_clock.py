"""The measure of growth that other tests trust."""

from __future__ import annotations

from tests.clock import grows


def test_linear_work_is_told_from_quadratic_work() -> None:
    def linear(size: int) -> int:
        return sum(range(50 * size))

    def quadratic(size: int) -> int:
        return sum(sum(range(size)) for _ in range(size))

    assert grows(linear, 20_000, 60_000) <= 6
    assert grows(quadratic, 1_500, 4_500) > 6

"""A worker that held much for one task holds little in the next."""

from __future__ import annotations

import sys

import pytest

from corpus.run.give_back import resident
from corpus.run.pool import WorkerPool

MB = 1 << 20
LASTING: list[bytes] = []


def hold(megabytes: int) -> int:
    """Take memory, free nearly all of it, and say how much the process held meanwhile: what is left lies at its end."""
    held = [bytes(2_000) for _ in range(megabytes * MB // 2_000)]
    LASTING.append(held[-1])
    return resident()


def held_now() -> int:
    return resident()


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not say what a process holds")
def test_a_worker_gives_back_what_a_task_held() -> None:
    with WorkerPool(1) as pool:
        before = pool.submit(held_now).result()
        during = pool.submit(hold, 200).result()
        after = pool.submit(held_now).result()
    assert during > before + 150 * MB
    assert after < before + 50 * MB

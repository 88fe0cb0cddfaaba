"""Bounds on CPU time that hold on any machine.

A test names the seconds that one machine takes at most. Where more were taken, this machine is measured there and then, by work
that never changes, and the bound grows with it: a machine that is slow, or slow just now, fails no test; work that grows with the
square of its input still does.
"""

from __future__ import annotations

import re
import time
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WORK = "Le 3 mars 2024, la société a levé 12,5 millions d’euros. " * 2_000
_PATTERN = re.compile(r"(?i)\b\d+(?:,\d+)?\s+(?:millions?|milliards?)\b|\w+’\w+|[a-zé]+(?=[.,])")
_SECONDS = 0.03
"""What one turn of the work takes on the machine that the bounds were set on."""


def slowness() -> float:
    """How many times slower than the machine of the bounds this one is; never less than 1."""
    began = time.process_time()
    for _ in range(5):
        words: dict[str, int] = {}
        for found in _PATTERN.finditer(_WORK):
            words[found.group()] = words.get(found.group(), 0) + found.start() % 7
    return max(1.0, (time.process_time() - began) / 5 / _SECONDS)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """What is done inside takes at most `seconds` of CPU time, as the machine of the bounds counts them."""
    began = time.process_time()
    yield
    taken = time.process_time() - began
    if taken > seconds:
        slow = slowness()
        assert taken <= 2 * seconds * slow, (
            f"took {taken:.1f} CPU seconds, on a machine {slow:.1f} times slower"
        )


_TURNS = 8
_NOISE = 0.03
"""Seconds that a small time is forgiven."""


def grows(work: Callable[[int], object], small: int, large: int) -> float:
    """How many times as long `work(large)` takes as `work(small)`, in CPU time: the least of each, measured in turns.

    Were one measured behind the other, a machine that is slow for some seconds would make linear work look worse. Turns end when
    the growth is at most twice that of linear work, or after eight.
    """
    enough = 2 * large / small
    least = {small: float("inf"), large: float("inf")}
    for _ in range(_TURNS):
        for size in least:
            taken = timeit.timeit(lambda size=size: work(size), timer=time.process_time, number=1)
            least[size] = min(least[size], taken)
        if least[large] <= enough * least[small] + _NOISE:
            break
    return max(0.0, least[large] - _NOISE) / max(least[small], 1e-9)

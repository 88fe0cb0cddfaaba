"""Bounds on CPU time that hold on any machine.

A test names the seconds that one machine takes at most. Where more were taken, this machine is measured there and then, by work
that never changes, and the bound grows with it: a machine that is slow, or slow just now, fails no test; work that grows with the
square of its input still does.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
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

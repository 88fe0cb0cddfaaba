"""The bound that a call into C cannot pass: the kernel ends a process that computes for too long with one document in hand.

`timelimit` needs the interpreter to come by; a pattern that backtracks for ever holds it. What is ended so has died of its
document, and costs that one alone (`run/beacon.py`). Only processes whose death is looked after are bound: the workers of a run.
"""

from __future__ import annotations

import math
import os
import time
from functools import cache

try:
    import resource
except ImportError:  # a system without such limits
    resource = None  # type: ignore[assignment]

TIMES = 2
MORE = 2
"""So many times its own limit on each core, and so many seconds more, before a document's process is ended: a library may use
all cores, and what Python can stop, it stops."""
_bound = False


@cache
def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bind_this_process() -> None:
    """Let `allow` bind this process from now on."""
    global _bound
    _bound = resource is not None


def allow(seconds: float | None) -> None:
    """Let this process compute for so long until it is asked again, or dies; None: for ever."""
    if not _bound:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = resource.RLIM_INFINITY
    if seconds is not None:
        end = math.ceil(time.process_time() + TIMES * seconds * available_cores() + MORE)
    if most != resource.RLIM_INFINITY:
        end = most if end == resource.RLIM_INFINITY else min(end, most)
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))

"""The bounds that a call into C cannot pass: what computes too long, or takes too much memory, with one document in hand ends.

`timelimit` needs the interpreter to come by; a pattern that backtracks for ever holds it, and a page that unpacks to gigabytes
fills the machine before. What is ended so has died of its document, and costs that one alone (`run/beacon.py`). Only processes
whose death is looked after are bound: the workers of a run.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import threading
import time
from functools import cache
from pathlib import Path

from corpus.run.thread_timer import RINGS, ThreadTimer

try:
    import resource
except ImportError:  # a system without such limits
    resource = None  # type: ignore[assignment]

MORE = 1
"""Seconds beyond its own limit before a document's process is ended: what Python can stop, it stops."""
TIMES = 2
"""So many times its limit on each core it may have where the system counts a process and no single thread: a library may use all
cores."""
ALLOWANCE = 5_000_000
"""Characters, or bytes, for each of which a long document may take its limit once more: its size is bounded elsewhere."""
MEMORY = 450_000_000
"""Bytes that a process may take beyond what it had when it took up a document."""
AT_LEAST = 950_000_000
"""Bytes that it may have in any case: with its first document come word lists, weights and a parser, some 400 megabytes."""
BYTES_OF_SIZE = 20
"""And so many for each byte of the document, or of the file it is read from: a long page is a tree of many nodes."""
TOGETHER = 4
"""So many times as much for documents that are worked on at once."""
LOOK = 0.05
"""Seconds between two looks at the memory."""
OUT_OF_TIME = -(RINGS if sys.platform == "linux" else getattr(signal, "SIGXCPU", RINGS))
"""The exit code of a process that computed beyond its bound."""
_STATM = Path("/proc/self/statm")
_bound = False
_most_memory: float = math.inf


@cache
def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bind_this_process() -> None:
    """Let `allow` bind this process from now on."""
    global _bound
    _bound = resource is not None
    if _bound and _STATM.exists():
        threading.Thread(target=_look_at_memory, name="memory", daemon=True).start()


def allow(seconds: float | None, documents: int = 1, size: int = 0) -> None:
    """Let this process compute for so long, for each of `documents`, until it is asked again, or dies; None: for ever.

    Its memory may grow as they may need it that are of `size` bytes or characters together.
    """
    if not _bound:
        return
    _allow_time(seconds * (documents + size // ALLOWANCE) if seconds is not None else None)
    _allow_memory(documents, size, seconds is not None)


def _allow_time(seconds: float | None) -> None:
    timer = _timer()
    if timer is not None:
        timer.set(0 if seconds is None else seconds + MORE)
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = resource.RLIM_INFINITY
    if seconds is not None:
        end = math.ceil(time.process_time() + TIMES * seconds * available_cores() + MORE)
    if most != resource.RLIM_INFINITY:
        end = most if end == resource.RLIM_INFINITY else min(end, most)
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))


@cache
def _timer() -> ThreadTimer | None:
    """The timer of this process's working thread; None where the system has none."""
    try:
        return ThreadTimer()
    except OSError:
        return None


def _allow_memory(documents: int, size: int, bound: bool) -> None:
    global _most_memory
    _most_memory = math.inf
    if bound and _STATM.exists():
        more = MEMORY * (TOGETHER if documents > 1 else 1)
        _most_memory = max(_memory() + more, AT_LEAST) + BYTES_OF_SIZE * size


def _memory() -> int:
    """Bytes of this process that lie in memory."""
    return int(_STATM.read_bytes().split()[1]) * resource.getpagesize()


def _look_at_memory() -> None:
    while True:
        time.sleep(LOOK)
        if _memory() > _most_memory:
            os.kill(os.getpid(), signal.SIGKILL)

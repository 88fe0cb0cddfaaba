"""A limit on the work one document may take, in whatever thread it is read.

Work is the CPU time of the thread, not the time of day: a document that an idle machine reads is read on a busy one too. One
thread a process looks at the working threads' clocks and raises `TimeLimitExceeded` in the one that spent too much, at its next
bytecode. A signal would do in the main thread only, and a Dask worker runs its tasks in another one; a timer a document would
cost more than reading a short one. A single call into C is not interrupted; readers bound their sizes for that.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.run.hardlimit import ALLOWANCE

TICK = 0.1
"""Seconds between two looks at the clocks: limits are kept to within this."""


class TimeLimitExceeded(BaseException):
    """Raised inside the block that took too long; not an Exception, so that no reader's handler swallows it."""


@dataclass(slots=True)
class _Limit:
    """A running block: the lock of the watchdog decides whether it ended or was stopped first."""

    thread: int
    clock: int | None
    deadline: float
    fired: bool = False


def _clock_of(thread: int) -> int | None:
    """The CPU clock of a running thread; None where the system has none that another thread can read (macOS, Windows)."""
    return time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else None


def _spent(clock: int | None) -> float:
    """Seconds of CPU that a thread has spent; where it has no clock, its process."""
    return time.process_time() if clock is None else time.clock_gettime(clock)


class _Watchdog:
    """The limits of this process, and the thread that looks after them while there are any."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.limits: list[_Limit] = []
        self.running = False

    def begin(self, seconds: float) -> _Limit:
        thread = threading.get_ident()
        clock = _clock_of(thread)
        limit = _Limit(thread, clock, _spent(clock) + seconds)
        with self.lock:
            self.limits.append(limit)
            if not self.running:
                self.running = True
                threading.Thread(target=self._look, name="time-limits", daemon=True).start()
        return limit

    def end(self, limit: _Limit) -> None:
        with self.lock:
            self.limits.remove(limit)
            if limit.fired:  # raised, but perhaps not delivered yet: take it back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(limit.thread), None)

    def _look(self) -> None:
        while True:
            time.sleep(TICK)
            with self.lock:
                for limit in self.limits:
                    if not limit.fired and _spent(limit.clock) > limit.deadline:
                        limit.fired = True
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(
                            ctypes.c_ulong(limit.thread), ctypes.py_object(TimeLimitExceeded)
                        )


_watchdog = _Watchdog()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in this thread when the block takes more than `seconds` of its CPU time."""
    limit = _watchdog.begin(seconds)
    try:
        yield
    finally:
        _watchdog.end(limit)


def seconds_for(size: int, seconds: float) -> float:
    """What a document of `size` characters or bytes may take where a short one may take `seconds`.

    >>> seconds_for(20_000, 20), seconds_for(30_000_000, 20)
    (20, 140)
    """
    return seconds * (1 + size // ALLOWANCE)

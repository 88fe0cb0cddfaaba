"""A limit on the time of computing that one document may take, in whatever thread it is read.

What counts is the processor time of that thread: a machine that is busy, paused or asleep must not decide what is in the tables.
(Where the system does not tell that of another thread, as on macOS, it is the time of the wall clock.)

One thread a process looks at the clocks and raises `TimeLimitExceeded` in the working thread, at its next bytecode. A signal
would do in the main thread only, and a Dask worker runs its tasks in another one; a timer a document would cost more than reading
a short one. A single call into C is not interrupted; readers bound their sizes for that.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

TICK = 0.1
"""Seconds between two looks at the clocks: limits are kept to within this."""
_WALL = time.CLOCK_MONOTONIC


class TimeLimitExceeded(BaseException):
    """Raised inside the block that took too long; not an Exception, so that no reader's handler swallows it."""


@dataclass(slots=True)
class _Limit:
    """A running block: the lock of the watchdog decides whether it ended or was stopped first."""

    thread: int
    clock: int
    deadline: float
    fired: bool = False


class _Watchdog:
    """The limits of this process, and the thread that looks after them while there are any."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.limits: list[_Limit] = []
        self.running = False

    def begin(self, seconds: float) -> _Limit:
        thread = threading.get_ident()
        clock = time.pthread_getcpuclockid(thread) if hasattr(time, "pthread_getcpuclockid") else _WALL
        limit = _Limit(thread, clock, time.clock_gettime(clock) + seconds)
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
                    if not limit.fired and time.clock_gettime(limit.clock) > limit.deadline:
                        limit.fired = True
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(
                            ctypes.c_ulong(limit.thread), ctypes.py_object(TimeLimitExceeded)
                        )


_watchdog = _Watchdog()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in this thread when the block computes for longer than `seconds`."""
    limit = _watchdog.begin(seconds)
    try:
        yield
    finally:
        _watchdog.end(limit)

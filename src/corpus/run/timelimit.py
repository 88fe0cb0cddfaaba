"""A limit on the time one document may take, in whatever thread it is read.

A timer thread raises `TimeLimitExceeded` in the working thread at its next bytecode. A signal would do in the main thread only,
and a Dask worker runs its tasks in another one. A single call into C is not interrupted; readers bound their sizes for that.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeLimitExceeded(BaseException):
    """Raised inside the block that took too long; not an Exception, so that no reader's handler swallows it."""


class _Watch:
    """Fires once, unless the block has ended: the lock decides which of the two came first."""

    def __init__(self, thread: int) -> None:
        self.thread, self.lock, self.ended, self.fired = thread, threading.Lock(), False, False

    def fire(self) -> None:
        with self.lock:
            if not self.ended:
                self.fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self.thread), ctypes.py_object(TimeLimitExceeded)
                )

    def end(self) -> None:
        with self.lock:
            self.ended = True
            if self.fired:  # raised but perhaps not yet delivered: take it back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in this thread when the block takes longer than `seconds`."""
    watch = _Watch(threading.get_ident())
    timer = threading.Timer(seconds, watch.fire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        watch.end()
        timer.cancel()

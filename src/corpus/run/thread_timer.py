"""A timer that counts the CPU time of one thread and ends the process when it runs out: Linux's timer_create(2).

The kernel keeps it, so it also ends what holds the interpreter for ever. `resource.RLIMIT_CPU` counts all threads of a process in
whole seconds, and `signal.setitimer` all threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

RINGS = getattr(signal, "SIGVTALRM", signal.SIGTERM)
"""How a process ends that the timer rings in. Not SIGXCPU, by which limits end it that others set, at whatever it has in hand."""


class _Event(ctypes.Structure):
    """`struct sigevent` of sigevent(7) on Linux: 64 bytes, of which the last are of no use here."""

    _fields_ = (
        ("value", ctypes.c_void_p),
        ("signo", ctypes.c_int),
        ("notify", ctypes.c_int),
        ("rest", ctypes.c_char * 48),
    )


class _Time(ctypes.Structure):
    """`struct timespec`."""

    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _Setting(ctypes.Structure):
    """`struct itimerspec`: rings once, after `value`."""

    _fields_ = (("interval", _Time), ("value", _Time))


class ThreadTimer:
    """Ends this process by RINGS when the thread that made the timer has computed for as long as it was set. Raises OSError."""

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise OSError("no timer that counts a thread")
        self._library = ctypes.CDLL(None, use_errno=True)
        self._timer = ctypes.c_void_p()
        event = _Event(None, RINGS, 0, b"")
        self._call(
            "timer_create", time.CLOCK_THREAD_CPUTIME_ID, ctypes.byref(event), ctypes.byref(self._timer)
        )

    def set(self, seconds: float) -> None:
        """Ring after so many seconds of CPU time from now; 0: never."""
        setting = _Setting(_Time(0, 0), _Time(int(seconds), int(seconds % 1 * 1e9)))
        self._call("timer_settime", self._timer, 0, ctypes.byref(setting), None)

    def _call(self, name: str, *arguments: object) -> None:
        function = getattr(self._library, name, None)  # not in every C library by this name
        if function is None or function(*arguments):
            raise OSError(ctypes.get_errno(), f"{name} failed ({os.strerror(ctypes.get_errno())})")

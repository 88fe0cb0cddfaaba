"""A process that does tasks: `python -m corpus.run.worker LINE LIFELINE`, started by `corpus.run.pool`.

It ends when the other end is closed: at once, whatever it is doing, when the process that started it is gone.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from multiprocessing.reduction import ForkingPickler
from typing import Any, NoReturn

from corpus.run.give_back import give_back, resident
from corpus.run.hardlimit import bind_this_process
from corpus.run.lean import keep_pandas_out
from corpus.run.line import end_with_parent, other_end

COLLECTED_AFTER = (500_000, 20, 100)
"""Objects, and rounds of the younger generations, after which rings of garbage are looked for: tasks make millions of small
objects and next to no rings, and the usual thresholds look through all word lists again and again, a fifth of the time; at a
tenth of this number it is two hundredths, in the same memory."""
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux's prctl(2)."""


def main() -> NoReturn:
    """Do one task after another until nobody is there to send one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*COLLECTED_AFTER)
    connection = other_end(sys.argv[1])
    _die_with_parent(sys.argv[2])
    bind_this_process()
    keep_pandas_out()
    try:
        sys.path[:] = connection.recv()
        held = resident()
        while True:
            data = connection.recv_bytes()
            connection.send_bytes(_answer(data))
            held = give_back(held)
    except (EOFError, OSError):
        # Nobody is there any more. Not by way of the interpreter's own end, which waits for whatever threads a library has left.
        sys.stderr.flush()
        os._exit(0)


def _answer(data: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(data)
        return bytes(ForkingPickler.dumps((True, function(*arguments))))
    except Exception as error:  # noqa: BLE001 - the contract of Executor: errors travel in the future
        return _error(error)


def _error(error: Exception) -> bytes:
    error.add_note("".join(traceback.format_exception(error)))
    try:
        data = bytes(ForkingPickler.dumps((False, error)))
        pickle.loads(data)
    except Exception:  # noqa: BLE001 - an exception that cannot travel is told in words
        told: Any = RuntimeError(f"{type(error).__name__}: {error}")
        return bytes(ForkingPickler.dumps((False, told)))
    return data


def _die_with_parent(lifeline: str) -> None:
    if sys.platform == "linux":
        # The kernel does it at once; the other way needs a moment in which no library holds the interpreter.
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    end_with_parent(lifeline)


if __name__ == "__main__":
    main()

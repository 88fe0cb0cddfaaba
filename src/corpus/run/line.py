"""The line between a run and a worker process: where systems differ in how a process is started and reached.

A worker gets one end of a pipe for its tasks, and one of a pipe into which nothing is ever written, its lifeline: that is closed
when the process that started it ends, however it does. The lifeline is not the standard input, for on Windows no library loads
while a thread waits for that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import Any

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Line

    def _handed_on(numbers: list[int]) -> dict[str, Any]:
        for number in numbers:
            os.set_handle_inheritable(number, True)
        handles = subprocess.STARTUPINFO(lpAttributeList={"handle_list": numbers})
        # A group of its own, as below; and no window.
        apart = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return {"startupinfo": handles, "creationflags": apart}

else:
    from multiprocessing.connection import Connection as Line

    def _handed_on(numbers: list[int]) -> dict[str, Any]:
        # A group of its own: Ctrl-C is for the run, which ends its workers itself.
        return {"pass_fds": numbers, "process_group": 0}


__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Started:
    """A worker process, our end of its line, and its lifeline."""

    process: subprocess.Popen[bytes]
    line: Line[Any, Any]
    lifeline: Line[Any, Any]

    def let_go(self) -> None:
        """Close the line and the lifeline, upon which the worker ends, whatever it is doing."""
        self.line.close()
        self.lifeline.close()


def start(module: str) -> Started:
    """A process that runs `python -m module LINE LIFELINE`. Raises OSError."""
    with ExitStack() as theirs, ExitStack() as ours:
        line, their_line = Pipe()
        ours.callback(line.close)
        theirs.callback(their_line.close)
        their_lifeline, lifeline = Pipe(duplex=False)
        ours.callback(lifeline.close)
        theirs.callback(their_lifeline.close)
        numbers = [their_line.fileno(), their_lifeline.fileno()]
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, numbers)],
            stdin=subprocess.DEVNULL,
            stdout=2,  # a library that prints must not write into the data of `--json`
            **_handed_on(numbers),
        )
        ours.pop_all()
        return Started(process, line, lifeline)


def other_end(number: str) -> Line[Any, Any]:
    """The worker's end of a line that it was started with."""
    return Line(int(number))


def end_with_parent(lifeline: str) -> None:
    """End this process when its lifeline does, even in the middle of a task: nothing may go on writing for a run that is gone."""
    end = Line(int(lifeline), writable=False)
    threading.Thread(target=_watch, args=(end,), name="parent", daemon=True).start()


def _watch(end: Line[Any, Any]) -> None:
    with suppress(EOFError, OSError):
        end.recv_bytes()
    os._exit(1)

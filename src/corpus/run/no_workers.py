"""A Dask scheduler that has nobody to work: a run waits for as long as it takes, but it says so."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

PATIENCE = 20.0
"""Seconds without any worker after which it is said: workers that a scheduler of jobs has ready join sooner."""
GLANCE = 1.0
"""Seconds between two looks at the scheduler's list of workers."""


class Client(Protocol):
    """What is needed of `distributed.Client`."""

    def nthreads(self) -> dict[str, int]:
        """The threads of each worker, by its address."""
        ...


@contextmanager
def told_of_no_workers(client: Client, address: str) -> Iterator[None]:
    """Say on standard error, once each time, that no worker has been there for `PATIENCE` seconds, and how to start one."""
    ended = threading.Event()
    watch = threading.Thread(
        target=_watch, args=(client, address, ended), name="workers of the cluster", daemon=True
    )
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(client: Client, address: str, ended: threading.Event) -> None:
    seen, said = time.monotonic(), False
    while not ended.wait(GLANCE):
        try:
            workers = client.nthreads()
        except (OSError, RuntimeError):  # a scheduler that is gone is told by the tasks that were given to it
            return
        if workers:
            seen, said = time.monotonic(), False
        elif not said and time.monotonic() - seen >= PATIENCE:
            print(_sentence(address), file=sys.stderr, flush=True)
            said = True


def _sentence(address: str) -> str:
    where = f"--scheduler-file {address}" if Path(address).is_file() else address
    return (
        f"corpus: the Dask scheduler at {address} has had no worker for {PATIENCE:.0f} seconds. Start one with: "
        f"dask worker {where} --nthreads 1; the run goes on when it joins."
    )

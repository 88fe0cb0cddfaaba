"""Processes that do tasks, each apart: one that dies costs its own task and nobody else's.

`concurrent.futures.ProcessPoolExecutor` fails every task when one process dies, and leaves its processes behind when the one
that started it is killed. Here a thread looks after each process: it knows which task was lost, and starts another process.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from corpus.errors import WorkerLostError
from corpus.run.hardlimit import OUT_OF_TIME
from corpus.run.line import Line, Started, start

Result = TypeVar("Result")
PATIENCE = 10.0
"""Seconds a process may take to end when nothing is asked of it any more."""
_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]


class WorkerDiedError(Exception):
    """The process that did a task died of it, or was killed meanwhile; `out_of_time` where the system ended it at its bound."""

    def __init__(self, message: str, out_of_time: bool = False) -> None:
        super().__init__(message)
        self.out_of_time = out_of_time


class WorkerPool(Executor):
    """An executor of `workers` processes, each started when there is work for it."""

    def __init__(self, workers: int) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._processes = [WorkerProcess() for _ in range(workers)]
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, args=(process,), name="worker", daemon=True)
            for process in self._processes
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Queue `fn(*args)`; the future fails with WorkerDiedError where its process dies. Keyword arguments are not taken."""
        if self._closed or kwargs:
            raise RuntimeError("the pool is closed, or was given keyword arguments")
        future: Future[Result] = Future()
        self._jobs.put((future, fn, args))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when the queue is done, or at once with `cancel_futures`."""
        self._closed = True
        if cancel_futures:
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is not None:
                    job[0].cancel()
            for process in self._processes:
                process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        """Wait for what was asked for; after an error nobody wants it any more."""
        self.shutdown(cancel_futures=error is not None)

    def _serve(self, process: WorkerProcess) -> None:
        while (job := self._jobs.get()) is not None:
            future, function, arguments = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(process.do(function, arguments))
            except BaseException as error:  # noqa: BLE001 - the contract of Executor: errors travel in the future
                future.set_exception(error)
        process.end()


class WorkerProcess:
    """One worker process, started when it is first needed and again when it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: Started | None = None
        self._killed = False

    def do(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """What the process answers; its exception where it raised one. Raises WorkerDiedError."""
        data = bytes(
            ForkingPickler.dumps((function, arguments))
        )  # a view would outlive its buffer where sending fails
        try:
            line = self._connected()
            line.send_bytes(data)
            fine, answer = pickle.loads(line.recv_bytes())
        except (EOFError, ConnectionError):
            code = self.end()
            raise WorkerDiedError("The process that worked on it died.", code == OUT_OF_TIME) from None
        if not fine:
            raise answer
        return answer

    def _connected(self) -> Line[Any, Any]:
        with self._lock:
            if self._killed:
                raise EOFError
            if self._started is None:
                try:
                    self._started = start("corpus.run.worker")
                except OSError as error:
                    raise WorkerLostError(
                        f"No process could be started to work ({os.strerror(error.errno or 0)}). Close other programs, or give "
                        "fewer --workers; the same command continues where it stood."
                    ) from error
                self._started.line.send(sys.path)
            return self._started.line

    def end(self) -> int | None:
        """Close the line, upon which the process ends, and wait until it has; its exit code, None where there was no process."""
        code = None
        with self._lock:
            if self._started is not None:
                self._started.let_go()
                try:
                    self._started.process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    self._started.process.kill()
                    self._started.process.wait()
                code = self._started.process.returncode
            self._started = None
        return code

    def kill(self) -> None:
        """End the process in the middle of its task."""
        with self._lock:
            self._killed = True
            if self._started is not None:
                self._started.process.kill()

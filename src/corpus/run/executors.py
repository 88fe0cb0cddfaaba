"""Where work is done: in processes of this machine, in this process, or on a Dask cluster, all behind `concurrent.futures`.

Nothing that is computed may depend on which of them it was.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from corpus.errors import SetupError, UsageError
from corpus.run.hardlimit import available_cores
from corpus.run.no_workers import told_of_no_workers
from corpus.run.pool import WorkerDiedError, WorkerPool, WorkerProcess

Result = TypeVar("Result")
Task = tuple[Any, ...]


class InProcess(Executor):
    """Runs a task when it is submitted, here: for tests, and for looking into a fault with a debugger."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run now; the future is done when it is returned, with the exception if there was one."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the contract of Executor: errors travel in the future
            future.set_exception(error)
        return future


class Apart(Executor):
    """Hands tasks to `executor`, whose workers are to do each in a process apart: one that dies of it is told and not the worker.

    What a Dask worker dies of is given to others, with all that waits there, until so many are dead that it counts as done for.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have `fn(*args)` done; keyword arguments are the executor's."""
        return self._executor.submit(do_apart, fn, *args, **kwargs)


_this_thread = threading.local()


def do_apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """What `function(*arguments)` gives in this thread's own process, which is kept for the next. Raises WorkerDiedError."""
    process: WorkerProcess | None = getattr(_this_thread, "process", None)
    if process is None:
        process = _this_thread.process = WorkerProcess()
    return process.do(function, arguments)


@contextmanager
def open_executor(workers: int | None, cluster: str | None) -> Iterator[Executor]:
    """An executor for a run: Dask's at `cluster`, else `workers` processes (None: one a core).

    `cluster` is the address of a scheduler, or the path of its file. One worker is a process of its own too: a document that
    kills it must not kill the run.
    """
    if cluster is not None:
        with _cluster_executor(cluster) as executor:
            yield executor
        return
    with WorkerPool(workers or available_cores()) as pool:
        yield pool


@contextmanager
def _cluster_executor(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise SetupError(
            "--cluster needs Dask. Install it with: pip install 'news-corpus[cluster]'."
        ) from None
    place = {"scheduler_file": address} if Path(address).is_file() else {"address": address}
    try:
        client = Client(**place, timeout="20s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"No Dask scheduler answers at {address}: {error}.") from None
    try:
        with told_of_no_workers(client, address):
            yield Apart(client.get_executor(pure=False))
    finally:
        client.close()


def run_tasks(
    executor: Executor,
    function: Callable[..., Result],
    tasks: Sequence[Task],
    done: Callable[[int], None] = lambda _: None,
    again: Callable[[Task, BaseException], Task | None] = lambda task, error: None,
) -> list[Result]:
    """The results of `function(*task)` in the order of `tasks`; `done` is called with 1 after each.

    Where the process of a task died, `again` is asked for the task to do in its place; None lets the error be raised.
    """
    return Begun(executor, function, tasks).results(done, again)


class Begun(Generic[Result]):
    """Tasks that an executor was given: others can be given to it before their results are asked for."""

    def __init__(self, executor: Executor, function: Callable[..., Result], tasks: Sequence[Task]) -> None:
        self._executor = executor
        self._function = function
        self._waiting: dict[Future[Result], tuple[int, Task]] = {
            executor.submit(function, *task): (i, task) for i, task in enumerate(tasks)
        }

    def results(
        self, done: Callable[[int], None], again: Callable[[Task, BaseException], Task | None]
    ) -> list[Result]:
        """The results in the order of the tasks; `done` and `again` are as for `run_tasks`."""
        waiting = self._waiting
        results: dict[int, Result] = {}
        try:
            while waiting:
                for future in as_completed(tuple(waiting)):
                    i, task = waiting.pop(future)
                    error = future.exception()
                    if error is None:
                        results[i] = future.result()
                        done(1)
                        continue
                    instead = again(task, error) if is_death(error) else None
                    if instead is None:
                        raise error
                    waiting[self._executor.submit(self._function, *instead)] = (i, instead)
        except BaseException:  # a Ctrl-C too: what has not begun must not begin; the exception goes on
            for future in waiting:
                future.cancel()
            raise
        return [results[i] for i in range(len(results))]


def is_death(error: BaseException) -> bool:
    """Whether a task failed because its process died: ours, or the Dask workers that tried it one after the other."""
    return isinstance(error, WorkerDiedError) or type(error).__name__ == "KilledWorker"

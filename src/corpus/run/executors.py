"""Where work is done: in this process, in a pool of processes, or on a Dask cluster, all behind `concurrent.futures`.

Nothing that is computed may depend on which of them it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from corpus.errors import SetupError, UsageError

Result = TypeVar("Result")
Task = tuple[Any, ...]
PRELOADED = ["corpus.run.stages.clean"]
"""Modules the fork server imports once, so that a worker starts warm."""


class InProcess(Executor):
    """Runs a task when it is submitted, here: for one worker, and for debugging."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run now; the future is done when it is returned, with the exception if there was one."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the contract of Executor: errors travel in the future
            future.set_exception(error)
        return future


def available_workers() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_executor(workers: int | None, cluster: str | None) -> Iterator[Executor]:
    """An executor for a run: Dask's at address `cluster`, else `workers` processes (None: one a core)."""
    if cluster is not None:
        with _cluster_executor(cluster) as executor:
            yield executor
        return
    count = workers or available_workers()
    if count == 1:
        yield InProcess()
        return
    with _pool(count) as pool:
        yield pool


def _pool(count: int) -> ProcessPoolExecutor:
    import multiprocessing

    # Not fork: Arrow and BLAS run threads in this process, and a forked copy of a held lock never opens.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return ProcessPoolExecutor(count, mp_context=context)


@contextmanager
def _cluster_executor(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise SetupError(
            "--cluster needs Dask. Install it with: pip install 'news-corpus[cluster]'."
        ) from None
    try:
        client = Client(address, timeout="20s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"No Dask scheduler answers at {address}: {error}.") from None
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


def run_tasks(
    executor: Executor,
    function: Callable[..., Result],
    tasks: Sequence[Task],
    done: Callable[[int], None] = lambda _: None,
    lost: Callable[[Task], Result] | None = None,
) -> list[Result]:
    """The results of `function(*task)` in the order of `tasks`; `done` is called with 1 after each.

    A worker process that dies (out of memory, a fault in a C library) takes the pool with it. The tasks without a result
    then run one at a time, each in a pool of its own; for the one that kills its worker again `lost` gives the result.
    """
    futures: dict[Future[Result], int] = {}
    results: dict[int, Result] = {}
    try:
        with _without_main():
            futures = {executor.submit(function, *task): i for i, task in enumerate(tasks)}
        for future in as_completed(futures):
            results[futures[future]] = future.result()
            done(1)
    except BrokenProcessPool:
        if lost is None:
            raise
        for i in range(len(tasks)):
            if i not in results:
                results[i] = _alone(function, tasks[i], lost)
                done(1)
    except BaseException:
        _cancel(futures)
        raise
    return [results[i] for i in range(len(tasks))]


@contextmanager
def _without_main() -> Iterator[None]:
    """Start workers without the caller's script: a new process would run it again where it has no `__main__` guard.

    Nothing that is sent to a worker lives in that script.
    """
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {
        name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__
    }
    main.__dict__["__spec__"] = None
    try:
        yield
    finally:
        main.__dict__.update(hidden)


def _alone(function: Callable[..., Result], task: Task, lost: Callable[[Task], Result]) -> Result:
    with _pool(1) as pool:
        try:
            with _without_main():
                future = pool.submit(function, *task)
            return future.result()
        except BrokenProcessPool:
            return lost(task)


def survives(function: Callable[..., object], *args: Any) -> bool:
    """Whether a process of its own gets through `function(*args)` alive; errors it raises count as alive."""
    with _pool(1) as pool:
        try:
            with _without_main():
                future = pool.submit(function, *args)
            future.result()
        except BrokenProcessPool:
            return False
    return True


def _cancel(futures: Iterable[Future[Any]]) -> None:
    for future in futures:
        future.cancel()

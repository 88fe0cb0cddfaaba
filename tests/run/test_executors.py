import os
import resource
import signal
import subprocess
import sys
import threading
import time

import pytest

from corpus.errors import WorkerLostError
from corpus.run.executors import InProcess, open_executor, run_tasks
from corpus.run.pool import WorkerDiedError
from corpus.run.timelimit import TimeLimitExceeded, seconds_for, time_limit


def square(number: int) -> int:
    return number * number


def square_or_die(number: int) -> int:
    if number == 3:
        os._exit(7)
    return number * number


def spin(limit: float, until: float) -> None:
    with time_limit(limit):
        while time.thread_time() < until:
            sum(range(1000))


def test_results_come_in_the_order_of_the_tasks() -> None:
    with open_executor(2, None) as executor:
        assert run_tasks(executor, square, [(i,) for i in range(20)]) == [i * i for i in range(20)]


def test_an_error_in_process_travels_like_one_from_a_pool() -> None:
    with pytest.raises(TypeError):
        run_tasks(InProcess(), square, [("x",)])


def test_a_worker_that_dies_costs_its_own_task_alone() -> None:
    with open_executor(2, None) as executor:
        futures = [executor.submit(square_or_die, i) for i in range(6)]
        assert [None if future.exception() else future.result() for future in futures] == [
            0,
            1,
            4,
            None,
            16,
            25,
        ]
        assert isinstance(futures[3].exception(), WorkerDiedError)
        asked = []

        def again(task: tuple[object, ...], error: BaseException) -> tuple[object, ...] | None:
            asked.append(task)
            return (30,) if task == (3,) else None

        tasks = [(i,) for i in range(5)]
        assert run_tasks(executor, square_or_die, tasks, again=again) == [0, 1, 4, 900, 16]
        assert asked == [(3,)]
        with pytest.raises(WorkerDiedError):
            run_tasks(executor, square_or_die, [(3,)])


def test_an_error_in_a_worker_is_raised_here_with_its_place() -> None:
    with open_executor(1, None) as executor, pytest.raises(TypeError) as caught:
        run_tasks(executor, square, [("x",)])
    assert "in square" in caught.value.__notes__[0]


def test_no_room_for_a_process_is_a_sentence() -> None:
    """The limit on open files is reached when the pool opens the line to its first process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with open_executor(1, None) as executor:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            future = executor.submit(square, 3)
            error = future.exception()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert isinstance(error, WorkerLostError)
        assert "Too many open files" in str(error)
        assert executor.submit(square, 3).result() == 9


def test_the_time_of_workers_is_that_of_children() -> None:
    """`time corpus run` counts them: they are children of the run, and it waits for their end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with open_executor(1, None) as executor:
        run_tasks(executor, burn, [(0.5,)])
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before > 0.45


def burn(seconds: float) -> None:
    began = time.process_time()
    while time.process_time() < began + seconds:
        sum(range(1000))


def test_the_time_limit_stops_what_takes_longer() -> None:
    began = time.thread_time()
    with pytest.raises(TimeLimitExceeded):
        spin(0.2, until=began + 10)
    assert time.thread_time() < began + 5


def test_the_time_limit_counts_work_and_not_the_time_of_day() -> None:
    """A thread that waits, as one does on a busy machine, spends nothing."""
    with time_limit(0.2):
        time.sleep(0.6)


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="no clock of another thread here")
def test_the_work_of_another_thread_is_not_counted() -> None:
    other = threading.Thread(target=burn, args=(0.6,))
    other.start()
    with time_limit(0.2):
        other.join()


def test_a_long_document_may_take_its_limit_more_than_once() -> None:
    assert seconds_for(100_000, 20) == seconds_for(0, 20) == 20
    assert seconds_for(30_000_000, 20) == 140


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="tells no time of another thread")
def test_the_time_limit_counts_work_and_not_the_clock() -> None:
    """A machine that was asleep, or so busy that nothing was done, costs no document."""
    script = (
        "from corpus.run.timelimit import time_limit\nimport time\n"
        "with time_limit(0.3):\n    print('begun', flush=True)\n    end = time.thread_time() + 0.1\n"
        "    while time.thread_time() < end: pass\nprint('done')"
    )
    started = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "begun\n"
    started.send_signal(signal.SIGSTOP)
    time.sleep(0.8)
    started.send_signal(signal.SIGCONT)
    assert started.communicate()[0] == "done\n"


def test_the_time_limit_leaves_alone_what_is_quick() -> None:
    for _ in range(50):
        with time_limit(30):
            sum(range(1000))
    time.sleep(0.05)

import os
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from corpus.run.executors import InProcess, open_executor, run_tasks
from corpus.run.timelimit import TimeLimitExceeded, time_limit


def square(number: int) -> int:
    return number * number


def square_or_die(number: int) -> int:
    if number == 3:
        os._exit(7)
    return number * number


def spin(limit: float, until: float) -> None:
    with time_limit(limit):
        while time.monotonic() < until:
            sum(range(1000))


def _unknown(task: tuple[object, ...]) -> int:
    return -1


def test_results_come_in_the_order_of_the_tasks() -> None:
    with open_executor(2, None) as executor:
        assert run_tasks(executor, square, [(i,) for i in range(20)]) == [i * i for i in range(20)]


def test_an_error_in_process_travels_like_one_from_a_pool() -> None:
    with pytest.raises(TypeError):
        run_tasks(InProcess(), square, [("x",)])


def test_a_worker_that_dies_costs_its_own_task_alone() -> None:
    with open_executor(2, None) as executor:
        assert isinstance(executor, ProcessPoolExecutor)
        assert run_tasks(executor, square_or_die, [(i,) for i in range(6)], lost=_unknown) == [
            0,
            1,
            4,
            -1,
            16,
            25,
        ]
    with open_executor(2, None) as executor, pytest.raises(BrokenProcessPool):
        run_tasks(executor, square_or_die, [(3,)])


def test_the_time_limit_stops_what_takes_longer() -> None:
    began = time.monotonic()
    with pytest.raises(TimeLimitExceeded):
        spin(0.2, until=began + 10)
    assert time.monotonic() < began + 5


def test_the_time_limit_leaves_alone_what_is_quick() -> None:
    for _ in range(50):
        with time_limit(30):
            sum(range(1000))
    time.sleep(0.05)

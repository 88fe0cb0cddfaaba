"""The bounds of a document that the system keeps, and what is learnt of a death."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.run.beacon import Care, Deaths
from corpus.run.hardlimit import OUT_OF_TIME

HANGS = """
import re
from corpus.run.thread_timer import ThreadTimer
timer = ThreadTimer()
timer.set(5)
timer.set({seconds})
sum(range(1_000_000))
print("here", flush=True)
re.match("(a|a)*b", "a" * {letters})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a timer of Linux")
def test_a_thread_that_holds_the_interpreter_is_ended() -> None:
    text = HANGS.format(seconds=0.3, letters=99)
    done = subprocess.run([sys.executable, "-c", text], check=False, capture_output=True)
    assert done.returncode == OUT_OF_TIME != -signal.SIGXCPU
    assert done.stdout == b"here\n"


@pytest.mark.skipif(sys.platform != "linux", reason="a timer of Linux")
def test_a_timer_that_is_let_go_ends_nothing() -> None:
    text = HANGS.format(seconds=0, letters=9)
    assert subprocess.run([sys.executable, "-c", text], check=False).returncode == 0


def in_hand(folder: Path, *sources: str) -> None:
    folder.with_name(f".{folder.name}.at").write_text(json.dumps([sources, 0]), encoding="utf-8")


def test_one_death_out_of_time_is_enough_and_of_another_kind_are_two(tmp_path: Path) -> None:
    deaths = Deaths(Care(alone=True))
    in_hand(tmp_path / "work", "a.pdf")
    assert deaths.learn(tmp_path / "work", out_of_time=True)
    assert deaths.care.problem("a.pdf", "read").kind == "time_limit"
    assert set(deaths.care.left_out) == {"a.pdf"}
    in_hand(tmp_path / "work", "b.pdf")
    deaths.learn(tmp_path / "work")
    assert set(deaths.care.left_out) == {"a.pdf"}
    deaths.learn(tmp_path / "work")
    assert set(deaths.care.left_out) == {"a.pdf", "b.pdf"}
    assert "died twice" in deaths.care.problem("b.pdf", "read").message


def test_the_only_document_of_a_batch_that_ran_out_of_time_is_tried_alone(tmp_path: Path) -> None:
    """Its texts are then bound one by one, as they are beside those of other documents."""
    deaths = Deaths()
    in_hand(tmp_path / "work", "a.txt")
    assert deaths.learn(tmp_path / "work", out_of_time=True)
    assert deaths.care == Care(alone=True)


def test_of_many_that_ran_out_of_time_together_none_is_left_out(tmp_path: Path) -> None:
    deaths = Deaths()
    in_hand(tmp_path / "work", "a.txt", "b.txt")
    assert deaths.learn(tmp_path / "work", out_of_time=True)
    assert deaths.care.alone
    assert not deaths.care.left_out

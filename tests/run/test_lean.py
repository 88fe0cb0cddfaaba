"""What a process of tasks leaves unloaded is there for whoever asks for it afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from corpus.run.lean import UNASKED, load_lean
load_lean("sklearn.base", "sklearn.metrics")
print(sorted({"pandas", *UNASKED} & set(sys.modules)))
from sklearn.metrics import _ranking
print(_ranking.rankdata([30, 10, 20]).tolist(), "scipy.stats" in sys.modules)
import numpy, numpy.testing, pandas, scipy.stats
print(scipy.stats.rankdata([2, 1]).tolist(), numpy.testing.assert_equal(1, 1), pandas.Series([1]).sum())
"""


@pytest.fixture(scope="module")
def told() -> list[str]:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_nothing_unasked_is_loaded(told: list[str]) -> None:
    assert told[0] == "[]"


def test_a_function_that_is_called_after_all_is_the_real_one(told: list[str]) -> None:
    assert told[1] == "[3.0, 1.0, 2.0] True"


def test_who_imports_them_gets_the_real_ones(told: list[str]) -> None:
    assert told[2] == "[2.0, 1.0] None 1"

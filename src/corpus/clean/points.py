"""How sure it is that a doubtful line is the article's: the points of its signs, learnt and added.

A scorecard: each sign has steps, each step its points in hundredths of a nat, and the sum is as the logarithm of the odds. Whole
numbers, so that every machine adds them to the same sum. `scripts/train_lines.py` writes `line_points.toml`.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.clean.signs import Signs


@dataclass(frozen=True, slots=True)
class Steps:
    """The points of one sign: `points[k]` for values up to and including `upto[k]`, the last for values above all of them."""

    upto: Sequence[int]
    points: Sequence[int]

    def of(self, value: int) -> int:
        """The points of a value."""
        return self.points[bisect_left(self.upto, value)]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`constant` and the steps of each sign, in the order of `Signs`.

    `sure` says of a sum which share of the lines that stay are the article's, in per cent.
    """

    constant: int
    sure: Steps
    steps: tuple[Steps, ...]

    def points(self, signs: Signs) -> dict[str, int]:
        """What each sign of a line says for it (positive) or against it."""
        values = zip(Signs._fields, self.steps, signs, strict=True)
        return {name: steps.of(value) for name, steps, value in values}

    def sureness(self, signs: Signs) -> int:
        """How sure it is that a line is the article's, in per cent."""
        return self.sure.of(self.constant + sum(self.points(signs).values()))


@cache
def scorecard() -> Scorecard:
    """The scorecard, read from the package once per process."""
    data = tomllib.loads((files("corpus.clean") / "line_points.toml").read_text(encoding="utf-8"))
    sure, *steps = (Steps(data[name]["upto"], data[name]["points"]) for name in ("sure", *Signs._fields))
    return Scorecard(data["constant"], sure, tuple(steps))

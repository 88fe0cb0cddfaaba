"""The weights of the fact engine: five linear models over features one can read, and what their scores are worth.

`data/facts.json` holds them, one line a feature, whole numbers in thousandths of a log-odd; `scripts/train_facts.py` makes it
from the annotated texts of `data/training`. Whole numbers add up to the same sum in any order, so that the same document gives
the same facts on every machine.
"""

from __future__ import annotations

import bisect
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

SCALE = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights of a choice among fixed classes: one whole number a class for each feature (multinomial logistic regression)."""

    classes: tuple[str, ...]
    weights: Mapping[str, Sequence[int]]

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """The probability of each class, in the order of `classes`."""
        known = self.weights
        rows = [known[feature] for feature in set(features) if feature in known]
        return softmax([sum(column) for column in zip(*rows, strict=True)] or [0] * len(self.classes))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights of a choice among candidates, one whole number a feature (McFadden's conditional logit, 1974)."""

    weights: Mapping[str, int]

    def total(self, features: Iterable[str]) -> int:
        """A candidate's score in thousandths."""
        return sum(self.weights.get(feature, 0) for feature in set(features))


@dataclass(frozen=True, slots=True)
class FactWeights:
    """The engine's five models, and its calibration: raw scores in rising order and the share of right facts at each."""

    kind: Choice
    party: Ranking
    date: Ranking
    partner: Ranking
    certainty: Choice
    raw: tuple[float, ...]
    calibrated: tuple[float, ...]
    threshold: float

    def share_right(self, raw: float) -> float:
        """The share of facts with a raw score like this one that are right, from 0 to 1, linear between the measured ones."""
        if not self.raw:
            return raw
        k = bisect.bisect_right(self.raw, raw)
        if k == 0:
            return self.calibrated[0]
        if k == len(self.raw):
            return self.calibrated[-1]
        low, high = self.raw[k - 1], self.raw[k]
        part = (raw - low) / (high - low) if high > low else 0.0
        return self.calibrated[k - 1] + part * (self.calibrated[k] - self.calibrated[k - 1])

    @classmethod
    def load(cls, path: str | Path | None = None) -> FactWeights:
        """Read weights from `path`, or the shipped ones."""
        source = Path(path) if path is not None else files("extract") / "data" / "facts.json"
        content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
        return cls(
            kind=Choice(tuple(content["kinds"]), content["kind"]),
            party=Ranking(content["party"]),
            date=Ranking(content["date"]),
            partner=Ranking(content["partner"]),
            certainty=Choice(tuple(content["certainties"]), content["certainty"]),
            raw=tuple(content["calibration"]["raw"]),
            calibrated=tuple(content["calibration"]["right"]),
            threshold=content["threshold"],
        )


def softmax(totals: Sequence[int]) -> list[float]:
    """Probabilities that are proportional to the exponentials of totals in thousandths."""
    top = max(totals)
    powers = [math.exp((total - top) / SCALE) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def shipped_weights() -> FactWeights:
    """The shipped weights, read once a process."""
    return FactWeights.load()

"""The weights of the fact engine: five linear models over features one can read, and what their scores are worth.

`data/facts.json` holds them, one line a feature, whole numbers in thousandths of a log-odd; `scripts/train_facts.py` makes it
from the annotated texts of `data/training`. Whole numbers add up to the same sum in any order, so that the same document gives
the same facts on every machine.
"""

from __future__ import annotations

import bisect
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.kept import Arrays, as_array, as_words, kept_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SCALE = 1000


class WeightRows(Mapping[str, Sequence[int]]):
    """A row of whole numbers for each feature, as one table."""

    def __init__(self, names: Sequence[str], table: npt.NDArray[np.int64]) -> None:
        self._index = dict(zip(names, range(len(names)), strict=True))
        self._table = table

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[int]], columns: int) -> WeightRows:
        """The rows of a mapping, each of so many numbers."""
        import numpy as np

        numbers = itertools.chain.from_iterable(rows.values())
        return cls(list(rows), np.fromiter(numbers, np.int64, len(rows) * columns).reshape(-1, columns))

    def __getitem__(self, feature: str) -> list[int]:
        row: list[int] = self._table[self._index[feature]].tolist()
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def totals(self, features: Iterable[str]) -> list[int]:
        """The sum of each column over the features that have a row."""
        index = self._index
        rows = [index[feature] for feature in set(features) if feature in index]
        sums: list[int] = self._table[rows].sum(axis=0).tolist() if rows else [0] * self._table.shape[1]
        return sums

    def arrays(self, name: str) -> Arrays:
        """The rows as `kept_arrays` keeps them, under names that begin with `name`."""
        return {f"{name}_names": as_array(list(self._index)), f"{name}_table": self._table}

    @classmethod
    def from_arrays(cls, name: str, arrays: Arrays) -> WeightRows:
        """The rows that `arrays` gave."""
        return cls(as_words(arrays[f"{name}_names"]), arrays[f"{name}_table"])


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights of a choice among fixed classes: one whole number a class for each feature (multinomial logistic regression)."""

    classes: tuple[str, ...]
    weights: WeightRows

    @classmethod
    def of(cls, classes: Sequence[str], rows: Mapping[str, Sequence[int]]) -> Choice:
        """The choice whose weights are the rows of a mapping."""
        return cls(tuple(classes), WeightRows.of(rows, len(classes)))

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """The probability of each class, in the order of `classes`."""
        return softmax(self.weights.totals(features))


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
        if path is not None:
            return _from_arrays(_arrays(Path(path)))
        source = Path(str(files("extract") / "data" / "facts.json"))
        return _from_arrays(kept_arrays("facts", source, lambda: _arrays(source)))


_CHOICES = {"kind": "kinds", "certainty": "certainties"}
_RANKINGS = ("party", "date", "partner")


def _arrays(source: Path) -> Arrays:
    """A file of weights as arrays: of each model the features and their numbers, of the rest a text of JSON."""
    import numpy as np

    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    found: dict[str, npt.NDArray[Any]] = {}
    for name, classes in _CHOICES.items():
        found |= WeightRows.of(content.pop(name), len(content[classes])).arrays(name)
    for name in _RANKINGS:
        weights = content.pop(name)
        found[f"{name}_names"] = as_array(list(weights))
        found[f"{name}_table"] = np.array(list(weights.values()), dtype=np.int64)
    return found | {"rest": as_array([json.dumps(content)])}


def _from_arrays(arrays: Arrays) -> FactWeights:
    (text,) = as_words(arrays["rest"])
    rest = json.loads(text)

    def choice(name: str) -> Choice:
        return Choice(tuple(rest[_CHOICES[name]]), WeightRows.from_arrays(name, arrays))

    def ranking(name: str) -> Ranking:
        numbers = arrays[f"{name}_table"].tolist()
        return Ranking(dict(zip(as_words(arrays[f"{name}_names"]), numbers, strict=True)))

    return FactWeights(
        kind=choice("kind"),
        party=ranking("party"),
        date=ranking("date"),
        partner=ranking("partner"),
        certainty=choice("certainty"),
        raw=tuple(rest["calibration"]["raw"]),
        calibrated=tuple(rest["calibration"]["right"]),
        threshold=rest["threshold"],
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

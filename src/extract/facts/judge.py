"""The judge: which reading of a sum is right, and how likely that is, from what both readers and the whole document say.

The readers look at one sum and its words. The judge looks at what they say: how far they agree, what else they hold for
possible, and how the other sums of the document are read. It is a row of boosted trees (J. Friedman, "Greedy Function
Approximation", Annals of Statistics 2001; as a second level over other models D. Wolpert, "Stacked Generalization", 1992),
learnt from pages that neither reader had learnt from: `scripts/train_judge.py` makes `data/judge.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.facts.readings import Reading
from extract.facts.sentences import Document
from extract.facts.signs import SIGNS, Around, options

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SCALE = 10_000
"""Leaves are whole numbers, so many of them a log-odd: they add up to the same sum in any order."""
OPTIONS = 4
"""Readings of one sum that are judged."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Trees as tables, a row a tree: of each node the sign it asks for, the bound up to which `left` follows, else `right`.

    A leaf follows itself; its `leaf` is what the tree adds to the log-odds, `start` what they begin with.
    """

    start: int
    sign: npt.NDArray[np.int64]
    bound: npt.NDArray[np.float64]
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    leaf: npt.NDArray[np.int64]
    depth: int

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """How likely each row of signs is right, from 0 to 1."""
        import numpy as np

        signs = np.asarray(rows, dtype=np.float64)
        trees = np.arange(len(self.sign))[:, None]
        nodes = np.zeros((len(self.sign), len(signs)), dtype=np.int64)
        numbers = np.arange(len(signs))[None]
        for _ in range(self.depth):
            below = signs[numbers, self.sign[trees, nodes]] <= self.bound[trees, nodes]
            nodes = np.where(below, self.left[trees, nodes], self.right[trees, nodes])
        totals = self.start + self.leaf[trees, nodes].sum(axis=0)
        return [1.0 / (1.0 + math.exp(-total / SCALE)) for total in totals.tolist()]

    def weighed(
        self, document: Document, readings: Sequence[Reading], classes: Sequence[str]
    ) -> list[Reading]:
        """Each reading of a document, or the other one of its sum that is likelier right, `raw` how likely it is."""
        around = Around(document, readings, classes)
        return [self._judged(around, number, reading, classes) for number, reading in enumerate(readings)]

    def _judged(self, around: Around, number: int, reading: Reading, classes: Sequence[str]) -> Reading:
        asked = options(reading, classes, OPTIONS)
        chances = self.chances(
            [around.signs(number, reading, option, order) for order, option in enumerate(asked)]
        )
        best = max(range(len(asked)), key=lambda n: (chances[n], -n))
        candidate = reading.evidence.candidates[asked[best].number]
        assert candidate.company is not None
        return replace(
            reading, kind=asked[best].kind, candidate=candidate, company=candidate.company, raw=chances[best]
        )

    @classmethod
    def load(cls, path: str | Path | None = None) -> Judge:
        """Read a judge from `path`, or the shipped one. Raises ValueError for one that was taught other signs."""
        source = Path(str(files("extract") / "data" / "judge.json")) if path is None else Path(path)
        content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
        if tuple(content["signs"]) != SIGNS:
            raise ValueError(f"{source} was taught other signs: train it anew with scripts/train_judge.py")
        return _grown(content)


class Unjudged(Judge):
    """Leaves every reading as both readers made it."""

    __slots__ = ()

    def __init__(self) -> None:
        """No tree is asked."""

    def weighed(
        self, document: Document, readings: Sequence[Reading], classes: Sequence[str]
    ) -> list[Reading]:
        """The readings."""
        return list(readings)


def _grown(content: dict[str, Any]) -> Judge:
    """The tables of a file's trees: a node is [sign, bound, left, right], a leaf one whole number."""
    import numpy as np

    trees: list[list[Any]] = content["trees"]
    width = max(map(len, trees))
    sign, left, right, leaf = (np.zeros((len(trees), width), dtype=np.int64) for _ in range(4))
    bound = np.zeros((len(trees), width), dtype=np.float64)
    for t, tree in enumerate(trees):
        for n, node in enumerate(tree):
            if isinstance(node, int):
                leaf[t, n], left[t, n], right[t, n] = node, n, n
            else:
                sign[t, n], bound[t, n], left[t, n], right[t, n] = node
    return Judge(content["start"], sign, bound, left, right, leaf, max(map(_depth, trees)))


def _depth(tree: Sequence[Any], node: int = 0) -> int:
    """Steps from a node to its farthest leaf."""
    if isinstance(tree[node], int):
        return 0
    return 1 + max(_depth(tree, tree[node][2]), _depth(tree, tree[node][3]))


@cache
def shipped_judge() -> Judge:
    """The shipped judge, read once a process."""
    return Judge.load()

"""The typing step: which kind of thing a candidate is, by a multinomial logistic regression with weights one can read.

`data/typing.json` holds one line a feature with one integer a type, in thousandths of a log-odd; `scripts/train_typing.py`
makes it. Whole numbers add up to the same sum in any order, so the same text gives the same scores on every machine.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.kept import Arrays, as_array, as_words, kept_arrays
from extract.names.records import Group

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NONE = "none"
TYPES = ("company", "institution", "product", "law", "person", "place", "event", "other", NONE)
# Beside the types, how much likelier a company is cited as a source ("selon l'AFP") than acting, in log-odds.
SOURCE = "source"
_COLUMNS = (*TYPES, SOURCE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the weights say of a candidate: log-probabilities of `TYPES`, the log-odds of a source, and the feature that speaks
    most for a company ("" where no feature is known)."""

    scores: list[float]
    source: float
    evidence: str


BLOCK = 4_096
"""Candidates that are weighed at once: a text of one letter and a dot, 50,000 times, has as many, and their features' weights
take a gigabyte."""


class TypingModel:
    """Weights of the typing step: `score` turns features into one log-probability a type.

    >>> from extract.names import TYPES, shipped_model
    >>> [typed] = shipped_model().score([[("ci0:company_noun", "lf")]])
    >>> len(typed.scores) == len(TYPES), typed.evidence
    (True, 'lf')
    """

    def __init__(
        self,
        names: Sequence[str],
        table: npt.NDArray[np.int64],
        intercept: npt.NDArray[np.int64],
        scale: int,
    ) -> None:
        """`table` (features and one row before them of zeros, types and SOURCE), `intercept`: in 1/`scale` of a log-odd."""
        self._names = ("", *names)
        self._index = dict(zip(self._names, range(len(self._names)), strict=True))
        self._table = table
        self._for_company = table[:, TYPES.index("company")] - table[:, TYPES.index(NONE)]
        self._intercept = intercept
        self._scale = scale

    @classmethod
    def load(cls, path: str | Path | None = None) -> TypingModel:
        """Read weights from `path`, or the shipped ones."""
        if path is not None:
            arrays = _arrays(Path(path))
        else:
            source = Path(str(files("extract") / "data" / "typing.json"))
            arrays = kept_arrays("typing", source, lambda: _arrays(source))
        names, scale = as_words(arrays["names"]), int(arrays["scale"][0])
        return cls(names, arrays["table"], arrays["intercept"], scale)

    def score(self, candidates: Sequence[Sequence[Group]]) -> list[Typed]:
        """Return what the weights say of each candidate's features, which are given in groups."""
        blocks = (candidates[at : at + BLOCK] for at in range(0, len(candidates), BLOCK))
        return [typed for block in blocks for typed in self._scored(block)]

    def _scored(self, candidates: Sequence[Sequence[Group]]) -> list[Typed]:
        """Of a group that several candidates have the weights are added up once."""
        import numpy as np

        groups: list[Group] = []
        offsets: list[int] = []
        for own in candidates:
            offsets.append(len(groups))
            groups.append(())  # keeps a candidate without a feature from being empty
            groups += own
        # Groups that are remembered are the same objects.
        distinct = dict(zip(map(id, groups), groups, strict=True))
        numbers = dict(zip(distinct, range(len(distinct)), strict=True))
        totals, heaviest, names = self._weighed([*distinct.values()])
        rows = np.fromiter(map(numbers.__getitem__, map(id, groups)), np.intp, len(groups))
        sums = np.add.reduceat(totals.take(rows, axis=0), offsets, axis=0) + self._intercept
        types = _log_softmax(sums[:, : len(TYPES)] / self._scale).tolist()
        sources = np.round(sums[:, len(TYPES)] / self._scale, 4).tolist()
        evidence = [names[number] for number in rows[_first_most(heaviest[rows], offsets)].tolist()]
        return [Typed(*each) for each in zip(types, sources, evidence, strict=True)]

    def _weighed(
        self, groups: Sequence[Group]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[str]]:
        """The sums of each group's weights, and how much its feature that speaks most for a company speaks for it, with its name.

        A feature without weights weighs nothing.
        """
        import numpy as np

        index = self._index
        ids: list[int] = []
        offsets: list[int] = []
        for group in groups:
            offsets.append(len(ids))
            known = [*filter(None, map(index.get, group))]
            ids += known or (0,)
        rows = np.array(ids, dtype=np.intp)
        totals = np.add.reduceat(self._table.take(rows, axis=0), offsets, axis=0)
        weights = self._for_company[rows]
        places = _first_most(weights, offsets)
        return totals, weights[places], [self._names[ids[place]] for place in places.tolist()]


def _first_most(weights: npt.NDArray[np.int64], offsets: Sequence[int]) -> npt.NDArray[np.int64]:
    """The place of the largest weight of each stretch that begins at one of `offsets`, the first of those that are equal."""
    import numpy as np

    # One number holds a weight and its place, so that one pass finds the heaviest.
    last = len(weights) - 1
    weighed = weights * len(weights) + (last - np.arange(len(weights)))
    return last - np.maximum.reduceat(weighed, offsets) % len(weights)


def _arrays(source: Path) -> Arrays:
    """A file of weights as arrays, with the columns in our order."""
    import numpy as np

    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    weights, columns = content["weights"], content["types"]
    order = [columns.index(name) for name in _COLUMNS]
    numbers = itertools.chain.from_iterable(weights.values())
    given = np.fromiter(numbers, np.int64, len(weights) * len(columns)).reshape(-1, len(columns))
    table = np.zeros((len(weights) + 1, len(_COLUMNS)), dtype=np.int64)
    table[1:] = given[:, order]
    return {
        "names": as_array(list(weights)),
        "table": table,
        "intercept": np.asarray([content["intercept"][k] for k in order], dtype=np.int64),
        "scale": np.array([content["scale"]]),
    }


def _log_softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    import numpy as np

    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.round(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), 4)  # type: ignore[no-any-return]


def normalised(scores: Sequence[float]) -> tuple[float, ...]:
    """Return log-probabilities that sum to one, from any log scores.

    >>> from math import exp
    >>> from extract.names import normalised
    >>> [round(exp(score), 2) for score in normalised([1.0, 1.0])]
    [0.5, 0.5]
    """
    top = max(scores)
    total = top + math.log(sum(map(math.exp, [score - top for score in scores])))
    return tuple([round(score - total, 4) for score in scores])


@cache
def shipped_model() -> TypingModel:
    """Return the shipped weights, read once a process.

    >>> from extract.names import shipped_model
    >>> shipped_model() is shipped_model()
    True
    """
    return TypingModel.load()

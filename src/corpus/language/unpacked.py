"""py3langid's model as the arrays that `ArrayIdentifier` works on, kept once they were made (`extract.kept`).

The model comes as an LZMA file that takes longer to unpack than a hundred texts to identify.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from extract import kept_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BYTES = 256
_BLOCK = 1 << 10  # states at a time: their rows fit the caches


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A naive Bayes model of byte n-grams, and the automaton that finds them.

    weights (features, classes) and priors (classes,): logarithms; classes: the language of each; following: for each distinct
    row of the automaton the state after each byte; rows (states,): where a state's row begins in it; features (states,): the
    feature that ends there, or -1; longest (1,): the bytes of the longest n-gram.
    """

    weights: npt.NDArray[np.float16]
    priors: npt.NDArray[np.float32]
    classes: npt.NDArray[np.str_]
    following: npt.NDArray[Any]
    rows: npt.NDArray[np.uint32]
    features: npt.NDArray[np.int32]
    longest: npt.NDArray[np.int64]

    @classmethod
    def of(cls, model: Path) -> Self:
        """The arrays of a model file of py3langid."""
        import numpy as np
        from py3langid.modelio import load_model

        weights, priors, classes, following, rows, features = load_model(model)
        states = np.asarray(following)
        starts = np.asarray(rows, dtype=np.uint32) * _BYTES
        longest = np.array([_longest(states, starts)])
        return cls(
            weights, priors, np.array(classes), states, starts, np.asarray(features, np.int32), longest
        )


def unpacked(model: Path, keep: bool = not sys.dont_write_bytecode) -> Unpacked:
    """The arrays of a model file, as they were kept, or made now and kept for the next process."""
    return Unpacked(**kept_arrays("langid", model, lambda: asdict(Unpacked.of(model)), keep))


def _longest(following: npt.NDArray[Any], rows: npt.NDArray[np.uint32]) -> int:
    """The bytes of the longest n-gram: so many steps lead from the first state to the farthest."""
    import numpy as np

    seen = np.zeros(len(rows), dtype=bool)
    front, steps = np.zeros(1, dtype=np.int64), 0
    while len(front):
        seen[front] = True
        reached = np.zeros(len(rows), dtype=bool)
        for start in range(0, len(front), _BLOCK):
            reached[
                following[rows[front[start : start + _BLOCK], None] + np.arange(_BYTES, dtype=np.uint32)]
            ] = True
        front, steps = np.flatnonzero(reached & ~seen), steps + 1
    return steps - 1

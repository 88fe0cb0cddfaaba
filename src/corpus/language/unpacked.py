"""py3langid's model as the arrays that `ArrayIdentifier` works on, kept beside the byte code once they were made.

The model comes as an LZMA file that takes longer to unpack than a hundred texts to identify. What is kept lies where Python
keeps compiled modules, and is treated like those: named by the hash of what it was made from, made again where it is missing or
damaged, and done without where that folder cannot be written. Arrays alone are read, no pickle.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus.errors import OutputError
from corpus.identity import digest, file_digest
from corpus.run.finished import finishing, is_finished

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BYTES = 256
_BLOCK = 1 << 10  # states at a time: their rows fit the caches
FORM = 1
"""To be raised where other arrays are kept, or are made otherwise."""


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
    kept = _place(model)
    found = _read(kept)
    if found is None:
        found = Unpacked.of(model)
        if keep:
            with suppress(
                OSError, OutputError
            ):  # an installation that is read only, something else in that place
                _keep(kept, found)
    return found


def keep_for_later() -> None:
    """Keep the arrays of the model that is installed: what `make env` does beside compiling the byte code."""
    from py3langid import langid

    unpacked(langid.MODEL_DIR / langid.MODEL_FILE, keep=True)


def _place(model: Path) -> Path:
    """Where the arrays of that model are kept: in the folder of the byte code."""
    return Path(cache_from_source(__file__)).with_name(f"langid.{digest(FORM, file_digest(model))}")


def _read(kept: Path) -> Unpacked | None:
    """What was kept, mapped into memory; None where it is not there, or its checksums do not fit."""
    import numpy as np

    if not is_finished(kept):
        return None
    try:
        return Unpacked(*(np.load(kept / f"{field.name}.npy", "r") for field in fields(Unpacked)))
    except (OSError, ValueError):
        return None


def _keep(kept: Path, arrays: Unpacked) -> None:
    import numpy as np

    with finishing(kept) as folder:
        for field in fields(Unpacked):
            np.save(folder / f"{field.name}.npy", getattr(arrays, field.name), allow_pickle=False)


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

"""Average two trainings of the second reader into one of the same size.

    python scripts/average_encoders.py FIRST.npz SECOND.npz [--out PATH]

Both come from `scripts/train_encoder.py`, from the same base and with the same first numbers, one with `--pages` and one without.
The mean of two such trainings reads texts of both kinds (M. Wortsman et al., "Model soups: averaging weights of multiple
fine-tuned models improves accuracy without increasing inference time", ICML 2022) and costs no more than one. Pieces of words
are those of SECOND.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

OUT = Path(__file__).resolve().parents[1] / "src" / "extract" / "data" / "encoder.npz"
Arrays = Mapping[str, Any]


def averaged(first: Arrays, second: Arrays) -> dict[str, Any]:
    """The arrays of `second` with the mean of what both learnt; what is the base's, or no number, is `second`'s."""
    mean: dict[str, Any] = {}
    for name, theirs in second.items():
        if name.endswith(".w") and theirs.dtype == np.int8:
            mean[name], mean[name[:-1] + "s"] = _product(name[:-2], first, second)
        elif name not in mean:
            learnt = theirs.dtype == np.float32 and first[name].shape == theirs.shape
            mean[name] = ((first[name] + theirs) / 2).astype(np.float32) if learnt else theirs
    return {name: mean[name] for name in second}


def _product(name: str, first: Arrays, second: Arrays) -> tuple[Any, Any]:
    """The mean of a product of whole numbers, in as many levels, and its steps a row."""
    levels = max(np.abs(one[f"{name}.w"]).max() for one in (first, second))
    weights = (
        sum(one[f"{name}.w"].astype(np.float32) * one[f"{name}.s"][:, None] for one in (first, second)) / 2
    )
    steps = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / np.float32(levels)
    return np.rint(weights / steps[:, None]).astype(np.int8), steps


def main() -> None:
    """Read both, average, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    with np.load(asked.first) as first, np.load(asked.second) as second:
        np.savez(asked.out, **averaged(dict(first), dict(second)))


if __name__ == "__main__":
    main()

"""The encoder: pieces of a text as vectors that know of each other (J. Devlin et al., "BERT", NAACL 2019), with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.encoder.arithmetic import Floats, attention, gelu, linear, normalised

BLOCK = 32
"""Numbers of a vector of a piece that share a step: 4 bits each, as the file holds them."""
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer: whole numbers, their steps, and what is added, for each of its four products."""

    asked: tuple[Floats, Floats, Floats]
    joined: tuple[Floats, Floats, Floats]
    widened: tuple[Floats, Floats, Floats]
    narrowed: tuple[Floats, Floats, Floats]
    first_norm: tuple[Floats, Floats]
    second_norm: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class EncoderModel:
    """A stack of layers over vectors of pieces; `heads` is how many attentions a layer has."""

    packed: npt.NDArray[np.uint8]
    steps: npt.NDArray[np.float16]
    places: Floats
    marks: Floats
    norm: tuple[Floats, Floats]
    layers: tuple[Layer, ...]
    heads: int

    def encode(
        self, pieces: Sequence[int], marks: Sequence[int], rows: Sequence[int] | None = None
    ) -> Floats:
        """Vectors (pieces, width) of a window; with `rows`, in order, those of these pieces alone, the others being zero.

        Raises ValueError for more pieces than there are places.
        """
        if len(pieces) > len(self.places):
            raise ValueError(f"a window of {len(pieces)} pieces; {len(self.places)} are read at most")
        x = self._vectors(pieces) + self.places[: len(pieces)] + self.marks[np.asarray(marks)]
        x = normalised(x, *self.norm, _LEAST)
        *first, last = self.layers
        for layer in first:
            x = self._layer(layer, x)
        if rows is None:
            return self._layer(last, x)
        found = np.zeros_like(x)
        found[rows] = self._layer(last, x, x[rows])
        return found

    def _vectors(self, pieces: Sequence[int]) -> Floats:
        rows = self.packed[np.asarray(pieces)].reshape(len(pieces), -1, BLOCK // 2)
        numbers = np.concatenate([rows & 15, rows >> 4], axis=-1).astype(np.float32) - np.float32(8)
        steps = self.steps[np.asarray(pieces)].astype(np.float32)[..., None]
        return np.asarray((numbers * steps).reshape(len(pieces), -1), dtype=np.float32)

    def _layer(self, layer: Layer, x: Floats, own: Floats | None = None) -> Floats:
        """What a layer makes of all vectors, or of its `own` alone, which look at all."""
        if own is None:
            own, parts = x, np.split(linear(x, *layer.asked), 3, axis=-1)
        else:  # every number of a product is made by itself, so that those which are not asked for need not be
            width = x.shape[-1]
            asked, held = ([part[at] for part in layer.asked] for at in (slice(width), slice(width, None)))
            parts = [linear(own, *asked), *np.split(linear(x, *held), 2, axis=-1)]
        queries, keys, values = (part.reshape(len(part), self.heads, -1).transpose(1, 0, 2) for part in parts)
        taken = attention(queries, keys, values).transpose(1, 0, 2).reshape(len(own), -1)
        x = normalised(own + linear(taken, *layer.joined), *layer.first_norm, _LEAST)
        wide = gelu(linear(x, *layer.widened))
        return normalised(x + linear(wide, *layer.narrowed), *layer.second_norm, _LEAST)


def from_arrays(arrays: Mapping[str, npt.NDArray[Any]]) -> EncoderModel:
    """The model of the arrays of `scripts/train_encoder.py`, the whole numbers of products as floats: none is copied."""

    def product(name: str) -> tuple[Floats, Floats, Floats]:
        return arrays[f"{name}.w"], arrays[f"{name}.s"], arrays[f"{name}.b"]

    def norm(name: str) -> tuple[Floats, Floats]:
        return arrays[f"{name}.w"], arrays[f"{name}.b"]

    count = 1 + max(int(name.split(".")[0][1:]) for name in arrays if name.startswith("l") and "." in name)
    layers = tuple(
        Layer(
            product(f"l{n}.asked"),
            product(f"l{n}.joined"),
            product(f"l{n}.widened"),
            product(f"l{n}.narrowed"),
            norm(f"l{n}.first"),
            norm(f"l{n}.second"),
        )
        for n in range(count)
    )
    return EncoderModel(
        arrays["packed"],
        arrays["steps"],
        arrays["places"],
        arrays["marks"],
        norm("norm"),
        layers,
        int(arrays["heads"]),
    )

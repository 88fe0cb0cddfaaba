"""The second reader of sums: an encoder reads a window, and two small networks tell from its vectors the kind and the company.

`data/encoder.npz` holds it; `scripts/train_encoder.py` makes it of multilingual-e5-small (L. Wang et al., "Multilingual E5 Text
Embeddings", 2024; MIT licence) and the annotated texts of `data/training`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash
from threadpoolctl import ThreadpoolController

from extract.amounts.records import Amount
from extract.companies.records import Company
from extract.encoder.arithmetic import Floats, linear, tanh
from extract.encoder.model import EncoderModel, from_arrays
from extract.encoder.pieces import PieceModel
from extract.facts.remembered import note, recalled
from extract.facts.second_reader import Place, SumChances
from extract.facts.sentences import Document
from extract.facts.windows import Span, Window, windows
from extract.kept import Arrays, as_words, kept_arrays

_DISTANCES = (3, 8, 16, 40, 100)  # pieces between a company and a sum
MOST_PIECES = 6000
"""Of a document that are read, some seconds of work: the sums of a long table are left to the other reader from there on."""
_PRODUCTS = ("kind1", "kind2", "of_sum", "of_company", "fit", "nobody")


@dataclass(frozen=True, slots=True)
class EncoderReader:
    """An encoder with what tells the kind of a sum and whose it is from its vectors; its `name` tells it from others."""

    name: str
    encoder: EncoderModel
    pieces: PieceModel
    products: Mapping[str, tuple[Floats, Floats, Floats]]
    distances: Floats
    by_kind: Floats

    def read(self, document: Document, wanted: Iterable[int]) -> dict[Place, SumChances]:
        """What it makes of the sums of the sentences with these indices; those it cannot see whole are left out."""
        found: dict[Place, SumChances] = {}
        with _threads().limit(limits=1):  # more threads than one wait for each other on products this small
            room = MOST_PIECES
            for window in windows(document, wanted, self.pieces.pieces):
                room -= len(window.pieces)
                if room < 0:
                    break
                found |= self._remembered(window)
        return found

    def _remembered(self, window: Window) -> dict[Place, SumChances]:
        """What it makes of the sums of a window, which it reads where that is not known."""
        sums = [s for s in window.spans if s.sentence in window.judged and isinstance(s.mention, Amount)]
        if not sums:
            return {}
        companies = [s for s in window.spans if isinstance(s.mention, Company)]
        names = [s.mention.company for s in companies if isinstance(s.mention, Company)]
        asked = json.dumps([window.pieces, window.marks, _places(sums), _places(companies), names])
        known = recalled(self.name, asked)
        held = len(sums) * len(self.by_kind) * (1 + len(set(names)))
        if known is not None and len(known) == held * np.dtype(np.float64).itemsize:
            return _chances(sums, names, np.frombuffer(known))
        found = self._read(window, sums, companies, names)
        note(self.name, asked, _numbers(found.values()).tobytes())
        return found

    def _read(
        self, window: Window, sums: Sequence[Span], companies: Sequence[Span], names: Sequence[str]
    ) -> dict[Place, SumChances]:
        rows = sorted({row for s in (*sums, *companies) for row in range(s.first, s.last)})
        vectors = self.encoder.encode(window.pieces, window.marks, rows)
        of_sums = _spans(vectors, sums)
        kinds = _softmax(linear(tanh(linear(of_sums, *self.products["kind1"])), *self.products["kind2"]))
        owners = self._owners(vectors, of_sums, sums, companies, names)
        return {
            (s.sentence, s.mention.start): SumChances(tuple(row), tuple(owner))
            for s, row, owner in zip(sums, kinds.tolist(), owners, strict=True)
        }

    def _owners(
        self,
        vectors: Floats,
        of_sums: Floats,
        sums: Sequence[Span],
        companies: Sequence[Span],
        names: Sequence[str],
    ) -> list[list[dict[str, float]]]:
        """For each sum, by kind, the chance of each company; the mentions of one company add up."""
        nothing: list[dict[str, float]] = [{} for _ in range(len(self.by_kind))]
        if not companies:
            return [nothing for _ in sums]
        fits = linear(of_sums, *self.products["of_sum"])[:, None]
        fits = fits + linear(_spans(vectors, companies), *self.products["of_company"])[None]
        fits = fits + self.distances[[[distance_step(c.first - s.first) for c in companies] for s in sums]]
        nobody = linear(of_sums, *self.products["nobody"])
        found = []
        for row, none in zip(fits, nobody, strict=True):
            each = tanh(self.by_kind[:, None] + row[None])  # kinds x companies x width
            scores = linear(each, *self.products["fit"])[..., 0]
            chances = _softmax(np.concatenate([scores, np.repeat(none[None], len(scores), 0)], axis=1))
            found.append([_added(names, chance) for chance in chances.tolist()])
        return found

    @classmethod
    def load(cls, path: str | Path | None = None) -> EncoderReader:
        """Read a reader from `path`, or the shipped one."""
        if path is not None:
            return _from_arrays(_arrays(Path(path)))
        source = Path(str(files("extract") / "data" / "encoder.npz"))
        return _from_arrays(kept_arrays("encoder", source, lambda: _arrays(source)))


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def _places(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(s.first, s.last) for s in spans]


def _numbers(found: Iterable[SumChances]) -> npt.NDArray[np.float64]:
    """For each sum the chances of the kinds and, kind by kind, those of the companies in the order they are first named."""
    return np.array([[*one.kinds, *(x for own in one.companies for x in own.values())] for one in found])


def _chances(
    sums: Sequence[Span], names: Iterable[str], numbers: npt.NDArray[np.float64]
) -> dict[Place, SumChances]:
    """What `_numbers` made numbers of."""
    distinct = list(dict.fromkeys(names))
    rows = numbers.reshape(len(sums), -1)
    kinds = rows.shape[1] // (1 + len(distinct))
    owners = rows[:, kinds:].reshape(len(sums), kinds, len(distinct))
    return {
        (s.sentence, s.mention.start): SumChances(
            tuple(row.tolist()), tuple(dict(zip(distinct, each.tolist(), strict=True)) for each in owner)
        )
        for s, row, owner in zip(sums, rows[:, :kinds], owners, strict=True)
    }


def _spans(vectors: Floats, spans: Sequence[Span]) -> Floats:
    """The mean of each mention's vectors beside the first of them."""
    rows = [
        np.concatenate(
            [vectors[s.first : s.last].mean(axis=0, dtype=np.float64).astype(np.float32), vectors[s.first]]
        )
        for s in spans
    ]
    return np.stack(rows)


def distance_step(pieces: int) -> int:
    """The number of the step that a distance between a sum and a company falls in, those behind the sum above the others."""
    step = sum(abs(pieces) >= least for least in _DISTANCES)
    return step + (len(_DISTANCES) + 1 if pieces >= 0 else 0)


def _added(names: Sequence[str], chances: Sequence[float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, chance in zip(names, chances, strict=False):  # behind them stands the chance of none
        found[name] = found.get(name, 0.0) + chance
    return found


def _softmax(scores: Floats) -> npt.NDArray[np.float64]:
    powers = np.array(
        [[math.exp(x) for x in row] for row in (scores - scores.max(-1, keepdims=True)).tolist()]
    )
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _arrays(source: Path) -> Arrays:
    """The file's arrays, whole numbers of products as floats: so they are multiplied."""
    with np.load(source) as file:
        found: dict[str, npt.NDArray[Any]] = {name: file[name] for name in file.files}
    return {
        name: array.astype(np.float32) if array.dtype == np.int8 else array for name, array in found.items()
    }


def _from_arrays(arrays: Arrays) -> EncoderReader:
    words = as_words(arrays["pieces"])
    unknown = int(arrays["unknown"])
    numbers = {word: k for k, word in enumerate(words) if word}
    state = xxhash.xxh3_128()
    for name in sorted(arrays):
        state.update(f"{name} {arrays[name].dtype} {arrays[name].shape}".encode())
        state.update(np.ascontiguousarray(arrays[name]).data)
    return EncoderReader(
        f"encoder {state.hexdigest()}",
        from_arrays(arrays),
        PieceModel(numbers, arrays["piece_scores"].tolist(), unknown),
        {n: (arrays[f"{n}.w"], arrays[f"{n}.s"], arrays[f"{n}.b"]) for n in _PRODUCTS},
        arrays["distances"],
        arrays["by_kind"],
    )


@cache
def shipped_reader() -> EncoderReader:
    """The shipped encoder, read once a process."""
    return EncoderReader.load()

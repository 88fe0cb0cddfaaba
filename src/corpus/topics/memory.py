"""What texts hold, remembered from one run to the next: a paragraph whose words were counted is not read again.

Kept are the lemmas of each paragraph with their counts, by the hash of its text. A document is the sum of its paragraphs: no word
reaches over an empty line. What is kept says nothing of topics, and the counts are those of reading anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xxhash

from corpus.topics.matrix import Sparse, assemble
from corpus.topics.words import CHARACTERS_READ, WordReader

if TYPE_CHECKING:
    import numpy.typing as npt

BETWEEN = "\n\n"
LEMMAS, PARAGRAPHS = "lemmas", "paragraphs"


class TextMemory:
    """The counted lemmas of the paragraphs of one language; `read` counts those that it does not know."""

    def __init__(self, reader: WordReader) -> None:
        self._reader = reader
        self._lemmas: dict[str, int] = {}
        self._place: dict[bytes, int] = {}
        self._used: set[int] = set()
        self._blocks: list[Any] = []

    def read(self, texts: Sequence[str]) -> Sparse:
        """Counts, texts by `lemmas` (CSR, indices sorted)."""
        from scipy.sparse import csr_matrix

        parts = [_parts(text) for text in texts]
        keys = [
            [xxhash.xxh3_128_digest(part.encode("utf-8", "surrogatepass")) for part in own] for own in parts
        ]
        new = {
            key: part
            for own, named in zip(parts, keys, strict=True)
            for part, key in zip(own, named, strict=True)
            if key not in self._place
        }
        if new:
            self._learn(new)
        places = [self._place[key] for named in keys for key in named]
        self._used.update(places)
        starts = np.cumsum([0, *map(len, keys)])
        held = self._whole()
        chosen = csr_matrix((np.ones(len(places)), places, starts), shape=(len(texts), held.shape[0]))
        found = chosen @ held
        found.sort_indices()
        return found

    @property
    def lemmas(self) -> Sequence[str]:
        """The lemmas that the columns of `read` stand for."""
        return tuple(self._lemmas)

    def _learn(self, new: dict[bytes, str]) -> None:
        counted = self._reader.occurrences(new.values())
        numbers = self._lemmas
        columns = [
            numbers.setdefault(self._reader.lemma(form) or form, len(numbers)) for form in counted.names
        ]
        known = len(self._place)
        self._place.update((key, known + number) for number, key in enumerate(new))
        self._blocks.append(assemble(counted, np.array(columns, dtype=np.int32), len(numbers)))

    def _whole(self) -> Sparse:
        """Paragraphs by lemmas."""
        from scipy.sparse import csr_matrix, vstack

        width = len(self._lemmas)
        if not self._blocks:
            return csr_matrix((0, width))
        for block in self._blocks:
            block.resize((block.shape[0], width))
        if len(self._blocks) > 1:
            self._blocks = [vstack(self._blocks, format="csr")]
        return self._blocks[0]

    def save(self, folder: Path, name: str) -> None:
        """Write the paragraphs that were asked for."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = np.array(sorted(self._used), dtype=np.int64)
        held = self._whole()[rows]
        keys = list(self._place)
        table = {
            "key": pa.array([keys[row] for row in rows.tolist()], pa.binary(16)),
            "lemmas": _lists(held.indptr, held.indices.astype(np.int32), pa.int32()),
            "counts": _lists(held.indptr, held.data.astype(np.int32), pa.int32()),
        }
        pq.write_table(pa.table(table), folder / f"{name}.{PARAGRAPHS}.parquet", compression="zstd")
        lemmas = pa.table({"lemma": pa.array(list(self._lemmas), pa.string())})
        pq.write_table(lemmas, folder / f"{name}.{LEMMAS}.parquet", compression="zstd")

    def load(self, folder: Path, name: str) -> None:
        """Take in what `save` wrote; nothing where it did not. The reader must be of the same language and wishes."""
        import pyarrow.parquet as pq
        from scipy.sparse import csr_matrix

        path = folder / f"{name}.{PARAGRAPHS}.parquet"
        if not path.is_file():
            return
        with pq.ParquetFile(folder / f"{name}.{LEMMAS}.parquet") as file:
            self._lemmas = {lemma: n for n, lemma in enumerate(file.read()["lemma"].to_pylist())}
        with pq.ParquetFile(path) as file:
            table = file.read().combine_chunks()
        self._place = {key: n for n, key in enumerate(table["key"].to_pylist())}
        lemmas, counts = (table[column].combine_chunks() for column in ("lemmas", "counts"))
        arrays = (
            counts.flatten().to_numpy().astype(np.float64),
            lemmas.flatten().to_numpy(),
            lemmas.offsets.to_numpy(),
        )
        self._blocks = [csr_matrix(arrays, shape=(len(self._place), len(self._lemmas)))]


def _parts(text: str) -> Iterable[str]:
    """The paragraphs of a text; all of it where only its beginning is read."""
    return text.split(BETWEEN) if len(text) <= CHARACTERS_READ else [text]


def _lists(starts: npt.NDArray[Any], values: npt.NDArray[Any], kind: Any) -> Any:
    import pyarrow as pa

    offsets = pa.array(starts.astype(np.int32).tolist(), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.array(values.tolist(), kind))

"""A column of texts read row by row from Arrow's own buffers, without a copy of the column."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class TextColumn:
    """The texts of an Arrow string column, null read as empty."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        if column.null_count:
            column = pc.fill_null(column, "")
        if pa.types.is_string_view(column.type):
            column = column.cast(pa.large_string())
        self._begins: list[int] = []
        self._chunks: list[tuple[memoryview, np.ndarray]] = []
        begin = 0
        for chunk in column.chunks:
            if not len(chunk):
                continue
            _, offsets, data = chunk.buffers()
            width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
            bounds = np.frombuffer(offsets, width)[chunk.offset : chunk.offset + len(chunk) + 1]
            self._chunks.append((memoryview(data) if data is not None else memoryview(b""), bounds))
            self._begins.append(begin)
            begin += len(chunk)

    def __getitem__(self, row: int) -> bytes:
        """Return the text of a row as UTF-8."""
        chunk = bisect_right(self._begins, row) - 1
        data, bounds = self._chunks[chunk]
        at = row - self._begins[chunk]
        return bytes(data[bounds[at] : bounds[at + 1]])

    def __iter__(self) -> Iterator[bytes]:
        for data, bounds in self._chunks:
            for begin in range(0, len(bounds) - 1, _SLICE):
                edges = bounds[begin : begin + _SLICE + 1].tolist()
                for start, end in itertools.pairwise(edges):
                    yield bytes(data[start:end])

    def taken(self, rows: Iterable[int]) -> Iterator[bytes]:
        """Yield the texts of `rows` in that order."""
        for row in rows:
            yield self[row]


_SLICE = 1 << 14

"""Rows of the whole corpus in one file, cut by the piece that they tell of: a task reads its own, and nobody holds all.

Not Parquet: a file of a row group a piece has a footer that takes longer to read than the piece's rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def write_parts(path: Path, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Write the rows of each piece, in the order of the pieces."""
    import pyarrow as pa

    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(path), "wb") as stream, pa.ipc.new_file(stream, schema, options=options) as writer:
        for part in parts:
            batches = part.combine_chunks().to_batches()
            writer.write_batch(batches[0] if batches else pa.RecordBatch.from_pylist([], schema))


def read_part(path: Path, number: int) -> pa.Table:
    """The rows of the piece of that number."""
    import pyarrow as pa

    with pa.OSFile(str(path)) as stream:
        return pa.Table.from_batches([pa.ipc.open_file(stream).get_batch(number)])

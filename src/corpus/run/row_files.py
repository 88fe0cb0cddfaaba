"""Rows between two stages as Arrow files: a run writes and reads thousands of small ones, for a third of what Parquet costs.

Each tells in its schema how many rows it holds and how many bytes they take in memory, so that both are known before any is read.
The same rows give the same bytes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".arrow"
COMPRESSION = "lz4"
"""Quick to undo: the files are half as large again as with zstd, and read in a third of the time."""
_ROWS, _BYTES = b"rows", b"bytes"


def write_rows(path: Path, table: pa.Table) -> None:
    """Write a file of rows; the folder around it is renamed into place when it is whole."""
    import pyarrow as pa

    whole = table.combine_chunks()
    told = {_ROWS: str(whole.num_rows), _BYTES: str(whole.nbytes)}
    schema = whole.schema.with_metadata(told)
    options = pa.ipc.IpcWriteOptions(compression=COMPRESSION)
    with pa.OSFile(str(path), "wb") as stream, pa.ipc.new_file(stream, schema, options=options) as writer:
        writer.write_table(whole.replace_schema_metadata(told))


def read_rows(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a file, or some of their columns, in that order."""
    import pyarrow as pa

    with pa.OSFile(str(path)) as stream:
        file = pa.ipc.open_file(stream)
        if columns is None:
            return file.read_all().replace_schema_metadata(None)
        wanted = [file.schema.get_field_index(name) for name in columns]
        some = pa.ipc.open_file(stream, options=pa.ipc.IpcReadOptions(included_fields=wanted))
        return some.read_all().select(list(columns)).replace_schema_metadata(None)


def link_or_copy(source: str | Path, copy: str | Path) -> None:
    """A file of finished work under another name: nobody writes to it, so on one disk a second name is enough."""
    try:
        os.link(source, copy)
    except OSError:
        shutil.copyfile(source, copy)


def rows_in(path: Path) -> int:
    """How many rows a file holds."""
    return _told(path, _ROWS)


def bytes_in(path: Path) -> int:
    """How many bytes its rows take in memory."""
    return _told(path, _BYTES)


def _told(path: Path, what: bytes) -> int:
    import pyarrow as pa

    with pa.OSFile(str(path)) as stream:
        return int(pa.ipc.open_file(stream).schema.metadata[what])

"""A piece of work on disk while it is written: several tables side by side, each in batches, renamed into place at the end."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from corpus.schemas import Table
from corpus.store import COMPRESSION, from_rows, plain_schema

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH_ROWS = 2_000
BATCH_CHARACTERS = 16_000_000
"""Rows are written out at either bound, so that a file of a million documents needs the memory of a few."""


class PartWriter:
    """Collects the rows of one table and writes them to `folder/<name>.parquet` in batches."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.table = table
        self.rows: list[dict[str, Any]] = []
        self.characters = 0
        self._path = folder / f"{table.name}.parquet"
        self._writer: pq.ParquetWriter | None = None

    def add(self, row: dict[str, Any], characters: int = 0) -> None:
        """Add a row that holds about `characters` characters of text."""
        self.rows.append(row)
        self.characters += characters
        if len(self.rows) >= BATCH_ROWS or self.characters >= BATCH_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow.parquet as pq

        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, plain_schema(self.table), compression=COMPRESSION)
        self._writer.write_table(from_rows(self.table, self.rows))
        self.rows, self.characters = [], 0

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is left: the file is there even when it has no row."""
        if error is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()


def read_part(folder: Path, table: Table, columns: list[str] | None = None) -> pa.Table:
    """The rows of `table` in a finished piece of work."""
    import pyarrow.parquet as pq

    return pq.read_table(folder / f"{table.name}.parquet", columns=columns)

"""The rows of many pieces in the order of a table, in bounded memory, as the row groups that its file is written in.

Which rows are in memory together is no part of what comes out: row groups are cut by the sorted rows alone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.run.row_files import bytes_in, read_rows
from corpus.schemas import Table
from corpus.store import plain_schema

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 65_536
"""Rows per row group at most: a reader that wants one document skips the rest."""
GROUP_BYTES = 64_000_000
"""Bytes of text per row group at most, but for a single row."""
MEMORY_BYTES = 64_000_000
"""More rows than this, as they lie in memory, are first parted by the digits of their document's id, on disk."""
MOST_DIGITS = 2


def sorted_groups(table: Table, sources: Sequence[Path], prefix: str, scratch: Path) -> Iterator[pa.Table]:
    """The rows of the files `sources` whose doc_id begins with `prefix` (all, if it is empty), sorted, in row groups.

    `scratch` is a folder in which rows may be put down meanwhile.
    """
    yield from _groups(_sorted_parts(table, sources, prefix, scratch))


def _sorted_parts(table: Table, sources: Sequence[Path], prefix: str, scratch: Path) -> Iterator[pa.Table]:
    order = [(name, "ascending") for name in table.sorted_by]
    size = sum(map(bytes_in, sources))
    if size <= MEMORY_BYTES or table.sorted_by[0] != "doc_id":
        yield _read(table, sources, prefix).sort_by(order)
        return
    digits = 1 if size <= 16 * MEMORY_BYTES else MOST_DIGITS
    with _parted(table, sources, prefix, digits, scratch) as parts:
        for part in parts:
            yield _read_stream(part).sort_by(order)


def _read(table: Table, sources: Sequence[Path], prefix: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = plain_schema(table)
    tables = [read_rows(path).cast(schema) for path in sources]
    if prefix:
        tables = [rows.filter(pc.starts_with(rows["doc_id"], prefix)) for rows in tables]
    return pa.concat_tables(tables or [schema.empty_table()])


@contextmanager
def _parted(
    table: Table, sources: Sequence[Path], prefix: str, digits: int, scratch: Path
) -> Iterator[list[Path]]:
    """Files of rows whose ids begin alike, in the order of those beginnings, each an Arrow stream."""
    import pyarrow as pa

    folder = Path(tempfile.mkdtemp(prefix=f".{table.name}.", suffix=".tmp", dir=scratch))
    schema = plain_schema(table)
    paths = [folder / f"{number:0{digits}x}" for number in range(16**digits)]
    writers = [pa.ipc.new_stream(str(path), schema) for path in paths]
    waiting: list[pa.Table] = []
    held = 0
    try:
        for source in sources:
            waiting.append(_read(table, [source], prefix))
            held += waiting[-1].nbytes
            if held > MEMORY_BYTES:
                _distribute(waiting, writers, len(prefix), digits)
                waiting, held = [], 0
        _distribute(waiting, writers, len(prefix), digits)
        for writer in writers:
            writer.close()
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _distribute(waiting: Sequence[pa.Table], writers: Sequence[Any], skipped: int, digits: int) -> None:
    import numpy as np
    import pyarrow as pa

    if not waiting:
        return
    rows = pa.concat_tables(waiting)
    numbers = np.array(
        [int(doc_id[skipped : skipped + digits], 16) for doc_id in rows["doc_id"].to_pylist()], dtype=np.int64
    )
    order = np.argsort(numbers, kind="stable")
    rows = rows.take(order)
    bounds = np.searchsorted(numbers[order], np.arange(len(writers) + 1))
    for number, writer in enumerate(writers):
        if bounds[number] < bounds[number + 1]:
            writer.write_table(rows.slice(bounds[number], bounds[number + 1] - bounds[number]))


def _read_stream(path: Path) -> pa.Table:
    import pyarrow as pa

    with pa.OSFile(str(path)) as file:
        return pa.ipc.open_stream(file).read_all()


def _groups(parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows of the parts in groups; at least one, if only of no rows."""
    import pyarrow as pa

    held: pa.Table | None = None
    given = False
    for part in parts:
        held = part if held is None else pa.concat_tables([held, part])
        while (end := _first_group(held)) is not None:
            yield held.slice(0, end)
            given, held = True, held.slice(end)
    if held is not None and (held.num_rows or not given):
        yield held


def _first_group(rows: pa.Table) -> int | None:
    """The end of the first row group of `rows`; None where they do not fill one."""
    import numpy as np

    lengths = np.cumsum(_text_bytes(rows.slice(0, GROUP_ROWS)))
    # The row that passes the limit begins the next group, unless it is alone.
    end = max(int(np.searchsorted(lengths, GROUP_BYTES, side="right")), 1)
    return min(end, GROUP_ROWS) if end < rows.num_rows else None


def _text_bytes(rows: pa.Table) -> Any:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    total = np.zeros(rows.num_rows, dtype=np.int64)
    for column in rows.columns:
        if pa.types.is_string(column.type):
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    return total

"""Files that appear whole or not at all: atomic writes of Parquet, JSON and folders, and the reading of tables."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import OutputError, TableError
from corpus.schemas import TABLES, Table

if TYPE_CHECKING:
    import pyarrow as pa

COMPRESSION = "zstd"
FEW_ROWS = 10_000
"""A file of no more rows is read by one thread."""
PART_ROWS = 2_000_000
"""A table with more rows than this becomes a folder of part files."""


@contextmanager
def replacing(path: Path, lasting: bool = False) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends well, and vanishes when it does not.

    `lasting` waits until the disk holds it: after a power cut there is the file that was, or the one that is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        if lasting:
            with temporary.open("r+b") as stream:  # Windows syncs only what may be written
                os.fsync(stream.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """The same for a folder: a finished piece of work is a folder renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        remove_folder(path)
        os.replace(temporary, path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder of ours if it is there. Raises OutputError where it, or anything in it, is a symbolic link."""
    refuse_links(folder)
    if folder.is_dir():
        shutil.rmtree(folder)


def remove_ours(path: Path) -> None:
    """Remove what stands where a run works, whatever it is; what it is hard-linked to stays. Raises OutputError for a link."""
    remove_folder(path)
    path.unlink(missing_ok=True)


def refuse_links(path: Path) -> None:
    """Raise OutputError where `path` or anything below it is a symbolic link: this program makes none and follows none."""
    if path.is_symlink():
        raise _link(path)
    for root, folders, files in os.walk(path):
        for name in (*folders, *files):
            if os.path.islink(os.path.join(root, name)):
                raise _link(Path(root, name))


def _link(path: Path) -> OutputError:
    return OutputError(
        f"{path} is a symbolic link. This program makes none in its output folder and neither follows nor removes one: "
        "take it away, or choose another folder."
    )


def write_json(path: Path, value: Any, lasting: bool = False) -> None:
    """Write JSON with sorted keys, so that the same value gives the same bytes; `lasting` as in `replacing`."""
    with replacing(path, lasting) as temporary:
        temporary.write_text(
            json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
            encoding="utf-8",
            newline="\n",
        )


def read_json(path: Path) -> Any:
    """Read JSON; raises OSError or ValueError, and waits for no pipe."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return json.loads(path.read_text(encoding="utf-8"))


def write_groups(path: Path, table: Table, groups: Iterable[pa.Table]) -> int:
    """Write the file of a table from its sorted rows, a row group each, atomically; the number of rows."""
    import pyarrow.parquet as pq

    rows = 0
    with (
        replacing(path) as temporary,
        pq.ParquetWriter(temporary, table.arrow(), compression=COMPRESSION) as writer,
    ):
        for group in groups:
            rows += group.num_rows
            writer.write_table(finished(table, group), row_group_size=max(group.num_rows, 1))
    return rows


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """One Parquet file. Not by `pq.read_table`, which draws in pyarrow.dataset and pandas: a second of every process."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        # Of a small file threads cost more than they save, and most of those between stages are small.
        several = file.metadata.num_rows > FEW_ROWS
        return file.read(columns=list(columns) if columns is not None else None, use_threads=several)


@cache
def plain_schema(table: Table) -> pa.Schema:
    """The schema of a table between stages: plain strings where the final table has dictionaries."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type, f.nullable)
            for f in table.arrow()
        ]
    )


def from_rows(table: Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """An Arrow table in the form used between stages; a column a row does not have is null."""
    import pyarrow as pa

    schema = plain_schema(table)
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def finished(table: Table, rows: pa.Table) -> pa.Table:
    """Sorted rows in the form of the output: with dictionaries built in row order, and the schema's metadata.

    The dictionaries are encoded after sorting, so that their order does not tell which shard came first.
    """
    import pyarrow as pa

    ordered = rows.combine_chunks()
    schema = table.arrow()
    columns = []
    for field in schema:
        column = ordered[field.name]
        if pa.types.is_dictionary(field.type):
            column = column.cast(pa.string()).combine_chunks().dictionary_encode().cast(field.type)
        columns.append(column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def table_files(out: Path, name: str) -> list[Path]:
    """The files of a table in an output folder: one, or the part files of a folder of that name."""
    single, folder = out / f"{name}.parquet", out / name
    if single.is_file():
        return [single]
    if folder.is_dir():
        return sorted(folder.glob("*.parquet"))
    return []


@contextmanager
def telling_damage(out: Path, name: str) -> Iterator[None]:
    """Raise what pyarrow says of a file that was cut or overwritten as a TableError that says what to do."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError) as error:
        why = str(error).rpartition(": ")[2].partition(". ")[0]
        raise TableError(damage(out, name, why)) from None


def damage(out: Path, name: str, why: str) -> str:
    """The sentence about a table that cannot be read.

    >>> damage(Path("out"), "facts", "no magic bytes")
    'The table facts of out is damaged (no magic bytes). The others work; `corpus run` writes it anew.'
    """
    return f"The table {name} of {out} is damaged ({why}). The others work; `corpus run` writes it anew."


def read_table(out: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A whole table of an output folder; raises TableError with what is there when it is not, or is damaged."""
    import pyarrow as pa

    if name not in TABLES:
        raise TableError(f"There is no table named {name!r}. The tables are: {', '.join(TABLES)}.")
    files = table_files(out, name)
    if not files:
        there = [other for other in TABLES if table_files(out, other)]
        known = f"It holds: {', '.join(there)}." if there else "It holds no table: run `corpus run` first."
        raise TableError(f"{out} holds no table named {name!r}. {known}")
    with telling_damage(out, name):
        parts = [read_parquet(path, columns) for path in files]
        return pa.concat_tables(parts, promote_options="default").unify_dictionaries()

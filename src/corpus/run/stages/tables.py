"""Pieces to tables: all rows of a table, sorted, in one file, or in part files by document id where there are many.

In: the marked and named pieces, the topic tables and what could not be listed. Out: the output folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.dictionary import resource
from corpus.records import Problem
from corpus.run.context import Run
from corpus.run.pieces import MarkedPiece, NamedPiece
from corpus.run.rows import problem_row
from corpus.run.stages.topics import Topics
from corpus.run.workspace import PACKAGE_FILE
from corpus.schemas import PROBLEMS, STAGE_TABLES, TABLES, TOPIC_TABLES, Table, tables_until
from corpus.store import (
    PART_ROWS,
    finished,
    from_rows,
    plain_schema,
    replacing_folder,
    table_files,
    write_json,
    write_parquet,
)
from corpus.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

HEX = "0123456789abcdef"


def write_tables(
    run: Run,
    problems: Sequence[Problem],
    pieces: Sequence[MarkedPiece],
    mentions: Sequence[NamedPiece],
    topics: Topics | None,
) -> dict[str, int]:
    """Every table of the run from its pieces; `problems` are those that no piece holds. The number of rows of each."""
    unlisted = from_rows(TABLES["problems"], [problem_row(problem) for problem in problems])
    names = tables_until(run.config.until)
    counts: dict[str, int] = {}
    with run.progress.stage("tables", len(names)) as done:
        for name in names:
            if topics is not None and name in TOPIC_TABLES:
                counts[name] = assemble(TABLES[name], [], run.out, topics.tables[name])
            else:
                folders: list[Path] = []
                if name in STAGE_TABLES["entities"] or name == PROBLEMS.name:
                    folders.extend(mentions)
                if name not in STAGE_TABLES["entities"]:
                    folders.extend(pieces)
                sources = [folder / f"{name}.parquet" for folder in folders]
                counts[name] = assemble(
                    TABLES[name], sources, run.out, unlisted if name == "problems" else None
                )
            done(1)
        write_data_package(run.out, names)
    return counts


def assemble(table: Table, sources: Sequence[Path], out: Path, extra: pa.Table | None = None) -> int:
    """Write `table` from the Parquet files `sources` (and the rows `extra`) to `out`; give its number of rows.

    A table of more than PART_ROWS rows that has a `doc_id` becomes a folder of sixteen part files, cut by the id's first
    digit, so that each is sorted in memory by itself and the parts in their order are the whole in its order.
    """
    import pyarrow.parquet as pq

    rows: int = sum(pq.read_metadata(path).num_rows for path in sources) + (
        extra.num_rows if extra is not None else 0
    )
    single, folder = out / f"{table.name}.parquet", out / table.name
    if rows <= PART_ROWS or "doc_id" not in {column.name for column in table.columns}:
        write_parquet(single, finished(table, _read(table, sources, extra, None)))
        shutil.rmtree(folder, ignore_errors=True)
        return rows
    with replacing_folder(folder) as temporary:
        for digit in HEX:
            part = finished(table, _read(table, sources, extra, digit))
            if part.num_rows:
                write_parquet(temporary / f"part-{digit}.parquet", part)
    single.unlink(missing_ok=True)
    return rows


def _read(table: Table, sources: Sequence[Path], extra: pa.Table | None, digit: str | None) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    tables = [pq.read_table(path) for path in sources]
    tables += [extra] if extra is not None else []
    if digit is not None:
        tables = [part.filter(pc.starts_with(part["doc_id"], digit)) for part in tables]
    return pa.concat_tables(
        [part.cast(plain_schema(table)) for part in tables] or [plain_schema(table).empty_table()]
    )


def write_data_package(out: Path, names: Sequence[str]) -> None:
    """Write `datapackage.json` (Frictionless Data Package v2): every table with its files, schema, size and hash."""
    resources: list[dict[str, Any]] = []
    for name in names:
        files = table_files(out, name)
        paths = [str(path.relative_to(out)) for path in files]
        resources.append(
            resource(TABLES[name])
            | {
                "path": paths[0] if len(paths) == 1 else paths,
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "bytes": sum(path.stat().st_size for path in files),
            }
            | ({"hash": _sha256(files[0])} if len(files) == 1 else {})
        )
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "news-corpus-output",
        "title": "Tables of a news corpus",
        "version": __version__,
        "resources": resources,
    }
    write_json(out / PACKAGE_FILE, package)


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()

"""Pieces to tables: all rows of a table, sorted, in one file, or in part files by document id where there are many.

In: the marked and named pieces, those of events, the topic tables and what could not be listed. Out: the output folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.dictionary import resource
from corpus.identity import digest, file_digest
from corpus.records import Problem
from corpus.run.context import Run, Task
from corpus.run.pieces import EventPiece, MarkedPiece, NamedPiece, names_of, rows_file
from corpus.run.row_files import rows_in, write_rows
from corpus.run.rows import problem_row
from corpus.run.sorting import sorted_groups
from corpus.run.stages.topics import Topics
from corpus.run.workspace import PACKAGE_FILE, WORK_FOLDER, code_fingerprint
from corpus.schemas import EVENTS, FACTS, PROBLEMS, STAGE_TABLES, TABLES, TOPIC_TABLES, Table, tables_until
from corpus.store import (
    PART_ROWS,
    from_rows,
    remove_folder,
    replacing_folder,
    table_files,
    write_groups,
    write_json,
)
from corpus.version import __version__

HEX = "0123456789abcdef"


def write_tables(
    run: Run,
    problems: Sequence[Problem],
    pieces: Sequence[MarkedPiece],
    mentions: Sequence[NamedPiece],
    events: Sequence[EventPiece],
    topics: Topics | None,
) -> dict[str, int]:
    """Every table of the run from its pieces; `problems` are those that no piece holds. The number of rows of each."""
    names = tables_until(run.config.until)
    told = [problem_row(problem) for problem in problems]
    with _scratch(run.out / WORK_FOLDER) as scratch:
        unlisted = rows_file(scratch, "unlisted")
        write_rows(unlisted, from_rows(PROBLEMS, told))
        tasks: dict[str, Task] = {}
        for name in names:
            if topics is not None and name in TOPIC_TABLES:
                sources = [topics[name]]
            elif name in (FACTS.name, EVENTS.name):
                sources = [rows_file(piece, name) for piece in events]
            elif name in STAGE_TABLES["entities"]:
                sources = [rows_file(piece, name) for piece in mentions]
            elif name == PROBLEMS.name:
                sources = [*(rows_file(piece, name) for piece in (*pieces, *mentions)), unlisted]
            else:
                sources = [rows_file(piece, name) for piece in pieces]
            beside = told if name == PROBLEMS.name else None
            made_from = names_of(path for path in sources if path != unlisted)
            run.sources[name] = digest(code_fingerprint(), made_from, beside)
            if not _stands(run, name):
                tasks[name] = (TABLES[name], sources, run.out, scratch)
        made = dict(zip(tasks, run.do("tables", assemble, list(tasks.values())), strict=True))
    write_data_package(run.out, names)
    return {name: made[name] if name in made else run.earlier["rows"][name] for name in names}


def _stands(run: Run, name: str) -> bool:
    """Whether a table lies in the output as it would be made: from the same pieces, and nobody touched it since."""
    files = {path.relative_to(run.out).as_posix(): path for path in table_files(run.out, name)}
    if not files or run.earlier.get("sources", {}).get(name) != run.sources[name]:
        return False
    known = run.earlier["outputs"]
    return all(known.get(file) == file_digest(path) for file, path in files.items())


@contextmanager
def _scratch(work: Path) -> Iterator[Path]:
    """A folder for rows on their way."""
    folder = Path(tempfile.mkdtemp(prefix=".tables.", suffix=".tmp", dir=work))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def assemble(table: Table, sources: Sequence[Path], out: Path, scratch: Path) -> int:
    """Write `table` from the files `sources` to `out`, in bounded memory; give its number of rows.

    A table of more than PART_ROWS rows that has a `doc_id` becomes a folder of sixteen part files, cut by the id's first
    digit: the parts in their order are the whole in its order.
    """
    rows = sum(map(rows_in, sources))
    single, folder = out / f"{table.name}.parquet", out / table.name
    if rows <= PART_ROWS or table.sorted_by[0] != "doc_id":
        write_groups(single, table, sorted_groups(table, sources, "", scratch))
        remove_folder(folder)
        return rows
    with replacing_folder(folder) as temporary:
        for digit in HEX:
            part = temporary / f"part-{digit}.parquet"
            if not write_groups(part, table, sorted_groups(table, sources, digit, scratch)):
                part.unlink()
    single.unlink(missing_ok=True)
    return rows


def write_data_package(out: Path, names: Sequence[str]) -> None:
    """Write `datapackage.json` (Frictionless Data Package v2): every table with its files, schema, size and hash."""
    resources: list[dict[str, Any]] = []
    for name in names:
        files = table_files(out, name)
        paths = [path.relative_to(out).as_posix() for path in files]
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

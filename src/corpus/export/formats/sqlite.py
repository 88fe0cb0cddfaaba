"""One SQLite file with all tables, keys, indices and a full-text index: Datasette, DB Browser or any SQL opens it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.schemas import TABLES

ENDING = ".sqlite"
DESCRIPTION = "One SQLite database with all tables and a full-text index, for Datasette or any SQL."
TYPES = {"int32": "integer", "bool": "integer", "float32": "real", "float64": "real"}
INDEXED = ("doc_id", "company", "event", "topic", "text_id", "kind", "outlet", "published")
BATCH = 10_000


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write the tables; dates as ISO text, lists as JSON, a paragraph found by `paragraphs_fts match 'words'`."""
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("pragma journal_mode = off")
        for name in source.names:
            written.counts[name] = _write_table(connection, source, name)
        if source.has("paragraphs"):
            connection.execute(
                "create virtual table paragraphs_fts using fts5(text, content='paragraphs', tokenize='unicode61')"
            )
            connection.execute("insert into paragraphs_fts(paragraphs_fts) values ('rebuild')")
        connection.commit()


def _write_table(connection: sqlite3.Connection, source: Source, name: str) -> int:
    rows, table = source.table(name), TABLES[name]
    kinds = {column.name: TYPES.get(column.kind, "text") for column in table.columns}
    columns = [f'"{column}" {kinds.get(column, "text")}' for column in rows.column_names]
    key = [column for column in table.key if column in rows.column_names]
    if key and not any(rows[column].null_count for column in key):
        columns.append("primary key (" + ", ".join(f'"{column}"' for column in key) + ")")
    connection.execute(f'create table "{name}" ({", ".join(columns)})')
    places = ", ".join("?" * rows.num_columns)
    for batch in rows.to_batches(max_chunksize=BATCH):
        columns_of = [map(_value, batch.column(at).to_pylist()) for at in range(batch.num_columns)]
        connection.executemany(f'insert into "{name}" values ({places})', zip(*columns_of, strict=True))
    for column in INDEXED:
        if column in rows.column_names:
            connection.execute(f'create index "{name}_{column}" on "{name}" ("{column}")')
    return int(rows.num_rows)


def _value(value: Any) -> Any:
    match value:
        case list():
            return json.dumps(value, ensure_ascii=False)
        case dt.date():
            return value.isoformat()
        case _:
            return value

"""A look at a table on the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.notebook import query_tables
from corpus.schemas import TABLES
from corpus.store import read_table

CELL = 60
HIDDEN = frozenset({"raw_text", "content_hash", "text_id", "metadata"})
"""Columns that say nothing at a glance."""


def print_table(out: Path, name: str, rows: int, where: str | None, as_json: bool) -> None:
    """Print the first rows of a table, or those that an SQL condition picks."""
    table = read_table(out, name, columns=[]) if where is None else None
    total = table.num_rows if table is not None else None
    condition = f" where {where}" if where else ""
    order = ", ".join(f'"{column}"' for column in TABLES[name].sorted_by) if name in TABLES else "1"
    found = query_tables(out, f"select * from {name}{condition} order by {order} limit {rows}").to_pylist()
    if as_json:
        for row in found:
            print(json.dumps(row, ensure_ascii=False, default=str))
        return
    from rich.console import Console
    from rich.table import Table as Grid

    columns = [column.name for column in TABLES[name].columns if column.name not in HIDDEN]
    columns = [column for column in columns if any(row[column] is not None for row in found)]
    grid = Grid(
        title=f"{name}: {len(found)} of {total} rows" if total is not None else f"{name}: {len(found)} rows"
    )
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in found:
        grid.add_row(*(_cell(row[column]) for column in columns))
    console = Console()
    console.print(grid)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return text if len(text) <= CELL else text[: CELL - 1] + "…"

"""A look at a table on the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.inert import plain
from corpus.notebook import GLANCE, query_tables
from corpus.plurals import counted
from corpus.schemas import TABLES
from corpus.store import read_table

OUTLET = 24
"""Longest name of a publication beside a hit."""
CELL = 40
"""Longest cell on a terminal; `--json` prints whole values."""
WHOLE = ("message",)
"""Columns that are read and not glanced at: they are wrapped, not cut."""
WIDE = 160
"""From this width on there is room for the columns beside the telling ones."""


def print_table(out: Path, name: str, rows: int, where: str | None, as_json: bool) -> None:
    """Print the first rows of a table, or of those that an SQL condition picks.

    Raises TableError when there is no such table or DuckDB cannot read the condition.
    """
    total = read_table(out, name, TABLES[name].sorted_by[:1] if name in TABLES else None).num_rows
    condition = f" where {where}" if where else ""
    order = ", ".join(f'"{column}"' for column in TABLES[name].sorted_by)
    found = query_tables(out, f"select * from {name}{condition} order by {order} limit {rows}").to_pylist()
    if as_json:
        for row in found:
            print(json.dumps(row, ensure_ascii=False, default=str))
        return
    _print_grid(name, found, total)


def _print_grid(name: str, rows: list[dict[str, Any]], total: int) -> None:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(highlight=False)
    if not rows:
        console.print(f"{name}: 0 of {counted(total, 'row')}")
        return
    filled = [c.name for c in TABLES[name].columns if any(row[c.name] is not None for row in rows)]
    cells = {column: [_cell(row[column], whole=column in WHOLE) for row in rows] for column in filled}
    columns = _fitting(name, cells, console.width)
    grid = Grid(title=f"{name}: {len(rows)} of {counted(total, 'row')}", title_justify="left")
    for column in columns:
        grid.add_column(column, no_wrap=column not in WHOLE)
    for position in range(len(rows)):
        # As Text: what stands in data is no markup.
        grid.add_row(*(Text(cells[column][position]) for column in columns))
    console.print(grid)
    left_out = [column for column in filled if column not in columns]
    if left_out:
        console.print(
            f"Not shown: {', '.join(left_out)} (--json prints everything).", style="dim", soft_wrap=True
        )


def _fitting(name: str, cells: dict[str, list[str]], width: int) -> list[str]:
    """The columns that fit, in their order: the telling ones first, the rest as far as there is room."""
    room = width - 1
    chosen: set[str] = set()
    glance = [column for column in (*GLANCE.get(name, tuple(cells)), "doc_id", "start") if column in cells]
    rest = [column for column in cells if column not in glance] if width >= WIDE else []
    for column in dict.fromkeys([*glance, *rest]):
        longest = max(len(column), *(len(cell) for cell in cells[column]))
        needed = min(longest, CELL if column in WHOLE else longest) + 3
        if needed <= room:
            room -= needed
            chosen.add(column)
    return [column for column in dict.fromkeys([*glance, *cells]) if column in chosen]


def _cell(value: Any, *, whole: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(plain(str(value)).split())
    return text if whole or len(text) <= CELL else text[: CELL - 1] + "…"


def print_hits(records: list[dict[str, Any]], note: str, rows: int, as_json: bool) -> None:
    """Print concordance lines with the hit in one column and the note below, or each line as JSON."""
    from rich.console import Console
    from rich.text import Text

    for record in records:
        day = record["published"]
        record["published"] = day.date().isoformat() if day == day and day is not None else None
        record.update({name: None for name, value in record.items() if value != value})
    if as_json:
        for record in records:
            print(json.dumps(record, ensure_ascii=False, default=str))
        return
    console = Console(highlight=False)
    head = max(
        (len(_cell(record["outlet"] or record["source"])[:OUTLET]) for record in records[:rows]), default=0
    )
    room = max((console.width - head - 30) // 2, 20)
    for record in records[:rows]:
        left, hit, right = (" ".join(plain(record[name]).split()) for name in ("left", "hit", "right"))
        line = Text(
            f"{record['published'] or '?':<10} {_cell(record['outlet'] or record['source'])[:OUTLET]:<{head}} "
        )
        line.append(f"{left[-room:]:>{room}} ")
        line.append(hit, style="bold")
        line.append(f" {right[:room]}")
        console.print(line, soft_wrap=True)
    more = f" The first {rows} are shown (-n, --json)." if len(records) > rows else ""
    Console(stderr=True, highlight=False, markup=False).print(f"{note}{more}")

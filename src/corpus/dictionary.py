"""The data dictionary, from `corpus.schemas`: for the terminal, as Markdown, and as Frictionless table schemas."""

from __future__ import annotations

from typing import Any

from corpus.errors import TableError
from corpus.schemas import FRICTIONLESS_TYPES, TABLES, Column, Table

TYPE_NAMES = {
    "category": "string (dictionary)",
    "strings": "list of strings",
    "date": "date32",
}


def selected(name: str | None) -> list[Table]:
    """The table of that name, or all of them; TableError where there is none."""
    if name is None:
        return list(TABLES.values())
    if name not in TABLES:
        raise TableError(f"There is no table named {name!r}. The tables are: {', '.join(TABLES)}.")
    return [TABLES[name]]


def as_markdown(name: str | None = None) -> str:
    """The dictionary as Markdown, one section a table."""
    return "\n".join(_section(table) for table in selected(name)).rstrip()


def _section(table: Table) -> str:
    lines = [
        f"## {table.name}",
        f"{table.row} Sorted by {', '.join(table.sorted_by)}.",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    lines += [f"| `{column.name}` | {_type(column)} | {_meaning(column)} |" for column in table.columns]
    return "\n".join(lines) + "\n"


def _type(column: Column) -> str:
    return TYPE_NAMES.get(column.kind, column.kind)


def _meaning(column: Column) -> str:
    meaning = column.description
    if column.values:
        meaning += f" One of: {', '.join(column.values)}."
    if column.unit:
        meaning += f" Unit: {column.unit}."
    return meaning


def as_resources(name: str | None = None) -> list[dict[str, Any]]:
    """Each table as a Frictionless (Data Package v2) resource without its path."""
    return [resource(table) for table in selected(name)]


def resource(table: Table) -> dict[str, Any]:
    """The Frictionless description of a table: name, description and table schema."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys := _foreign_keys(table):
        schema["foreignKeys"] = keys
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.row,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": FRICTIONLESS_TYPES[column.kind],
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_keys(table: Table) -> list[dict[str, Any]]:
    if table.name == "documents" or not any(column.name == "doc_id" for column in table.columns):
        return []
    return [{"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}}]


def print_dictionary(name: str | None = None) -> None:
    """Print the dictionary to standard output, as tables fitted to the terminal."""
    from rich.console import Console
    from rich.table import Table as Grid

    console = Console()
    for table in selected(name):
        grid = Grid(title=f"{table.name}: {table.row}", title_justify="left", expand=False)
        grid.add_column("column", no_wrap=True)
        grid.add_column("type", no_wrap=True)
        grid.add_column("meaning")
        for column in table.columns:
            grid.add_row(column.name, _type(column), _meaning(column))
        console.print(grid)

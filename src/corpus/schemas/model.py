"""What a table and a column are, and the Arrow schema that a table has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["string", "category", "strings", "int32", "float32", "float64", "bool", "date"]

FRICTIONLESS_TYPES: dict[Kind, str] = {
    "string": "string",
    "category": "string",
    "strings": "list",
    "int32": "integer",
    "float32": "number",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is its type in the terms of the data dictionary, `unit` what its numbers count.

    >>> from corpus.schemas import AMOUNTS
    >>> [low] = [column for column in AMOUNTS.columns if column.name == "low"]
    >>> low.kind, low.unit
    ('float64', 'whole currency units')
    """

    name: str
    kind: Kind
    description: str
    unit: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the output folder: what one row is, its columns, and the columns its rows are sorted by.

    >>> from corpus.schemas import FACTS
    >>> FACTS.name, FACTS.sorted_by
    ('facts', ('doc_id', 'start', 'amount_start'))
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]
    key: tuple[str, ...] = ()

    def arrow(self) -> pa.Schema:
        """The Arrow schema, with description and unit of the table and of each column in its metadata."""
        return _arrow_schema(self)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@lru_cache(maxsize=64)
def _arrow_schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types: dict[Kind, pa.DataType] = {
        "string": pa.string(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        # Parquet calls the values of a list "element", and so does what is read back.
        "strings": pa.list_(pa.field("element", pa.string())),
        "int32": pa.int32(),
        "float32": pa.float32(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    fields = []
    for column in table.columns:
        metadata = {"description": column.description}
        if column.unit:
            metadata["unit"] = column.unit
        fields.append(pa.field(column.name, types[column.kind], not column.required, metadata))
    return pa.schema(fields, {"table": table.name, "description": table.row})


def column(
    name: str,
    kind: Kind,
    description: str,
    unit: str | None = None,
    values: str = "",
    required: bool = False,
) -> Column:
    """A column in one line; `values` are the members of its set, parted by spaces."""
    return Column(name, kind, description, unit, tuple(values.split()), required)

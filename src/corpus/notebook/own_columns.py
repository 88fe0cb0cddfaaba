"""The user's own columns, which the table `variables` holds a row each, as typed columns of `documents`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_TYPES = (
    ("boolean", "value in ('true', 'false')"),
    ("bigint", r"regexp_full_match(value, '-?(0|[1-9]\d{0,17})')"),
    ("double", r"regexp_full_match(value, '-?(0|[1-9]\d{0,17})([.]\d+)?')"),
    ("date", r"regexp_full_match(value, '\d{4}-\d{2}-\d{2}') and try_cast(value as date) is not null"),
)
"""The narrowest type that every value of a column is written in. A number with a nought before it (a postal code) stays text."""


def with_own_columns(
    connection: duckdb.DuckDBPyConnection, documents: str, variables: str, taken: Collection[str]
) -> str | None:
    """The query `documents` with a typed column for each name in the view `variables`; None where there is none.

    A name that is `taken`, or that differs from the one before it in capitals alone, stays in `variables` only: SQL would not
    tell them apart.
    """
    checks = ", ".join(f"bool_and({check})" for _, check in _TYPES)
    found = connection.execute(
        f"select name, {checks} from {variables} group by name order by name"
    ).fetchall()
    seen = {name.lower() for name in taken}
    columns = []
    for name, *fits in found:
        if name.lower() not in seen:
            seen.add(name.lower())
            kind = next((kind for (kind, _), fit in zip(_TYPES, fits, strict=True) if fit), "varchar")
            columns.append(_column(name, kind))
    if not columns:
        return None
    own = f"select doc_id, {', '.join(columns)} from {variables} group by doc_id"
    return f"select d.*, own.* exclude (doc_id) from ({documents}) d left join ({own}) own using (doc_id)"


def _column(name: str, kind: str) -> str:
    value, heading = name.replace("'", "''"), name.replace('"', '""')
    return f"any_value(try_cast(value as {kind})) filter (name = '{value}') as \"{heading}\""

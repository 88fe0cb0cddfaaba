"""The tables of an output folder as views of one kept DuckDB connection, and each as pandas, Polars or Arrow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SetupError, TableError, UnknownNameError
from corpus.notebook.cells import table_as_html
from corpus.notebook.names import did_you_mean
from corpus.notebook.own_columns import with_own_columns
from corpus.notebook.selection import Selection, chosen_documents, select_views
from corpus.plurals import counted
from corpus.schemas import TABLES
from corpus.store import damage, table_files

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from corpus.notebook.frame import Frame
    from corpus.schemas import Table

Parameters = list[Any] | dict[str, Any] | None
PREVIEW_ROWS = 10
GLANCE: dict[str, tuple[str, ...]] = {
    "documents": ("source", "outlet", "published", "language", "title", "words", "removed_share"),
    "paragraphs": ("text", "kind", "first_doc_id", "changed_facts"),
    "removals": ("text", "reason", "rule"),
    "companies": ("text", "company", "country", "sector", "found_by"),
    "amounts": ("text", "low", "high", "currency", "modifier", "eur_low"),
    "dates": ("text", "start_date", "end_date", "modifier", "anchored_to"),
    "names": ("text", "type", "name"),
    "facts": ("kind", "company", "low", "currency", "certainty", "text"),
    "events": ("kind", "company", "counterparty", "low", "currency", "start_date", "documents", "outlets"),
    "topics": ("topic", "label", "kind", "documents", "share", "doubtful"),
    "problems": ("message", "source", "kind"),
}
"""The columns that say most: a look at a table shows these."""

_SQL_TYPES = {
    "string": "varchar",
    "category": "varchar",
    "strings": "varchar[]",
    "int32": "integer",
    "float32": "float",
    "float64": "double",
    "bool": "boolean",
    "date": "date",
}
_MISSING_TABLE = re.compile(r"Table with name (\w+) does not exist")


class Tables:
    """The tables of a folder, or of the documents chosen from it, behind one connection that is kept.

    The connection lives in memory and is closed to the network and to other files. A table that is damaged is named in `damaged`
    and left out; one of an older program has its missing columns filled with nulls and is named in `older`. After a new run the
    views are made anew.
    """

    def __init__(
        self, folder: Path, selection: Selection | None = None, parent: Tables | None = None
    ) -> None:
        self.folder = folder
        self.selection = selection
        self.parent = parent
        self.damaged: dict[str, str] = {}
        self.older: dict[str, list[str]] = {}
        self._queries: dict[str, str] = {}
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._seen: tuple[Any, ...] = ()

    def names(self) -> list[str]:
        """Names of the tables that are there, damaged ones too."""
        return [name for name in TABLES if table_files(self.folder, name)]

    def has(self, *names: str) -> bool:
        """Whether these tables can be asked."""
        self.connection()
        return all(name in self._asked() for name in names)

    def need(self, *names: str) -> None:
        """Raise TableError with what to do where one of these is damaged, not there, or of an older program.

        A name is a table, `companies`, or a column, `companies.first`, without which the answer would be wrong in silence.
        """
        self.connection()
        for name in names:
            table, _, column = name.partition(".")
            if table not in self._asked():
                raise TableError(self._lacking(table))
            if column in self.older.get(table, ()):
                raise TableError(
                    f"The table {table} of {self.folder} was written by an older version and lacks {column}: "
                    "run `corpus run` again."
                )

    def _asked(self) -> list[str]:
        """Names of what has a view."""
        return [name for name in self.names() if name not in self.damaged]

    def state(self) -> tuple[Any, ...]:
        """What the files looked like: differs after a run that changed them."""
        found = []
        for name in self.names():
            for path in table_files(self.folder, name):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(found)

    def arrow(self, query: str, parameters: Parameters = None) -> pa.Table:
        """The answer to an SQL query. Raises TableError with DuckDB's reason and its candidates in one sentence."""
        import duckdb

        connection = self.connection()
        try:
            answer = connection.sql(query, params=parameters)
            if answer is None:
                raise TableError("The query gives no rows: write a select.")
            return _plain_numbers(answer.to_arrow_table())
        except duckdb.Error as error:
            raise TableError(self._reason(str(error))) from None

    def rows(self, query: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        """The answer as a list of rows."""
        found: list[dict[str, Any]] = self.arrow(query, parameters).to_pylist()
        return found

    def connection(self) -> duckdb.DuckDBPyConnection:
        """The kept connection, made at the first question and after a run that changed the files."""
        state = self.state()
        if self._connection is None or state != self._seen:
            if self._connection is not None:
                self._connection.close()
            self.damaged, self.older = {}, {}
            self._connection, self._seen = self._connect(), state
        return self._connection

    def _connect(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        )
        if self.selection is not None:
            connection.execute("create schema whole")
        schema = "whole." if self.selection is not None else ""
        for name in self.names():
            self._view(connection, schema, name)
        if {"documents", "variables"} <= set(self._asked()):
            self._widen(connection, schema)
        if self.selection is not None and self.parent is not None:
            select_views(connection, self._asked(), chosen_documents(self.parent, self.selection))
        # Views are made: from here on a query reads those files and no others.
        connection.execute(f"set allowed_paths = [{', '.join(self._paths())}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        return connection

    def _view(self, connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> None:
        import duckdb

        source = f"read_parquet([{', '.join(self._paths(name))}])"
        try:
            there = {row[0] for row in connection.execute(f"describe select * from {source}").fetchall()}
            lacking = [column for column in TABLES[name].columns if column.name not in there]
            filled = "".join(f', null::{_SQL_TYPES[column.kind]} as "{column.name}"' for column in lacking)
            self._queries[name] = f"select *{filled} from {source}"
            connection.execute(f"create view {schema}{name} as {self._queries[name]}")
        except duckdb.Error as error:
            self.damaged[name] = str(error).splitlines()[0]
            return
        if lacking:
            self.older[name] = [column.name for column in lacking]

    def _widen(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        """Give the view of documents the user's own columns."""
        import duckdb

        documents, taken = self._queries["documents"], [column.name for column in TABLES["documents"].columns]
        try:
            wider = with_own_columns(connection, documents, f"{schema}variables", taken)
            if wider is not None:
                connection.execute(f"create or replace view {schema}documents as {wider}")
        except duckdb.Error as error:  # rows that cannot be read although the file's foot can
            self.damaged["variables"] = str(error).splitlines()[0]

    def _paths(self, *names: str) -> list[str]:
        return [
            "'" + str(path).replace("'", "''") + "'"
            for name in (names or self.names())
            for path in table_files(self.folder, name)
        ]

    def _lacking(self, name: str) -> str:
        if name in self.damaged:
            return damage(self.folder, name, self.damaged[name])
        return f"{self.folder} holds no table {name}: run `corpus run` again, whole, with this version."

    def _reason(self, said: str) -> str:
        missing = _MISSING_TABLE.search(said)
        if missing and missing[1] in TABLES:
            return self._lacking(missing[1])
        if missing:
            return f"There is no table {missing[1]}. {did_you_mean(missing[1], self.names())}".strip()
        lines = [line.strip() for line in said.partition("\n\nLINE")[0].splitlines() if line.strip()]
        return f"The query failed: {' '.join(lines)}"


def _plain_numbers(table: pa.Table) -> pa.Table:
    """Sums of integers, which DuckDB gives as 38-digit decimals, as the numbers that pandas and charts expect."""
    import pyarrow as pa

    for number, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            kind = pa.int64() if field.type.scale == 0 else pa.float64()
            table = table.set_column(number, field.name, table[field.name].cast(kind))
    return table


def query_tables(folder: Path, query: str) -> pa.Table:
    """The answer to an SQL query over the tables of an output folder; TableError says what DuckDB did not like.

    >>> query_tables(Path("data/processed"), "select count(*) as n from documents").to_pylist()
    [{'n': 47}]
    """
    return Tables(folder).arrow(query)


class TableView:
    """A table: read when it is needed, handed on as pandas, Polars or Arrow. In a notebook it shows its telling columns.

    >>> c.amounts.columns[:2], len(c.documents)
    (['doc_id', 'paragraph'], 47)
    """

    def __init__(self, name: str, tables: Tables) -> None:
        self.name = name
        self._tables = tables
        self._arrow: pa.Table | None = None

    def to_arrow(self) -> pa.Table:
        """The table as a pyarrow Table, sets of values as dictionaries.

        >>> c.facts.to_arrow().num_rows == len(c.facts)
        True
        """
        if self._arrow is None:
            self._tables.need(self.name)
            order = ", ".join(f'"{column}"' for column in TABLES[self.name].sorted_by)
            found = self._tables.arrow(f"select * from {self.name} order by {order}")
            self._arrow = _in_schema(TABLES[self.name], found)
        return self._arrow

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas DataFrame; dates become datetime64, sets of values categories.

        >>> str(c.documents.to_pandas()["published"].dtype).startswith("datetime64")
        True
        """
        frame: pd.DataFrame = self.to_arrow().to_pandas(date_as_object=False)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The table as a Polars DataFrame; SetupError where Polars is not installed.

        >>> c.documents.to_polars().height
        47
        """
        try:
            import polars as pl
        except ImportError:
            raise SetupError("Polars is not installed. Install it with: pip install polars") from None

        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    @property
    def columns(self) -> list[str]:
        """Names of the columns.

        >>> "company" in c.companies.columns
        True
        """
        return list(self.to_arrow().column_names)

    @property
    def lacking(self) -> list[str]:
        """Names of the columns that an older version of the program did not write, and that are empty here.

        >>> c.companies.lacking
        []
        """
        self._tables.connection()
        return list(self._tables.older.get(self.name, ()))

    @property
    def frame(self) -> Frame:
        """The table as a DataFrame that shows its telling columns; whatever pandas does to a table is done to it.

        >>> c.events.query("kind == 'fine'").shape[0], c.facts.head(2).shape[0]
        (7, 2)
        """
        from corpus.notebook.frame import frame_of

        shown = tuple(name for name in GLANCE.get(self.name, ()) if name in self.columns)
        return frame_of(self.to_pandas(), title=self.name, shown=shown)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if hasattr(frame := self.frame, name):
            return getattr(frame, name)
        near = did_you_mean(
            name, [*self.columns, *(one for one in dir(frame) if one.islower() and one[0] != "_")]
        )
        raise UnknownNameError(f"{self.name} has no attribute {name!r}. {near}".strip())

    def __len__(self) -> int:
        return int(self.to_arrow().num_rows)

    def __getitem__(self, column: Any) -> Any:
        """One column as a pandas Series; several, or rows chosen as in pandas, as a DataFrame. TableError names the columns."""
        if not isinstance(column, str):
            return self.frame[column]
        arrow = self.to_arrow()
        if column not in arrow.column_names:
            raise TableError(
                f"{self.name} has no column {column!r}. {did_you_mean(column, self.columns)} "
                f"Its columns are: {', '.join(self.columns)}."
            )
        return arrow.select([column]).to_pandas(date_as_object=False)[column]

    def _glance(self) -> tuple[list[str], list[dict[str, Any]]]:
        arrow = self.to_arrow()
        columns = [name for name in GLANCE.get(self.name, ()) if name in arrow.column_names]
        columns = columns or arrow.column_names[:8]
        rows = arrow.select(columns).slice(0, PREVIEW_ROWS).to_pylist()
        return columns, rows

    def _caption(self) -> str:
        shown = min(PREVIEW_ROWS, len(self))
        return f"{self.name}: {counted(len(self), 'row')}, {len(self.columns)} columns; {shown} shown, with the telling columns"

    def __repr__(self) -> str:
        from corpus.notebook.cells import table_as_text

        columns, rows = self._glance()
        return f"{self._caption()}\n{table_as_text(columns, rows)}"

    def _repr_html_(self) -> str:
        columns, rows = self._glance()
        return table_as_html(columns, rows, caption=self._caption())


def _in_schema(table: Table, found: pa.Table) -> pa.Table:
    """The rows with the columns of the schema first and in its types, and any further ones after them."""
    import pyarrow as pa

    schema = table.arrow()
    further = [name for name in found.column_names if name not in schema.names]
    columns = []
    for field in schema:
        column = found[field.name]
        if pa.types.is_dictionary(field.type):
            column = column.cast(pa.string()).combine_chunks().dictionary_encode()
        columns.append(column.cast(field.type))
    names = [*schema.names, *further]
    return pa.Table.from_arrays([*columns, *(found[name] for name in further)], names=names)

"""The notebook's door: an output folder as an object, its tables as attributes, SQL over all of them.

>>> c = open_corpus("data/processed")  # doctest: +SKIP
>>> c.sql("select company, sum(eur_low) from facts where kind = 'investment' group by company")  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SetupError, TableError
from corpus.schemas import TABLES
from corpus.store import read_table, table_files

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from corpus.trace import Place

PREVIEW_ROWS = 10


class TableView:
    """A table of the output: read when it is needed, handed on as pandas, Polars or Arrow."""

    def __init__(self, name: str, arrow: pa.Table) -> None:
        self.name = name
        self._arrow = arrow

    def to_arrow(self) -> pa.Table:
        """The table as a pyarrow Table."""
        return self._arrow

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas DataFrame; dates become datetime64, sets of values categories."""
        frame: pd.DataFrame = self._arrow.to_pandas(date_as_object=False)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The table as a Polars DataFrame; SetupError where Polars is not installed."""
        try:
            import polars as pl
        except ImportError:
            raise SetupError("Polars is not installed. Install it with: pip install polars") from None

        frame = pl.from_arrow(self._arrow)
        assert isinstance(frame, pl.DataFrame)
        return frame

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._arrow.column_names)

    def __len__(self) -> int:
        return int(self._arrow.num_rows)

    def __getitem__(self, column: str) -> pd.Series[Any]:
        """One column as a pandas Series; TableError names the columns there are."""
        if column not in self._arrow.column_names:
            raise TableError(
                f"{self.name} has no column {column!r}. Its columns are: {', '.join(self.columns)}."
            )
        series: pd.Series[Any] = self._arrow.select([column]).to_pandas(date_as_object=False)[column]
        return series

    def __repr__(self) -> str:
        head = self._arrow.slice(0, PREVIEW_ROWS).to_pandas()
        return f"{self.name}: {len(self)} rows, {len(self.columns)} columns\n{head!r}"

    def _repr_html_(self) -> str:
        head = self._arrow.slice(0, PREVIEW_ROWS).to_pandas()
        caption = f"{self.name}: {len(self)} rows, the first {min(PREVIEW_ROWS, len(self))} shown"
        return f"<p>{caption}</p>{head.to_html(index=False, max_cols=30, notebook=True)}"


class Corpus:
    """An output folder. Each table is an attribute: `c.documents`, `c.amounts`, `c.facts`, …"""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._views: dict[str, TableView] = {}

    @property
    def tables(self) -> list[str]:
        """Names of the tables that are there."""
        return [name for name in TABLES if table_files(self.folder, name)]

    def table(self, name: str) -> TableView:
        """The table of that name; TableError where it is not there, with those that are."""
        if name not in self._views:
            self._views[name] = TableView(name, read_table(self.folder, name))
        return self._views[name]

    def __getattr__(self, name: str) -> TableView:
        if name in TABLES:
            return self.table(name)
        raise AttributeError(f"A corpus has no attribute {name!r}. Its tables are: {', '.join(self.tables)}.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to an SQL query (DuckDB) over the tables by their names, as a pandas DataFrame.

        The connection lives in memory and is closed to the network and to other files.
        """
        frame: pd.DataFrame = query_tables(self.folder, query).to_pandas(date_as_object=False)
        return frame

    def trace(self, doc_id: str, start: int | None = None) -> Place:
        """A place in a document: its paragraph, what that repeats, what was removed beside it, its file."""
        from corpus.trace import trace_place

        return trace_place(self.folder, doc_id if start is None else f"{doc_id}:{start}")

    def __repr__(self) -> str:
        return f"Corpus({str(self.folder)!r}): {', '.join(self.tables)}"


def open_corpus(folder: str | Path) -> Corpus:
    """Open an output folder; raises TableError when it holds no table."""
    path = Path(folder)
    corpus = Corpus(path)
    if not corpus.tables:
        raise TableError(f"{path} holds no table. Run `corpus run RAW {path}` first.")
    return corpus


def query_tables(folder: Path, query: str) -> pa.Table:
    """The answer to an SQL query over the tables of an output folder; TableError says what DuckDB did not like."""
    import duckdb

    connection = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    try:
        for name in TABLES:
            files = table_files(folder, name)
            if files:
                listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
                connection.execute(f"create view {name} as select * from read_parquet([{listed}])")
        # Views are made: from here on a query reads those files and no others.
        connection.execute("set allowed_paths = [" + _allowed(folder) + "]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        answer = connection.sql(query)
        if answer is None:
            raise TableError("The query gives no rows: write a select.")
        return _plain_numbers(answer.to_arrow_table())
    except duckdb.Error as error:
        raise TableError(f"The query failed: {str(error).splitlines()[0]}") from None
    finally:
        connection.close()


def _plain_numbers(table: pa.Table) -> pa.Table:
    """Sums of integers, which DuckDB gives as 38-digit decimals, as the numbers that pandas and charts expect."""
    import pyarrow as pa

    for number, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            kind = pa.int64() if field.type.scale == 0 else pa.float64()
            table = table.set_column(number, field.name, table[field.name].cast(kind))
    return table


def _allowed(folder: Path) -> str:
    files = [path for name in TABLES for path in table_files(folder, name)]
    return ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)

"""What an export reads: the tables of a corpus, absent ones as empty, repeats left out unless they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import TableError
from corpus.schemas import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]


class _Table(Protocol):
    @property
    def lacking(self) -> list[str]:
        """Columns that an older version did not write."""
        ...

    def to_arrow(self) -> pa.Table:
        """The table."""
        ...


class Corpus(Protocol):
    """What a corpus offers to exports and reports: `corpus.open` gives one."""

    @property
    def folder(self) -> Path:
        """The output folder."""
        ...

    @property
    def tables(self) -> list[str]:
        """Names of its tables."""
        ...

    def table(self, name: str) -> _Table:
        """One of them."""
        ...


class Source:
    """The tables of a corpus for an export; with `every`, repeated paragraphs and what is found in them too.

    >>> import corpus
    >>> from corpus.export import Source
    >>> c = corpus.open("data/processed")
    >>> len(Source(c).table("paragraphs")) < len(Source(c, every=True).table("paragraphs"))
    True
    """

    def __init__(self, corpus: Corpus, *, every: bool = False) -> None:
        self.folder: Path = corpus.folder
        self.every = every
        self._corpus = corpus
        self._kept: dict[str, pa.Table] = {}

    @cached_property
    def names(self) -> list[str]:
        """Names of the tables that are there, in the order of the data dictionary."""
        return [name for name in TABLES if name in self._corpus.tables]

    def has(self, name: str) -> bool:
        """Whether the run left this table."""
        return name in self.names

    def need(self, *names: str) -> None:
        """Raise TableError, with what to do, where one of these tables is not there."""
        for name in names:
            if not self.has(name):
                raise TableError(
                    f"{self.folder} holds no table {name!r}, which this is made of: run `corpus run` without --until."
                )

    def whole(self, name: str) -> pa.Table:
        """A table with all its rows; one that is not there has the columns of the dictionary and no rows."""
        if name not in self._kept:
            there = name in self.names
            self._kept[name] = (
                self._corpus.table(name).to_arrow() if there else TABLES[name].arrow().empty_table()
            )
        return self._kept[name]

    def table(self, name: str) -> pa.Table:
        """A table without the rows of paragraphs that repeat an earlier one with the same facts."""
        import pyarrow.compute as pc

        rows = self.whole(name)
        if self.every:
            return rows
        self._need_repeats(name)
        if name == "paragraphs":
            first = pc.is_null(rows["first_doc_id"])
            return rows.filter(pc.or_(first, pc.fill_null(rows["changed_facts"], False)))
        if "first" in rows.column_names:
            return rows.filter(pc.fill_null(rows["first"], True))
        return rows

    def _need_repeats(self, name: str) -> None:
        """Raise TableError where an older version did not write what tells repeats."""
        lacking = self._corpus.table(name).lacking if self.has(name) else []
        for column in ("first_doc_id", "changed_facts", "first"):
            if column in lacking:
                raise TableError(
                    f"The table {name} of {self.folder} was written by an older version and lacks {column}, which tells "
                    "repeats: run `corpus run` again, or export everything (--all)."
                )

    def rows(self, name: str, columns: Sequence[str] | None = None) -> list[Row]:
        """Rows of `table(name)` as dictionaries; a column that an older run did not write is null."""
        table = self.table(name)
        if columns is None:
            return list(table.to_pylist())
        there = [column for column in columns if column in table.column_names]
        absent: Row = dict.fromkeys(column for column in columns if column not in there)
        return [row | absent for row in table.select(there).to_pylist()]

    @cached_property
    def documents(self) -> dict[str, Row]:
        """Each document's row by its id, without its text."""
        left_out = ("raw_text", "text")
        columns = [name for name in self.whole("documents").column_names if name not in left_out]
        return {row["doc_id"]: row for row in self.rows("documents", columns)}

    @cached_property
    def variables(self) -> dict[str, dict[str, str]]:
        """The user's own variables of each document: none where an older run wrote no table of them."""
        found: dict[str, dict[str, str]] = {doc_id: {} for doc_id in self.documents}
        if "variables" in self.names:
            for row in self.rows("variables", ("doc_id", "name", "value")):
                found[row["doc_id"]][row["name"]] = row["value"]
        return found

    @cached_property
    def paragraphs(self) -> dict[str, list[Row]]:
        """The paragraphs of each document that an export holds, in their order."""
        found: dict[str, list[Row]] = {doc_id: [] for doc_id in self.documents}
        for row in self.rows(
            "paragraphs", ("doc_id", "paragraph", "start", "end", "text", "kind", "language")
        ):
            found[row["doc_id"]].append(row)
        return found

    @cached_property
    def main_topic(self) -> dict[str, str]:
        """The label of each document's heaviest topic."""
        labels = {row["topic"]: row["label"] for row in self.rows("topics", ("topic", "label"))}
        heaviest = [row for row in self.rows("doc_topics", ("doc_id", "topic", "rank")) if row["rank"] == 0]
        return {row["doc_id"]: labels.get(row["topic"], str(row["topic"])) for row in heaviest}

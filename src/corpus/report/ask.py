"""What a report asks its questions of, and what it is told with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.charts import Look
from corpus.report.words import Words

Row = dict[str, Any]


class Asked(Protocol):
    """The tables of a corpus, or of a choice of its documents."""

    @property
    def folder(self) -> Path:
        """The output folder."""
        ...

    def rows(self, query: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[Row]:
        """The rows of an answer."""
        ...

    def has(self, *names: str) -> bool:
        """Whether these tables can be asked."""
        ...

    def names(self) -> list[str]:
        """Names of the tables that are there, damaged ones too."""
        ...

    def need(self, *names: str) -> None:
        """Raise TableError where one of these tables or columns cannot be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything a section needs: the tables, the words of the language, how pictures look, whether texts may be quoted."""

    tables: Asked
    words: Words
    look: Look
    with_text: bool

    def one(self, query: str) -> Row:
        """The only row of an answer."""
        return self.tables.rows(query)[0]

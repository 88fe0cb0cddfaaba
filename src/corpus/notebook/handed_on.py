"""What a corpus gives to others: a page to mail, files that their programs open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from corpus.notebook.tables import Tables, TableView


class Handed(Protocol):
    """What is asked of a corpus that is handed on."""

    folder: Path
    _tables: Tables

    @property
    def tables(self) -> list[str]:
        """Names of the tables that are there."""

    @property
    def note(self) -> str:
        """How many documents these are, and which; empty for a whole corpus."""

    def table(self, name: str) -> TableView:
        """The table of that name."""


class HandedOn:
    """The verbs of a corpus that write something for somebody else."""

    def report(
        self: Handed, target: str | Path | None = None, *, language: str = "en", with_text: bool = True
    ) -> Path:
        """One HTML page about these documents, to be sent by mail; its path, by default `report.html` in the folder.

        `language` is that of the page (`en`, `fr`); without `with_text` no sentence of a document is in it.
        Raises UsageError for another language or a target that is a folder.

        >>> c.where(language="fr").report("page.html", language="fr").name
        'page.html'
        """
        from corpus.report import ReportOptions, write_report

        return write_report(self._tables, target, ReportOptions(language, with_text), self.note)

    def export(
        self: Handed,
        to: str,
        target: str | Path | None = None,
        *,
        every: bool = False,
        excel_fr: bool = False,
        rows: int = 200,
    ) -> Path:
        """These documents as files that another program opens; their path, by default below `exports/` of the folder.

        `to` is a format (`xlsx`, `csv`, `iramuteq`, `gexf`, …; docs/export.md). Repeated paragraphs are left
        out unless `every`. `excel_fr` writes CSV as a French Excel opens it, `rows` bounds a template of
        corrections. Raises UsageError with the formats there are.

        >>> c.where(language="fr").export("xlsx", "tables.xlsx").name
        'tables.xlsx'
        """
        from corpus.export import ExportOptions, export

        return export(self, to, target, ExportOptions(every, excel_fr, rows)).path

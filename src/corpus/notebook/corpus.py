"""`Corpus`: an output folder, or the documents chosen from it, and the questions that are asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import TableError, UnknownNameError, UsageError
from corpus.notebook.handed_on import HandedOn
from corpus.notebook.names import did_you_mean
from corpus.notebook.questions import Questions
from corpus.notebook.tables import Tables, TableView
from corpus.schemas import TABLES
from corpus.store import table_files

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.notebook.correct import Correction
    from corpus.notebook.frame import Frame
    from corpus.notebook.pages import Page
    from corpus.notebook.places import ShownPlace
    from corpus.notebook.topics import Topic, TopicsView


class Corpus(Questions, HandedOn):
    """An output folder. Each table is an attribute: `c.documents`, `c.amounts`, `c.facts`, …

    Each question below gives a pandas DataFrame with `plot()` and a `note` of what it leaves out;
    `c.where(…)` is a corpus of some of the documents, with the same tables and questions. Shown in a
    notebook, it is a card.

    >>> c = corpus.open("data/processed")
    >>> c.where(language="fr").companies_named().columns[0]
    'company'
    """

    def __init__(self, folder: Path, tables: Tables | None = None) -> None:
        self.folder = folder
        super().__init__(tables or Tables(folder))
        self._views: dict[str, TableView] = {}
        self._seen: tuple[Any, ...] = ()

    @property
    def tables(self) -> list[str]:
        """Names of the tables that are there.

        >>> c.tables[:2]
        ['documents', 'variables']
        """
        return self._tables.names()

    def table(self, name: str) -> TableView:
        """The table of that name; TableError where it is damaged or not there, with what to do.

        >>> c.table("facts").name
        'facts'
        """
        if name not in TABLES:
            raise TableError(
                f"There is no table named {name!r}. {did_you_mean(name, TABLES)} The tables are: {', '.join(self.tables)}."
            )
        state = self._tables.state()
        if state != self._seen:
            self._views, self._seen = {}, state
        if name not in self._views:
            self._tables.need(name)
            self._views[name] = self._view(name)
        return self._views[name]

    def _view(self, name: str) -> TableView:
        if name == "topics":
            from corpus.notebook.topics import TopicsView

            return TopicsView(self._tables)
        return TableView(name, self._tables)

    def __getattr__(self, name: str) -> TableView:
        if name in TABLES:
            return self.table(name)
        near = did_you_mean(
            name, [*self.tables, *(one for one in dir(type(self)) if not one.startswith("_"))]
        )
        raise UnknownNameError(
            f"A corpus has no attribute {name!r}. {near} Its tables are: {', '.join(self.tables)}."
        )

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    # What is chosen

    def where(
        self,
        *,
        since: Any = None,
        until: Any = None,
        outlet: Any = None,
        language: Any = None,
        company: Any = None,
        topic: Any = None,
        distinct: bool = False,
        **variables: Any,
    ) -> Corpus:
        """The corpus of the documents that meet all conditions; each takes a value or a list of them.

        `since` and `until` (inclusive) are dates, or "2024", "2024-03"; undated documents meet neither.
        `company` documents name it, `topic` (number or label) is their heaviest. `distinct` leaves copies
        out. Anything else is `format`, `site`, `source` or one of your own variables. What the tables say
        of the whole (first paragraphs, originals, events' counts) is worked out anew for the documents
        chosen. Raises UsageError, with the nearest name, for what the corpus does not have.

        >>> chosen = c.where(language="fr", since="2025")
        >>> len(chosen.documents) < len(c.documents)
        True
        >>> chosen.note
        '17 of 47 documents: language fr, since 2025-01-01. 4 undated left out.'
        """
        from corpus.notebook.selection import make_selection

        if self._tables.has("paragraphs"):
            self._tables.need("documents.duplicate_of", "paragraphs.text_id", "paragraphs.first_doc_id")
        selection = make_selection(
            self._tables,
            since=since,
            until=until,
            company=company,
            topic=topic,
            distinct=distinct,
            outlet=outlet,
            language=language,
            **variables,
        )
        return Corpus(self.folder, Tables(self.folder, selection, self._tables))

    @property
    def note(self) -> str:
        """How many documents these are, and which; empty for a whole corpus.

        >>> c.note
        ''
        """
        if self._tables.selection is None or self._tables.parent is None:
            return ""
        here, before = (
            tables.rows(
                "select count(*) as n, count(*) filter (published is null) as undated from documents"
            )[0]
            for tables in (self._tables, self._tables.parent)
        )
        bounded = self._tables.selection.since or self._tables.selection.until
        undated = f" {before['undated']:,} undated left out." if bounded and before["undated"] else ""
        return f"{here['n']:,} of {before['n']:,} documents: {self._tables.selection.words()}.{undated}"

    # What is asked beside the questions of `Questions`

    def topic(self, asked: int | str) -> Topic:
        """One topic, by its number or label: its terms, documents, paragraphs, profile and course.

        >>> c.topic(int(c.topics["topic"][0])).over_time().columns[:2].tolist()
        ['period', 'documents']
        """
        view = self.topics
        from corpus.notebook.topics import TopicsView

        assert isinstance(view, TopicsView)
        return view.topic(asked)

    @property
    def topics(self) -> TopicsView:
        """The table of topics, with its verbs `profile`, and `merge`, `rename`, `seed`, which write down what a run is asked for.

        >>> c.topics.name
        'topics'
        """
        from corpus.notebook.topics import TopicsView

        view = self.table("topics")
        assert isinstance(view, TopicsView)
        return view

    def sql(self, query: str) -> Frame:
        """The answer to an SQL query (DuckDB) over the tables by their names, those of the chosen documents.

        The connection is kept, lives in memory and is closed to the network and to other files. Raises
        TableError with DuckDB's reason and the names it would know.

        >>> int(c.sql("select count(*) as n from documents").n[0])
        47
        """
        from corpus.notebook.frame import frame_of

        return frame_of(self._tables.arrow(query))

    # One place

    def text(self, doc_id: Any) -> Page:
        """A whole document (by doc_id, source, or a row that has one): mentions marked by kind, removed
        text unfoldable.

        >>> "agences" in c.text("agences/matin-provence.txt")._repr_html_()
        True
        """
        from corpus.notebook.pages import text_page

        return text_page(self._tables, self._place(doc_id)[0])

    def trace(self, row: Any, start: int | None = None) -> ShownPlace:
        """A place in a document: its paragraph, what that repeats and where the two differ, what was
        removed, the file.

        `row` is a row of any table or answer with doc_id and start, or a doc_id (then with `start`); a row of
        `events`, or the event's number, leads to the statement that counts for it.

        >>> c.trace(c.events.to_pandas().iloc[0]).paragraph is not None
        True
        >>> c.trace(c.facts.to_pandas().iloc[0]).paragraph["kind"] in ("title", "heading", "body", "list_item", "quote")
        True
        """
        from corpus.notebook.places import trace_row

        doc_id, found = self._place(row)
        at = found if start is None else start
        return trace_row(self.folder, doc_id, at)

    def _place(self, row: Any) -> tuple[str, int | None]:
        """The document and character that a row, a doc_id or a source names."""
        event = (
            row if isinstance(row, str) else row["event"] if "event" in row and "start" not in row else None
        )
        if event is not None and (told := self._told(event)):
            return told
        if isinstance(row, str):
            found = self._tables.rows("select doc_id from documents where source = ? limit 1", [row])
            return (found[0]["doc_id"] if found else row), None
        values: Mapping[str, Any] = row._asdict() if hasattr(row, "_asdict") else row
        key = next((name for name in ("doc_id", "first_doc_id", "example") if name in values), None)
        if key is None or not isinstance(values[key], str):
            raise UsageError("This row names no document: give a row with doc_id, or a doc_id.")
        at = values["start"] if "start" in values and values["start"] == values["start"] else None
        return str(values[key]), None if at is None else int(at)

    def _told(self, event: str) -> tuple[str, int] | None:
        """Document and character of the statement that counts for an event; None where there is no such event."""
        if not self._tables.has("facts"):
            return None
        found = self._tables.rows(
            "select doc_id, start from facts where event = ? order by event_rank, doc_id, start limit 1",
            [event],
        )
        return (found[0]["doc_id"], found[0]["start"]) if found else None

    def correct(
        self,
        row: Any,
        action: str,
        to: Any = None,
        *,
        note: str = "",
        scope: str | None = None,
        file: str | Path | None = None,
    ) -> Correction:
        """Append a correction to corrections.csv, and say what the next run changes; the tables here stay as they are.

        `row` is a row of a table or answer, or the text alone ("Sylvaro"). `action` is one of docs/corrections.md, `to` what
        it needs there: where that is a fact, its row or the key of its event will do. `file` is by default beside
        corpus.toml, in this folder or above. Raises UsageError for what cannot be meant, with the actions there are.

        >>> done = c.correct("Sirocco Cloud", "not_company", note="a product")
        >>> done.file.read_text().splitlines()[-1]
        'not_company,corpus,Sirocco Cloud,,a product'
        """
        from corpus.notebook.correct import correct

        return correct(self._tables, row, action, to, note, scope, file)

    def arrow(self, name: str) -> pa.Table:
        """A table of these documents as a pyarrow Table.

        >>> c.arrow("documents").num_rows
        47
        """
        return self.table(name).to_arrow()

    def __repr__(self) -> str:
        from corpus.notebook.card import card

        lines = card(self._tables)
        width = max(len(name) for name, _ in lines)
        return "\n".join(
            [f"Corpus({str(self.folder)!r})", *(f"  {name.ljust(width)}  {value}" for name, value in lines)]
        )

    def _repr_html_(self) -> str:
        from corpus.notebook.card import card
        from corpus.notebook.cells import card_as_html

        return card_as_html(f"Corpus {self.folder.name}", card(self._tables))


def open_corpus(folder: str | Path) -> Corpus:
    """Open an output folder; raises TableError when it holds no table.

    In a notebook, charts made with Altair draw without a network from here on, too.

    >>> corpus.open("data/processed").folder.name
    'processed'
    """
    from corpus.charts import draw_in_notebooks

    path = Path(folder)
    if not any(table_files(path, name) for name in TABLES):
        raise TableError(f"{path} holds no table. Run `corpus run RAW {path}` first.")
    draw_in_notebooks()
    return Corpus(path)

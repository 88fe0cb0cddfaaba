"""How many documents: over time, by outlet, language, format, topic or one of the user's own variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.notebook.names import one_of

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables

STEPS = ("day", "month", "quarter", "year")
COLUMNS = ("outlet", "language", "format", "site")


def values_of(tables: Tables, by: str) -> str:
    """A query of doc_id and value for what documents are grouped by; UsageError, with the nearest names, for another.

    The date of a document of which less is known than `by` asks (a month is asked, the year known) is no value.
    """
    if by in STEPS:
        tables.need("documents.published_precision")
        exact = {"year": "day month year", "quarter": "day month", "month": "day month", "day": "day"}[
            by
        ].split()
        known = ", ".join(f"'{precision}'" for precision in exact)
        return (
            f"select doc_id, case when published_precision in ({known}) then date_trunc('{by}', published)::date end as value "
            "from documents"
        )
    if by in COLUMNS:
        tables.need(f"documents.{by}")
        return f"select doc_id, {by} as value from documents"
    if by == "topic":
        tables.need("doc_topics", "topics")
        return (
            "select d.doc_id, t.label as value from documents d left join (doc_topics x join topics t using (topic)) "
            "on x.doc_id = d.doc_id and x.rank = 0"
        )
    own = variables_of(tables)
    if by not in own:
        known_names = [*STEPS, *COLUMNS, "topic", *own]
        raise UsageError(f"Documents are not grouped by {by!r}. {one_of(by, known_names)}")
    quoted = by.replace("'", "''")
    return f"select d.doc_id, v.value from documents d left join variables v on v.doc_id = d.doc_id and v.name = '{quoted}'"


def variables_of(tables: Tables) -> list[str]:
    """Names of the user's own variables."""
    if not tables.has("variables"):
        return []
    return [row["name"] for row in tables.rows("select distinct name from variables order by name")]


def count(tables: Tables, by: str) -> Frame:
    """Documents, distinct documents and words for each value of `by`."""
    from corpus.notebook.frame import frame_of

    tables.need("documents.duplicate_of")
    order = "value" if by in STEPS else "documents desc, value"
    found = tables.arrow(
        f"""
        select value as "{by}", count(*) as documents, count(*) filter (d.duplicate_of is null) as distinct_documents,
          sum(d.words) as words
        from ({values_of(tables, by)}) v join documents d using (doc_id) where value is not null group by value order by {order}
        """
    )
    total = tables.rows(
        "select count(*) as n, count(*) filter (duplicate_of is not null) as copies from documents"
    )[0]
    counted = sum(found["documents"].to_pylist())
    note = f"{counted:,} of {total['n']:,} documents"
    if counted < total["n"]:
        why = "without such a date" if by in STEPS else f"without {by}"
        note += f"; {total['n'] - counted:,} {why} left out"
    note += f". {total['copies']:,} are copies of others: distinct_documents leaves them out."
    return frame_of(found, title=f"Documents by {by}", note=note, drawing=_drawing(by, note))


def _drawing(by: str, note: str) -> Any:
    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import bars, over_time

        said: dict[str, Any] = {
            "title": f"Documents by {by}",
            "how": f"Distinct documents (copies once). {note.partition('.')[0]}.",
            "axis": "distinct documents",
        } | options
        if by in STEPS:
            return over_time(
                frame, time=by, value="distinct_documents", **{"step": by, "mark": "column"} | said
            )
        return bars(frame, label=by, value="distinct_documents", **said)

    return draw

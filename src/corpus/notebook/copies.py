"""Who copies whom: paragraphs that repeat an earlier one of another publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables

_REPEATED = """
  from paragraphs p join documents d on d.doc_id = p.doc_id
  join documents f on f.doc_id = p.first_doc_id
  join paragraphs e on e.doc_id = p.first_doc_id and e.paragraph = p.first_paragraph
  where p.first_doc_id <> p.doc_id and p.repeat_kind is distinct from 'boilerplate'
"""


def copies(tables: Tables, by: str) -> Frame:
    """Repeats from the earlier publication to the later one, or one by one."""
    from corpus.notebook.frame import frame_of

    tables.need(
        "paragraphs.first_doc_id", "paragraphs.repeat_kind", "paragraphs.changed_facts", "documents.outlet"
    )
    if by not in ("outlet", "document", "paragraph"):
        raise UsageError(f"Copies are not listed by {by!r}: by outlet, document or paragraph.")
    said = tables.rows(
        f"""
        select count(*) as n, count(*) filter (d.outlet is null or f.outlet is null) as unnamed,
          count(*) filter (d.published is null or f.published is null) as undated,
          count(*) filter (d.outlet = f.outlet) as own {_REPEATED}
        """
    )[0]
    note = counted(said["n"], "paragraph repeats", "paragraphs repeat")
    note += " an earlier one of another document, furniture of pages left out."
    if undated := said["undated"]:
        note += f" {counted(undated, 'has', 'have')} no delay: a document without a date."
    if by == "outlet":
        if unnamed := said["unnamed"]:
            note += f" {counted(unnamed, 'is', 'are')} left out: of a publication without a name."
        if own := said["own"]:
            note += f" {counted(own, 'stays', 'stay')} within one publication."
        key, left = (
            'f.outlet as "from", d.outlet as "to"',
            "and d.outlet is not null and f.outlet is not null",
        )
    elif by == "document":
        key, left = 'f.source as "from", d.source as "to", f.doc_id as from_doc_id, d.doc_id as to_doc_id', ""
    else:
        key, left = (
            'f.outlet as "from", d.outlet as "to", p.doc_id, p.start, p.text, e.text as earlier, p.first_doc_id, '
            "p.similarity, p.paragraph",
            "",
        )
    order = "p.doc_id, p.paragraph" if by == "paragraph" else "1, 2"
    found = tables.arrow(
        f"""
        select {key}, count(*) as paragraphs, count(*) filter (p.changed_facts) as changed_facts,
          median(date_diff('day', f.published, d.published)) as days
        {_REPEATED} {left} group by all order by paragraphs desc, changed_facts desc, {order}
        """
    )
    title = {
        "outlet": "Who copies whom",
        "document": "Documents that repeat others",
        "paragraph": "Repeated paragraphs",
    }[by]

    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import matrix

        plain: dict[str, Any] = {
            "title": title,
            "how": f"Paragraphs that repeat an earlier one. {note}",
            "row_title": "earlier",
            "column_title": "later",
        }
        summed = frame.groupby(["from", "to"], as_index=False)["paragraphs"].sum()
        return matrix(summed, row="from", column="to", value="paragraphs", **plain | options)

    return frame_of(found, title=title, note=note, drawing=draw, shown=_SHOWN[by])


_SHOWN: dict[str, tuple[str, ...]] = {
    "outlet": (),
    "document": ("from", "to", "paragraphs", "changed_facts", "days"),
    "paragraph": ("from", "to", "changed_facts", "days", "earlier", "text"),
}

"""What repeats what, and what was taken out of the documents."""

from __future__ import annotations

from corpus.charts import matrix
from corpus.report.ask import Telling
from corpus.report.page import Cell, Column, Figure, Grid, Section, figure, numeric, shortened

MOST_PAIRS = 60
_REPEATED = """
from paragraphs p join documents d using (doc_id) join documents f on f.doc_id = p.first_doc_id
where p.first_doc_id <> p.doc_id and p.repeat_kind is distinct from 'boilerplate'
"""


def section(telling: Telling) -> Section:
    """Repeated paragraphs, from whom to whom, with changed facts; removals by reason."""
    w = telling.words
    said = telling.one(
        """
        select count(*) as paragraphs, count(first_doc_id) as repeated,
          count(*) filter (changed_facts) as changed from paragraphs
        """
    )
    copies = telling.one("select count(*) as n from documents where duplicate_of is not null")["n"]
    lead = [w("repeats.counts", copies=copies, **said), w("repeats.rule")]
    return Section("repeats", w("repeats.title"), lead, [*_whose(telling), *_removed(telling)])


def _whose(telling: Telling) -> list[Figure | Grid]:
    w = telling.words
    rows = telling.tables.rows(
        f"""
        select f.outlet as earlier, d.outlet as later, count(*) as paragraphs,
          count(*) filter (p.changed_facts) as changed, median(date_diff('day', f.published, d.published)) as days
        {_REPEATED} and f.outlet is not null and d.outlet is not null
        group by all order by paragraphs desc, earlier, later
        """
    )
    unnamed = telling.one(f"select count(*) as n {_REPEATED} and (f.outlet is null or d.outlet is null)")["n"]
    title = w("repeats.whose")
    columns = [
        Column(w("repeats.earlier")),
        Column(w("repeats.later")),
        *(Column(w(f"repeats.{name}"), "number") for name in ("paragraphs", "changed", "days")),
    ]
    lines = [
        [
            Cell(shortened(row["earlier"])),
            Cell(shortened(row["later"])),
            numeric(row["paragraphs"], w.number),
            numeric(row["changed"], w.number),
            numeric(row["days"], w.number),
        ]
        for row in rows[:MOST_PAIRS]
    ]
    notes = [w("repeats.unnamed", paragraphs=unnamed)] if unnamed else []
    notes += [w("page.first_of", shown=MOST_PAIRS, total=len(rows))] if len(rows) > MOST_PAIRS else []
    grid = Grid("whose", title, columns, lines, " ".join(notes))
    if len({row[side] for row in rows for side in ("earlier", "later")}) < 2:
        return [grid] if lines else []
    drawn = matrix(
        rows,
        row="earlier",
        column="later",
        value="paragraphs",
        title=title,
        how=w("repeats.whose_how"),
        row_title=w("repeats.earlier"),
        column_title=w("repeats.later"),
        look=telling.look,
    )
    return [figure(drawn, grid)]


def _removed(telling: Telling) -> list[Grid]:
    w = telling.words
    if not telling.tables.has("removals"):
        return []
    rows = telling.tables.rows(
        """
        select reason, count(*) as spans, count(distinct doc_id) as documents, sum(length(text)) as characters
        from removals group by reason order by characters desc, reason
        """
    )
    names = ("spans", "documents", "characters")
    columns = [Column(w("repeats.reason")), *(Column(w(f"repeats.{name}"), "number") for name in names)]
    lines = [
        [Cell(w.named("reasons", row["reason"])), *(numeric(row[name], w.number) for name in names)]
        for row in rows
    ]
    return [Grid("removed", w("repeats.removed"), columns, lines)] if lines else []

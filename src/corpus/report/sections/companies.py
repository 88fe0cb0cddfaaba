"""The companies that are named, by distinct paragraph."""

from __future__ import annotations

from corpus.charts import bars
from corpus.report.ask import Telling
from corpus.report.page import Cell, Column, Grid, Section, dated, figure, numeric, shortened

MOST_COMPANIES = 150


def section(telling: Telling) -> Section | None:
    """None where the run left no companies."""
    w = telling.words
    if not telling.tables.has("companies"):
        return None
    rows = telling.tables.rows(
        """
        select company, count(distinct (doc_id, paragraph)) filter (first) as paragraphs, count(distinct doc_id) as documents,
          count(distinct outlet) as outlets, min(published) as since, max(published) as until, min(country) as country,
          min(sector) as sector, bool_and(company_id is null) as unlisted
        from companies join documents using (doc_id) where role is distinct from 'source'
        group by company order by paragraphs desc, documents desc, company
        """
    )
    if not rows:
        return Section("companies", w("companies.title"), [w("companies.none")])
    unlisted = sum(row["unlisted"] for row in rows)
    lead = [w("companies.counts", companies=len(rows), unlisted=unlisted), w("companies.rule")]
    title = w("companies.named")
    for row in rows:
        row["company"] = shortened(row["company"], 60)
    drawn = bars(
        rows[:15],
        label="company",
        value="paragraphs",
        title=title,
        how=w("companies.named_how"),
        axis=w("companies.paragraphs"),
        limit=15,
        look=telling.look,
    )
    numbers = ("paragraphs", "documents", "outlets")
    columns = [
        Column(w("companies.company")),
        *(Column(w(f"companies.{name}"), "number") for name in numbers),
        *(Column(w(f"companies.{name}")) for name in ("since", "until", "country", "sector")),
    ]
    lines = [
        [
            Cell(row["company"]),
            *(numeric(row[name], w.number) for name in numbers),
            *(dated(row[name], w.day(row[name])) for name in ("since", "until")),
            *(Cell(row[name] or "") for name in ("country", "sector")),
        ]
        for row in rows[:MOST_COMPANIES]
    ]
    note = w("page.first_of", shown=MOST_COMPANIES, total=len(rows)) if len(rows) > MOST_COMPANIES else ""
    return Section(
        "companies", w("companies.title"), lead, [figure(drawn, Grid("named", title, columns, lines, note))]
    )

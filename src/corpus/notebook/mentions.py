"""Who is named, and with whom: by distinct paragraph, so that a dispatch on ten sites counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.notebook.names import did_you_mean, resolve
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables


def companies_named(tables: Tables) -> Frame:
    """Companies by the distinct paragraphs that name them."""
    from corpus.notebook.frame import frame_of

    tables.need("companies.first", "companies.role", "documents.outlet")
    found = tables.arrow(
        """
        select company, count(distinct (doc_id, paragraph)) filter (first) as paragraphs,
          count(distinct doc_id) as documents, count(distinct outlet) as outlets, count(*) as mentions,
          min(published) as earliest, max(published) as latest
        from companies join documents using (doc_id) where role is distinct from 'source'
        group by company order by paragraphs desc, documents desc, company
        """
    )
    said = tables.rows(
        """
        select count(*) as n, count(*) filter (role = 'source') as sources,
          count(*) filter (role is distinct from 'source' and not first) as repeated from companies
        """
    )[0]
    note = (
        f"{counted(said['n'], 'mention')}; {said['repeated']:,} in repeated paragraphs count in documents and mentions only, "
        f"{said['sources']:,} as a source (« selon … ») are left out."
    )

    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import bars

        plain: dict[str, Any] = {
            "title": "Companies named",
            "how": f"Distinct paragraphs naming the company. {note}",
            "limit": 15,
        }
        return bars(
            frame, label="company", value="paragraphs", **plain | {"axis": "distinct paragraphs"} | options
        )

    return frame_of(found, title="Companies named", note=note, drawing=draw)


def together(tables: Tables, company: str | None) -> Frame:
    """Pairs of companies by the distinct paragraphs that name both."""
    from corpus.notebook.frame import frame_of

    tables.need("companies.first", "companies.role")
    parameters: dict[str, Any] = {}
    only, columns = "", "company, other"
    if company is not None:
        known = [row["company"] for row in tables.rows("select distinct company from companies")]
        meant = resolve(company, known)
        if meant is None:
            raise UsageError(f"No document names {company!r}. {did_you_mean(company, known)}".strip())
        only, parameters = "where company = $company or other = $company", {"company": meant}
        columns = "$company as company, case when other = $company then company else other end as other"
    found = tables.arrow(
        f"""
        with named as (select distinct doc_id, paragraph, company from companies where first and role is distinct from 'source'),
        pairs as (
          select a.company, b.company as other, a.doc_id, a.paragraph
          from named a join named b using (doc_id, paragraph) where a.company < b.company
        )
        select {columns},
          count(*) as paragraphs, count(distinct doc_id) as documents, min(doc_id) as example
        from pairs {only} group by all order by paragraphs desc, documents desc, company, other
        """,
        parameters,
    )
    note = "Two companies in one paragraph; a paragraph that repeats an earlier one is not counted again, sources are left out."

    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import bars, matrix

        said: dict[str, Any] = {
            "title": "Companies named together",
            "how": f"Distinct paragraphs naming both. {note}",
        }
        if company is not None:
            return bars(
                frame,
                label="other",
                value="paragraphs",
                **said | {"title": f"Named together with {company}"} | options,
            )
        both = [
            {"company": a, "other": b, "paragraphs": n}
            for one, two, n in zip(frame["company"], frame["other"], frame["paragraphs"], strict=True)
            for a, b in ((one, two), (two, one))
        ]
        return matrix(both, row="company", column="other", value="paragraphs", **said | options)

    return frame_of(found, title="Companies named together", note=note, drawing=draw)

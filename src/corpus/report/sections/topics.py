"""What the corpus is about: topics with their terms, how sure they are, and their course."""

from __future__ import annotations

from corpus.charts import bars, over_time
from corpus.report.ask import Row, Telling
from corpus.report.page import Cell, Column, Figure, Grid, Section, figure, numeric, shortened
from corpus.report.sections.read import period_cell, step_of

TERMS = 8
DRAWN = 6
"""Topics in one picture over time: as many as colours that the colour-blind tell apart."""


def section(telling: Telling) -> Section | None:
    """None where the run left no topics."""
    w = telling.words
    if not telling.tables.has("topics", "doc_topics"):
        return None
    rows = telling.tables.rows(
        "select * from topics where documents is not null order by kind <> 'topic', documents desc, topic"
    )
    if not rows:
        return Section("topics", w("topics.title"), [w("topics.none")])
    own = [row for row in rows if row["kind"] == "topic"]
    doubtful = sum(row["doubtful"] is not None for row in own)
    lead = [w("topics.counts", topics=len(own), doubtful=doubtful), w("topics.rule")]
    return Section("topics", w("topics.title"), lead, [_sizes(telling, rows), *_course(telling, own)])


def _terms(telling: Telling) -> dict[int, str]:
    if not telling.tables.has("topic_terms"):
        return {}
    rows = telling.tables.rows(
        f"select topic, term from topic_terms where rank < {TERMS} order by topic, rank, language nulls last"
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        if row["term"] not in found.setdefault(row["topic"], []):
            found[row["topic"]].append(row["term"])
    return {topic: ", ".join(terms[:TERMS]) for topic, terms in found.items()}


def _sizes(telling: Telling, rows: list[Row]) -> Figure:
    w, terms, title = telling.words, _terms(telling), telling.words("topics.sizes")
    drawn = bars(
        [
            {"topic": f"{row['topic']} {row['label']}", "documents": row["documents"]}
            for row in rows
            if row["documents"]
        ],
        label="topic",
        value="documents",
        title=title,
        how=w("topics.sizes_how"),
        axis=w("read.documents"),
        look=telling.look,
    )
    columns = [
        Column(w("topics.number"), "number"),
        Column(w("topics.label")),
        Column(w("topics.terms")),
        *(Column(w(f"topics.{name}"), "number") for name in ("documents", "share", "coherence", "stability")),
        Column(w("topics.doubtful")),
    ]
    lines = [
        [
            numeric(row["topic"], str),
            Cell(shortened(row["label"])),
            Cell(shortened(terms.get(row["topic"], ""), 160)),
            numeric(row["documents"], w.number),
            numeric(row["share"], w.share),
            *(numeric(row[name], lambda value: w.number(value, 2)) for name in ("coherence", "stability")),
            Cell(row["doubtful"] or "", language="en" if row["doubtful"] else None),
        ]
        for row in rows
    ]
    return figure(drawn, Grid("sizes", title, columns, lines))


def _course(telling: Telling, topics: list[Row]) -> list[Figure]:
    w, step = telling.words, step_of(telling)
    exact = "" if step == "year" else "and published_precision is distinct from 'year'"
    rows = telling.tables.rows(
        f"""
        with dated as (
          select doc_id, date_trunc('{step}', published)::date as period from documents
          where published is not null and duplicate_of is null {exact}
        ), sizes as (select period, count(*) as size from dated group by period)
        select topic, period, count(*) as documents, count(*) / any_value(size) as share
        from doc_topics join dated using (doc_id) join sizes using (period) where rank = 0
        group by topic, period order by topic, period
        """
    )
    labels = {row["topic"]: f"{row['topic']} {shortened(row['label'], 40)}" for row in topics[:DRAWN]}
    shown = [row | {"label": labels[row["topic"]]} for row in rows if row["topic"] in labels]
    if len({row["period"] for row in shown}) < 3:
        return []
    title = w("topics.course", step=w(f"steps.{step}"))
    drawn = over_time(
        shown,
        time="period",
        value="documents",
        colour="label",
        title=title,
        how=w("topics.course_how"),
        axis=w("read.documents"),
        step=step,
        look=telling.look,
    )
    columns = [
        Column(w("read.period")),
        Column(w("topics.label")),
        Column(w("topics.documents"), "number"),
        Column(w("topics.share"), "number"),
    ]
    lines = [
        [
            period_cell(telling, step, row),
            Cell(row["label"]),
            numeric(row["documents"], w.number),
            numeric(row["share"], w.share),
        ]
        for row in shown
    ]
    return [figure(drawn, Grid("topic-course", title, columns, lines, folded=True))]

"""What was read, and what was not."""

from __future__ import annotations

from corpus.charts import Step, bars, over_time
from corpus.report.ask import Row, Telling
from corpus.report.page import Cell, Column, Figure, Grid, Section, cells, dated, figure, numeric, shortened

MOST_MONTHS, MOST_QUARTERS = 36, 48
"""Periods that a picture 480 pixels wide keeps apart."""
MOST_OUTLETS = 100
MOST_PROBLEMS = 200


def section(telling: Telling) -> Section:
    """Counts of documents, their course, their publications, and the inputs that could not be read."""
    w = telling.words
    said = telling.one(
        """
        select count(*) as documents, count(duplicate_of) as copies, count(*) - count(published) as undated,
          min(published) as since, max(published) as until, count(distinct outlet) as outlets,
          count(*) - count(outlet) as unnamed, sum(words) as words, avg(removed_share) as removed from documents
        """
    )
    lead = [w("read.counts", **{name: said[name] for name in ("documents", "copies", "words")})]
    if said["since"]:
        lead.append(
            w("read.dates", since=w.day(said["since"]), until=w.day(said["until"]), undated=said["undated"])
        )
    lead.append(w("read.outlets", outlets=said["outlets"], unnamed=said["unnamed"]))
    lead.append(w("read.removed", share=w.share(said["removed"])))
    parts: list[Figure | Grid] = [*_course(telling), *_outlets(telling), _languages(telling)]
    problems = _problems(telling)
    if problems is None:
        lead.append(w("read.nothing_unread"))
    return Section("read", w("read.title"), lead, [*parts, *([problems] if problems else [])])


def step_of(telling: Telling) -> Step:
    """`month`, `quarter` or `year`: the finest that a picture can keep apart for the dated documents."""
    months = telling.one(
        "select coalesce(date_diff('month', min(published), max(published)), 0) as n from documents "
        "where published_precision is distinct from 'year'"
    )["n"]
    if months <= MOST_MONTHS:
        return "month"
    return "quarter" if months <= 3 * MOST_QUARTERS else "year"


def period_cell(telling: Telling, step: str, row: Row) -> Cell:
    """A period's cell."""
    w, day = telling.words, row["period"]
    if step == "month":
        return dated(day, w.month(day))
    if step == "quarter":
        return dated(day, w("form.quarter", quarter=str((day.month + 2) // 3), year=str(day.year)))
    return dated(day, str(day.year))


def _course(telling: Telling) -> list[Figure | Grid]:
    w, step = telling.words, step_of(telling)
    exact = "" if step == "year" else "and published_precision is distinct from 'year'"
    rows = telling.tables.rows(
        f"""
        select date_trunc('{step}', published)::date as period, count(*) as documents,
          count(*) filter (duplicate_of is null) as originals from documents where published is not null {exact}
        group by all order by period
        """
    )
    if len(rows) < 2:
        return []
    title = w("read.course", step=w(f"steps.{step}"))
    drawn = over_time(
        rows,
        time="period",
        value="documents",
        title=title,
        how=w("read.course_how"),
        axis=w("read.documents"),
        step=step,
        mark="column",
        look=telling.look,
    )
    columns = [
        Column(w("read.period")),
        Column(w("read.documents"), "number"),
        Column(w("read.originals"), "number"),
    ]
    lines = [
        [
            period_cell(telling, step, row),
            numeric(row["documents"], w.number),
            numeric(row["originals"], w.number),
        ]
        for row in rows
    ]
    return [figure(drawn, Grid("course", title, columns, lines, folded=True))]


def _outlets(telling: Telling) -> list[Figure | Grid]:
    w = telling.words
    rows = telling.tables.rows(
        f"""
        select coalesce(outlet, '{w("read.unknown").replace("'", "''")}') as outlet, count(*) as documents,
          count(duplicate_of) as copies, sum(words) as words from documents group by all
        order by documents desc, outlet
        """
    )
    title = w("read.by_outlet")
    columns = [
        Column(w("read.outlet")),
        *(Column(w(f"read.{name}"), "number") for name in ("documents", "copies", "words")),
    ]
    lines = [
        [
            Cell(shortened(row["outlet"])),
            *(numeric(row[name], w.number) for name in ("documents", "copies", "words")),
        ]
        for row in rows[:MOST_OUTLETS]
    ]
    note = w("page.first_of", shown=MOST_OUTLETS, total=len(rows)) if len(rows) > MOST_OUTLETS else ""
    grid = Grid("outlets", title, columns, lines, note, folded=len(rows) > 1)
    if len(rows) < 2:
        return [grid]
    drawn = bars(
        rows,
        label="outlet",
        value="documents",
        title=title,
        how=w("read.course_how"),
        axis=w("read.documents"),
        look=telling.look,
    )
    return [figure(drawn, grid)]


def _languages(telling: Telling) -> Grid:
    w = telling.words
    rows = telling.tables.rows(
        "select language, count(*) as documents, sum(words) as words from documents group by all "
        "order by documents desc, language"
    )
    lines = [
        [
            Cell(w.named("languages", row["language"]) or w("read.unknown")),
            numeric(row["documents"], w.number),
            numeric(row["words"], w.number),
        ]
        for row in rows
    ]
    columns = [
        Column(w("read.language")),
        Column(w("read.documents"), "number"),
        Column(w("read.words"), "number"),
    ]
    return Grid("languages", w("read.by_language"), columns, lines)


def _problems(telling: Telling) -> Grid | None:
    """The inputs that could not be read, or not wholly; their messages are the program's own and English."""
    w = telling.words
    if not telling.tables.has("problems"):
        return None
    rows = telling.tables.rows("select * from problems order by recovered, source, stage, kind, message")
    if not rows:
        return None
    lines = [
        [
            *cells((shortened(row["source"]), w.named("recovered", "yes" if row["recovered"] else "no"))),
            Cell(shortened(row["message"], 240), language="en"),
        ]
        for row in rows[:MOST_PROBLEMS]
    ]
    lost = sum(not row["recovered"] for row in rows)
    columns = [Column(w("read.source")), Column(w("read.recovered")), Column(w("read.message"))]
    note = w("page.first_of", shown=MOST_PROBLEMS, total=len(rows)) if len(rows) > MOST_PROBLEMS else ""
    return Grid("problems", w("read.unread", problems=len(rows), lost=lost), columns, lines, note)

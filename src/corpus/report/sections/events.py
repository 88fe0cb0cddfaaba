"""What happened, once each, with the sentence behind it; sums by kind and by date."""

from __future__ import annotations

from collections import defaultdict

from corpus.charts import bars, dots
from corpus.report.ask import Row, Telling
from corpus.report.page import (
    Cell,
    Column,
    Figure,
    Grid,
    Quote,
    Section,
    dated,
    excerpt,
    figure,
    numeric,
    shortened,
)

MOST_EVENTS = 1000
"""A page of more rows is not read but searched, and that is what the table is for; it would also pass 2 MB."""
QUOTES = 2
"""Sentences behind one event: the one that counts and one more."""


def section(telling: Telling) -> Section | None:
    """None where the run left no events."""
    w = telling.words
    if not telling.tables.has("events", "facts"):
        return None
    said = telling.one(
        """
        select count(*) as events, count(eur_low) as euros, count(*) filter (certainty <> 'stated') as unsure,
          count(*) filter (start_date is null) as undated, coalesce(sum(facts), 0) as told from events
        """
    )
    if said["events"] == 0:
        return Section("events", w("events.title"), [w("events.none")])
    lead = [w("events.counts", **said), w("events.euros")]
    return Section(
        "events", w("events.title"), lead, [_kinds(telling), *_times(telling), _all(telling, said["events"])]
    )


def _kinds(telling: Telling) -> Figure:
    w = telling.words
    rows = telling.tables.rows(
        """
        select kind, count(*) as events, count(eur_low) as converted, sum(eur_low) as euros,
          count(*) filter (certainty <> 'stated') as unsure
        from events where certainty <> 'denied' group by kind order by events desc, kind
        """
    )
    title = w("events.by_kind")
    for row in rows:
        row["kind"] = w.named("kinds", row["kind"])
    drawn = bars(
        rows,
        label="kind",
        value="events",
        title=title,
        how=w("events.by_kind_how"),
        axis=w("events.events"),
        look=telling.look,
    )
    columns = [
        Column(w("events.kind")),
        *(Column(w(f"events.{name}"), "number") for name in ("events", "unsure", "converted", "sum")),
    ]
    lines = [
        [
            Cell(row["kind"]),
            *(numeric(row[name], w.number) for name in ("events", "unsure", "converted")),
            numeric(row["euros"], lambda value: w.money(value, value, "EUR") if value is not None else ""),
        ]
        for row in rows
    ]
    return figure(drawn, Grid("kinds", title, columns, lines, w("events.kinds_note")))


def _times(telling: Telling) -> list[Figure]:
    w = telling.words
    rows = telling.tables.rows(
        """
        select start_date as day, eur_low as euros, kind, company from events
        where start_date is not null and eur_low > 0 and certainty <> 'denied' order by eur_low desc, event limit 300
        """
    )
    if len(rows) < 3:
        return []
    for row in rows:
        row["kind"] = w.named("kinds", row["kind"])
    title = w("events.over_time")
    drawn = dots(
        rows,
        time="day",
        value="euros",
        label="company",
        colour="kind",
        title=title,
        how=w("events.over_time_how"),
        axis=w("events.euros_axis"),
        look=telling.look,
    )
    columns = [
        Column(w("events.date")),
        Column(w("events.company")),
        Column(w("events.kind")),
        Column(w("events.sum"), "number"),
    ]
    lines = [
        [
            dated(row["day"], w.day(row["day"])),
            Cell(shortened(row["company"], 60)),
            Cell(row["kind"]),
            numeric(row["euros"], lambda value: w.money(value, value, "EUR")),
        ]
        for row in rows[:20]
    ]
    return [figure(drawn, Grid("largest", w("events.largest"), columns, lines, folded=True))]


def _all(telling: Telling, total: int) -> Grid:
    w = telling.words
    rows = telling.tables.rows(
        f"select * from events order by eur_low desc nulls last, low desc nulls last, event limit {MOST_EVENTS}"
    )
    quotes = _quotes(telling, [row["event"] for row in rows])
    heads = ("kind", "company", "other", "sum", "in_euros", "date", "certainty", "documents")
    columns = [
        Column(w(f"events.{name}"), "number" if name in ("sum", "in_euros") else "words") for name in heads
    ]
    lines = [_line(telling, row, quotes.get(row["event"], [])) for row in rows]
    note = w("page.first_of", shown=MOST_EVENTS, total=total) if total > MOST_EVENTS else ""
    return Grid("all-events", w("events.all"), columns, lines, note)


def _line(telling: Telling, row: Row, quotes: list[Quote]) -> list[Cell]:
    w = telling.words
    return [
        Cell(w.named("kinds", row["kind"])),
        Cell(shortened(row["company"], 60)),
        Cell(shortened(row["counterparty"] or row["authority"] or "", 60)),
        numeric(row["low"], lambda _: w.money(row["low"], row["high"], row["currency"])),
        numeric(
            row["eur_low"], lambda value: w.money(value, row["eur_high"], "") if value is not None else ""
        ),
        dated(row["start_date"], w.period(row["start_date"], row["end_date"])),
        Cell(w.named("certainties", row["certainty"])),
        Cell(w("events.told", documents=row["documents"]), row["documents"], tuple(quotes)),
    ]


def _quotes(telling: Telling, events: list[str]) -> dict[str, list[Quote]]:
    """The sentences behind each event, the best first; without texts only the places."""
    w = telling.words
    facts = telling.tables.rows(
        f"""
        with best as (
          select *, row_number() over (partition by event order by counted desc, event_rank, doc_id, start) as place
          from facts where list_contains($events, event) and event_rank is not null
        )
        select b.event, b.doc_id, b.start - p.start as start, b."end" - p.start as stop, p.text, p.language,
          d.outlet, d.source, d.published
        from best b join paragraphs p using (doc_id, paragraph) join documents d using (doc_id)
        where place <= {QUOTES} order by b.event, place
        """,
        {"events": events},
    )
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in facts:
        text = excerpt(row["text"], row["start"], row["stop"]) if telling.with_text else ""
        place = ", ".join(
            filter(None, (row["outlet"], w.day(row["published"]), shortened(row["source"], 80)))
        )
        if telling.with_text and any(one.text == text for one in found[row["event"]]):
            continue
        found[row["event"]].append(Quote(text, place, row["language"]))
    return found

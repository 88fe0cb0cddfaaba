"""How much, counted once: sums over events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.notebook.counts import STEPS
from corpus.notebook.names import did_you_mean, one_of, resolve
from corpus.plurals import counted

if TYPE_CHECKING:
    from corpus.charts import Picture
    from corpus.notebook.frame import Frame
    from corpus.notebook.tables import Tables

GROUPS = (*STEPS, "company", "counterparty", "authority", "certainty", "kind")


def money(tables: Tables, kind: str | None, company: str | None, by: str, certainty: str | None) -> Frame:
    """Events and their sums in euros, by period or party. Kinds are never added to each other."""
    from corpus.notebook.frame import frame_of

    tables.need("events")
    if by not in GROUPS:
        raise UsageError(f"Sums are not grouped by {by!r}. {one_of(by, GROUPS)}")
    kind = _meant(tables, "kind", kind)
    company = _meant(tables, "company", company)
    certainty = _meant(tables, "certainty", certainty)
    wanted = ["certainty <> 'denied'" if certainty is None else "certainty = $certainty"]
    wanted += ["kind = $kind"] if kind else []
    wanted += ["company = $company"] if company else []
    named = {"kind": kind, "company": company, "certainty": certainty}
    parameters = {name: value for name, value in named.items() if value is not None}
    value = f"date_trunc('{by}', start_date)::date" if by in STEPS else by
    group = "" if by == "kind" else f'{value} as "{by}", '
    order = f'kind, "{by}"' if by in STEPS else "eur_low desc nulls last, kind"
    where = " and ".join(wanted)
    found = tables.arrow(
        f"""
        select {group}kind, count(*) as events, count(eur_low) as converted, sum(eur_low) as eur_low, sum(eur_high) as eur_high,
          count(*) filter (certainty <> 'stated') as not_yet_stated
        from events where {where} and {value} is not null group by all order by {order}
        """,
        parameters,
    )
    note = _note(tables, wanted, parameters, by, value)
    title = _title(kind, company, by)
    return frame_of(found, title=title, note=note, drawing=_drawing(by, kind, title, note))


def _meant(tables: Tables, column: str, asked: str | None) -> str | None:
    if asked is None:
        return None
    known = [
        row["value"]
        for row in tables.rows(f"select distinct {column} as value from events where {column} is not null")
    ]
    found = resolve(asked, known)
    if found is None:
        raise UsageError(f"No event has {column} {asked!r}. {did_you_mean(asked, known)}".strip())
    return found


def _note(tables: Tables, wanted: list[str], parameters: dict[str, Any], by: str, value: str) -> str:
    where = " and ".join(wanted)
    said = tables.rows(
        f"""
        select count(*) as n, count(*) filter (eur_low is null) as lost, count(*) filter ({value} is null) as without,
          count(*) filter (start_date is null) as undated,
          count(*) filter (certainty in ('planned', 'possible')) as open
        from events where {where}
        """,
        parameters,
    )[0]
    others = " and ".join(["certainty = 'denied'", *wanted[1:]])
    denied = tables.rows(f"select count(*) as n from events where {others}", parameters)[0]["n"]
    parts = [f"{counted(said['n'], 'event')}, each counted once however many papers tell it"]
    left_out = " and left out" if by in STEPS and said["undated"] else ""
    parts += [
        f"{said['lost']:,} of {said['n']:,} not converted into euros, {said['undated']:,} undated{left_out}"
    ]
    parts += [f"{said['without']:,} without {by}, left out"] if said["without"] and by not in STEPS else []
    parts += [f"{said['open']:,} only planned or possible, counted"] if said["open"] else []
    parts += [f"{denied:,} denied, left out"] if denied and "denied'" in where else []
    return "; ".join(parts) + "."


def _title(kind: str | None, company: str | None, by: str) -> str:
    what = kind.replace("_", " ").capitalize() if kind else "Every kind of sum"
    return f"{what}{f' of {company}' if company else ''}: euros by {by}"


def _drawing(by: str, kind: str | None, title: str, note: str) -> Any:
    def draw(frame: Frame, **options: Any) -> Picture:
        from corpus.charts import bars, over_time

        said: dict[str, Any] = {"title": title, "how": note, "axis": "euros"} | options
        rows = frame[frame["eur_low"].notna()]
        several = frame["kind"].nunique() > 1
        colour = "kind" if several else None
        if by in STEPS:
            # Kinds beside each other, never on top of each other: a valuation and a fine do not add up.
            mark = "line" if several else "column"
            return over_time(
                rows, time=by, value="eur_low", colour=colour, **{"step": by, "mark": mark} | said
            )
        return bars(rows, label=by, value="eur_low", colour=colour if by != "kind" else None, **said)

    return draw

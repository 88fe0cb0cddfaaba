"""A choice of documents (`where`), and every table as it is for them alone.

What the tables say of the whole corpus is worked out anew for the documents chosen: which paragraph is a first one (by wording),
which document the original, which fact of an event counts, how many documents a topic or an event has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import UsageError
from corpus.notebook.names import did_you_mean, one_of, resolve
from corpus.schemas import TABLES

if TYPE_CHECKING:
    import duckdb

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_COLUMNS = ("outlet", "language", "format", "site", "source", "doc_id")
"""Columns of `documents` whose values are chosen by name."""


class Asked(Protocol):
    """What a selection asks its questions of."""

    def rows(self, query: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of an answer."""
        ...

    def has(self, *names: str) -> bool:
        """Whether these tables can be asked."""
        ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents: each condition is a column or variable with the values wanted, or a bound of time."""

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    companies: tuple[str, ...] = ()
    topics: tuple[int | str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    distinct: bool = False

    def words(self) -> str:
        """The conditions as a reader reads them."""
        said = [f"{name} {' or '.join(values)}" for name, values in self.values]
        said += [f"naming {' or '.join(self.companies)}"] if self.companies else []
        said += [f"of topic {' or '.join(map(str, self.topics))}"] if self.topics else []
        said += [f"since {self.since}"] if self.since else []
        said += [f"until {self.until}"] if self.until else []
        return ", ".join(said + (["copies left out"] if self.distinct else []))


def make_selection(
    tables: Asked,
    *,
    since: Any = None,
    until: Any = None,
    company: Any = None,
    topic: Any = None,
    distinct: bool = False,
    **named: Any,
) -> Selection:
    """The selection that is asked for, its names resolved; UsageError, with the nearest, for what is not there."""
    values = []
    for name, wanted in named.items():
        if wanted is None and name in _COLUMNS:
            continue
        known = _known(tables, name)
        if wanted is None:
            continue
        values.append((name, tuple(_meant(name, one, known) for one in _many(wanted))))
    companies: tuple[str, ...] = ()
    if company is not None:
        known = _column(tables, "select distinct company as value from companies")
        companies = tuple(_meant("company", one, known) for one in _many(company))
    topics: tuple[int | str, ...] = ()
    if topic is not None:
        labels = {row["label"]: row["topic"] for row in tables.rows("select topic, label from topics")}
        topics = tuple(topic_number(one, labels) for one in (_many(topic)))
    return Selection(
        tuple(values), companies, topics, _day(since, last=False), _day(until, last=True), distinct
    )


def topic_number(asked: Any, labels: dict[str, int]) -> int:
    """The number of a topic that is asked for by number or label; UsageError with the nearest labels."""
    if isinstance(asked, int) or (isinstance(asked, str) and asked.isdecimal()):
        if int(asked) in labels.values():
            return int(asked)
        numbers = ", ".join(map(str, sorted(labels.values()))) or "none, c.topics is empty"
        raise UsageError(f"There is no topic {asked}. The topics are: {numbers}.")
    if not labels:
        raise UsageError("There are no topics here: c.topics is empty.")
    found = resolve(str(asked), labels) or next(
        (one for one in labels if str(asked).lower() in one.lower()), None
    )
    if found is None:
        raise UsageError(f"There is no topic {asked!r}. {did_you_mean(str(asked), labels)}".strip())
    return labels[found]


def _many(wanted: Any) -> list[Any]:
    return [wanted] if isinstance(wanted, str | int | dt.date) else list(wanted)


def _known(tables: Asked, name: str) -> list[str]:
    if name in _COLUMNS:
        return _column(tables, f"select distinct {name} as value from documents where {name} is not null")
    variables = (
        _column(tables, "select distinct name as value from variables") if tables.has("variables") else []
    )
    if name not in variables:
        conditions = ["since", "until", "company", "topic", "distinct", *_COLUMNS, *variables]
        raise UsageError(f"Documents are not chosen by {name!r}. {one_of(name, conditions)}")
    quoted = name.replace("'", "''")
    return _column(
        tables, f"select distinct value from variables where name = '{quoted}' and value is not null"
    )


def _column(tables: Asked, query: str) -> list[str]:
    return [row["value"] for row in tables.rows(query)]


def _meant(name: str, wanted: Any, known: Sequence[str]) -> str:
    found = resolve(str(wanted), known)
    if found is None:
        raise UsageError(
            f"No document has {name} {str(wanted)!r}. {did_you_mean(str(wanted), known)}".strip()
        )
    return found


def _day(asked: Any, *, last: bool) -> dt.date | None:
    """A bound of time: a date, "2024", "2024-03", "2024-03-15"; of a year or month its first day, or its last."""
    if asked is None or isinstance(asked, dt.datetime):
        return None if asked is None else asked.date()
    if isinstance(asked, dt.date):
        return asked
    found = _DAY.match(str(asked).strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if day is not None and month is not None:
            return dt.date(year, month, day)
        if not last:
            return dt.date(year, month or 1, 1)
        following = dt.date(year + 1, 1, 1) if month in (None, 12) else dt.date(year, (month or 0) + 1, 1)
        return following - dt.timedelta(days=1)
    except ValueError:
        raise UsageError(f'{asked!r} is no date. Write "2024", "2024-03" or "2024-03-15".') from None


def chosen_documents(tables: Asked, selection: Selection) -> list[str]:
    """The doc_id of each document that a selection chooses, sorted."""
    conditions, parameters = ["true"], list[Any]()
    for name, values in selection.values:
        if name in _COLUMNS:
            conditions.append(f"list_contains(?, {name})")
            parameters.append(list(values))
        else:
            conditions.append(
                "doc_id in (select doc_id from variables where name = ? and list_contains(?, value))"
            )
            parameters += [name, list(values)]
    if selection.companies:
        conditions.append("doc_id in (select doc_id from companies where list_contains(?, company))")
        parameters.append(list(selection.companies))
    if selection.topics:
        conditions.append(
            "doc_id in (select doc_id from doc_topics where rank = 0 and list_contains(?, topic))"
        )
        parameters.append([int(topic) for topic in selection.topics])
    if selection.since:
        conditions.append("published >= ?")
        parameters.append(selection.since)
    if selection.until:
        conditions.append("published <= ?")
        parameters.append(selection.until)
    if selection.distinct:
        conditions.append("duplicate_of is null")
    query = f"select doc_id from documents where {' and '.join(conditions)} order by doc_id"
    return [row["doc_id"] for row in tables.rows(query, parameters)]


_FIRSTS = """
create table whole.firsts as
with wordings as (
  select p.doc_id, p.paragraph, d.published,
    coalesce(case when not coalesce(p.changed_facts, false) then f.text_id end, p.text_id) as wording
  from whole.paragraphs p join whole.chosen using (doc_id) join whole.documents d using (doc_id)
  left join whole.paragraphs f on f.doc_id = p.first_doc_id and f.paragraph = p.first_paragraph
)
select doc_id, paragraph, wording,
  first_value(doc_id) over earlier as of_doc, first_value(paragraph) over earlier as of_paragraph
from wordings
window earlier as (partition by wording order by published nulls last, doc_id, paragraph)
"""
_PARAGRAPHS = """
create view paragraphs as
select p.* replace (
  case when o.changed then p.first_doc_id when f.of_doc <> p.doc_id then f.of_doc end as first_doc_id,
  case when o.changed then p.first_paragraph when f.of_doc <> p.doc_id then f.of_paragraph end as first_paragraph,
  case when o.changed or (f.of_doc = p.first_doc_id and f.of_paragraph = p.first_paragraph) then p.similarity end as similarity,
  case when o.changed or f.of_doc <> p.doc_id then p.repeat_kind end as repeat_kind,
  case when p.changed_facts is not null then o.changed end as changed_facts
)
from whole.paragraphs p join whole.firsts f using (doc_id, paragraph)
join (
  select doc_id, paragraph, coalesce(changed_facts, false) and first_doc_id in (select doc_id from whole.chosen) as changed
  from whole.paragraphs
) o using (doc_id, paragraph)
"""
_DOCUMENTS = """
create view documents as
with grouped as (
  select d.*, first_value(d.doc_id) over (partition by coalesce(d.duplicate_of, d.doc_id)
    order by d.published nulls last, d.doc_id) as original
  from whole.documents d join whole.chosen using (doc_id)
)
select * exclude (original) replace (
  case when original <> doc_id then original end as duplicate_of,
  case when original = duplicate_of then similarity end as similarity
) from grouped
"""
_FIRST = "coalesce(p.of_doc = t.doc_id, t.first) as first"
_MENTIONS = """
create view {name} as
select t.* replace ({replaced}) from whole.{name} t join whole.chosen using (doc_id)
left join whole.firsts p using (doc_id, paragraph)
"""
_COUNTED = (
    "t.event_rank is not null and t.event_rank = min(t.event_rank) over (partition by t.event) as counted"
)
_EVENTS = """
create view events as
select e.* replace (f.facts as facts, f.documents as documents, f.outlets as outlets, f.first_doc_id as first_doc_id)
from whole.events e join (
  select event, count(*)::integer as facts, count(distinct doc_id)::integer as documents,
    count(distinct d.outlet)::integer as outlets,
    min_by(doc_id, (coalesce(d.published, date '9999-12-31'), doc_id)) as first_doc_id
  from facts join documents d using (doc_id) where event_rank is not null group by event
) f using (event)
"""
_TOPICS = """
create view topics as
with parts as (select topic, count(*)::integer as paragraphs from paragraph_topics group by topic),
wholes as (
  select topic, (count(*) filter (rank = 0))::integer as documents, sum(weight) as weight from doc_topics group by topic
)
select t.* replace (coalesce(p.paragraphs, 0) as paragraphs, coalesce(d.documents, 0) as documents,
  (coalesce(d.weight, 0) / nullif((select count(distinct doc_id) from doc_topics), 0))::float as share)
from whole.topics t left join parts p using (topic) left join wholes d using (topic)
"""
_TRENDS = """
create view topic_trends as
with dated as (
  select d.doc_id, d.language, d.duplicate_of,
    case when d.published_precision = 'year' then 'year' else 'month' end as precision,
    date_trunc(case when d.published_precision = 'year' then 'year' else 'month' end, d.published)::date as period
  from documents d where d.published is not null and d.doc_id in (select doc_id from doc_topics)
), sizes as (select period, precision, language, count(*) as size from dated group by all
), told as (
  select topic, period, precision, language, count(*) filter (rank = 0) as documents,
    count(*) filter (rank = 0 and duplicate_of is null) as distinct_documents, sum(weight) as weight
  from doc_topics join dated using (doc_id) group by all
)
select w.* replace (coalesce(t.documents, 0)::integer as documents,
  coalesce(t.distinct_documents, 0)::integer as distinct_documents,
  coalesce(t.weight, 0)::float as weight, coalesce(t.documents / s.size, 0)::float as share)
from whole.topic_trends w
left join told t
  on (t.topic, t.period, t.precision) = (w.topic, w.period, w.precision) and t.language is not distinct from w.language
left join sizes s on (s.period, s.precision) = (w.period, w.precision) and s.language is not distinct from w.language
"""
_WITH_FIRST = ("companies", "amounts", "dates", "names")
_AS_THEY_ARE = ("topic_terms", "topic_choices", "topic_profiles")
"""What the model learned from the whole corpus does not change with the documents looked at."""
_NEEDS = {
    "documents": ("documents",),
    "paragraphs": ("documents", "paragraphs"),
    "facts": ("documents", "paragraphs", "facts"),
    "events": ("documents", "paragraphs", "facts", "events"),
    "topics": ("topics", "doc_topics", "paragraph_topics"),
    "topic_trends": ("documents", "doc_topics", "topic_trends"),
} | {name: ("documents", "paragraphs", name) for name in _WITH_FIRST}


def select_views(connection: duckdb.DuckDBPyConnection, there: Sequence[str], doc_ids: Sequence[str]) -> None:
    """In the connection, whose schema `whole` has the views of the corpus, make views of the same tables for these documents."""
    connection.execute("create table whole.chosen (doc_id varchar)")
    if doc_ids:
        connection.execute("insert into whole.chosen select unnest(?)", [list(doc_ids)])
    if "documents" in there and "paragraphs" in there:
        connection.execute(_FIRSTS)
    # Tables of documents first: what is counted over them reads these views.
    counted = ("events", "topics", "topic_trends")
    order = ["documents", *(name for name in there if name not in ("documents", *counted)), *counted]
    for name in order:
        if name in there and all(needed in there for needed in _NEEDS.get(name, ())):
            connection.execute(_view_of(name))


def _view_of(name: str) -> str:
    match name:
        case "documents":
            return _DOCUMENTS
        case "paragraphs":
            return _PARAGRAPHS
        case "facts":
            return _MENTIONS.format(
                name=name, replaced=f"{_FIRST}, {_COUNTED}" if "events" in TABLES else _FIRST
            )
        case "events":
            return _EVENTS
        case "topics":
            return _TOPICS
        case "topic_trends":
            return _TRENDS
        case "problems":
            return "create view problems as select * from whole.problems where source in (select source from documents)"
        case _ if name in _WITH_FIRST:
            return _MENTIONS.format(name=name, replaced=_FIRST)
        case _ if name in _AS_THEY_ARE:
            return f"create view {name} as select * from whole.{name}"
        case _:
            return f"create view {name} as select t.* from whole.{name} t join whole.chosen using (doc_id)"

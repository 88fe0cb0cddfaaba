"""Names that a tool allows, one for each different value: two values never become one by losing their accents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from corpus.export.source import Row, Source
from corpus.inert import word


def own_words(values: Iterable[str], nothing: str = "autre") -> dict[str, str]:
    """A word of ASCII for each value; where two would share one, the later (sorted) has a number behind it.

    >>> own_words(["État", "etat", "…"])
    {'etat': 'etat', 'État': 'etat-2', '…': 'autre'}
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for value in sorted(set(values), key=lambda one: (one != word(one), one)):
        base = word(value) or nothing
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        given[value] = name
    return given


def document_variables(source: Source) -> dict[str, dict[str, str]]:
    """What a document is told apart by in a text-analysis tool: outlet, language, dates, topic, and the user's own variables."""
    found: dict[str, dict[str, str]] = {}
    for doc_id, row in source.documents.items():
        own = {
            "outlet": row["outlet"],
            "language": row["language"],
            **_dates(row),
            "topic": source.main_topic.get(doc_id),
        }
        extra = {name: value for name, value in source.variables[doc_id].items() if name not in own}
        found[doc_id] = {name: str(value) for name, value in (own | extra).items() if value}
    return found


def _dates(row: Row) -> Mapping[str, str | None]:
    """Year, month and day of publication, as far as the date is exact."""
    day: dt.date | None = row["published"]
    if day is None:
        return {"year": None, "month": None, "date": None}
    precision = row.get("published_precision") or "day"
    return {
        "year": f"{day:%Y}",
        "month": f"{day:%Y-%m}" if precision != "year" else None,
        "date": day.isoformat() if precision == "day" else None,
    }

"""The documents of a run as topics see them: plain columns, in order of doc_id, whatever order the tables came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

# A document is fitted on when what is distinct in it is at least half of it, or holds this many characters: a copy with one
# sentence more is not a document of its own.
LEAST_DISTINCT_SHARE = 0.5
LEAST_DISTINCT_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Period:
    """The month of a document, or its year where no more is known: the first day of it."""

    first_day: dt.date
    precision: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents by row, in order of doc_id; paragraphs by row, in order of doc_id and position.

    periods: when each document was published; outlets: by whom; copies: whether it repeats an earlier document. variables: by
    name, the user's own, a value or None for each document.
    full_texts: the title-to-end text of each document; distinct_texts: its paragraphs that repeat no earlier one.
    paragraph_documents: the document row of each paragraph; distinct: whether a paragraph repeats no earlier one.
    """

    doc_ids: tuple[str, ...]
    languages: tuple[str | None, ...]
    periods: tuple[Period | None, ...]
    outlets: tuple[str | None, ...]
    copies: tuple[bool, ...]
    full_texts: tuple[str, ...]
    distinct_texts: tuple[str, ...]
    paragraph_documents: tuple[int, ...]
    paragraph_numbers: tuple[int, ...]
    paragraph_texts: tuple[str, ...]
    paragraph_kinds: tuple[str | None, ...]
    distinct: tuple[bool, ...]
    variables: Mapping[str, tuple[str | None, ...]]

    def fitting_rows(self) -> list[int]:
        """The documents that a model is fitted on."""
        rows = []
        for row, (full, distinct) in enumerate(zip(self.full_texts, self.distinct_texts, strict=True)):
            size = len(distinct)
            if size and (size >= LEAST_DISTINCT_CHARACTERS or size >= LEAST_DISTINCT_SHARE * len(full)):
                rows.append(row)
        return rows


def collect(documents: pa.Table, paragraphs: pa.Table, variables: pa.Table | None = None) -> Collection:
    """Read the tables. Columns that a caller has not got (kind, changed_facts, …) count as null."""
    docs = _columns(
        documents, ("doc_id", "language", "published", "published_precision", "duplicate_of", "outlet")
    )
    order = sorted(range(len(docs["doc_id"])), key=lambda row: docs["doc_id"][row])
    row_of = {docs["doc_id"][old]: new for new, old in enumerate(order)}
    parts = _columns(paragraphs, ("doc_id", "paragraph", "text", "kind", "first_doc_id", "changed_facts"))
    known = [row for row in range(len(parts["doc_id"])) if parts["doc_id"][row] in row_of]
    known.sort(key=lambda row: (parts["doc_id"][row], parts["paragraph"][row]))
    full: list[list[str]] = [[] for _ in order]
    own: list[list[str]] = [[] for _ in order]
    distinct = []
    for row in known:
        document, text = row_of[parts["doc_id"][row]], parts["text"][row] or ""
        full[document].append(text)
        is_distinct = parts["first_doc_id"][row] is None or bool(parts["changed_facts"][row])
        distinct.append(is_distinct)
        if is_distinct:
            own[document].append(text)
    return Collection(
        doc_ids=tuple(docs["doc_id"][row] for row in order),
        languages=tuple(docs["language"][row] for row in order),
        periods=tuple(_period(docs["published"][row], docs["published_precision"][row]) for row in order),
        outlets=tuple(docs["outlet"][row] for row in order),
        copies=tuple(docs["duplicate_of"][row] is not None for row in order),
        full_texts=tuple("\n\n".join(texts) for texts in full),
        distinct_texts=tuple("\n\n".join(texts) for texts in own),
        paragraph_documents=tuple(row_of[parts["doc_id"][row]] for row in known),
        paragraph_numbers=tuple(parts["paragraph"][row] for row in known),
        paragraph_texts=tuple(parts["text"][row] or "" for row in known),
        paragraph_kinds=tuple(parts["kind"][row] for row in known),
        distinct=tuple(distinct),
        variables={} if variables is None else _own_variables(variables, row_of),
    )


def _own_variables(table: pa.Table, row_of: Mapping[str, int]) -> dict[str, tuple[str | None, ...]]:
    given = _columns(table, ("doc_id", "name", "value"))
    values: dict[str, list[str | None]] = {name: [None] * len(row_of) for name in sorted(set(given["name"]))}
    for doc_id, name, value in zip(given["doc_id"], given["name"], given["value"], strict=True):
        if doc_id in row_of:
            values[name][row_of[doc_id]] = value
    return {name: tuple(own) for name, own in values.items()}


def _columns(table: pa.Table, names: tuple[str, ...]) -> Mapping[str, list[Any]]:
    return {
        name: table.column(name).to_pylist() if name in table.column_names else [None] * table.num_rows
        for name in names
    }


def _period(published: Any, precision: str | None) -> Period | None:
    if published is None:
        return None
    if precision == "year":
        return Period(dt.date(published.year, 1, 1), "year")
    return Period(dt.date(published.year, published.month, 1), "month")

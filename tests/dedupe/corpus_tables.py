"""Small tables of paragraphs for the tests of repeats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyarrow as pa


def table(
    documents: dict[str, Sequence[str]],
    sites: dict[str, str] | None = None,
    published: dict[str, dt.date] | None = None,
    language: str | None = None,
) -> pa.Table:
    """Return the paragraphs of `documents` as `find_repeats` takes them."""
    rows = [(doc, number, text) for doc, texts in documents.items() for number, text in enumerate(texts)]
    columns = {
        "doc_id": pa.array([doc for doc, _, _ in rows], pa.string()),
        "paragraph": pa.array([number for _, number, _ in rows], pa.int32()),
        "site": pa.array([(sites or {}).get(doc) for doc, _, _ in rows], pa.string()),
        "text": pa.array([text for _, _, text in rows], pa.string()),
    }
    if published is not None:
        columns["published"] = pa.array([published.get(doc) for doc, _, _ in rows], pa.date32())
    if language is not None:
        columns["language"] = pa.array([language] * len(rows), pa.string())
    return pa.table(columns)


def brief(repeats: pa.Table) -> list[tuple[str, int, str, str, int, bool]]:
    """Return (doc_id, paragraph, kind, of_doc_id, of_paragraph, same_facts) of each row."""
    names = ("doc_id", "paragraph", "kind", "of_doc_id", "of_paragraph", "same_facts")
    return [tuple(row[name] for name in names) for row in repeats.to_pylist()]  # type: ignore[misc]

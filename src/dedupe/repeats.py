"""Every repeat of a corpus, inside documents and across them, as one table."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedupe.across import AcrossRepeat, find_across
from dedupe.candidates import pairs_in_documents
from dedupe.document import Found, resolve_document
from dedupe.fingerprint import fingerprint, replaced
from dedupe.inline import find_doubled, without
from dedupe.paragraphs import Paragraphs, read_paragraphs
from dedupe.relations import Rows
from dedupe.within import original_span, word_span

KINDS = ("exact", "inline", "contained", "truncated", "near", "boilerplate", "variant")
REPEATS = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("paragraph", pa.int32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("of_doc_id", pa.string(), nullable=False),
        pa.field("of_paragraph", pa.int32(), nullable=False),
        pa.field("similarity", pa.float32(), nullable=False),
        pa.field("same_facts", pa.bool_(), nullable=False),
    ]
)

Ints = npt.NDArray[np.int64]


def find_repeats(paragraphs: pa.Table, executor: Executor | None = None, partitions: int = 1) -> pa.Table:
    """Return one row for each repeat among `paragraphs`, sorted by doc_id, paragraph and start.

    In: doc_id (string), paragraph (whole number, distinct within a document), text (string, null counts as empty), and where
    known site (string), published (date32), language (ISO 639-1; French where absent). Their order does not matter.

    Out: the columns of `REPEATS`. `start`, `end` are code points of the paragraph's text, end exclusive: the part that
    repeats. `of_doc_id` and `of_paragraph` name the earliest paragraph that it repeats (published date, nulls last,
    then doc_id, then paragraph), itself for `inline`; a paragraph that is covered by several gives a row for each.
    `similarity` is in [0, 1]. `same_facts` is false where a number, amount, date, name or negation differs: the kinds
    `variant` and `boilerplate`.

    With an executor, comparison runs on it in `partitions` tasks; the result is the same. Raises ParagraphsError.
    """
    rows = read_paragraphs(paragraphs)
    prints = fingerprint(rows.texts(), rows.languages)
    doubled, pairs = pairs_in_documents(prints, rows.documents)
    spans: dict[int, list[tuple[int, int]]] = {}
    shortened: dict[int, str] = {}
    for row in doubled.tolist():
        text = rows.text_of(row)
        found = find_doubled(text, prints.row(row).tolist())
        if found:
            spans[row] = found
            shortened[row] = without(text, found)
    prints = replaced(prints, shortened, rows.languages)
    compared = Rows(
        prints, lambda row: shortened[row] if row in shortened else rows.text_of(row), rows.language
    )
    inside = list(_inside_documents(compared, rows, pairs))
    gone = np.zeros(len(rows), bool)
    gone[[one.row for one in inside]] = True
    across = find_across(compared, rows, ~gone, executor, partitions)
    return _table(rows, compared, spans, inside, across)


def _inside_documents(compared: Rows, rows: Paragraphs, pairs: Ints) -> Iterable[Found]:
    """Yield the repeats inside each document that may have some."""
    prints, documents = compared.fingerprints, rows.documents
    by_key = np.lexsort((prints.keys[:, 0], documents))
    a, b = by_key[:-1], by_key[1:]
    equal = (documents[a] == documents[b]) & (prints.keys[a] == prints.keys[b]).all(1)
    equal &= np.diff(prints.starts)[a] > 0
    likely = np.unique(np.concatenate([documents[a[equal]], documents[pairs[:, 0]] if len(pairs) else a[:0]]))
    edges = np.searchsorted(documents, np.stack([likely, likely + 1]))
    places = (
        np.searchsorted(documents[pairs[:, 0]], np.stack([likely, likely + 1])) if len(pairs) else edges * 0
    )
    listed: list[Any] = pairs.tolist()
    for k in range(len(likely)):
        members = range(int(edges[0, k]), int(edges[1, k]))
        yield from resolve_document(compared, members, map(tuple, listed[places[0, k] : places[1, k]]))


def _table(
    rows: Paragraphs,
    compared: Rows,
    spans: dict[int, list[tuple[int, int]]],
    inside: list[Found],
    across: AcrossRepeat,
) -> pa.Table:
    """Return the rows of the result, offsets in the texts as they came in."""
    row: list[int] = []
    start: list[int] = []
    end: list[int] = []
    kind: list[int] = []
    of: list[int] = []
    similarity: list[float] = []
    same: list[bool] = []

    def add(r: int, s: int, e: int, k: str, o: int, value: float, facts: bool) -> None:
        row.append(r)
        start.append(s)
        end.append(e)
        kind.append(KINDS.index(k))
        of.append(o)
        similarity.append(value)
        same.append(facts)

    for r, found in spans.items():
        for s, e in found:
            add(r, s, e, "inline", r, 1.0, True)
    for one in inside:
        s, e = word_span(compared, one.row, one.start, one.end)
        if one.row in spans:
            s, e = original_span(s, e, spans[one.row], len(rows.text_of(one.row)))
        add(one.row, s, e, one.kind, one.of, one.similarity, True)
    lengths = rows.lengths()
    if across.starts:
        for r, skip in across.starts.items():
            across.start[across.place[r]] = word_span(compared, r, skip, None)[0]
    every_row = np.concatenate([np.asarray(row, np.int64), across.row])
    every_of = np.concatenate([np.asarray(of, np.int64), across.of])
    every_start = np.concatenate([np.asarray(start, np.int64), across.start])
    every_end = np.concatenate([np.asarray(end, np.int64), lengths[across.row]])
    for k in np.flatnonzero(np.isin(across.row, np.fromiter(spans, np.int64, len(spans)))).tolist():
        r = int(across.row[k])
        first = spans[r][0]
        # What is left of a doubled paragraph repeats; the doubled part has its own row.
        every_end[len(row) + k] = first[0] if first[1] == lengths[r] else lengths[r]
    every_kind = np.concatenate([np.asarray(kind, np.int64), across.kind])
    every_similarity = np.concatenate([np.asarray(similarity, np.float32), across.similarity])
    every_same = np.concatenate([np.asarray(same, bool), across.same_facts])
    order = np.lexsort((every_of, every_start, every_row))
    names = rows.doc_ids.cast(pa.string())
    kinds = pa.array(KINDS)

    def doc(of_rows: Ints) -> Any:
        return names.take(pa.array(rows.documents[of_rows]))

    return pa.table(
        [
            doc(every_row[order]),
            pa.array(rows.numbers[every_row[order]].astype(np.int32)),
            pa.array(every_start[order].astype(np.int32)),
            pa.array(every_end[order].astype(np.int32)),
            kinds.take(pa.array(every_kind[order])),
            doc(every_of[order]),
            pa.array(rows.numbers[every_of[order]].astype(np.int32)),
            pa.array(every_similarity[order].astype(np.float32)),
            pa.array(every_same[order]),
        ],
        schema=REPEATS,
    )

"""Every repeat of a corpus, inside documents and across them, as one table."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedupe.across import AcrossRepeat, find_across
from dedupe.candidates import pairs_in_documents
from dedupe.fingerprint import Fingerprints, fingerprint, replaced
from dedupe.inline import find_doubled, without
from dedupe.pairs import PairMemory
from dedupe.paragraphs import Paragraphs, read_paragraphs
from dedupe.relations import Rows
from dedupe.resolve import Found, exact_copies, resolve_document
from dedupe.verification import relate_pairs
from dedupe.within import found_span, original_spans, word_span

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

    >>> import pyarrow as pa
    >>> from dedupe import find_repeats
    >>> texts = [
    ...     "La start-up Brivane a levé 45 millions d'euros auprès de trois fonds européens.",
    ...     "La start-up Brivane a levé 42 millions d'euros auprès de trois fonds européens.",
    ... ]
    >>> paragraphs = pa.table({"doc_id": ["b", "a"], "paragraph": [0, 0], "text": texts})
    >>> find_repeats(paragraphs).select(["doc_id", "of_doc_id", "same_facts"]).to_pylist()
    [{'doc_id': 'b', 'of_doc_id': 'a', 'same_facts': False}]
    """
    rows = read_paragraphs(paragraphs)
    prepared, compared = _prepared(rows)
    return settle(rows, prepared, executor, partitions, compared=compared)


@dataclass(slots=True)
class Prepared:
    """What each document gives by itself: its fingerprints, doubled text (`spans`, by row) and repeats inside it.

    `shortened` holds the texts of doubled paragraphs without their copies; fingerprints are of what is left.
    """

    prints: Fingerprints
    spans: dict[int, list[tuple[int, int]]]
    shortened: dict[int, str]
    inside: list[Inside]


class Inside(NamedTuple):
    """Characters `start` to `end` of row `row` repeat row `of` of the same document."""

    row: int
    start: int
    end: int
    kind: str
    of: int
    similarity: float


def prepare(rows: Paragraphs) -> Prepared:
    """Return what can be told of each document without the others."""
    return _prepared(rows)[0]


def _prepared(rows: Paragraphs) -> tuple[Prepared, Rows]:
    prints = fingerprint(rows.texts(), rows.languages)
    doubled, pairs = pairs_in_documents(prints, rows.documents)
    prepared = Prepared(prints, {}, {}, [])
    for row in doubled.tolist():
        text = rows.text_of(row)
        found = find_doubled(text, prints.row(row).tolist())
        if found:
            prepared.spans[row] = found
            prepared.shortened[row] = without(text, found)
    prepared.prints = replaced(prints, prepared.shortened, rows.languages)
    compared = comparable(rows, prepared)
    for one in _inside_documents(compared, rows, pairs):
        for start, end in original_spans(*found_span(compared, one), prepared.spans.get(one.row, ())):
            prepared.inside.append(Inside(one.row, start, end, one.kind, one.of, one.similarity))
    return prepared, compared


def comparable(rows: Paragraphs, prepared: Prepared) -> Rows:
    """Return the paragraphs ready to be compared, doubled ones without their copies."""
    shortened = prepared.shortened
    return Rows(
        prepared.prints, lambda row: shortened[row] if row in shortened else rows.text_of(row), rows.language
    )


def settle(
    rows: Paragraphs,
    prepared: Prepared,
    executor: Executor | None = None,
    partitions: int = 1,
    lengths: Ints | None = None,
    compared: Rows | None = None,
    memory: PairMemory | None = None,
) -> pa.Table:
    """Return the repeats inside documents, and those across them, as a table.

    `lengths` are those of the texts as they came in, where `rows` holds shortened ones; `compared` what is compared
    already; `memory` holds answers of earlier comparisons.
    """
    compared = compared or comparable(rows, prepared)
    kept = np.ones(len(rows), bool)
    kept[[one.row for one in prepared.inside]] = False
    across = find_across(compared, rows, kept, executor, partitions, memory)
    return _table(rows, compared, prepared, across, rows.lengths() if lengths is None else lengths)


def _inside_documents(compared: Rows, rows: Paragraphs, pairs: Ints) -> Iterable[Found]:
    """Yield the repeats inside each document that may have some."""
    prints, documents = compared.fingerprints, rows.documents
    copies, first = exact_copies(prints, documents)
    # Later copies go before anything else is compared.
    gone = np.zeros(len(prints), bool)
    gone[copies] = True
    pairs = pairs[~gone[pairs].any(1)]
    for later, earlier, relation in relate_pairs(compared, pairs[:, ::-1], parts=False):
        compared.known[later, earlier] = relation
    asked, copied = documents[pairs[:, 0]], documents[copies]
    likely = np.unique(np.concatenate([copied, asked]))
    edges, pair_edges, copy_edges = (
        np.searchsorted(some, np.stack([likely, likely + 1], 1)).tolist()
        for some in (documents, asked, copied)
    )
    listed, copies_of = (list(map(tuple, some.tolist())) for some in (pairs, np.stack([copies, first], 1)))
    for (begin, end), (low, high), (head, tail) in zip(edges, pair_edges, copy_edges, strict=True):
        yield from resolve_document(compared, range(begin, end), listed[low:high], copies_of[head:tail])


def _table(
    rows: Paragraphs, compared: Rows, prepared: Prepared, across: AcrossRepeat, lengths: Ints
) -> pa.Table:
    """Return the rows of the result, offsets in the texts as they came in."""
    spans = prepared.spans
    place = {int(row): k for k, row in enumerate(across.row.tolist())}
    found = [Inside(row, start, end, "inline", row, 1.0) for row in spans for start, end in spans[row]]
    for one in prepared.inside:
        k = place.get(one.of)
        if one.kind == "exact" and k is not None and across.same_facts[k]:
            # A copy of what repeats an earlier document repeats that document.
            kind, aim = KINDS[across.kind[k]], int(across.of[k])
            one = one._replace(kind=kind, of=aim, similarity=float(across.similarity[k]))
        found.append(one)
    row, start, end, of = (
        np.fromiter((getattr(one, name) for one in found), np.int64, len(found))
        for name in ("row", "start", "end", "of")
    )
    kinds_of = np.fromiter((KINDS.index(one.kind) for one in found), np.int64, len(found))
    similarity = np.fromiter((one.similarity for one in found), np.float32, len(found))
    same = np.ones(len(found), bool)
    for r, skip in across.starts.items():
        across.start[place[r]] = word_span(compared, r, skip, None)[0]
    every_row = np.concatenate([row, across.row])
    every_of = np.concatenate([of, across.of])
    every_start = np.concatenate([start, across.start])
    every_end = np.concatenate([end, lengths[across.row]])
    for k in np.flatnonzero(np.isin(across.row, np.fromiter(spans, np.int64, len(spans)))).tolist():
        r = int(across.row[k])
        first = spans[r][0]
        # What is left of a doubled paragraph repeats; the doubled part has its own row.
        every_end[len(row) + k] = first[0] if first[1] == lengths[r] else lengths[r]
    every_kind = np.concatenate([kinds_of, across.kind])
    every_similarity = np.concatenate([similarity, across.similarity])
    every_same = np.concatenate([same, across.same_facts])
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

"""Whole documents that are copies of earlier ones, from the repeats of their paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

# Share of the characters of both documents that must be the same paragraphs: a copy may lose its headline, its last
# paragraph or gain a line of its own.
DUPLICATE = 0.8
# Paragraphs that stand in more documents than this say nothing about which one was copied.
COMMON = 200

DUPLICATES = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("duplicate_of", pa.string(), nullable=False),
        pa.field("similarity", pa.float32(), nullable=False),
    ]
)

_Place = tuple[str, int]


@dataclass(slots=True)
class _Document:
    """What a document says: characters by the earliest paragraph that says it, and what it says with another fact."""

    said: Counter[_Place] = field(default_factory=Counter)
    varied: set[_Place] = field(default_factory=set)

    @property
    def size(self) -> int:
        return self.said.total()


def find_duplicate_documents(paragraphs: pa.Table, repeats: pa.Table) -> pa.Table:
    """Return the documents that are (near-)copies of an earlier one: doc_id, duplicate_of, similarity, sorted by doc_id.

    `paragraphs` is what `find_repeats` was given, `repeats` what it returned. A document is a duplicate of the earliest
    one (published date, nulls last, then doc_id) with which it shares at least `DUPLICATE` of the characters of both, site
    furniture and repeats inside the documents aside, unless one paragraph says the same with another fact. `similarity`
    is the share of the characters of both that they have in common, in [0, 1].

    >>> import pyarrow as pa
    >>> from dedupe import find_duplicate_documents, find_repeats
    >>> text = "La mairie a voté hier soir le budget de la piscine, après deux heures de débat."
    >>> paragraphs = pa.table({"doc_id": ["a", "b"], "paragraph": [0, 0], "text": [text, text]})
    >>> find_duplicate_documents(paragraphs, find_repeats(paragraphs)).to_pylist()
    [{'doc_id': 'b', 'duplicate_of': 'a', 'similarity': 1.0}]
    """
    removed: Counter[_Place] = Counter()
    target: dict[_Place, _Place] = {}
    variants: dict[_Place, _Place] = {}
    furniture: set[_Place] = set()
    for row in repeats.to_pylist():
        place, of = (row["doc_id"], row["paragraph"]), (row["of_doc_id"], row["of_paragraph"])
        if row["kind"] == "boilerplate":
            furniture |= {place, of}
        elif row["kind"] == "variant":
            variants[place] = of
        elif of[0] == place[0]:
            removed[place] += row["end"] - row["start"]
        else:
            target[place] = of

    def first(place: _Place) -> _Place:
        seen = {place}
        while place in target and target[place] not in seen:
            place = target[place]
            seen.add(place)
        return place

    documents: dict[str, _Document] = defaultdict(_Document)
    holders: dict[_Place, list[str]] = defaultdict(list)
    lengths = pc.fill_null(pc.utf8_length(paragraphs["text"]), 0).to_pylist()
    doc_ids = paragraphs["doc_id"].to_pylist()
    for doc_id, number, length in zip(doc_ids, paragraphs["paragraph"].to_pylist(), lengths, strict=True):
        place = (doc_id, number)
        source = first(place)
        if place in furniture or source in furniture:
            continue
        left = length - removed[place]
        document = documents[doc_id]
        if left > 0:
            document.said[source] += left
            holders[source].append(doc_id)
        if place in variants:
            document.varied.add(first(variants[place]))
    order = _by_time(paragraphs, doc_ids)
    found = []
    for doc_id in sorted(documents):
        best = _copied(doc_id, documents, holders, order)
        if best is not None:
            found.append((doc_id, *best))
    columns = list(zip(*found, strict=True)) if found else [(), (), ()]
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, DUPLICATES, strict=True)], schema=DUPLICATES
    )


def _copied(
    doc_id: str,
    documents: dict[str, _Document],
    holders: dict[_Place, list[str]],
    order: dict[str, tuple[bool, object, str]],
) -> tuple[str, float] | None:
    """Return the earliest document that `doc_id` copies and how much they share, or None."""
    document = documents[doc_id]
    if not document.size:
        return None
    others = {
        other
        for source in document.said
        if len(holders[source]) <= COMMON
        for other in holders[source]
        if order[other] < order[doc_id]
    }
    for other in sorted(others, key=order.__getitem__):
        earlier = documents[other]
        if not document.varied.isdisjoint(earlier.said) or not earlier.varied.isdisjoint(document.said):
            continue
        shared = sum(min(size, earlier.said[source]) for source, size in document.said.items())
        if shared >= DUPLICATE * max(document.size, earlier.size):
            return other, 2 * shared / (document.size + earlier.size)
    return None


def _by_time(paragraphs: pa.Table, doc_ids: list[str]) -> dict[str, tuple[bool, object, str]]:
    """Return a key for each document that sorts the earliest first."""
    if "published" not in paragraphs.column_names:
        return {doc_id: (True, 0, doc_id) for doc_id in doc_ids}
    order: dict[str, tuple[bool, object, str]] = {}
    for doc_id, date in zip(doc_ids, paragraphs["published"].to_pylist(), strict=True):
        key = (date is None, 0 if date is None else date.toordinal(), doc_id)
        order[doc_id] = min(order.get(doc_id, key), key)
    return order

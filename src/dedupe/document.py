"""Repeats inside one document: which paragraphs go, which stay, and what each that goes repeats.

Decided in this order, always over what is still kept: copies of an earlier paragraph; paragraphs that two or more kept ones
cover word for word; paragraphs cut short; paragraphs that stand whole, as sentences, inside a kept one. So the text
that is kept holds every word of the text that goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dedupe.relations import Relation, Rows, relate

WithinKind = Literal["exact", "inline", "contained", "truncated", "near"]
# A shorter sentence that stands in another paragraph too may be a heading or a name.
MIN_CONTAINED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Row `row` repeats row `of`, from word `start` to `end` of `row` (None: to its end)."""

    row: int
    start: int
    end: int | None
    kind: WithinKind
    of: int
    similarity: float


@dataclass(slots=True)
class _Document:
    rows: Rows
    order: Sequence[int]
    gone: dict[int, list[Found]]

    def kept(self, row: int) -> bool:
        return row not in self.gone


def resolve_document(rows: Rows, members: range, pairs: Iterable[tuple[int, int]]) -> list[Found]:
    """Return what goes from one document.

    `members` are its rows in reading order, without a gap, `pairs` those that may be related. Rows without words never repeat.
    """
    document = _Document(rows, members, {})
    place = {row: k for k, row in enumerate(members)}
    prints = rows.fingerprints
    first: dict[tuple[int, int], int] = {}
    block = slice(members[0], members[-1] + 1)
    keys = prints.keys[block].tolist()
    lengths = np.diff(prints.starts[members[0] : members[-1] + 2]).tolist()
    for row, (low, high), length in zip(members, keys, lengths, strict=True):
        if not length:
            continue
        earlier = first.setdefault((low, high), row)
        if earlier != row:
            document.gone[row] = [Found(row, 0, None, "exact", earlier, 1.0)]
    likely = sorted(
        {
            (a, b) if place[a] > place[b] else (b, a)
            for a, b in pairs
            if document.kept(a) and document.kept(b)
        },
        key=lambda pair: (place[pair[0]], place[pair[1]]),
    )
    relations: dict[tuple[int, int], Relation] = {}
    for later, earlier in likely:
        relation = relate(rows, later, earlier)
        if relation is not None:
            relations[later, earlier] = relation
    _drop_near(document, relations)
    _drop_covered(document, likely, relations)
    _drop_cut(document, relations)
    _drop_contained(document, likely)
    return [found for row in members for found in document.gone.get(row, ())]


def _drop_near(document: _Document, relations: dict[tuple[int, int], Relation]) -> None:
    for (later, earlier), relation in relations.items():
        if relation.kind == "cut" or not relation.same_facts:
            continue
        if document.kept(later) and document.kept(earlier):
            kind: WithinKind = "exact" if relation.kind == "same" else "near"
            document.gone[later] = [Found(later, relation.skip[0], None, kind, earlier, relation.similarity)]


def _inside(needle: Sequence[int], hay: Sequence[int]) -> int | None:
    """Return where `needle` stands in `hay` word for word, or None."""
    wanted, whole = np.asarray(needle, np.uint32).tobytes(), np.asarray(hay, np.uint32).tobytes()
    at = whole.find(wanted)
    while at >= 0 and at % 4:
        at = whole.find(wanted, at + 1)
    return at // 4 if at >= 0 else None


def _drop_covered(
    document: _Document,
    likely: Sequence[tuple[int, int]],
    relations: dict[tuple[int, int], Relation],
) -> None:
    rows = document.rows
    cut = {
        relation.shorter for relation in relations.values() if relation.kind == "cut" and relation.same_facts
    }
    parts: dict[int, list[tuple[int, int, int]]] = {}
    for pair in likely:
        whole, part = sorted(pair, key=lambda row: -len(rows.words(row)))
        if len(rows.words(part)) == len(rows.words(whole)):
            continue
        at = _inside(rows.words(part), rows.words(whole))
        if at is not None:
            parts.setdefault(whole, []).append((at, at + len(rows.words(part)), part))
    if not parts:
        return
    first: dict[bytes, int] = {}
    for row in document.order:
        first.setdefault(rows.fingerprints.row(row).tobytes(), row)
    for whole in document.order:
        if whole not in parts or not document.kept(whole):
            continue
        usable = [p for p in parts[whole] if document.kept(p[2])]
        # A paragraph that is cut short of this one alone is a part like any other once a heading covers the rest.
        cover = _cover(rows, whole, usable, first, document)
        if cover is None:
            cover = _cover(rows, whole, [p for p in usable if p[2] not in cut], first, document)
        if cover is not None:
            n = len(rows.words(whole))
            document.gone[whole] = [
                Found(whole, start, end if end < n else None, "contained", part, 1.0)
                for start, end, part in cover
            ]


def _cover(
    rows: Rows, whole: int, parts: list[tuple[int, int, int]], first: dict[bytes, int], document: _Document
) -> list[tuple[int, int, int]] | None:
    """Return kept paragraphs that make up all of `whole` side by side, in order, or None."""
    chosen: list[tuple[int, int, int]] = []
    for part in sorted(parts, key=lambda p: (p[0] - p[1], p[0], p[2])):
        if all(part[1] <= other[0] or part[0] >= other[1] for other in chosen):
            chosen.append(part)
    chosen.sort()
    words = rows.words(whole)
    gaps: list[tuple[int, int, int]] = []
    position = 0
    for start, end in [(start, end) for start, end, _ in chosen] + [(len(words), len(words))]:
        if start > position:
            between = first.get(np.asarray(words[position:start], np.uint32).tobytes())
            if between is None or not document.kept(between) or between == whole:
                return None
            gaps.append((position, start, between))
        position = end
    found = sorted(chosen + gaps)
    return found if len({part for _, _, part in found}) > 1 else None


def _drop_cut(document: _Document, relations: dict[tuple[int, int], Relation]) -> None:
    wholes: dict[int, list[tuple[int, Relation]]] = {}
    for (later, earlier), relation in relations.items():
        if relation.kind == "cut" and relation.same_facts:
            other = earlier if relation.shorter == later else later
            wholes.setdefault(relation.shorter, []).append((other, relation))
    used = {found.of for rows in document.gone.values() for found in rows}
    for row in document.order:
        if row not in wholes or not document.kept(row) or row in used:
            continue
        for other, relation in wholes[row]:
            if document.kept(other):
                document.gone[row] = [Found(row, 0, None, "truncated", other, relation.similarity)]
                break


def _drop_contained(document: _Document, likely: Sequence[tuple[int, int]]) -> None:
    rows = document.rows
    used = {found.of for found_rows in document.gone.values() for found in found_rows}
    hosts: dict[int, list[int]] = {}
    for later, earlier in likely:
        part, whole = sorted((later, earlier), key=lambda row: len(rows.words(row)))
        hosts.setdefault(part, []).append(whole)
    for part in document.order:
        words = rows.words(part)
        if part not in hosts or part in used or not document.kept(part) or len(words) < MIN_CONTAINED:
            continue
        if not rows.finished(part):
            continue
        for whole in hosts[part]:
            if not document.kept(whole) or len(rows.words(whole)) <= len(words):
                continue
            at = _inside(words, rows.words(whole))
            if at is not None and _is_sentence(rows, whole, at, at + len(words)):
                document.gone[part] = [Found(part, 0, None, "contained", whole, 1.0)]
                break


def _is_sentence(rows: Rows, row: int, start: int, end: int) -> bool:
    """Return whether words `start` to `end` of a paragraph begin and end where its sentences do."""
    tokens = rows.tokens(row)
    opens = start == 0 or not _OPENS.isdisjoint(tokens.before(start))
    closes = end == len(tokens) or not _CLOSES.isdisjoint(tokens.before(end))
    return opens and closes


_CLOSES = frozenset(".!?…")
_OPENS = _CLOSES | frozenset(':«“"')

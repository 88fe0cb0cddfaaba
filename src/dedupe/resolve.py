"""Repeats inside one document: which paragraphs go, which stay, and what each that goes repeats.

Decided in this order, always over what is still kept: copies of an earlier paragraph; paragraphs that two or more kept ones
cover word for word; paragraphs cut short; paragraphs that stand whole, as sentences, inside a kept one. So the text
that is kept holds every word of the text that goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from dedupe.fingerprint import Fingerprints
from dedupe.relations import Relation, Rows, cut_short, relate

Ints = npt.NDArray[np.int64]

WithinKind = Literal["exact", "inline", "contained", "truncated", "near"]
# A shorter sentence that stands in another paragraph too may be a heading or a name.
MIN_CONTAINED = 8
# A paragraph that adds more than this share of words to another one says something of its own: it is not an edit of it.
MOST_ADDED = 0.1


class Found(NamedTuple):
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
    members: range
    gone: dict[int, list[Found]]

    def kept(self, row: int) -> bool:
        return row not in self.gone

    def first(self, words: Sequence[int]) -> int | None:
        """Return the first row of exactly these words, gone or not."""
        prints = self.rows.fingerprints
        begin, end = self.members.start, self.members.stop
        wanted = np.asarray(words, np.uint32)
        for row in np.flatnonzero(np.diff(prints.starts[begin : end + 1]) == len(words)).tolist():
            if np.array_equal(prints.row(begin + row), wanted):
                return begin + row
        return None


def exact_copies(prints: Fingerprints, documents: Ints) -> tuple[Ints, Ints]:
    """Return the rows that have words and the same ones as an earlier row of their document, and the first such row."""
    order = np.lexsort((prints.keys[:, 0], documents))
    documents, keys = documents[order], prints.keys[order]
    again = np.zeros(len(order), bool)
    again[1:] = (documents[1:] == documents[:-1]) & (keys[1:] == keys[:-1]).all(1)
    heads = np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))
    again &= np.diff(prints.starts)[order] > 0
    rows = order[again]
    by_row = np.argsort(rows)
    return rows[by_row], order[heads[again]][by_row]


def resolve_document(
    rows: Rows, members: range, pairs: Iterable[tuple[int, int]], copies: Iterable[tuple[int, int]]
) -> list[Found]:
    """Return what goes from one document.

    `members` are its rows in reading order, without a gap, `pairs` those that may be related, each once, and `copies` what
    `exact_copies` says of them. Rows without words never repeat.
    """
    document = _Document(rows, members, {})
    for row, earlier in copies:
        document.gone[row] = [Found(row, 0, None, "exact", earlier, 1.0)]
    likely = sorted((a, b) if a > b else (b, a) for a, b in pairs if document.kept(a) and document.kept(b))
    relations: dict[tuple[int, int], Relation] = {}
    parts: list[_Part] = []
    extended: list[tuple[int, int]] = []
    for later, earlier in likely:
        part = _part_of(rows, later, earlier)
        if part is not None:
            parts.append(part)
            length = rows.length(part.whole)
            if length - (part.end - part.start) <= MOST_ADDED * length:
                extended.append((later, earlier))
            if not (part.start == 0 and cut_short(rows, part.row)):
                continue
        relation = relate(rows, later, earlier)
        if relation is not None:
            relations[later, earlier] = relation
    _drop_near(document, relations)
    _drop_covered(document, parts, relations)
    # Most paragraphs that add a few words to another one add the next heading, and are covered by now.
    for later, earlier in extended:
        if (later, earlier) not in relations and document.kept(later) and document.kept(earlier):
            relation = relate(rows, later, earlier)
            if relation is not None:
                _drop_near(document, {(later, earlier): relation})
    _drop_cut(document, relations)
    _drop_contained(document, parts)
    return [
        one
        for row in sorted(document.gone)
        for found in document.gone[row]
        for one in _followed(found, document.gone, rows)
    ]


def _followed(found: Found, gone: dict[int, list[Found]], rows: Rows) -> list[Found]:
    """Return what is left of a chain of repeats: a copy of a paragraph that went itself repeats what that one repeats."""
    onward = gone.get(found.of)
    if onward is None:
        return [found]
    if len(onward) > 1 and found.similarity == 1.0:
        # What covers the paragraph that went covers its copy, word for word.
        covers = [_shifted(found, one, rows) for one in onward]
        return [last for one in covers for last in _followed(one, gone, rows)]
    first = onward[0]
    kind = first.kind if found.kind == "exact" else found.kind
    similarity = min(found.similarity, first.similarity)
    return _followed(found._replace(of=first.of, kind=kind, similarity=similarity), gone, rows)


def _shifted(found: Found, part: Found, rows: Rows) -> Found:
    """Return `part`, a part of what `found` repeats, as a part of the row of `found`."""
    end = found.end if part.end is None else found.start + part.end
    whole = rows.length(found.row)
    end = None if end is None or end >= whole else end
    return Found(found.row, found.start + part.start, end, "contained", part.of, 1.0)


def _drop_near(document: _Document, relations: dict[tuple[int, int], Relation]) -> None:
    for (later, earlier), relation in relations.items():
        if relation.kind == "cut" or not relation.same_facts:
            continue
        if document.kept(later) and document.kept(earlier):
            kind: WithinKind = "exact" if relation.kind == "same" else "near"
            document.gone[later] = [Found(later, relation.skip[0], None, kind, earlier, relation.similarity)]


class _Part(NamedTuple):
    """All of paragraph `row` stands word for word in paragraph `whole`, as words `start` to `end`."""

    whole: int
    start: int
    end: int
    row: int


def _part_of(rows: Rows, i: int, j: int) -> _Part | None:
    """Return how one of two paragraphs stands in the other, or None."""
    prints = rows.fingerprints
    counts = prints.starts[i + 1] - prints.starts[i], prints.starts[j + 1] - prints.starts[j]
    if counts[0] == counts[1]:
        return None
    whole, row = (i, j) if counts[0] > counts[1] else (j, i)
    wanted, words = prints.row(row).tobytes(), prints.row(whole).tobytes()
    at = words.find(wanted)
    while at >= 0 and at % 4:
        at = words.find(wanted, at + 1)
    return _Part(whole, at // 4, (at + len(wanted)) // 4, row) if at >= 0 else None


def _drop_covered(
    document: _Document, found: Sequence[_Part], relations: dict[tuple[int, int], Relation]
) -> None:
    rows = document.rows
    cut = {
        relation.shorter for relation in relations.values() if relation.kind == "cut" and relation.same_facts
    }
    parts: dict[int, list[_Part]] = {}
    for part in found:
        parts.setdefault(part.whole, []).append(part)
    for whole in sorted(parts):
        if not document.kept(whole):
            continue
        usable = [part for part in parts[whole] if document.kept(part.row)]
        # A paragraph that is cut short of this one alone is a part like any other once a heading covers the rest.
        cover = _cover(whole, usable, document)
        if cover is None:
            cover = _cover(whole, [part for part in usable if part.row not in cut], document)
        if cover is not None:
            n = rows.length(whole)
            document.gone[whole] = [
                Found(whole, start, end if end < n else None, "contained", part, 1.0)
                for start, end, part in cover
            ]


def _cover(whole: int, parts: list[_Part], document: _Document) -> list[tuple[int, int, int]] | None:
    """Return kept paragraphs that make up all of `whole` side by side, in order, or None."""
    chosen: list[tuple[int, int, int]] = []
    for part in sorted(parts, key=lambda p: (p.start - p.end, p.start, p.row)):
        if all(part.end <= start or part.start >= end for start, end, _ in chosen):
            chosen.append((part.start, part.end, part.row))
    chosen.sort()
    words = document.rows.words(whole)
    gaps: list[tuple[int, int, int]] = []
    position = 0
    for start, end in [(start, end) for start, end, _ in chosen] + [(len(words), len(words))]:
        if start > position:
            between = document.first(words[position:start])
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
    covering = {one.of for ones in document.gone.values() for one in ones if one.kind == "contained"}
    for row in sorted(wholes):
        if not document.kept(row):
            continue
        for other, relation in wholes[row]:
            # A part of a cover has to be said word for word by what it gives way to.
            if document.kept(other) and (relation.similarity == 1.0 or row not in covering):
                document.gone[row] = [Found(row, 0, None, "truncated", other, relation.similarity)]
                break


def _drop_contained(document: _Document, found: Sequence[_Part]) -> None:
    rows = document.rows
    hosts: dict[int, list[_Part]] = {}
    for part in found:
        if part.end - part.start >= MIN_CONTAINED:
            hosts.setdefault(part.row, []).append(part)
    for row in sorted(hosts):
        if not document.kept(row) or not rows.finished(row):
            continue
        for part in hosts[row]:
            if document.kept(part.whole) and _is_sentence(rows, part.whole, part.start, part.end):
                document.gone[row] = [Found(row, 0, None, "contained", part.whole, 1.0)]
                break


def _is_sentence(rows: Rows, row: int, start: int, end: int) -> bool:
    """Return whether words `start` to `end` of a paragraph begin and end where its sentences do."""
    tokens = rows.tokens(row)
    opens = start == 0 or not _OPENS.isdisjoint(tokens.before(start))
    closes = end == len(tokens) or not _CLOSES.isdisjoint(tokens.before(end))
    return opens and closes


_CLOSES = frozenset(".!?…")
_OPENS = _CLOSES | frozenset(':«“"')

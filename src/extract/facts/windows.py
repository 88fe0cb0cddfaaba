"""What the encoder reads of a document: the sentences with sums, what stands before them, and the title.

A sentence with a sum is read with the pieces before it and with the head of the title, which most often names the company that
the article is about. Sentences with sums that stand near each other share a window.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.encoder.pieces import BEGIN, END, Piece
from extract.facts.addresses import addresses
from extract.facts.sentences import Document, ItemKind, Mention

TITLE, BEFORE, MOST = 32, 64, 256
"""Pieces of the title, before the first sentence of a window, and of its sentences, at most."""
SENTENCES = 22
"""Sentences of a window, and before them, at most: each ends with a mark, and the lines of a list have few pieces."""
LONGEST = TITLE + BEFORE + MOST + 2 * SENTENCES + 2
"""Pieces and marks of a window, at most."""
MARKS: dict[ItemKind, int] = {"company": 1, "sum": 2, "name": 3, "date": 0}
"""The number that a piece of each kind of mention is marked with; other pieces have 0."""

Cut = Callable[[str], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Span:
    """A mention's pieces in a window, from `first` to before `last`; `sentence` is the index of its sentence."""

    sentence: int
    first: int
    last: int
    kind: ItemKind
    mention: Mention


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that are read together, the mark of each, the mentions among them, and the indices of the sentences to be judged."""

    pieces: tuple[int, ...]
    marks: tuple[int, ...]
    spans: tuple[Span, ...]
    judged: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Cut:
    """The pieces of a sentence, their marks, and its mentions."""

    pieces: list[int]
    marks: list[int]
    spans: list[Span]

    def part(self, first: int, last: int) -> _Cut:
        spans = [
            Span(s.sentence, s.first - first, s.last - first, s.kind, s.mention)
            for s in self.spans
            if first <= s.first and s.last <= last
        ]
        return _Cut(self.pieces[first:last], self.marks[first:last], spans)


def windows(document: Document, wanted: Iterable[int], cut: Cut) -> Iterator[Window]:
    """Yield the windows in which the sentences with these indices are read, in order.

    A window has at most LONGEST pieces and marks. Nothing is cut before its window is asked for: work grows with those taken.
    """
    known: dict[int, _Cut] = {}

    def pieces_of(index: int) -> _Cut:
        if index not in known:
            known[index] = _cut(document, index, cut)
        return known[index]

    for group in _groups(sorted(set(wanted)), lambda index: len(pieces_of(index).pieces)):
        first = group[0]
        before: list[_Cut] = []
        room, index = BEFORE, first - 1
        while room > 0 and index >= 0 and len(before) < SENTENCES:
            whole = pieces_of(index)
            taken = whole.part(max(0, len(whole.pieces) - room), len(whole.pieces))
            before.insert(0, taken)
            room -= len(taken.pieces)
            index -= 1
        if index >= 0:
            before.insert(0, pieces_of(0).part(0, TITLE))
        yield _joined(before, [pieces_of(i).part(0, MOST) for i in range(first, group[-1] + 1)], group)


def _groups(wanted: Iterable[int], length: Callable[[int], int]) -> Iterator[list[int]]:
    """Wanted sentences that one window holds, with those between them."""
    group: list[int] = []
    pieces = 0
    for index in wanted:
        if group and index - group[0] < SENTENCES:
            between = sum(length(i) for i in range(group[-1] + 1, index))
            if between <= BEFORE and pieces + between + length(index) <= MOST:
                group.append(index)
                pieces += between + length(index)
                continue
        if group:
            yield group
        group, pieces = [index], length(index)
    if group:
        yield group


def _cut(document: Document, index: int, cut: Cut) -> _Cut:
    sentence = document.sentences[index]
    text = sentence.paragraph.text[sentence.start : sentence.end]
    found = _outside(cut(text), list(addresses(text)))
    marks = [0] * len(found)
    spans: list[Span] = []
    k = 0
    for start, end, kind, _, mention in sentence.mentions:
        while k < len(found) and found[k].end + sentence.start <= start:
            k += 1
        last = k
        while last < len(found) and found[last].start + sentence.start < end:
            marks[last] = MARKS[kind] or marks[last]
            last += 1
        if last > k:
            spans.append(Span(index, k, last, kind, mention))
    return _Cut([piece.number for piece in found], marks, spans)


def _outside(pieces: Sequence[Piece], spans: Sequence[tuple[int, int]]) -> Sequence[Piece]:
    """The pieces that do not lie in one of the spans; both are in order."""
    if not spans:
        return pieces
    starts = [start for start, _ in spans]

    def free(piece: Piece) -> bool:
        k = bisect_right(starts, piece.start) - 1
        return k < 0 or piece.end > spans[k][1]

    return [piece for piece in pieces if free(piece)]


def _joined(before: Sequence[_Cut], own: Sequence[_Cut], group: Sequence[int]) -> Window:
    pieces, marks, spans = [BEGIN], [0], []
    for part in [*before, *own]:
        spans += [
            Span(s.sentence, s.first + len(pieces), s.last + len(pieces), s.kind, s.mention)
            for s in part.spans
        ]
        pieces += [*part.pieces, END]
        marks += [*part.marks, 0]
    return Window(tuple(pieces), tuple(marks), tuple(spans), frozenset(group))

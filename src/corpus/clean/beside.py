"""Lines off an article's path that belong to a line of the article beside them.

A heading at the margin of a text browser's page to the paragraph below it, what a picture shows to the signature below it, the
row of a record to the rows with the same label, an answer to its question, who spoke to what was said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.clean.alike import exchanges, rows_by_label
from corpus.clean.shape import ITEM, LineShape

# A signature with a year is a site's.
_MARKS = ("©", "(c)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FEWEST_SHOWN = 2
# Right below the article so many questions, each with its answer, are its own.
_FEWEST_BELOW = 2
# A dash opens what is said, in Spanish without a space behind it.
_SPOKEN = re.compile(r"—(?=[^\s—])")
_CLOSING_QUOTES = '»”"“'
_LONGEST_ATTRIBUTION = 90
# Rows of one label are the article's where it has so many of them for each one that its path leaves out.
_ROWS_EACH = 1


def belonging(
    lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int], margins: Collection[int]
) -> Iterator[int]:
    """The places of the lines that belong to one of those `kept`; `margins` are the places of headings. Linear in the text."""
    yield from _headings(shapes, kept, margins)
    yield from _pictured(lines, shapes, kept)
    named = frozenset(i for i, shape in enumerate(shapes) if shape.rule is not None)
    for asked in exchanges(lines, named):
        if not named.isdisjoint((asked.start - 1, asked.stop)):
            yield from (i for i in asked if i not in named)
    for asked in exchanges(lines, named, _FEWEST_BELOW):
        if asked.start - 1 in kept:
            yield from (i for i in asked if i not in named)
    for i in range(1, len(lines)):
        if i - 1 in kept and _is_open(shapes[i]) and attributes(lines[i - 1], lines[i]):
            yield i
    for start, end in _lists(lines, shapes):
        yield from _listed(lines, shapes, kept, start, end)
    for rows in rows_by_label(lines, [i for i, shape in enumerate(shapes) if _is_open(shape)]):
        inside = sum(i in kept for i in rows)
        if inside >= _ROWS_EACH * (len(rows) - inside):
            yield from rows


def attributes(quotation: str, line: str) -> bool:
    """Whether a line says who spoke the quotation above it ("— Maud Terrasson, maire").

    >>> attributes("« La digue a tenu. »", "— Odile, 71 ans"), attributes("La digue a tenu.", "— Odile, 71 ans")
    (True, False)
    """
    return (
        line[0] in "—–-"
        and line[1:2] == " "
        and quotation[-1] in _CLOSING_QUOTES
        and len(line) <= _LONGEST_ATTRIBUTION
    )


def _is_open(shape: LineShape) -> bool:
    return shape.rule is None and not shape.bare


def _headings(shapes: Sequence[LineShape], kept: Collection[int], margins: Collection[int]) -> Iterator[int]:
    """Headings right above a line of the article, or above a heading that is."""
    heads = False
    for i in range(len(shapes) - 1, -1, -1):
        if i in margins and heads and _is_open(shapes[i]):
            yield i
        else:
            heads = i in kept


def _pictured(lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]) -> Iterator[int]:
    """What a picture inside the article shows: some words right above its signature."""
    for i in range(min(kept) + 1, max(kept) - 1):
        shown = _is_open(shapes[i]) and not shapes[i].signed and len(lines[i].split()) >= _FEWEST_SHOWN
        if shown and lines[i + 1].startswith(_MARKS) and not _YEAR.search(lines[i + 1]):
            yield i


def _lists(lines: Sequence[str], shapes: Sequence[LineShape]) -> Iterator[tuple[int, int]]:
    """Where rows of items with the same mark begin and end, no named line among them and none at the head of the text."""
    start = 1
    while start < len(lines):
        mark = _SPOKEN.match(lines[start]) or ITEM.match(lines[start])
        end = start
        while mark and end < len(lines) and shapes[end].rule is None and lines[end].startswith(mark[0]):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _listed(
    lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int], start: int, end: int
) -> Iterator[int]:
    """The items of a list that a line of the article introduces with a colon, or one right below such a line: that one too."""
    above = start - 1
    introduced = lines[above].endswith(":") and _is_open(shapes[above])
    if introduced and (above in kept or above - 1 in kept):
        yield above
        yield from range(start, end)
    elif above in kept and end in kept and 2 * sum(i in kept for i in range(start, end)) >= end - start:
        yield from range(start, end)

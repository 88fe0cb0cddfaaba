"""Pages in two columns whose text was written row by row across the gutter: put back into the order in which they are read."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

WIDE_GAP: Final = 0.8
"""Of a letter's height: a gap between two words that wide is more than a space, even in justified lines."""

FEWEST_ROWS: Final = 5
LEAST_SHARE: Final = 0.5
"""Rows that share a gap, and their share among those that reach across it, before it is a gutter."""

SHORTEST_SIDE: Final = 22
"""Characters of the middle row on each side: cells of a table are shorter, and tables are read row by row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page with its place, in points from the lower left corner; `height` is that of its letters."""

    text: str
    left: float
    right: float
    top: float
    height: float


def in_reading_order(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of a page from its rows, each in the pieces that wide gaps make of it (see `WIDE_GAP`).

    Without a gutter each row is one line again. With one, the lines of the left column come before those of the right, between
    any two lines that reach across.
    """
    gutter = _gutter(rows)
    if gutter is None:
        return [_whole(row) for row in rows]
    parted = [part for row in rows for part in _parted(row, gutter)]
    out: list[Line] = []
    for across, run in groupby(parted, key=lambda line: line.left < gutter < line.right):
        lines = list(run)
        if not across:
            # Two rows that were set side by side may come as one: the height on the page decides.
            lines.sort(key=lambda line: (line.left > gutter, -line.top))
        out.extend(lines)
    return out


def _gutter(rows: Sequence[Sequence[Line]]) -> float | None:
    """The middle of the gap that most rows share, if there are enough of them and both sides are prose."""
    gaps = [(a.right, b.left) for row in rows for a, b in pairwise(row) if b.left > a.right]
    if len(gaps) < FEWEST_ROWS:
        return None
    # Where most gaps overlap: that number changes only at their ends.
    at = max(sorted({left for left, _ in gaps}), key=lambda x: sum(left <= x < right for left, right in gaps))
    shared = [gap for gap in gaps if gap[0] <= at < gap[1]]
    middle = (max(left for left, _ in shared) + min(right for _, right in shared)) / 2
    sides = [_parted(row, middle) for row in rows]
    parted = [side for side in sides if len(side) > 1]
    reaching = [side for side in sides if side[0].left < middle < side[-1].right]
    if len(parted) < FEWEST_ROWS or len(parted) < LEAST_SHARE * len(reaching):
        return None
    lengths = [
        statistics.median(len(line.text) for side in parted for line in side if (line.left > middle) is right)
        for right in (False, True)
    ]
    return middle if min(lengths) >= SHORTEST_SIDE else None


def _parted(row: Sequence[Line], gutter: float) -> list[Line]:
    """A row as its parts on either side of the gutter; one line if a piece reaches across it."""
    if any(piece.left < gutter < piece.right for piece in row):
        return [_whole(row)]
    out = []
    for _, pieces in groupby(
        row, key=lambda piece: (piece.left > gutter, round(piece.top / max(piece.height, 1.0)))
    ):
        out.append(_whole(list(pieces)))
    return out


def _whole(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(
        " ".join(piece.text for piece in row),
        row[0].left,
        row[-1].right,
        row[0].top if row[0].top == row[-1].top else max(piece.top for piece in row),
        max(row[0].height, row[-1].height),
    )

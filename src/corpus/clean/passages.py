"""Passages that are hard-wrapped in a text that is not: a notice, a teaser, a box copied with its line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# So many lines make one, of whose breaks so many, and such a share, fall inside a sentence that goes on in lower case.
_FEWEST_LINES = 3
_FEWEST_GOING_ON = 2
_GOING_ON_SHARE = 1 / 3
# On a line that a filler broke the next word had no room: it would have passed such a share of the column.
_FULL = 0.9
_STOPS = (".", "!", "?", "…", "»", "”")


def passages(
    lines: Sequence[str], apart: Sequence[bool], goes_on: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Where passages begin and end among `lines`, in order. Linear in the text.

    `apart` says for each line that it begins a paragraph for sure, `goes_on` that the line below it goes on with its sentence.

    >>> lines = ["Le pont de la gare est fermé depuis", "lundi pour des travaux que la ville a", "promis depuis dix ans.", "Pont"]
    >>> list(passages(lines, [False] * 4, [True, True, False, False]))
    [(0, 3)]
    """
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and not apart[end]:
            end += 1
        column = max((len(lines[i]) for i in range(start, end) if goes_on[i]), default=0)
        while column and start < end:
            full = start + 1
            while full < end and _is_full(lines[full - 1], lines[full], column):
                full += 1
            yield from _sentences(lines, start, full, goes_on)
            start = full
        start = end


def _is_full(line: str, following: str, column: int) -> bool:
    return (
        len(following) <= column / _FULL and len(line) + 1 + len(following.split(" ", 1)[0]) > _FULL * column
    )


def _sentences(
    lines: Sequence[str], start: int, end: int, goes_on: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """The passage among full lines: from a first line that goes on to the end of a sentence that began above its last line."""
    while start < end and not goes_on[start]:
        start += 1
    while end - start >= _FEWEST_LINES and not (
        lines[end - 1].endswith(_STOPS) and not lines[end - 2].endswith(_STOPS)
    ):
        end -= 1
    inside = sum(goes_on[start : end - 1])
    if end - start >= _FEWEST_LINES and inside >= max(_FEWEST_GOING_ON, _GOING_ON_SHARE * (end - 1 - start)):
        yield start, end

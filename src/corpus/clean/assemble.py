"""Clean text from raw text and what is cut out of it, with every offset kept.

A paragraph is a span of `raw_text`; cuts are spans too. The text of a paragraph is what stands between its cuts, and each of its
characters knows where it came from, so that a repeat found in the clean text becomes a span of `raw_text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Removal


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paragraph's text and its origin: `pieces` are (offset in text, offset in raw_text, length), ascending."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def raw_start(self, offset: int) -> int:
        """Where the character at `offset` of the text, or the next one that has an origin, stands in `raw_text`."""
        i = bisect_right(self.pieces, offset, key=_text_offset) - 1
        text_offset, raw_offset, length = self.pieces[i]
        if offset - text_offset < length:
            return raw_offset + offset - text_offset
        return self.pieces[i + 1][1] if i + 1 < len(self.pieces) else raw_offset + length

    def raw_end(self, offset: int) -> int:
        """The end in `raw_text` of a span that ends before `offset` of the text."""
        i = bisect_right(self.pieces, offset - 1, key=_text_offset) - 1
        text_offset, raw_offset, length = self.pieces[i]
        return raw_offset + min(offset - text_offset, length)


def _text_offset(piece: tuple[int, int, int]) -> int:
    return piece[0]


def render(raw_text: str, start: int, end: int, cuts: Sequence[Removal]) -> Rendered:
    """The text of `raw_text[start:end]` without its cuts (sorted, apart from one another), white space at its ends off.

    A line break inside becomes a space, none after the hyphen of a word that goes on in small letters. Where a cut glued two
    words, one space parts them.
    """
    text = ""
    pieces: list[tuple[int, int, int]] = []
    for offset, kept, after_break in _kept_pieces(raw_text, start, end, cuts):
        if text and not (_goes_on(text, kept) if after_break else _adjoins(text[-1], kept[0])):
            text += " "
        pieces.append((len(text), offset, len(kept)))
        text += kept
    return Rendered(text, tuple(pieces))


def _kept_pieces(
    raw_text: str, start: int, end: int, cuts: Sequence[Removal]
) -> Iterator[tuple[int, str, bool]]:
    """What stands between cuts and line breaks: where, the text without white space at its ends, whether a break is before it."""
    position = start
    for until, resume in [*((cut.start, cut.end) for cut in cuts), (end, end)]:
        after_break = False
        for line in raw_text[position:until].split("\n") if position < until else ():
            kept = line.strip()
            if kept:
                yield position + (len(line) - len(line.lstrip())), kept, after_break
            position += len(line) + 1
            after_break = True
        position = max(start, resume)


def _adjoins(left: str, right: str) -> bool:
    """Tell whether what stood before and after a cut belongs together without a space."""
    return right in ".,)]…" or left in "([’'"


def _goes_on(text: str, following: str) -> bool:
    """Tell whether a line break fell behind the hyphen of a word."""
    return len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and following[0].islower()


def merged(removals: Sequence[Removal]) -> list[Removal]:
    """The removals sorted and apart: of two that overlap, the first (of two with one start, the longer) has the shared part."""
    result: list[Removal] = []
    reached = 0
    for removal in sorted(removals, key=lambda r: (r.start, -r.end, r.reason, r.rule)):
        start = max(removal.start, reached)
        if removal.end <= start:
            continue
        result.append(
            removal
            if start == removal.start
            else Removal(
                start, removal.end, removal.reason, removal.rule, removal.kept_paragraph, removal.similarity
            )
        )
        reached = removal.end
    return result

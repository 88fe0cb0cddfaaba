"""What a user says of a document's text: passages that are residue, and removed ones that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from corpus.clean.assemble import Rendered
from corpus.records import Removal

RULE: Final = "corrections.csv"
"""The rule of what a user calls residue."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is meant, however its lines are broken. `start`: in the clean text where it is residue, in `raw_text` where it
    stays; None means wherever it stands. `whole` leaves a paragraph alone that only holds it. `key` is its correction's.

    >>> from corpus.clean import Passage
    >>> Passage("my-row", "Lire aussi").spans("Lire  aussi : le pont")
    [(0, 11)]
    """

    key: str
    text: str
    start: int | None = None
    whole: bool = False

    def is_all_of(self, text: str) -> bool:
        """Whether a text is this passage, whatever its white space."""
        return _bare(text) == _bare(self.text)

    def spans(self, text: str) -> list[Span]:
        """Where it stands in a text."""
        return [hit.span() for hit in _pattern(self.text).finditer(text)]


@dataclass(slots=True)
class Amendments:
    """The passages of one document that are residue, those that stay, and the keys of those that were found.

    >>> from corpus.clean import Amendments, Passage
    >>> from corpus.records import Removal
    >>> said = Amendments(kept=[Passage("my-row", "Lire aussi")])
    >>> said.keep("Lire aussi\\nLe pont est fermé.", [Removal(0, 10, "residue", "openers")])
    []
    >>> said.used
    {'my-row'}
    """

    residue: Sequence[Passage] = ()
    kept: Sequence[Passage] = ()
    used: set[str] = field(default_factory=set)

    def keep(self, raw_text: str, removals: Iterable[Removal]) -> list[Removal]:
        """The removals without those of a passage that stays."""
        return [one for one in removals if not self.keeps(raw_text, one.start, one.end)]

    def keeps(self, raw_text: str, start: int, end: int) -> bool:
        """Whether what would be removed there stays: of a place what overlaps it, else what is the passage."""
        for passage in self.kept:
            if passage.start is None:
                stays = passage.is_all_of(raw_text[start:end])
            else:
                stays = any(begin < end and start < upto for begin, upto in _nearest(passage, raw_text))
            if stays:
                self.used.add(passage.key)
                return True
        return False

    def keeps_line(self, raw_text: str, rendered: Rendered) -> bool:
        """Whether a line that would be removed stays: all of it or one of its pieces is a passage that does."""
        if not self.kept:
            return False
        (_, first, _), (_, last, length) = rendered.pieces[0], rendered.pieces[-1]
        pieces = ((raw, raw + size) for _, raw, size in rendered.pieces)
        return any(self.keeps(raw_text, *span) for span in ((first, last + length), *pieces))

    def cuts(self, paragraphs: Sequence[Rendered]) -> Iterator[tuple[int, Removal]]:
        """The residue in the paragraphs of a document: the number of each with what is cut out of it."""
        for passage in self.residue:
            for number, start, end in _found(passage, paragraphs):
                self.used.add(passage.key)
                for offset, raw, length in paragraphs[number].pieces:
                    first, last = max(start, offset), min(end, offset + length)
                    if first < last:
                        yield number, Removal(raw + first - offset, raw + last - offset, "residue", RULE)


def _found(passage: Passage, paragraphs: Sequence[Rendered]) -> list[tuple[int, int, int]]:
    """The paragraphs that are the passage; where none is, unless it must be whole, the spans of those that hold it."""
    spots = [
        (number, 0, len(rendered.text))
        for number, rendered in enumerate(paragraphs)
        if passage.is_all_of(rendered.text)
    ]
    if not spots and not passage.whole:
        spots = [
            (number, *span)
            for number, rendered in enumerate(paragraphs)
            for span in passage.spans(rendered.text)
        ]
    if passage.start is None or not spots:
        return spots
    starts, at = [], 0
    for rendered in paragraphs:
        starts.append(at)
        at += len(rendered.text) + 2
    place = passage.start
    return [min(spots, key=lambda spot: (abs(starts[spot[0]] + spot[1] - place), spot))]


def _nearest(passage: Passage, raw_text: str) -> list[Span]:
    place = passage.start or 0
    return sorted(passage.spans(raw_text), key=lambda span: (abs(span[0] - place), span))[:1]


def _bare(text: str) -> str:
    return "".join(text.split())


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, text.split())))

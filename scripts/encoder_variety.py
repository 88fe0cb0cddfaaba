"""Windows told again with other firms and with words left out, so that an encoder learns constructions and not names.

A text teaches "#C rachète #C pour #S"; that it was Kalistor teaches nothing. So each company of a window is given another name
by chance, and of the words that are no mention some are unknown (word dropout; M. Iyyer et al., "Deep Unordered Composition
Rivals Syntactic Methods for Text Classification", ACL 2015).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from extract.companies.records import Company
from extract.facts.windows import LONGEST, Span, Window

RENAMED = 0.3  # of the companies of a window
BLURRED = 0.05  # of the pieces that belong to no mention
LONGEST_NAME = 6  # pieces


def name_pieces(windows: Iterable[Window]) -> list[tuple[int, ...]]:
    """The names of companies in the windows as pieces, each once, in order."""
    found = {
        window.pieces[span.first : span.last]
        for window in windows
        for span in window.spans
        if isinstance(span.mention, Company) and span.last - span.first <= LONGEST_NAME
    }
    return sorted(found)


def renamed(
    window: Window, names: Sequence[tuple[int, ...]], chance: random.Random
) -> tuple[Window, dict[Span, Span]]:
    """The window with other names for some of its companies, one for all mentions of a firm, and where each mention now is."""
    firms = sorted({s.mention.company for s in window.spans if isinstance(s.mention, Company)})
    given = {firm: chance.choice(names) for firm in firms if chance.random() < RENAMED}
    pieces: list[int] = []
    marks: list[int] = []
    moved: dict[Span, Span] = {}
    at = 0
    for span in window.spans:
        pieces += window.pieces[at : span.first]
        marks += window.marks[at : span.first]
        own = window.pieces[span.first : span.last]
        written = given.get(span.mention.company, own) if isinstance(span.mention, Company) else own
        moved[span] = Span(span.sentence, len(pieces), len(pieces) + len(written), span.kind, span.mention)
        marks += [window.marks[span.first]] * len(written)
        pieces += written
        at = span.last
    pieces += window.pieces[at:]
    marks += window.marks[at:]
    if len(pieces) > LONGEST:
        return window, {span: span for span in window.spans}
    return Window(tuple(pieces), tuple(marks), tuple(moved.values()), window.judged), moved


def blurred(window: Window, unknown: int, special: int, chance: random.Random) -> Window:
    """The window with some of the pieces that are no mention unknown; the first `special` numbers are no words."""
    pieces = tuple(
        unknown if not mark and piece >= special and chance.random() < BLURRED else piece
        for piece, mark in zip(window.pieces, window.marks, strict=True)
    )
    return Window(pieces, window.marks, window.spans, window.judged)

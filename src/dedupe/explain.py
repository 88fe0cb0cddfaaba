"""Where two paragraphs differ, word by word, and which of the differences are facts."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from dedupe.fact_guard import ChangedFact, Stretch, changed_facts, shared_ends
from dedupe.fold import Tokens

SegmentKind = Literal["equal", "changed", "only_here", "only_there"]
# Beyond this many words between what both share at their ends, the middle is shown as one change: a word diff takes
# quadratic time in the worst case.
MOST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of two texts: characters `start` to `end` here, `of_start` to `of_end` there, end exclusive.

    `facts` are the facts that the stretch changes; they are empty where it merely words the same differently.

    >>> from dedupe import explain
    >>> [(segment.kind, segment.start, segment.end) for segment in explain("Il pleut ici.", "Il pleut.")]
    [('equal', 0, 9), ('only_here', 9, 13)]
    """

    kind: SegmentKind
    start: int
    end: int
    of_start: int
    of_end: int
    facts: tuple[ChangedFact, ...] = ()


def explain(text: str, of_text: str, language: str = "fr") -> list[Segment]:
    """Return the segments that make up both texts, in order: equal, changed, only_here (in `text`), only_there.

    Words that differ in letter case, quotes or spaces only are equal. Every character of both texts is in one segment.

    >>> from dedupe import explain
    >>> here, there = "Brivane lève 45 millions d'euros.", "Brivane lève 42 millions d'euros."
    >>> [(segment.kind, here[segment.start : segment.end]) for segment in explain(here, there)]
    [('equal', 'Brivane lève '), ('changed', '45 '), ('equal', "millions d'euros.")]
    """
    here, there = Tokens(text), Tokens(of_text)
    a, b = here.words(), there.words()
    front, back = shared_ends(a, b)
    middle_a, middle_b = a[front : len(a) - back], b[front : len(b) - back]
    blocks = [(0, 0, front)]
    if max(len(middle_a), len(middle_b)) <= MOST_WORDS:
        matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=False)
        blocks += [(front + i, front + j, n) for i, j, n in matcher.get_matching_blocks() if n]
    blocks.append((len(a) - back, len(b) - back, back))
    segments: list[Segment] = []
    at, of_at = 0, 0
    for i, j, n in blocks:
        if i > at or j > of_at:
            kind: SegmentKind = "changed" if i > at and j > of_at else "only_here" if i > at else "only_there"
            facts = changed_facts(Stretch(here, at, i), Stretch(there, of_at, j), language)
            segments.append(_segment(kind, here, at, i, there, of_at, j, tuple(facts)))
        if n:
            segments.append(_segment("equal", here, i, i + n, there, j, j + n))
        at, of_at = i + n, j + n
    return segments


def _segment(
    kind: SegmentKind,
    here: Tokens,
    start: int,
    end: int,
    there: Tokens,
    of_start: int,
    of_end: int,
    facts: tuple[ChangedFact, ...] = (),
) -> Segment:
    return Segment(
        kind, _begin(here, start), _end(here, end), _begin(there, of_start), _end(there, of_end), facts
    )


def _begin(tokens: Tokens, i: int) -> int:
    """Return where a segment whose first token is `i` begins: the first one at the text's edge."""
    return 0 if i == 0 else len(tokens.text) if i >= len(tokens) else tokens.start(i)


def _end(tokens: Tokens, i: int) -> int:
    """Return where a segment ends before token `i`: the last one at the text's edge."""
    return len(tokens.text) if i >= len(tokens) else 0 if i == 0 else tokens.start(i)

"""A digest: items of a headline and some lines each, every one closed by the same pointer ("→ Lire l'article").

Below an article such items are teasers of other articles. Where they are nearly all that a text has, they are the text: a
watch newsletter, a page of news in brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.clean.lexicon import fold
from corpus.clean.shape import PARAGRAPH, LineShape

# So many pointers of the same words make a digest; one has so many characters at most.
_FEWEST_ITEMS = 3
_LONGEST_POINTER = 40
# Of them so many stand right below a line that says something.
_CLOSING = 0.8
# An item has so many lines at most, and a line of it that says something so many characters at least.
_LINES = 6
_SAYING = 60
# The items of a digest have so many times the characters of the paragraphs beside them.
_MORE = 2


def digest_lines(lines: Sequence[str], shapes: Sequence[LineShape]) -> list[int]:
    """The places of the lines that the items of a digest say something in, none for another text. Linear in the text."""
    named = [i for i, shape in enumerate(shapes) if shape.rule and len(lines[i]) <= _LONGEST_POINTER]
    counts = Counter(fold(lines[i]) for i in named)
    pointer = max(counts, key=lambda words: (counts[words], words), default="")
    if counts[pointer] < _FEWEST_ITEMS:
        return []
    ends = [i for i in named if fold(lines[i]) == pointer]
    closing = sum(i > 0 and shapes[i - 1].rule is None and len(lines[i - 1]) >= _SAYING for i in ends)
    if closing < max(_FEWEST_ITEMS, _CLOSING * len(ends)):
        return []
    said = [i for end in _stretches(ends) for i in end if shapes[i].rule is None and len(lines[i]) >= _SAYING]
    items = frozenset(said)
    beside = (
        len(line)
        for i, (line, shape) in enumerate(zip(lines, shapes, strict=True))
        if i not in items and shape.rule is None and shape.score >= PARAGRAPH
    )
    return said if sum(len(lines[i]) for i in said) >= _MORE * sum(beside) else []


def _stretches(ends: Sequence[int]) -> Iterator[range]:
    """The lines right above each pointer, up to the one before."""
    before = -1
    for end in ends:
        yield range(max(before + 1, end - _LINES), end)
        before = end

"""A digest: items of a headline and some lines each, all closed by the same pointer ("→ Lire l'article"), headed by the same
label ("À la une"), or by none.

Below an article such items are teasers of other articles. Where they are nearly all that a text has, they are the text: a
watch newsletter, a page of news in brief, the front page of a portal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from corpus.clean.lexicon import fold
from corpus.clean.shape import CERTAIN, PARAGRAPH, LineShape

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
# A title of an item without a pointer has so many words at least, and characters at most.
_TITLE_WORDS = 3
_LONGEST_TITLE = 120
_FEWEST_TEASERS = 3
# So many paragraphs beyond doubt are an article.
_FEWEST_PARAGRAPHS = 3
_CLOSED = ".;:,"
_ENDS = tuple(".!?…»”")
_BRACKETS = "])"


def digest_lines(lines: Sequence[str], shapes: Sequence[LineShape]) -> list[int]:
    """The places of the lines that the items of a digest say something in, none for another text. Linear in the text."""
    return _closed_items(lines, shapes) or _teasers(lines, shapes)


def _teasers(lines: Sequence[str], shapes: Sequence[LineShape]) -> list[int]:
    """The titles and teasers, one below the other, of a text that has little else, and the headlines above the last of them."""
    items = [
        i for i in range(len(lines) - 1) if _is_title(lines[i], shapes[i]) and _says(lines, shapes, i + 1)
    ]
    if len(items) < _FEWEST_TEASERS or sum(shape.score >= CERTAIN for shape in shapes) >= _FEWEST_PARAGRAPHS:
        return []
    said = {place for i in items for place in (i, i + 1)}
    if not _outweigh(said, lines, shapes):
        return []
    return [i for i in range(items[-1] + 2) if i in said or _is_title(lines[i], shapes[i])]


def _is_title(line: str, shape: LineShape) -> bool:
    short = len(line) <= _LONGEST_TITLE and line[-1] not in _CLOSED
    return (
        short
        and shape.rule is None
        and not (shape.label or shape.repeated)
        and line.count(" ") >= _TITLE_WORDS - 1
    )


def _says(lines: Sequence[str], shapes: Sequence[LineShape], i: int) -> bool:
    return _tells(lines[i], shapes[i]) and lines[i].rstrip(_BRACKETS)[-1:] in _ENDS


def _closed_items(lines: Sequence[str], shapes: Sequence[LineShape]) -> list[int]:
    named = [i for i, shape in enumerate(shapes) if shape.rule and len(lines[i]) <= _LONGEST_POINTER]
    counts = Counter(fold(lines[i]) for i in named)
    pointer = max(counts, key=lambda words: (counts[words], words), default="")
    if counts[pointer] < _FEWEST_ITEMS:
        return []
    ends = [i for i in named if fold(lines[i]) == pointer]
    enough = max(_FEWEST_ITEMS, _CLOSING * len(ends))
    if sum(i > 0 and _tells(lines[i - 1], shapes[i - 1]) for i in ends) >= enough:
        items = list(_stretches(ends))
    elif sum(any(_tells(lines[j], shapes[j]) for j in item) for item in _headed(ends, len(lines))) >= enough:
        items = list(_headed(ends, len(lines)))
    else:
        return []
    said = [
        i
        for item in items
        for i in item
        if shapes[i].rule is None and (len(lines[i]) >= _SAYING or _is_title(lines[i], shapes[i]))
    ]
    return said if _outweigh(frozenset(said), lines, shapes) else []


def _outweigh(said: Collection[int], lines: Sequence[str], shapes: Sequence[LineShape]) -> bool:
    """Whether the lines `said` have far more to say than the paragraphs beside them."""
    beside = (
        len(line)
        for i, (line, shape) in enumerate(zip(lines, shapes, strict=True))
        if i not in said and shape.rule is None and shape.score >= PARAGRAPH
    )
    return sum(len(lines[i]) for i in said) >= _MORE * sum(beside)


def _tells(line: str, shape: LineShape) -> bool:
    return shape.rule is None and len(line) >= _SAYING


def _headed(heads: Sequence[int], count: int) -> Iterator[range]:
    """The lines right below each label, down to the one after."""
    for head, following in zip(heads, [*heads[1:], count], strict=True):
        yield range(head + 1, min(following, head + 1 + _LINES))


def _stretches(ends: Sequence[int]) -> Iterator[range]:
    """The lines right above each pointer, up to the one before."""
    before = -1
    for end in ends:
        yield range(max(before + 1, end - _LINES), end)
        before = end

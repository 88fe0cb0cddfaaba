"""Lines off an article's path that stand at its edges and are its own: what heads its first paragraph, what ends its last one.

Right above the first paragraph, with no named line between, stand the headline and the lead; right below the last one who wrote
it, where and when it was said, or a few facts in rows with a label each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.clean.alike import rows_alike
from corpus.clean.lexicon import fold, lexicon
from corpus.clean.shape import CERTAIN, PARAGRAPH, LineShape
from corpus.metadata import is_name

# So many lines above the first paragraph may head it; of more than so many that look like headlines none is told from teasers.
_HEAD_LINES = 6
_MOST_HEADLINES = 3
_FEWEST_WORDS = 4
_SHORTEST = 25
_LONGEST = 220
_HEADLINE = -240
_ENDS = ".!?»”…"
_CLOSED = ".,;:…"
# "Bonjour à tous,": no label and no teaser's title ends so.
_GREETING_WORDS = 5
_GREETING_ENDS = ",!"
_WORDS = re.compile(r"[^\W\d]+")
# A heading of so few words is no teaser's title.
_SHORT_HEADING = range(2, 4)
# Facts in rows: so many, each of so many characters, below a line of so many words at most that heads them.
_FEWEST_ROWS = 3
_LONGEST_ROW = 100
_ROWS_HEADING = 6
_ROW = re.compile(r"[^\W\d][^:.!?]{1,24}\s?: ?\S")
# "Tribunal de Lumadis, 3 mars 2025": words, a comma, a day.
_DATED = re.compile(r"[^\d,]{4,60}, (?:\w+ )?\d{1,2}(?:er)? [^\W\d]{3,10} (?:19|20)\d\d")


def edge_lines(
    lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int], named: Collection[int]
) -> Iterator[int]:
    """The places of the lines at the edges of an article, `kept` those that it has, `named` those of the lists. Linear."""
    paragraphs = [i for i in sorted(kept) if shapes[i].score >= PARAGRAPH]
    if not paragraphs:
        return
    yield from _above(paragraphs[0], lines, shapes, kept)
    yield from _writers(paragraphs[0], lines, shapes, kept)
    yield from _below(max(i for i in kept if _is_said(lines[i]) or i == paragraphs[-1]), lines, shapes, named)
    yield from _short_headings(lines, shapes, kept)
    yield from _dates_alike(lines, shapes, kept)


def _above(
    first: int, lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]
) -> Iterator[int]:
    """What heads the paragraph `first`: lines that look like headlines; where there is none, the line right above."""
    while (
        first - 1 in kept and lines[first - 1][-1] in _ENDS and len(lines[first - 1].split()) >= _FEWEST_WORDS
    ):
        first -= 1
    if first and _is_greeting(lines[first - 1], shapes[first - 1]):
        yield first - 1
    top = first
    while top > max(0, first - _HEAD_LINES) and shapes[top - 1].rule is None and not shapes[top - 1].bare:
        top -= 1
    block = range(top, first)
    headline = next((i for i in block if i in kept), None)
    headlines = [i for i in block if i not in kept and _is_headline(lines[i], shapes[i])]
    if headlines and len(headlines) <= _MOST_HEADLINES:
        yield from headlines
    elif headline is None and not headlines and block and _may_head(lines[first - 1], shapes[first - 1]):
        yield first - 1
        yield from (i for i in block if lines[i] == lines[first - 1])


def _writers(
    first: int, lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]
) -> Iterator[int]:
    """A name right below a headline of the article, above a named line: who wrote it."""
    for i in range(1, first - 1):
        named = shapes[i].rule is None and shapes[i + 1].rule is not None
        if named and i - 1 in kept and len(lines[i - 1].split()) >= _FEWEST_WORDS and is_name(lines[i]):
            yield i


def _is_headline(line: str, shape: LineShape) -> bool:
    """Whether a line has the form of a headline or a lead: some words, one of them a function word, no stamp and no signature."""
    words = line.split()
    return (
        not (shape.label or shape.signed)
        and shape.score >= _HEADLINE
        and _SHORTEST <= len(line) <= _LONGEST
        and len(words) >= _FEWEST_WORDS
        and any(fold(word) in lexicon().stopwords for word in words)
    )


def _is_greeting(line: str, shape: LineShape) -> bool:
    """Whether a line right above an article speaks to its readers: a few words before a comma or a mark, none of the site's."""
    words = [fold(word) for word in _WORDS.findall(line)]
    return (
        shape.rule is None
        and not (shape.label or shape.repeated)
        and 0 < len(words) <= _GREETING_WORDS
        and line[-1] in _GREETING_ENDS
        and line[0].isupper()
        and lexicon().service.isdisjoint(words)
    )


def _may_head(line: str, shape: LineShape) -> bool:
    """Whether a line of some words may be a headline: no label, no signature, no pointer."""
    return not shape.label and " " in line and line[0].isalnum() and line[-1] not in _CLOSED


def _below(
    last: int, lines: Sequence[str], shapes: Sequence[LineShape], named: Collection[int]
) -> Iterator[int]:
    """What ends an article right below its last paragraph."""
    i = last + 1
    if i >= len(lines) or i in named or shapes[i].signed or lines[last][-1] not in _ENDS:
        return
    if _is_clause(lines[i], shapes[i]):
        yield i
    alone = i + 1 == len(lines) or i + 1 in named
    if (alone and is_name(lines[i])) or _DATED.fullmatch(lines[i].rstrip(".")):
        yield i
    start = i if _ROW.match(lines[i]) else i + 1
    end = start
    while (
        end < len(lines) and end not in named and len(lines[end]) <= _LONGEST_ROW and _ROW.match(lines[end])
    ):
        end += 1
    if end - start >= _FEWEST_ROWS and len(lines[i].split()) <= _ROWS_HEADING:
        yield from range(i, end)


def _is_said(line: str) -> bool:
    return line[-1] in _ENDS and line.count(" ") >= _FEWEST_WORDS


def _is_clause(line: str, shape: LineShape) -> bool:
    """Whether a short line is a sentence, and none to the reader ("Le maire a dit non lundi.")."""
    words = [fold(word) for word in line.rstrip(_ENDS).split()]
    told = shape.label or shape.repeated or not lexicon().service.isdisjoint(words)
    return not told and line[-1] == "." and len(words) >= _FEWEST_WORDS and line[0].isupper()


def _short_headings(
    lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]
) -> Iterator[int]:
    """Headings of two words or three right above a paragraph below an inset: what it points at has more."""
    for i in range(1, len(lines) - 1):
        if i in kept or i + 1 not in kept or shapes[i + 1].score < CERTAIN or shapes[i - 1].rule is not None:
            continue
        words = lines[i].split()
        worded = len(words) in _SHORT_HEADING and words[0][0].isupper() and words[-1].isalpha()
        if worded and words[-1].islower() and not (shapes[i].label or shapes[i].repeated or shapes[i].rule):
            yield i


def _dates_alike(lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]) -> Iterator[int]:
    """The days or years that head the parts of an article: of those of one form most are its own, and so are the others."""
    stamps = [i for i in range(len(lines) - 1) if shapes[i].rule is None and not shapes[i + 1].bare]
    for rows in rows_alike(lines, stamps):
        inside = sum(i in kept for i in rows)
        if 2 * inside > len(rows):
            yield from rows

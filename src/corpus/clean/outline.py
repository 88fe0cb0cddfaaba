"""What belongs to an article beside its paragraphs: its title and lead above, the rows of its lists below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.clean.lexicon import fold, lexicon, line_key
from corpus.clean.shape import PARAGRAPH, LineShape

BEFORE, ARTICLE, GAP, AFTER = range(4)

# The title stands within so many lines above the article, a menu or two away; and what it and the lead under it look like.
_HEAD_LINES = 40
_SHORTEST_TITLE = 15
_LONGEST_TITLE = 220
_SHORTEST_LEAD = 70
# Per cent of its long words that a lead shares with the article, and the line below the title does.
_SHARED_IN_LEAD = 40
_SHARED_BELOW_TITLE = 25
# What is known as the title may have been read from a menu: its words in the article count, and so many for its being known.
_TITLE_WORDS = 4  # a known title of so many words is no label of a menu, whatever the article's words are
_KNOWN_TITLE = 2
_SURE_TITLE = 100
# Right below the title so many characters with this score are its lead whatever their words.
_LONG_LEAD = 160
_LEAD = 150
# Rows of a list: so many built alike are one, under at most so many header lines below the article's last line.
_SHORTEST_SERIES = 4
_SERIES_HEADERS = 3
_CLOSE = 4
# "4.7 Ce que coûte un pont": a line of a table of contents.
_NUMBERED = re.compile(r"\d{1,2}\.\d")
_HEADLINE = -240
_KNOWN_HEADLINE = -300
_SHORTEST_HEADLINE = 25
_FEWEST_TITLE_WORDS = 4


def keep_series(states: list[int], shapes: Sequence[LineShape]) -> None:
    """Let a list whose rows are built alike (tour dates, results, a table) stay with the article it follows."""
    start = 0
    while start < len(shapes):
        end = start + 1
        if shapes[start].build:
            while end < len(shapes) and shapes[end].build == shapes[start].build:
                end += 1
        if end - start >= _SHORTEST_SERIES:
            above = next(
                (
                    i
                    for i in range(start - 1, max(-1, start - 1 - _SERIES_HEADERS), -1)
                    if states[i] == ARTICLE
                ),
                None,
            )
            if above is not None or ARTICLE in states[start:end]:
                first = start if above is None else above + 1
                states[first:end] = [ARTICLE] * (end - first)
        start = end


def ends_cut(lines: Sequence[str], shapes: Sequence[LineShape], states: Sequence[int]) -> bool:
    """Tell whether the last line is a sentence that a page saved in part breaks off ("Et la sui").

    It stands under a paragraph of the article, begins with two words in which one is a function word, and has no end.
    """
    if states[-2] != ARTICLE or shapes[-2].score < PARAGRAPH or shapes[-1].label:
        return False
    first, _, rest = lines[-1].partition(" ")
    return lines[-1][-1].isalpha() and rest[:1].islower() and fold(first) in lexicon().stopwords


def _opens(i: int, start: int, shape: LineShape, text: str) -> bool:
    """Tell whether a line that opens the document, close above the article, is its headline whatever its words."""
    return i == 0 and start <= _CLOSE and shape.score >= _HEADLINE and len(text) >= _SHORTEST_HEADLINE


def _may_head(shape: LineShape, text: str) -> bool:
    """Whether a line has the form of a headline: some words, one of them a function word, and no bullet or credit before it."""
    words = text.split()
    return (
        not shape.label
        and shape.score >= _HEADLINE
        and _SHORTEST_HEADLINE <= len(text) <= _LONGEST_TITLE
        and len(words) >= _FEWEST_TITLE_WORDS
        and text[0].isalnum()
        and any(fold(word) in lexicon().stopwords for word in words)
    )


def head_lines(
    lines: Sequence[str], shapes: Sequence[LineShape], states: Sequence[int], title: str | None
) -> Iterator[int]:
    """The title, and the lead under it, among the lines before the article: they share its words.

    A paragraph close above the path counts as the article's: an inset parts it from the rest.
    """
    start = states.index(ARTICLE)
    near = max(0, start - _CLOSE)
    article = {
        word
        for i, (shape, state) in enumerate(zip(shapes, states, strict=True))
        if (state == ARTICLE and shape.score > 0) or (near <= i < start and shape.score >= PARAGRAPH)
        for word in shape.words
    }
    known = line_key(fold(title)) if title else None
    best, best_rank = None, (-1, 0, 0)
    for i in range(max(0, start - _HEAD_LINES), start):
        shape, text = shapes[i], lines[i]
        if shape.signed or _NUMBERED.match(text) or not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE:
            continue
        shared = 0 if shape.score >= PARAGRAPH else len(shape.words & article)
        named = len(text.split()) >= _TITLE_WORDS
        if (
            known
            and shape.score >= (_KNOWN_HEADLINE if named else _HEADLINE)
            and line_key(fold(text)) == known
        ):
            shared += _SURE_TITLE if named else _KNOWN_TITLE if shared else 1
        elif not (2 * shared >= len(shape.words) and shared >= 2) and not _opens(i, start, shape, text):
            continue
        rank = (shared, shape.score, -i)
        if rank > best_rank:
            best, best_rank = i, rank
    if best is None:
        best = next(
            (i for i in range(start - 1, max(-1, start - 1 - _CLOSE), -1) if _may_head(shapes[i], lines[i])),
            None,
        )
    if best is None:
        return
    yield best
    for i in range(best + 1, start):
        shape, text = shapes[i], lines[i]
        if shape.label or len(text) < _SHORTEST_LEAD or text == lines[best]:
            continue
        shared = len(shape.words & article)
        enough = _SHARED_BELOW_TITLE if i == best + 1 else _SHARED_IN_LEAD
        if (
            (100 * shared >= enough * len(shape.words) and shared >= 3)
            or (shape.score >= PARAGRAPH and start - i <= _CLOSE)
            or (i == best + 1 and len(text) >= _LONG_LEAD and shape.score >= _LEAD)
        ):
            yield i

"""What speaks for and against a line off an article's path, as whole numbers: its shape, where it stands, what stands around it.

What each sign weighs is learnt from annotated pages and stands in `line_points.toml` (`points.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from corpus.clean.prose import is_pointer
from corpus.clean.shape import CERTAIN, LineShape

# A line that a list names counts so much among the scores around a line, and no paragraph more than this.
_NAMED_SCORE = -300
_HIGHEST_SCORE = 450
# Nothing that is farther away is told apart.
_FAR = 40
_FEW = 5
_ITEM = re.compile(r"[•*·‣▪●■◦○+–—-] ?|\d{1,2}[.)] ")


class Signs(NamedTuple):
    """The signs of one line; distances are in lines and `_FAR` at most, shares in per cent, scores in hundredths of a nat."""

    spared: int
    """1 where the rules of evidence would keep it (`evidence.py`)."""
    context: int
    """The score of its shape with what its neighbours and the article's words add."""
    characters: int
    words: int
    copy: int
    """1 for a line that stands in the document twice."""
    shared: int
    """How many of its long words stand in the article's paragraphs."""
    shared_share: int
    """The same in per cent of its long words, -1 for a line without one."""
    name_above: int
    """How far above it a line is that a list names and that does more than point elsewhere."""
    name_below: int
    paragraph_above: int
    """How far above it the nearest paragraph of the article is."""
    paragraph_below: int
    above: int
    """The score of the line above it."""
    below: int
    five_above: int
    """The mean score of the five lines above it."""
    run_named: int
    """The share of named lines in the stretch off the path that it stands in."""
    thread: int
    """1 for a line below the header of readers' comments."""
    introduced: int
    """1 for an item of a list below a line that ends with a colon."""


def line_signs(
    lines: Sequence[str],
    shapes: Sequence[LineShape],
    on_path: Sequence[bool],
    spared: Sequence[bool],
    contexts: Sequence[int],
) -> Iterator[tuple[int, Signs]]:
    """The lines that neither the path has nor a list names, each with its place and signs. Linear in the text.

    `on_path` says of each line whether the best path through the article has it, `spared` whether the rules of evidence keep it,
    `contexts` is its score on the path.
    """
    page = _Page(lines, shapes, on_path)
    for i, shape in enumerate(shapes):
        if shape.rule is None and not shape.bare and not on_path[i]:
            yield i, page.signs(i, contexts[i], spared=spared[i])


class _Page:
    """A document's lines with what is counted over them once. Lists have an entry for each line, sums one more."""

    def __init__(self, lines: Sequence[str], shapes: Sequence[LineShape], on_path: Sequence[bool]) -> None:
        paragraph = [on and shape.score >= CERTAIN for on, shape in zip(on_path, shapes, strict=True)]
        telling = [
            shape.rule is not None and not is_pointer(line, shape.rule)
            for line, shape in zip(lines, shapes, strict=True)
        ]
        self.lines, self.shapes = lines, shapes
        self.article = {
            word for shape, chosen in zip(shapes, paragraph, strict=True) if chosen for word in shape.words
        }
        self.named = list(accumulate((shape.rule is not None for shape in shapes), initial=0))
        self.scores = [_bounded(shape) for shape in shapes]
        self.sums = list(accumulate(self.scores, initial=0))
        self.names, self.paragraphs, self.path = _beside(telling), _beside(paragraph), _beside(on_path)
        self.thread = next((i for i, shape in enumerate(shapes) if shape.thread), len(lines))
        self.introduced = list(_introduced(lines))

    def signs(self, i: int, context: int, *, spared: bool) -> Signs:
        line, shape, count = self.lines[i], self.shapes[i], len(self.lines)
        shared = len(shape.words & self.article)
        names, paragraphs, path = self.names, self.paragraphs, self.path
        run_start, run_end = max(-1, path.above[i]) + 1, min(count, path.below[i])
        return Signs(
            spared=int(spared),
            context=context,
            characters=len(line),
            words=line.count(" ") + 1,
            copy=int(shape.repeated),
            shared=shared,
            shared_share=100 * shared // len(shape.words) if shape.words else -1,
            name_above=min(_FAR, i - names.above[i]),
            name_below=min(_FAR, names.below[i] - i),
            paragraph_above=min(_FAR, i - paragraphs.above[i]),
            paragraph_below=min(_FAR, paragraphs.below[i] - i),
            above=self._mean(i - 1, i),
            below=self._mean(i + 1, i + 2),
            five_above=self._mean(i - _FEW, i),
            run_named=100 * (self.named[run_end] - self.named[run_start]) // (run_end - run_start),
            thread=int(self.thread < i),
            introduced=int(self.introduced[i]),
        )

    def _mean(self, start: int, end: int) -> int:
        """The mean score of lines; beyond the text as if a list named them."""
        start, end = max(0, start), min(len(self.lines), end)
        return (self.sums[end] - self.sums[start]) // (end - start) if end > start else _NAMED_SCORE


class _Beside(NamedTuple):
    """For each place the nearest marked one above it and below it: `_FAR` beyond the text where there is none."""

    above: Sequence[int]
    below: Sequence[int]


def _beside(marks: Sequence[bool]) -> _Beside:
    count = len(marks)
    above, below = [-_FAR] * count, [count + _FAR] * count
    for i in range(1, count):
        above[i] = i - 1 if marks[i - 1] else above[i - 1]
    for i in range(count - 2, -1, -1):
        below[i] = i + 1 if marks[i + 1] else below[i + 1]
    return _Beside(above, below)


def _bounded(shape: LineShape) -> int:
    return _NAMED_SCORE if shape.rule is not None else max(_NAMED_SCORE, min(_HIGHEST_SCORE, shape.score))


def _introduced(lines: Sequence[str]) -> Iterator[bool]:
    inside = False
    for line in lines:
        yield inside
        item = line[-1] == ";" or _ITEM.match(line) is not None
        inside = line[-1] == ":" or (inside and item)

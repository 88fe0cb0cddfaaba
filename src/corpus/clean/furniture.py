"""Which lines of a document are its article: the best path through before, article, gap and after.

A page is read as a left-to-right chain. Before the article stand menus, after it teasers and footers; inside it there are gaps
(a caption, a pointer elsewhere). Lines of the article count their scores, the others count nothing, leaving and coming back
cost. The best path is found exactly by dynamic programming (Viterbi), in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.clean.shape import LineShape, Weights, line_shapes, weights

# A line whose own score is above this is a paragraph beyond doubt; its words tell the article's headings from other articles'.
_CERTAIN = 300
# A document whose best path gathers less than this has no article that its shape could show: nothing is removed by shape.
_LEAST_ARTICLE = 250
_HEADING_LENGTH = 120

BEFORE, ARTICLE, GAP, AFTER = range(4)


def article_lines(lines: Sequence[str]) -> tuple[list[bool], list[LineShape]]:
    """For each line whether it belongs to the article, with the shapes that were read on the way.

    A document without an article in its shape (a list, a headline alone) is all article but for what a rule names. Linear in
    the text.
    """
    shapes = line_shapes(lines)
    scale = weights()
    scores = _in_context(lines, shapes, scale)
    states, total = _best_path(scores, shapes, scale)
    if total < _LEAST_ARTICLE:
        return [shape.rule is None for shape in shapes], shapes
    kept = [state == ARTICLE and shape.rule is None for state, shape in zip(states, shapes, strict=True)]
    return kept, shapes


def _in_context(lines: Sequence[str], shapes: Sequence[LineShape], scale: Weights) -> list[int]:
    """Each line's score with what its neighbours and the article's vocabulary add."""
    near, far = scale.neighbours["next"], scale.neighbours["second"]
    highest, lowest = scale.neighbours["highest"], scale.neighbours["lowest"]
    bounded = [0, 0, *(max(lowest, min(highest, shape.score)) for shape in shapes), 0, 0]
    vocabulary: set[str] = set()
    for shape in shapes:
        if shape.score >= _CERTAIN:
            vocabulary |= shape.words
    scores = []
    for i, shape in enumerate(shapes):
        score = 100 * shape.score
        score += near * (bounded[i + 1] + bounded[i + 3]) + far * (bounded[i] + bounded[i + 4])
        if shape.score < _CERTAIN and len(lines[i]) <= _HEADING_LENGTH:
            if i + 1 < len(shapes) and shapes[i + 1].score >= _CERTAIN:
                score += 100 * scale.heading["before_paragraph"]
            if shape.words:
                shared = len(shape.words & vocabulary)
                if 2 * shared >= len(shape.words):
                    score += 100 * scale.heading["shared_words"]
                elif 4 * shared >= len(shape.words):
                    score += 100 * scale.heading["some_shared_words"]
        scores.append(score // 100)
    return scores


def _best_path(scores: Sequence[int], shapes: Sequence[LineShape], scale: Weights) -> tuple[list[int], int]:
    """The state of each line on the best path, and what the path gathers."""
    enter, leave, back = scale.path["enter"], scale.path["leave"], scale.path["return"]
    gap_line, section = scale.path["gap_line"], scale.path["section"]
    never = -(10**9)
    before, article, gap, after = 0, never, never, never
    origins: list[tuple[int, int, int]] = []
    for score, shape in zip(scores, shapes, strict=True):
        best_article, from_article = article, ARTICLE
        if gap + back > best_article:
            best_article, from_article = gap + back, GAP
        if before + enter > best_article:
            best_article, from_article = before + enter, BEFORE
        best_gap, from_gap = (article + leave, ARTICLE) if article + leave >= gap else (gap, GAP)
        best_after, from_after = (article, ARTICLE) if article >= after else (after, AFTER)
        article = best_article + score
        gap = best_gap + (section if shape.section else gap_line)
        after = best_after
        origins.append((from_article, from_gap, from_after))
    ends = ((article, ARTICLE), (after, AFTER), (before, BEFORE))
    total, state = max(ends, key=lambda end: end[0])
    states = [BEFORE] * len(scores)
    for i in range(len(scores) - 1, -1, -1):
        states[i] = state
        if state == ARTICLE:
            state = origins[i][0]
        elif state == GAP:
            state = origins[i][1]
        elif state == AFTER:
            state = origins[i][2]
    return states, total

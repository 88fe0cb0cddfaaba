"""What speaks against the lines off an article's path, beside their shape: the furniture that stands around them.

Shortness is no proof: headings, lists, tables, captions and verse are short too. Furniture comes in company: menus, teasers and
footers stand with lines that a list of phrases names. A text with lines of two such phrases was scraped with its menus: there a
run above the headline or below the article goes with its named lines, and inside the article what leans on one. In any other
text a run goes only where it has a named line for each few of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.clean.lexicon import fold, lexicon
from corpus.clean.outline import ARTICLE
from corpus.clean.prose import (
    FEWEST_PARAGRAPHS,
    Vocabulary,
    behind_break,
    ends_wrapped,
    goes_on,
    is_pointer,
    is_sentence,
    vocabulary,
)
from corpus.clean.shape import CERTAIN, PARAGRAPH, LineShape
from corpus.metadata import is_name

# Different phrases that name lines of a text scraped with its menus; below the article so many named lines of any phrase.
CLUTTERED = 2
# In a text that is not, so many lines at most go with each line that a list names.
_LINES_A_NAME = 4
# Inside an article a line leans on a named line that stands so near.
_NEAR = 3
# A label has so many words at most; so many in a row below the article are a menu.
_LABEL_WORDS = 3
_FEWEST_LABELS = 3
# Inside an article a run of more lines, with a named line for as many of them, is a box.
_LONG_RUN = 15
# A date or an hour in a line of more words belongs to a caption or a heading.
_STAMP_WORDS = 9
_CLAUSE_WORDS = 3
# A line of the site to its readers has so many characters at most, and a furniture word for so many words.
_LONGEST_APPEAL = 110
_WORDS_A_CUE = 4
# A label has none of these at its end.
_CLOSED = ".!?:"
_WORD = re.compile(r"\w+")
# A heading with the marks of Markdown in a text that is none, and no link.
_MARKED_HEADING = re.compile(r"#{1,6} [^\[\]|#]{8,160}$")


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines off the path that follow one another: places `start` to `end` among the open lines, `first` to `last` of the text.

    It `opens` the text, or `closes` it; `names` are the named lines that stand in it or at its edges, in order, `menus` the lines
    of a closing run that are labels in a row.
    """

    start: int
    end: int
    first: int
    last: int
    opens: bool
    closes: bool
    names: Sequence[int] = ()
    menus: frozenset[int] = frozenset()


def acquit(
    states: list[int], lines: Sequence[str], shapes: Sequence[LineShape], open_lines: Sequence[int]
) -> None:
    """Give back to the article the lines off its path that nothing but their shape speaks against.

    `states` has one state for each of `open_lines`, the places in `lines` of those that no list names. Linear but for a
    search in the named lines.
    """
    named = [i for i, shape in enumerate(shapes) if shape.rule is not None]
    signs = [i for i in named if not is_pointer(lines[i], shapes[i].rule or "")]
    cluttered = len({shapes[i].rule for i in named}) >= CLUTTERED
    told = vocabulary(states, shapes, open_lines)
    end = max(i for i, state in zip(open_lines, states, strict=True) if state == ARTICLE)
    counts = [i for i in named if shapes[i].thread]
    # A number of comments with the article below it stands in its header: between the article's lines it speaks against none.
    comments = next((i for i in counts if i > end), len(lines))
    doubt = min(counts, default=len(lines))
    _keep_paragraphs_above(states, shapes, open_lines)
    _keep_down_to_prose(states, lines, shapes, open_lines, told)
    for bare in list(_runs(states, open_lines, len(lines))):
        outside = cluttered and (bare.opens or bare.closes)
        run = _with_names(bare, named if outside else signs)
        if run.closes:
            run = replace(run, menus=frozenset(_menus(open_lines[run.start : run.end], lines, shapes)))
        judge = _in_clutter if cluttered or (run.closes and len(run.names) >= CLUTTERED) else _in_clean_text
        for at in range(run.start, run.end):
            i = open_lines[at]
            if shapes[i].signed or i > comments:
                continue
            marked = at + 1 == run.end and not run.closes and _MARKED_HEADING.match(lines[i])
            spared = told.spares(lines[i], shapes[i]) or told.heads_prose(i, lines, shapes)
            followed = run.closes and i < doubt and _is_prose(i, shapes)
            above = _article_above(at, states, shapes, open_lines)
            broken = above is not None and behind_break(i, above, lines, shapes)
            wrapped = ends_wrapped(i, lines, shapes)
            if marked or spared or followed or broken or wrapped or goes_on(i, lines, shapes):
                states[at] = ARTICLE
                continue
            heads = at + 1 < len(states) and shapes[open_lines[at + 1]].score >= PARAGRAPH
            doubted = run.closes and i > doubt and not (above == i - 1 and is_sentence(lines[i]))
            if told.speaks_for(lines[i], shapes[i], heads=heads) or not (
                doubted or judge(i, run, lines[i], shapes[i])
            ):
                states[at] = ARTICLE


def labels_above(lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]) -> Iterator[int]:
    """Labels among the lines `kept` above the paragraphs of a text with its menus, none of whose long words stand in those.

    The line that has most of their words is the headline, and the one right above them may head them. Linear in the text.
    """
    paragraphs = [i for i in sorted(kept) if shapes[i].score >= CERTAIN]
    named = {shape.rule for shape in shapes if shape.rule is not None}
    if len(paragraphs) < FEWEST_PARAGRAPHS or len(named) < CLUTTERED:
        return
    article = {word for i in paragraphs for word in shapes[i].words}
    above = [i for i in sorted(kept) if i < paragraphs[0]]
    headline = max(above, key=lambda i: (len(shapes[i].words & article), i), default=-1)
    for i in above:
        heads = i in (headline, paragraphs[0] - 1) or not article.isdisjoint(shapes[i].words)
        if not heads and len(lines[i].split()) <= _LABEL_WORDS and lines[i][-1] not in _CLOSED:
            yield i


def appeals_below(lines: Sequence[str], shapes: Sequence[LineShape], kept: Collection[int]) -> Iterator[int]:
    """Short lines among the `kept` below the last sentence that speak of the site. Linear in the text.

    A furniture word begins them ("Suivre le fil"), or stands beside one to the reader ("Votre journal par e-mail").
    """
    said = (
        i for i in kept if shapes[i].score >= PARAGRAPH or (is_sentence(lines[i]) and not _serves(lines[i]))
    )
    for i in range(max(said, default=len(lines)) + 1, len(lines)):
        if i in kept and len(lines[i]) <= _LONGEST_APPEAL and _serves(lines[i]) and not shapes[i].build:
            yield i


def _serves(line: str) -> bool:
    """Whether a line begins with a word of furniture, and is no sentence, or has such a word beside one to the reader."""
    words = lexicon()
    told = [fold(word) for word in _WORD.findall(line)]
    services = sum(map(words.service.__contains__, told))
    if any(map(words.addressing.__contains__, told)):
        return services >= 1 + is_sentence(line)
    if not told or told[0] not in words.cues or told[0] in words.stopwords:
        return False
    if line[-1] == "?" or is_sentence(line):
        return False
    cues = sum(map(words.cues.__contains__, told))
    return _WORDS_A_CUE * cues >= len(told) and not is_name(" ".join(line.split()[1:]))


def _keep_paragraphs_above(states: list[int], shapes: Sequence[LineShape], open_lines: Sequence[int]) -> None:
    """Let the paragraphs above the path be the article's: its lead, or its first one where a heading follows it."""
    for at in range(states.index(ARTICLE)):
        shape = shapes[open_lines[at]]
        if shape.score >= PARAGRAPH and not shape.signed:
            states[at] = ARTICLE


def _keep_down_to_prose(
    states: list[int],
    lines: Sequence[str],
    shapes: Sequence[LineShape],
    open_lines: Sequence[int],
    told: Vocabulary,
) -> None:
    """Let the lines right below the path be the article's down to its prose, where no named line stands between: a list, what is
    said."""
    start = len(states) - 1 - states[::-1].index(ARTICLE)
    end = start
    for at in range(start + 1, len(states)):
        i = open_lines[at]
        if any(shape.rule is not None for shape in shapes[open_lines[at - 1] + 1 : i]) or shapes[i].signed:
            break
        if told.spares(lines[i], shapes[i]):
            end = at
    states[start : end + 1] = [ARTICLE] * (end + 1 - start)


def _runs(states: Sequence[int], open_lines: Sequence[int], count: int) -> Iterator[_Run]:
    start = 0
    while start < len(states):
        end = start
        while end < len(states) and states[end] != ARTICLE:
            end += 1
        if end > start:
            first = open_lines[start - 1] + 1 if start else 0
            last = open_lines[end] if end < len(states) else count
            yield _Run(start, end, first, last, start == 0, end == len(states))
        start = end + 1


def _with_names(run: _Run, named: Sequence[int]) -> _Run:
    names = named[bisect_left(named, run.first) : bisect_left(named, run.last)]
    return _Run(run.start, run.end, run.first, run.last, run.opens, run.closes, names)


def _article_above(
    at: int, states: Sequence[int], shapes: Sequence[LineShape], open_lines: Sequence[int]
) -> int | None:
    """The article's line right above the open line at `at`, pictures' signatures left out; None where another stands there."""
    while at > 0 and shapes[open_lines[at - 1]].signed:
        at -= 1
    return open_lines[at - 1] if at > 0 and states[at - 1] == ARTICLE else None


def _is_prose(i: int, shapes: Sequence[LineShape]) -> bool:
    """Whether a paragraph has another one right above or below it: teasers have their titles between them."""
    beside = (*shapes[i - 1 : i], *shapes[i + 1 : i + 2])
    return shapes[i].score >= CERTAIN and any(
        other.rule is None and other.score >= CERTAIN for other in beside
    )


def _menus(places: Sequence[int], lines: Sequence[str], shapes: Sequence[LineShape]) -> Iterator[int]:
    """Those of the lines at `places`, below the article, that are a menu: labels in a row. One that stands alone heads a part."""
    for label, row in groupby(places, key=lambda i: shapes[i].bare or _is_label(lines[i])):
        members = list(row)
        if label and len(members) >= _FEWEST_LABELS:
            yield from members


def _is_label(line: str) -> bool:
    """Whether a line has no more words than what stands on a button."""
    return _WORD.subn("", line)[1] <= _LABEL_WORDS


def _is_clause(line: str, words: int) -> bool:
    """Whether a short line says something whole ("Il en manque dix."): what stands on a button has no full stop."""
    return words >= _CLAUSE_WORDS and line[-1] == "." and line[-2:] != ".."


def _in_clean_text(i: int, run: _Run, line: str, shape: LineShape) -> bool:
    return len(run.names) * _LINES_A_NAME >= run.end - run.start and not is_sentence(line)


def _in_clutter(i: int, run: _Run, line: str, shape: LineShape) -> bool:
    """Whether line `i`, off the path of a text that was scraped with its menus, is furniture."""
    words, label = _WORD.subn("", line)[1], _is_label(line)
    if run.opens and (run.names or label):
        return True
    if run.closes and run.names and i > run.names[0] - label:
        return True
    if is_sentence(line):
        return shape.score < 0 and min(_gaps(i, run.names)) <= _NEAR
    if i in run.menus:
        return True
    if not run.opens and _is_clause(line, words) and not shape.label and _gaps(i, run.names)[0] > _NEAR:
        return False
    return _leans(i, run, label=label, marked=shape.repeated or _is_stamp(line, words, shape))


def _leans(i: int, run: _Run, *, label: bool, marked: bool) -> bool:
    """Whether a line inside an article belongs to the named lines of its run: a heading above a paragraph seldom does."""
    above, below = _gaps(i, run.names)
    if not (label or marked):
        return above <= _NEAR or below == 1
    if min(above, below) <= _NEAR:
        return True
    box = run.end - run.start > _LONG_RUN and len(run.names) * _LONG_RUN >= run.last - run.first
    return box or (bool(run.names) and label and not run.closes and i < run.last - 1)


def _is_stamp(line: str, words: int, shape: LineShape) -> bool:
    """Whether a line looks like a credit, or like a date or an hour with few words; the signature of a message does not."""
    return shape.label and "@" not in line and (words <= _STAMP_WORDS or not shape.stamped)


def _gaps(i: int, names: Sequence[int]) -> tuple[float, float]:
    """How far from line `i` the nearest of `names` above it is, and the nearest below; infinite where there is none."""
    at = bisect_right(names, i)
    above = i - names[at - 1] if at else float("inf")
    below = names[at] - i if at < len(names) else float("inf")
    return above, below

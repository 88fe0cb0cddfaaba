"""Which lines of a document are its article: the best path through before, article, gap and after.

A page is read as a left-to-right chain. Before the article stand menus, after it teasers and footers; inside it there are gaps
(a caption, a pointer elsewhere). Lines of the article count their scores, the others count nothing, leaving and coming back
cost. The best path is found exactly by dynamic programming (Viterbi), in whole numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.clean.alike import rows_by_label
from corpus.clean.beside import attributes, belonging
from corpus.clean.digest import digest_lines
from corpus.clean.edges import edge_lines
from corpus.clean.evidence import CLUTTERED, acquit, appeals_below, labels_above
from corpus.clean.machine import FIELD_RULE, machine_lines, told_lines
from corpus.clean.outline import AFTER, ARTICLE, BEFORE, GAP, ends_cut, head_lines, keep_series
from corpus.clean.points import scorecard
from corpus.clean.shape import CERTAIN, LineShape, Weights, line_shapes, weights
from corpus.clean.signs import Signs, line_signs
from corpus.clean.tails import tail_lines
from corpus.clean.trail import told_headlines, trail_lines
from corpus.clean.verdicts import Verdict

# A document whose best path gathers less than this has no article that its shape could show, and nothing is removed by shape,
# unless so many lines that a rule names say that it was scraped with its menus.
_LEAST_ARTICLE = 250
_SCRAPED = 4
SHAPE_RULE = "shape"
TRAIL_RULE = "trail"
# In per cent: that a line on the path is the article's.
_SURE = 100
_HEADING_LENGTH = 120
_KEY_DIGITS = 3
_UNITS = frozenset("%€$£")


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a text on the best path through its article: for each of `open_lines`, the places of those that no list names,
    its state in `states` and its score there in `contexts`."""

    lines: Sequence[str]
    shapes: Sequence[LineShape]
    open_lines: Sequence[int]
    states: list[int]
    contexts: Sequence[int]

    def acquitted(self, margins: Collection[int] = ()) -> list[int]:
        """The states with what the rules of evidence give back to the article; `margins` are the places of headings."""
        states = list(self.states)
        acquit(states, self.lines, self.shapes, self.open_lines)
        kept = {i for i, state in zip(self.open_lines, states, strict=True) if state == ARTICLE}
        items = {
            *digest_lines(self.lines, self.shapes),
            *belonging(self.lines, self.shapes, kept, margins),
        }
        kept |= items
        named = {i for i, shape in enumerate(self.shapes) if shape.rule is not None}
        kept.update(i for i in edge_lines(self.lines, self.shapes, kept, named) if i not in named)
        kept -= set(labels_above(self.lines, self.shapes, kept)).difference(margins)
        kept -= set(appeals_below(self.lines, self.shapes, kept)).difference(margins)
        kept |= set(tail_lines(self.lines, self.shapes, kept))
        return [
            ARTICLE if i in kept else GAP if state == ARTICLE else state
            for i, state in zip(self.open_lines, states, strict=True)
        ]

    def off_path(self, acquitted: Sequence[int]) -> Iterator[tuple[int, Signs]]:
        """The signs of the open lines that the path leaves out, each with its place among `open_lines`.

        Of a text that was not scraped with its menus there are none.
        """
        if len({shape.rule for shape in self.shapes if shape.rule is not None}) < CLUTTERED:
            return
        on_path, spared = [False] * len(self.lines), [False] * len(self.lines)
        contexts, places = [0] * len(self.lines), [0] * len(self.lines)
        for at, i in enumerate(self.open_lines):
            on_path[i], spared[i] = self.states[at] == ARTICLE, acquitted[at] == ARTICLE
            contexts[i], places[i] = self.contexts[at], at
        for i, signs in line_signs(self.lines, self.shapes, on_path, spared, contexts):
            yield places[i], signs


def outline(
    lines: Sequence[str], shapes: Sequence[LineShape], title: str | None, priors: Sequence[int]
) -> Outline | None:
    """The path through a text with its title and lead, None for a text whose shape shows no article."""
    open_lines = [i for i, shape in enumerate(shapes) if shape.rule is None and not shape.bare]
    if not open_lines:
        return None
    scale = weights()
    steps = _steps(lines, shapes, open_lines, scale, priors)
    states, total = _best_path(steps, scale)
    residue = sum(shape.rule is not None for shape in shapes)
    if (total < _LEAST_ARTICLE and residue < _SCRAPED) or ARTICLE not in states:
        return None
    for i in head_lines([lines[i] for i in open_lines], [shapes[i] for i in open_lines], states, title):
        states[i] = ARTICLE
    return Outline(lines, shapes, open_lines, states, [step.score for step in steps])


def article_rules(
    lines: Sequence[str],
    title: str | None = None,
    priors: Sequence[int] = (),
    margins: Collection[int] = (),
    site: Collection[str] = (),
) -> list[Verdict]:
    """For each line of a text the rule by which it goes, None where it stays, and how sure it is then that it is the article's.

    Lines that a rule names are out whatever stands around them, and the others are read as neighbours across them. A document
    without an article in its shape (a list, a headline alone) is all article but for what a rule names. `priors` is what
    speaks for each line before it is read, nothing if left out, `margins` the places of headings that a text browser set,
    `site` the names of the site (trail.py).
    Linear in the text.
    """
    trails = set(trail_lines(lines, site))
    if trails:
        rest = [i for i in range(len(lines)) if i not in trails]
        judged = _judge(
            [lines[i] for i in rest],
            title,
            [priors[i] for i in rest] if priors else (),
            {at for at, i in enumerate(rest) if i in margins},
        )
        found = [Verdict(0, TRAIL_RULE)] * len(lines)
        for i, verdict in zip(rest, judged, strict=True):
            found[i] = verdict
        for i in told_headlines(lines, sorted(trails)):
            if found[i].rule == SHAPE_RULE:
                found[i] = Verdict(_SURE)
        return found
    return _judge(lines, title, priors, margins)


def _judge(
    lines: Sequence[str], title: str | None, priors: Sequence[int], margins: Collection[int]
) -> list[Verdict]:
    """The verdicts on lines none of which is a trail."""
    shapes = line_shapes(lines)
    found = [Verdict(_SURE, shape.rule) for shape in shapes]
    read = outline(lines, shapes, title, priors)
    if read is not None:
        _follow(read, found, margins)
    for i in told_lines(lines):
        if found[i].rule == SHAPE_RULE:
            found[i] = Verdict(_SURE)
    for i in machine_lines(lines):
        found[i] = Verdict(0, found[i].rule or FIELD_RULE)
    return found


def _follow(read: Outline, found: list[Verdict], margins: Collection[int]) -> None:
    """Judge the lines that no list names by the path and by what stands around them."""
    lines, shapes = read.lines, read.shapes
    states, open_lines = read.acquitted(margins), read.open_lines
    sure = {at: scorecard().sureness(signs) for at, signs in read.off_path(states) if signs.spared}
    keep_series(states, [shapes[i] for i in open_lines])
    if open_lines[-2:] == [len(lines) - 2, len(lines) - 1] and ends_cut(lines, shapes, states[-2:]):
        states[-1] = ARTICLE
    for at, (i, state) in enumerate(zip(open_lines, states, strict=True)):
        found[i] = Verdict(sure.get(at, _SURE)) if state == ARTICLE else Verdict(0, SHAPE_RULE)
    _settle_bare_lines(lines, found, shapes)


def page_rules(lines: Sequence[str], rules: Sequence[str | None]) -> list[str | None]:
    """For each line of a page the rule by which it goes: the lists', then what its markup said (`rules`)."""
    return [shape.rule or rule for shape, rule in zip(line_shapes(lines), rules, strict=True)]


def _settle_bare_lines(lines: Sequence[str], found: list[Verdict], shapes: Sequence[LineShape]) -> None:
    """Let a figure or a mark that stands alone on its line go with the lines around it: kept between kept ones.

    A key figure stays right above the paragraph that says what it is, whatever stands above it.
    """
    before = False
    pending: list[int] = []
    for i, shape in enumerate(shapes):
        if shape.rule is not None:
            continue
        if shape.bare:
            pending.append(i)
            continue
        kept = found[i].rule is None
        told = kept and shape.score >= CERTAIN
        for j in pending:
            stays = kept and (before or (told and j == i - 1 and _is_key_figure(lines[j])))
            found[j] = found[j] if stays else Verdict(0, SHAPE_RULE)
        pending.clear()
        before = kept
    for j in pending:
        found[j] = Verdict(0, SHAPE_RULE)


def _is_key_figure(line: str) -> bool:
    """Whether a line without letters is a sum or a number that no list counts up to ("3 500", "12 %")."""
    digits = sum(map(str.isdigit, line))
    return digits >= _KEY_DIGITS or (digits > 0 and not _UNITS.isdisjoint(line))


@dataclass(frozen=True, slots=True)
class _Step:
    """A line that no rule names, on the path: its score in context, and what it costs the article to go on to it."""

    score: int
    crossing: int


def _steps(
    lines: Sequence[str],
    shapes: Sequence[LineShape],
    open_lines: Sequence[int],
    scale: Weights,
    priors: Sequence[int],
) -> list[_Step]:
    """Each open line's score with what its neighbours and the article's vocabulary add."""
    near, far = scale.neighbours["next"], scale.neighbours["second"]
    highest, lowest = scale.neighbours["highest"], scale.neighbours["lowest"]
    beside = scale.neighbours["beside_residue"]
    bounded = [0, 0, *(max(lowest, min(highest, shapes[i].score)) for i in open_lines), 0, 0]
    certain = Counter(
        word for i in open_lines if (shape := shapes[i]).score >= CERTAIN for word in shape.words
    )
    alike = frozenset(i for rows in rows_by_label(lines, open_lines) for i in rows)
    steps = []
    previous = -1
    for at, i in enumerate(open_lines):
        shape = shapes[i]
        around = near * (bounded[at + 1] + bounded[at + 3]) + far * (bounded[at] + bounded[at + 4])
        if around < 0 and shape.score >= scale.neighbours["sure"]:
            around = around * scale.neighbours["sure_share"] // 100
        score = shape.score + around // 100 + (priors[i] if priors else 0)
        following = open_lines[at + 1] if at + 1 < len(open_lines) else len(lines)
        if shape.score < CERTAIN and len(lines[i]) <= _HEADING_LENGTH:
            if following < len(lines) and shapes[following].score >= CERTAIN:
                score += scale.heading["before_paragraph"]
            score += beside * ((i - previous > 1) + (following - i > 1))
        score += _topic(shape, certain, scale)
        if at and attributes(lines[open_lines[at - 1]], lines[i]):
            score += scale.heading["attribution"]
        if i in alike:
            score += scale.heading["labelled_alike"]
        between = range(previous + 1, i)
        crossing = min((_crossing(shapes[j], scale) for j in between), default=0)
        steps.append(_Step(score, crossing))
        previous = i
    return steps


def _crossing(shape: LineShape, scale: Weights) -> int:
    """What it costs the article to go on after this line."""
    if shape.thread:
        return scale.path["thread"]
    return scale.path["section"] if shape.section else 0


def _topic(shape: LineShape, certain: Mapping[str, int], scale: Weights) -> int:
    """What the words of a line say when the certain paragraphs' are known; a certain line does not count itself."""
    count = len(shape.words)
    if not count or not certain:
        return 0
    own = 1 if shape.score >= CERTAIN else 0
    shared = sum(1 for word in shape.words if certain.get(word, 0) > own)
    if 2 * shared >= count:
        return scale.heading["paragraph_shared" if own else "shared_words"]
    if 4 * shared >= count:
        return scale.heading["some_shared_words"]
    if count >= 4 and 8 * shared < count:
        return scale.heading["foreign"]
    return 0


def _best_path(steps: Sequence[_Step], scale: Weights) -> tuple[list[int], int]:
    """The state of each step on the best path, and what the path gathers."""
    path = scale.path
    leave, back, after_share = path["leave"], path["return"], path["after_share"]
    never = -(10**9)
    before, article, gap, after = 0, never, never, never
    origins: list[tuple[int, int, int, int]] = []
    for step in steps:
        score = step.score
        if step.crossing:
            article += step.crossing
            gap += step.crossing
        best_article, from_article = article, ARTICLE
        if gap + back > best_article:
            best_article, from_article = gap + back, GAP
        if before > best_article:
            best_article, from_article = before, BEFORE
        best_gap, from_gap = (article + leave, ARTICLE) if article + leave >= gap else (gap, GAP)
        ended = article + (path["end_at_section"] - step.crossing if step.crossing else path["end"])
        best_after, from_after = (ended, ARTICLE) if ended >= after else (after, AFTER)
        article = best_article + score
        gap = best_gap + path["gap_line"]
        after = best_after + (after_share * score // 100 if score > 0 else 0)
        origins.append((BEFORE, from_article, from_gap, from_after))
    endings = ((article, ARTICLE), (after, AFTER), (before, BEFORE))
    total, state = max(endings, key=lambda ending: ending[0])
    states = [BEFORE] * len(steps)
    for i in range(len(steps) - 1, -1, -1):
        states[i] = state
        state = origins[i][state]
    return states, total

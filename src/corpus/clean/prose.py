"""What speaks for lines off an article's path by what they say: sentences, prose, the article's own words.

Shape and place speak against no prose: two whole sentences and more stay unless the article is long enough to show that none of
its words are theirs. A sentence behind an inset, an advertisement's label or a picture's signature is the article's again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean.lexicon import fold, lexicon, line_key
from corpus.clean.outline import ARTICLE
from corpus.clean.shape import ITEM, PARAGRAPH, LineShape

# A sentence with this score of its own, so many of whose long words stand in the article, tells of it.
_LONG_SENTENCE = 200
_FEWEST_SHARED = 3
# A line that breaks off in the middle of its sentence has so many characters at least: a label has fewer.
_WRAPPED = 60
# A heading of one long word is as often a label ("Politique").
_FEWEST_HEADING = 2
# A line that begins with a phrase of these lists, or is a notice, and goes on for so many characters stands for itself.
_WHOLE = ("/starts", "/openers", "/notices", "/appeals")
_POINTS_AT = 12
# An article of fewer paragraphs has too few words to speak against a line.
FEWEST_PARAGRAPHS = 3
_SENTENCE_ENDS = ".!?»”"
_SENTENCE_SPACES = 6
_LONGEST_HEADING = 120
_FEWEST_HEADING_WORDS = 4
# No heading ends with one of these.
_OPEN_ENDS = ".…,;"
# Prose: so many sentences of so many words and one, so many characters in all, and no less than this score of its own.
_FEWEST_SENTENCES = 2
_CLAUSE_SPACES = 3
_SHORTEST_PROSE = 80
_PROSE = 0
# Where an article has paragraphs enough to speak, so many characters, long words that it shares, and one for so many of its own.
_LONG_PROSE = 130
_FEWEST_TOLD = 2
_TOLD_SHARE = 8
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’»)\]]{0,2} +(?=[\W_]{0,3}[A-ZÀ-ÖØ-Þ0-9])")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The stems of the words that open the article's paragraphs, `paragraphs` in number."""

    words: frozenset[str]
    paragraphs: int

    def spares(self, line: str, shape: LineShape) -> bool:
        """Whether a line is prose that may be the article's by its words: of a short article by any.

        Shape and place speak against no prose; teasers and notices have none of the article's words.
        """
        if not is_prose(line, shape):
            return False
        if self.paragraphs < FEWEST_PARAGRAPHS:
            return True
        shared = len(shape.words & self.words)
        return len(line) >= _LONG_PROSE and shared >= max(_FEWEST_TOLD, len(shape.words) // _TOLD_SHARE)

    def heads_prose(self, i: int, lines: Sequence[str], shapes: Sequence[LineShape]) -> bool:
        """Whether a line is the heading of the article's prose: the title that an inset points at stands right below its name."""
        shape = shapes[i]
        if not 0 < i < len(lines) - 1 or shape.label or shape.repeated or len(lines[i]) > _LONGEST_HEADING:
            return False
        words = lines[i].split()
        if (
            not lines[i][0].isalnum()
            or lines[i][-1] in _OPEN_ENDS
            or len(words) < _FEWEST_HEADING_WORDS
            or shapes[i - 1].rule is not None
        ):
            return False
        speaks = any(fold(word) in lexicon().stopwords for word in words)
        return speaks and shapes[i + 1].rule is None and self.spares(lines[i + 1], shapes[i + 1])

    def speaks_for(self, line: str, shape: LineShape, *, heads: bool) -> bool:
        """Whether a line tells of what the article tells: a long sentence by a third of its long words, a
        line that heads a paragraph by all of them, or as a known heading."""
        shared, count = len(shape.words & self.words), len(shape.words)
        if shape.score >= _LONG_SENTENCE:
            return shared >= _FEWEST_SHARED and 3 * shared >= count
        if not heads or shape.repeated or shape.label:
            return False
        return _FEWEST_HEADING <= count == shared or line_key(fold(line)) in lexicon().headings


def vocabulary(states: Sequence[int], shapes: Sequence[LineShape], open_lines: Sequence[int]) -> Vocabulary:
    """The words of the paragraphs on an article's path: `states` has one state for each of `open_lines`."""
    certain = [
        shapes[i]
        for i, state in zip(open_lines, states, strict=True)
        if state == ARTICLE and shapes[i].score >= PARAGRAPH
    ]
    return Vocabulary(frozenset(word for shape in certain for word in shape.words), len(certain))


def goes_on(i: int, lines: Sequence[str], shapes: Sequence[LineShape]) -> bool:
    """Whether a sentence goes on with the article below an inset: a pointer, or the header of a list and its items, that stands
    right under a paragraph."""
    if not (shapes[i].score >= PARAGRAPH or is_statement(lines[i])) or ITEM.match(lines[i]):
        return False
    above = i - 1
    while above > 0 and shapes[above].rule is None and ITEM.match(lines[above]):
        above -= 1
    listed = above < i - 1
    rule = shapes[above].rule if above > 0 else None
    if rule is None or not (shapes[above].section if listed else is_pointer(lines[above], rule)):
        return False
    return shapes[above - 1].rule is None and shapes[above - 1].score >= _LONG_SENTENCE


def ends_wrapped(i: int, lines: Sequence[str], shapes: Sequence[LineShape]) -> bool:
    """Whether a line ends the sentence that the paragraph right above it breaks off in the middle of."""
    above = i - 1
    if (
        above < 0
        or shapes[above].rule is not None
        or len(lines[above]) < _WRAPPED
        or shapes[above].score <= 0
    ):
        return False
    broken = lines[above][-1].isalpha() or lines[above][-1] == ","
    return broken and lines[i][0].islower() and lines[i][-1] in _SENTENCE_ENDS


def behind_break(i: int, above: int, lines: Sequence[str], shapes: Sequence[LineShape]) -> bool:
    """Whether a sentence stands behind nothing but a break, an advertisement's label or a sponsor, from the article's `above`."""
    if i - above < 2 or lines[i][-1] not in _SENTENCE_ENDS or lines[i].count(" ") < _CLAUSE_SPACES:
        return False
    return lines[above][-1] in _SENTENCE_ENDS and all(
        shapes[j].signed or lexicon().breaks_off(shapes[j].rule or "") for j in range(above + 1, i)
    )


def is_pointer(line: str, rule: str) -> bool:
    """Whether a named line says all it has to say ("Lire aussi : Le pont rouvre"): it speaks against no other line."""
    slot, _, phrase = rule.partition(": ")
    return slot.endswith(_WHOLE) and len(line) > len(phrase) + _POINTS_AT


def is_statement(line: str) -> bool:
    """A sentence, or one that its writer left open with dots."""
    return is_sentence(line.rstrip(".…") + "." if line[-1] in ".…" else line)


def is_prose(line: str, shape: LineShape) -> bool:
    """Whether a line is two whole sentences and more that do not speak of the site: no button, title or caption is so long."""
    if len(line) < _SHORTEST_PROSE or shape.score < _PROSE or not is_sentence(line):
        return False
    sentences = [part for part in _SENTENCE_BREAK.split(line) if part.count(" ") >= _CLAUSE_SPACES]
    return len(sentences) >= _FEWEST_SENTENCES


def is_sentence(line: str) -> bool:
    """Whether a line is a sentence by its end and its number of words; a teaser ends with dots.

    >>> is_sentence("Le conseil a voté le budget de la ville lundi."), is_sentence("Un calendrier serré")
    (True, False)
    """
    return line[-1] in _SENTENCE_ENDS and line.count(" ") >= _SENTENCE_SPACES and not line.endswith("...")

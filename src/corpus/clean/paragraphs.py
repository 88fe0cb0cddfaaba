"""Lines of `raw_text` into paragraphs: a line break ends one, unless the lines are hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from corpus.clean.lexicon import fold, lexicon, line_key
from corpus.clean.passages import passages
from corpus.metadata import is_header_line

# What a wrapped line looks like: text was filled to a column between these two (RFC 2646 asks 66 to 72; press exports and PDF
# text layers go up to some 120), so a line above the lower bound that ends without a stop and goes on in lower case was cut.
_NARROWEST = 35
_WIDEST = 130
# Share of such breaks among all breaks between two non-blank lines from which the document counts as wrapped, and the least
# number that is evidence at all: lists and menus have a few by chance.
_WRAPPED_SHARE = 0.3
_FEWEST_WRAPPED = 3
# What a text browser writes is filled too, menus and all, to some 71 characters and 80 at most: there so many such breaks are
# evidence enough, where no line at all is much longer than the column.
_FEWEST_IN_DUMP = 5
_DUMP_COLUMN = 60
_DUMP_LONGEST = 1.25
# A line that stops well short of the column ends its paragraph.
_SHORT_OF_COLUMN = 0.75
_STOPS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")
_BULLETS = ("•", "*", "- ", "– ", "— ", "· ", "‣", "▪", "◦", "+ ", "■", "●", ">")
# Two such lines are fields of a record ('title: "Le pont"'), not one sentence.
_FIELD = re.compile(r"[\"']?[\w-]{2,24}[\"']?: \S")
_LAST_WORD = re.compile(r"(?<!\w)[^\W\d_]+['’]?$")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of `raw_text` that is one paragraph before anything is removed; `text` has no white space at its ends.

    `start`, `end` are code points into `raw_text`. `gap` tells whether a blank line stands before it. In hard-wrapped text
    the stretch holds the line breaks that were inside the paragraph. Of a page's line, `sure` says in per cent how sure it is the
    article's, and `rule` why it is not.

    >>> from corpus.clean import open_document
    >>> from corpus.records import InputDocument
    >>> opened = open_document(InputDocument("a.txt", "text", "text", "Le pont est fermé.\\n\\nIl rouvrira."))
    >>> [(line.start, line.text, line.gap) for line in opened.lines]
    [(0, 'Le pont est fermé.', False), (20, 'Il rouvrira.', True)]
    """

    start: int
    end: int
    text: str
    gap: bool
    sure: int = 100
    rule: str | None = None


def split_lines(raw_text: str) -> list[Line]:
    """The paragraphs of a text in order, blank ones left out. Linear in the text.

    >>> [line.text for line in split_lines("IA pour tous\\n\\nOpenAI est né en 2015.")]
    ['IA pour tous', 'OpenAI est né en 2015.']
    """
    lines: list[Line] = []
    position = 0
    gap = False
    for content in raw_text.split("\n"):
        stripped = content.strip()
        if stripped:
            start = position + (len(content) - len(content.lstrip()))
            lines.append(Line(start, start + len(stripped), stripped, gap))
            gap = False
        else:
            gap = True
        position += len(content) + 1
    column = _wrapping_column(lines)
    return _unwrapped(raw_text, lines, column) if column else _with_passages(raw_text, lines)


def unbroken(raw_text: str, lines: Sequence[Line]) -> str:
    """`raw_text` with a space for each line break inside a paragraph: offsets stay, and lines are whole paragraphs."""
    pieces, position = [], 0
    for line in lines:
        if "\n" in line.text:
            pieces += [raw_text[position : line.start], line.text.replace("\n", " ")]
            position = line.end
    return "".join([*pieces, raw_text[position:]])


def _continues(line: Line, following: Line) -> bool:
    """Tell whether the break between two lines looks like one that a text filler made."""
    return (
        not following.gap
        and _NARROWEST <= len(line.text) <= _WIDEST
        and not line.text.endswith(_STOPS)
        and (following.text[0].islower() or _is_unended(line.text))
        and not line.text.startswith(_BULLETS)
        and not (_FIELD.match(line.text) and _FIELD.match(following.text))
    )


def _is_unended(text: str) -> bool:
    """Tell whether a line ends with a word behind which its sentence must go on, with a number or a name ("pour un total de")."""
    match = _LAST_WORD.search(text)
    return match is not None and match[0].islower() and fold(match[0]) in lexicon().unended


def _wrapping_column(lines: Sequence[Line]) -> int | None:
    """The column the text was filled to, None when its lines are not wrapped."""
    breaks = wrapped = 0
    lengths = []
    for line, following in pairwise(lines):
        if following.gap:
            continue
        breaks += 1
        if _continues(line, following):
            wrapped += 1
            lengths.append(len(line.text))
    if wrapped < _FEWEST_WRAPPED:
        return None
    lengths.sort()
    column = lengths[(9 * len(lengths)) // 10]
    if wrapped < _WRAPPED_SHARE * breaks:
        longest = max(len(line.text) for line in lines)
        dumped = wrapped >= _FEWEST_IN_DUMP and column >= _DUMP_COLUMN and longest <= _DUMP_LONGEST * column
        return column if dumped else None
    # Real filling leaves no line much longer than the column.
    longer = sum(1 for line in lines if len(line.text) > 1.3 * column)
    return column if longer <= 0.1 * len(lines) else None


def _with_passages(raw_text: str, lines: list[Line]) -> list[Line]:
    """The lines of a text that is not wrapped, with each passage of it that is as one paragraph."""
    goes_on = [*(_continues(line, following) for line, following in pairwise(lines)), False]
    if not any(goes_on):
        return lines
    apart = [line.gap or line.text.startswith(_BULLETS) for line in lines]
    joined: list[Line] = []
    done = 0
    for start, end in passages([line.text for line in lines], apart, goes_on):
        first, last = lines[start].start, lines[end - 1].end
        joined += [*lines[done:start], Line(first, last, raw_text[first:last], lines[start].gap)]
        done = end
    return [*joined, *lines[done:]]


def _is_listed(line: Line, following: Line) -> bool:
    """Tell whether the second line is a label of the lists ("Publicité") and no last word of the first one's paragraph."""
    short = len(following.text) <= _NARROWEST and not following.text.endswith(_STOPS)
    goes_on = following.text[0].islower() and not line.text.endswith(_STOPS)
    return short and not goes_on and line_key(fold(following.text)) in lexicon().lines


def _points(line: Line, following: Line) -> bool:
    """Tell whether the second line is a pointer elsewhere ("Lire aussi : ...") below a paragraph that has ended."""
    if not line.text.endswith(_STOPS):
        return False
    words = lexicon()
    rule = words.pointer_rule(following.text)
    return rule is not None and line_key(fold(rule.partition(": ")[2])) in words.sections


def _unwrapped(raw_text: str, lines: Sequence[Line], column: int) -> list[Line]:
    joined: list[Line] = []
    first = lines[0]
    last = lines[0]
    signed = False  # whether the last line is a byline or a date line: the paragraph below begins anew
    for line, following in zip_longest(lines[1:], lines[2:]):
        ends = len(last.text) < _SHORT_OF_COLUMN * column and not _continues(last, line)
        apart = line.gap or ends or line.text.startswith(_BULLETS)
        goes_on = following is not None and _continues(line, following)
        ended = signed or line.gap or last.text.endswith(_STOPS)
        signs = ended and not goes_on and is_header_line(line.text)
        if apart or signed or signs or _is_listed(last, line) or _points(last, line):
            joined.append(Line(first.start, last.end, raw_text[first.start : last.end], first.gap))
            first = line
        last, signed = line, signs
    joined.append(Line(first.start, last.end, raw_text[first.start : last.end], first.gap))
    return joined

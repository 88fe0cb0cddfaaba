"""What a text browser says of a page by its margin: `lynx -dump` indents everything but headings.

The headline of a saved page stands among menus, where nothing in its words tells it from a teaser. The margin does.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.clean.lexicon import fold, lexicon
from corpus.clean.paragraphs import Line

_MARGIN = 3
_INDENTED = 0.6  # of the lines of a dump, at least
_FEWEST_LINES = 12
_FEWEST_WORDS = 4  # "Les plus vues" heads a box
_PROSE = 200  # characters of a paragraph that the headline stands above
_BELOW = 12  # lines between a headline and its first paragraph, at most: date, authors, buttons, a picture


def dump_headings(raw_text: str, lines: Sequence[Line]) -> list[int]:
    """The places in `lines` of what a text browser set at the margin, its headings; none in any other text. Linear."""
    if len(lines) < _FEWEST_LINES:
        return []
    margins = [line.start - raw_text.rfind("\n", 0, line.start) - 1 for line in lines]
    if sum(margin >= _MARGIN for margin in margins) < _INDENTED * len(lines):
        return []
    return [
        at
        for at, (line, margin) in enumerate(zip(lines, margins, strict=True))
        if not margin and line.gap and len(line.text) < _PROSE
    ]


def dump_headline(lines: Sequence[Line], headings: Sequence[int]) -> Line | None:
    """The headline among the `headings` of a page that a text browser wrote: the first one of some words above a paragraph."""
    for at in headings:
        text = lines[at].text
        below = lines[at + 1 : at + 1 + _BELOW]
        if len(text.split()) < _FEWEST_WORDS or not any(len(other.text) >= _PROSE for other in below):
            continue
        if lexicon().line_rule(fold(text)) is None:
            return lines[at]
    return None

"""Short lines that answer to others of the document: rows with the same label, and captions printed twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

# "Pour : ...", "Q: ...": a word or a few before a colon, on at least so many lines of the document.
_LABELLED = re.compile(r"\W{0,3}(\w[^:]{0,23}?)[ \u00a0\u202f]?: \S")
_FEWEST_LABELLED = 3
_LONGEST_ROW = 120
# A picture's text and its caption stand at most so many lines apart; shorter lines may be a heading and the words after it.
_APART = 2
_SHORTEST_CAPTION = 30
_LONGEST_CAPTION = 160


def labelled_alike(lines: Sequence[str], open_lines: Sequence[int]) -> frozenset[int]:
    """The lines whose label before a colon stands on `_FEWEST_LABELLED` short lines: an interview, a review, a results list."""
    labels: dict[str, list[int]] = {}
    for i in open_lines:
        if ":" in lines[i] and len(lines[i]) <= _LONGEST_ROW and (match := _LABELLED.match(lines[i])):
            labels.setdefault(match[1].lower(), []).append(i)
    return frozenset(i for places in labels.values() if len(places) >= _FEWEST_LABELLED for i in places)


def is_captioned_twice(lines: Sequence[str], short: Sequence[bool], i: int) -> bool:
    """Tell whether a line and one beside it are a picture's text and its caption: one begins with the other and goes on.

    `short` says for each line that it is no paragraph, for a heading may be the first words of the paragraph below. A line
    printed twice alike is a repeat, of which one stays.
    """
    line = lines[i]
    if not short[i] or not _SHORTEST_CAPTION <= len(line) <= _LONGEST_CAPTION:
        return False
    return any(
        line.startswith(other) or other.startswith(line)
        for j in range(max(0, i - _APART), min(len(lines), i + _APART + 1))
        if short[j] and lines[j] != line and _SHORTEST_CAPTION <= len(other := lines[j]) <= _LONGEST_CAPTION
    )

"""Short lines that answer to others of the document: rows with the same label."""

from __future__ import annotations

import re
from collections.abc import Sequence

# "Pour : ...", "Q: ...": a word or a few before a colon, on at least so many lines of the document.
_LABELLED = re.compile(r"\W{0,3}(\w[^:]{0,23}?)[ \u00a0\u202f]?: \S")
_FEWEST_LABELLED = 3
_LONGEST_ROW = 120


def labelled_alike(lines: Sequence[str], open_lines: Sequence[int]) -> frozenset[int]:
    """The lines whose label before a colon stands on `_FEWEST_LABELLED` short lines: an interview, a review, a results list."""
    labels: dict[str, list[int]] = {}
    for i in open_lines:
        if ":" in lines[i] and len(lines[i]) <= _LONGEST_ROW and (match := _LABELLED.match(lines[i])):
            labels.setdefault(match[1].lower(), []).append(i)
    return frozenset(i for places in labels.values() if len(places) >= _FEWEST_LABELLED for i in places)

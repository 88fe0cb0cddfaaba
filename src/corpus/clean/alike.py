"""Short lines that answer to others of the document: rows with the same label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# "Pour : ...", "Q: ...": a word or a few before a colon, on at least so many lines of the document.
_LABELLED = re.compile(r"\W{0,3}(\w[^:]{0,23}?)[ \u00a0\u202f]?: \S")
_FEWEST_LABELLED = 3
_LONGEST_ROW = 120


def rows_by_label(lines: Sequence[str], open_lines: Sequence[int]) -> Iterator[list[int]]:
    """The lines whose label before a colon stands on `_FEWEST_LABELLED` short lines, label by label: an interview, a record."""
    labels: dict[str, list[int]] = {}
    for i in open_lines:
        if ":" in lines[i] and len(lines[i]) <= _LONGEST_ROW and (match := _LABELLED.match(lines[i])):
            labels.setdefault(match[1].lower(), []).append(i)
    yield from (places for places in labels.values() if len(places) >= _FEWEST_LABELLED)

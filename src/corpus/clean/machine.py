"""What machines tell one another in the rows of an export: stamps with a clock, keys, truth values, addresses.

Rows of a database or a feed that are pasted as text, a field a line, keep them between the titles and texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FIELD_RULE = "field of a record"
"""The rule by which such a line goes."""
# One alone may be what an article is about; a stamp is not.
_FEWEST = 2
_LONGEST = 600
_STAMP = (
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d)?"
    r"|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|Z|[+-]\d{4})"
)
_KEY = r"(?=[a-z-]{0,36}\d)(?=\d{0,36}[a-f])[0-9a-f]{8,64}(?:-[0-9a-f]{4,16}){0,4}|[a-z]-[0-9a-f]{12,64}"
_VALUE = rf"{_STAMP}|true|false|null|NULL|{_KEY}"
_ADDRESS = r"(?:https?://|www\.)[^\s\"'<>]{3,500}"
_END = r"[\"'>\])]{0,2}[,;]?"
_ALONE = re.compile(rf"[\"'<\[(]?(?:{_VALUE}){_END}")
_NAMED = re.compile(
    rf"(?:[a-z][\w-]{{1,29}}|[\"'][^\"'\n]{{2,30}}[\"'])\s?[:=]\s*[\"'<\[]{{0,2}}(?:{_VALUE}|{_ADDRESS}|\d{{4}}-\d\d-\d\d|(?<=[\"'])[a-z]{{2}}(?=[\"'])){_END}"
)
_CLOCK = re.compile(_STAMP)
_LINK = re.compile(rf"[\"'<\[(]?{_ADDRESS}{_END}")
_BULLET = re.compile(r"[-*•] ")
# What people wrote in a record: a value of some words under a name in quotation marks.
_TOLD = re.compile(r"[\"'][^\W\d][\w .-]{0,29}[\"']\s?:\s*[\"'](?=\S)")
_FEWEST_SPACES = 4


def machine_lines(lines: Sequence[str]) -> list[int]:
    """The places of the lines that are nothing but a machine's values: of a text with fewer than two its stamp. Linear.

    >>> machine_lines(["Le pont rouvre", "2025-03-04T09:00:00Z", "link: https://exemple.fr/pont", "https://exemple.fr/a"])
    [1, 2, 3]
    >>> machine_lines(["Le pont rouvre", "https://exemple.fr/pont", "2025"])
    []
    """
    values = list(_matching(lines, _ALONE, _NAMED))
    if len(values) < _FEWEST:
        return list(_matching(lines, _CLOCK))
    return sorted([*values, *_matching(lines, _LINK)])


def told_lines(lines: Sequence[str]) -> Iterator[int]:
    """The places of the lines that are a title or a text in a record's notation, whatever their shape. Linear.

    >>> list(told_lines(['"title": "Le pont rouvre au mois de mai",', '"theme": "Transports",']))
    [0]
    """
    for i, line in enumerate(lines):
        if line[0] in "\"'" and _TOLD.match(line) and line.count(" ") > _FEWEST_SPACES:
            yield i


def _matching(lines: Sequence[str], *patterns: re.Pattern[str]) -> Iterator[int]:
    for i, line in enumerate(lines):
        if len(line) <= _LONGEST:
            bullet = _BULLET.match(line)
            value = line[bullet.end() :] if bullet else line
            if any(pattern.fullmatch(value) for pattern in patterns):
                yield i

"""IRaMuTeQ's reading of a corpus, written from its documentation and independent of what this project writes.

A text begins with a line of `****` or four or five digits and starred variables; a line of `-*name` opens a theme; a star
anywhere else is refused; variables are `*name_value` in ASCII without spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TEXT = re.compile(r"^(?:\*{4}|[0-9]{4,5}) +\*")
VARIABLE = re.compile(r"^\*[a-z][a-z0-9]*_[a-z0-9-]+$")


@dataclass
class Text:
    """One text: its variables and its paragraphs."""

    variables: dict[str, str]
    lines: list[str] = field(default_factory=list)


def parse(content: str) -> list[Text]:
    """The texts of a corpus; ValueError for what IRaMuTeQ would refuse or read as something else."""
    if content.startswith("\ufeff"):
        raise ValueError("a byte-order mark would stand before the first star")
    texts: list[Text] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        if TEXT.match(line):
            stars = line.split()[1:]
            for star in stars:
                if not VARIABLE.match(star):
                    raise ValueError(f"line {number}: {star!r} is no starred variable")
            pairs = [star[1:].split("_", 1) for star in stars]
            if len({name for name, _ in pairs}) != len(pairs):
                raise ValueError(f"line {number}: a variable twice")
            texts.append(Text(dict(pairs)))
        elif not texts:
            raise ValueError(f"line {number}: words before the first text")
        elif "*" in line or "_" in line or re.match(r"^[0-9]{4,5}\s", line):
            raise ValueError(f"line {number}: a sign that has a meaning: {line[:40]!r}")
        else:
            texts[-1].lines.append(line)
    return texts

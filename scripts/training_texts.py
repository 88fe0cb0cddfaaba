"""The annotated texts of `data/training/texts`: read, with every mention found in its text.

`data/training/README.md` says how a line is written. `scripts/check_training.py` checks the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "data" / "training" / "texts"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in a text, in code points. `kind` is `company` or a type of the names table; `name` the canonical name of a
    company; `role` is `source` for a medium that is only cited."""

    start: int
    end: int
    kind: str
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text of one hand. `row` is the whole line, with amounts, dates and facts."""

    id: str
    hand: str
    language: str
    text: str
    mentions: tuple[Mention, ...]
    row: dict[str, Any]


def places(text: str, surfaces: Sequence[str]) -> list[tuple[int, int] | None]:
    """Where each surface stands, found one after the other from the beginning; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    position = 0
    for surface in surfaces:
        start = text.find(surface, position)
        while start > 0 and surface[:1].isalnum() and text[start - 1].isalnum():
            start = text.find(surface, start + 1)
        if start < 0:
            found.append(None)
        else:
            position = start + len(surface)
            found.append((start, position))
    return found


def starting(starts: Sequence[int], entries: Sequence[Sequence[str]]) -> list[tuple[int, int] | None]:
    """Where each surface stands that an annotation gives the beginnings of: a firm's name may be a product's before."""
    return [(start, start + len(entry[0])) for start, entry in zip(starts, entries, strict=True)]


def annotated(row: dict[str, Any], hand: str) -> AnnotatedText:
    """Return a line of a file with its mentions found, those that are not there left out."""
    text, companies, names = row["text"], row["companies"], row["names"]
    found = starting(row["starts"], companies) if "starts" in row else places(text, [c[0] for c in companies])
    mentions = [
        Mention(*place, "company", entry[1], entry[2] if len(entry) > 2 else "actor")
        for place, entry in zip(found, companies, strict=True)
        if place is not None
    ]
    mentions += [
        Mention(*place, entry[1])
        for place, entry in zip(places(text, [entry[0] for entry in names]), names, strict=True)
        if place is not None
    ]
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return AnnotatedText(row["id"], hand, row["lang"], text, tuple(mentions), row)


def hands(folder: Path = FOLDER) -> list[Path]:
    """Return the files of `folder`, one a hand, by name."""
    return sorted(folder.glob("*.jsonl"))


def read_hand(path: Path) -> Iterator[AnnotatedText]:
    """The texts of one file, in its order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield annotated(json.loads(line), path.stem)

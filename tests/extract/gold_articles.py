"""Read the annotated articles of `tests/extract/gold` (its README says how they are written)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parent / "gold"
KINDS = {"C": "company", "W": "person", "I": "institution", "R": "product", "L": "law", "P": "place", "E": "event",
         "O": "other", "M": "medium"}  # fmt: skip
_MARK = re.compile(r"⟦([A-Z]) ([^⟧=]+)(?:=([^⟧]+))?⟧")


@dataclass(frozen=True)
class GoldMention:
    start: int
    end: int
    kind: str
    name: str


@dataclass(frozen=True)
class GoldFact:
    kind: str
    company: str
    amount: str
    counterparty: str | None
    date: str | None
    certainty: str


@dataclass(frozen=True)
class GoldArticle:
    name: str
    language: str
    paragraphs: tuple[tuple[str, tuple[GoldMention, ...]], ...]
    facts: tuple[GoldFact, ...]


def unmarked(marked: str) -> tuple[str, tuple[GoldMention, ...]]:
    """The text without its marks, and the mentions that they marked."""
    text, mentions, position = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[position : found.start()]
        position = found.end()
        surface = found.group(2)
        mentions.append(
            GoldMention(len(text), len(text) + len(surface), KINDS[found.group(1)], found.group(3) or surface)
        )
        text += surface
    return text + marked[position:], tuple(mentions)


def articles(folder: Path = GOLD) -> Iterator[GoldArticle]:
    for path in sorted(folder.glob("*.txt")):
        body, _, facts = path.read_text(encoding="utf-8").partition("--- facts")
        paragraphs = tuple(unmarked(part.strip()) for part in body.split("\n\n") if part.strip())
        rows = []
        for line in filter(None, (line.strip() for line in facts.splitlines())):
            kind, company, amount, counterparty, date, certainty = (part.strip() for part in line.split("|"))
            rows.append(
                GoldFact(
                    kind,
                    company,
                    amount,
                    None if counterparty == "-" else counterparty,
                    None if date == "-" else date,
                    certainty,
                )
            )
        yield GoldArticle(path.stem, path.name[:2], paragraphs, tuple(rows))

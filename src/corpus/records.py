"""The records that stages hand to one another inside a shard: frozen, small, without behaviour.

Between stages and on disk the same things are Arrow tables (`corpus.schemas`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Markup = Literal["html", "text", "markdown"]
DatePrecision = Literal["day", "month", "year"]
DateOrigin = Literal["metadata", "sidecar", "header", "text", "path"]
ParagraphKind = Literal["title", "heading", "body", "list_item", "quote"]
RemovalReason = Literal[
    "repeat",
    "inline_repeat",
    "contained_repeat",
    "truncated_repeat",
    "near_repeat",
    "boilerplate",
    "residue",
]


@dataclass(frozen=True, slots=True)
class Published:
    """When a document came out, as far as its source says: the first day of the period that was read.

    `date` is None when words were found that no year could be given to ("10 févr."); they stand in `text`.
    """

    date: dt.date | None
    precision: DatePrecision | None
    origin: DateOrigin | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class InputDocument:
    """One document as a reader found it: decoded, otherwise untouched.

    `source` is the path relative to the input folder, plus `#n` (0-based) inside a multi-document file. `content` is HTML
    source, Markdown or plain text, as `markup` says. `format` is the value of `documents.format`.
    """

    source: str
    format: str
    markup: Markup
    content: str
    input_id: str | None = None
    url: str | None = None
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    language: str | None = None
    also_in: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """An input, or a part of one, that could not be fully read; a row of the `problems` table."""

    source: str
    stage: str
    kind: str
    message: str
    recovered: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of `raw_text` that does not stand in `text`, and why. Offsets are code points into `raw_text`."""

    start: int
    end: int
    reason: RemovalReason
    rule: str
    kept_paragraph: int | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A kept paragraph: `start`, `end` are code points into the document's clean text.

    `score` in [0, 1] is how sure it is that the paragraph is the article's.
    """

    start: int
    end: int
    kind: ParagraphKind
    language: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """What cleaning leaves of one document, before repeats across documents are known.

    `raw_text` without the spans of `removals` equals `text`, white space aside; `text` is the kept paragraphs joined by a
    blank line.
    """

    raw_text: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    removals: tuple[Removal, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    published: Published | None = None
    language: str | None = None
    language_score: float | None = None
    outlet: str | None = None

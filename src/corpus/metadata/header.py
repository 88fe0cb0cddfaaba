"""The header of a text: where its furniture stands, and what it says of date, authors and title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus.metadata.dates import HeaderDate, find_dates
from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.lines import CELL_MARK, HeaderLine, read_line
from corpus.metadata.names import barred_signature, clean_authors, is_name, signature
from corpus.metadata.opening import (
    BULLET,
    LONGEST_TITLE,
    Line,
    find_dateline,
    find_title,
    read_labels,
    read_prefix,
)
from corpus.metadata.records import HeaderSpan

HEADER_LINES: Final = 40
"""Lines with words that are looked at from the top: menus and a standfirst may stand before the byline."""

PARAGRAPH: Final = 240
"""Characters from which a line is a paragraph of the article. Bylines without a cue stand above the first one, cued ones above
the third."""

CUED_PARAGRAPHS: Final = 3
LEAD: Final = 80
"""Characters of the line below a name and a place that make it the first paragraph."""
FOOTER: Final = 2000
FOOTER_LINES: Final = 3
SHORT_PARAGRAPH: Final = 120
"""Characters and lines at the end of a text that may hold its byline, below a paragraph of so many characters."""

BARE_DATES: Final = 2
"""A text with more bare dates than this on lines of their own is a chronicle: they belong to it."""


@dataclass(frozen=True, slots=True)
class Header:
    """All that a text's own header says. `prefix` is a date that stands before the title on the first line."""

    spans: tuple[HeaderSpan, ...] = ()
    published: tuple[HeaderDate, ...] = ()
    updated: tuple[HeaderDate, ...] = ()
    dateline: HeaderDate | None = None
    relative: str | None = None
    authors: tuple[str, ...] = ()
    title: str | None = None
    source: str | None = None
    url: str | None = None


def read_header(text: str, language: str | None = None, title: str | None = None) -> Header:
    """The header of `text` (cleaned or not): spans of furniture in code points, dates, authors, a title that stands in it.

    `title` is what is known already: a line that repeats it is no furniture.
    """
    lines = list(_lines(text, HEADER_LINES))
    if not lines:
        return Header()
    prefix = read_prefix(lines[0], language)
    labelled = {} if prefix else read_labels(lines)
    titles = {at for at, line in enumerate(lines) if title and line.text.strip() == title}
    found = _furniture(lines, language, skip=set(labelled) | titles | ({0} if prefix else set()))
    named = _neighbours(lines, found)
    last = max([0, *labelled, *(at for at, _ in found), *named])
    footer = _footer(text, lines[last].start + len(lines[last].text), language)
    read = [line for _, line in found] + [line for _, line in footer]
    stated = _labels(lines, labelled, language) if prefix is None else _dated_title(lines[0], *prefix)
    spans = [
        HeaderSpan(lines[at].start + line.start, lines[at].start + line.end, line.rule) for at, line in found
    ]
    spans += [HeaderSpan(lines[at].start, lines[at].start + len(lines[at].text), "byline") for at in named]
    spans += [span for span, _ in footer]
    spans += stated.spans
    published = (*stated.published, *(date for line in read for date in line.published))
    names = [name for line in read for name in line.authors]
    names += [
        signature(words) or barred_signature(words) or words
        for words in (_bullet_free(lines[at].text) for at in named)
    ]
    return Header(
        spans=tuple(sorted((span for span in spans if span.end > span.start), key=lambda span: span.start)),
        published=published,
        updated=tuple(date for line in read for date in line.updated),
        dateline=None if any(date.year for date in published) else find_dateline(lines, language),
        relative=next((line.relative for line in read if line.relative), None),
        authors=clean_authors([*stated.authors, *names]),
        title=find_title(lines, {at for at, _ in found}) if stated.title is None else stated.title or None,
        source=stated.source,
        url=stated.url,
    )


@dataclass(slots=True)
class _Stated:
    """What labels or a date before the title say. `title` is empty where they take its line and give none."""

    spans: list[HeaderSpan] = field(default_factory=list)
    published: list[HeaderDate] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    title: str | None = None
    source: str | None = None
    url: str | None = None


def _dated_title(line: Line, date: HeaderDate, span: HeaderSpan) -> _Stated:
    """A first line "date 2024-02 Title"."""
    rest = line.text[span.end - line.start :].strip()
    return _Stated([span], [date], title=rest if len(rest) <= LONGEST_TITLE else "")


def _labels(lines: list[Line], labelled: dict[int, tuple[str, int]], language: str | None) -> _Stated:
    """The fields at the top of an export, by their labels."""
    stated = _Stated()
    for at, (slot, value_start) in labelled.items():
        line, value = lines[at], lines[at].text[value_start:].strip()
        # The title's words stand in the source: its label goes, they stay.
        end = line.start + (value_start if slot == "title" else len(line.text))
        stated.spans.append(HeaderSpan(line.start, end, f"{slot}_label"))
        if slot == "author":
            stated.authors.append(value)
        elif slot == "date":
            stated.published = find_dates(value, language)[:1]
        else:
            setattr(stated, slot, value)
    return stated


def _lines(text: str, limit: int, start: int = 0) -> Iterator[Line]:
    """The first `limit` lines of `text` with a letter or digit in them, a long one cut."""
    position, found = start, 0
    while position < len(text) and found < limit:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + 2000)].rstrip("\r")
        if _ALPHANUMERIC.search(line):
            found += 1
            yield Line(position, line)
        position = end + 1


def _furniture(lines: list[Line], language: str | None, skip: set[int]) -> list[tuple[int, HeaderLine]]:
    """The lines, by their place, that are furniture, with what they say."""
    found: list[tuple[int, HeaderLine]] = []
    signed: set[int] = set()  # a bare date right below a byline is its own
    paragraphs = 0
    for at, line in enumerate(lines):
        if len(" ".join(line.text.split())) >= PARAGRAPH:
            paragraphs += 1
        if paragraphs > CUED_PARAGRAPHS:
            break
        if at in skip or _in_table(lines, at):
            continue
        read = read_line(line.text, language, first=at == 0)
        if read is not None and (read.cued or not paragraphs or (at - 1 in signed and read.published)):
            found.append((at, read))
            signed |= {at} if read.cued else set()
    bare = [at for at, read in found if not read.cued and read.published]
    if len(bare) > BARE_DATES:
        kept = bare[0] if bare[0] <= 2 else None
        found = [(at, read) for at, read in found if at not in bare or at == kept]
    return found


def _in_table(lines: list[Line], at: int) -> bool:
    """Whether a line is a row: the line before or after it has as many cells."""
    cells = lines[at].text.count(CELL_MARK)
    return cells > 0 and any(
        0 <= beside < len(lines) and lines[beside].text.count(CELL_MARK) == cells
        for beside in (at - 1, at + 1)
    )


def _neighbours(lines: list[Line], found: list[tuple[int, HeaderLine]]) -> list[int]:
    """Lines beside a date line or reading time that hold a name alone: "Jean Dupont" above "10 février 2025"."""
    if any(read.authors for _, read in found):
        return []
    taken = {at for at, _ in found}
    for at, read in found:
        if read.rule not in ("date_line", "reading_time"):
            continue
        for beside in (at - 1, at + 1):
            if beside in taken or not 0 <= beside < len(lines):
                continue
            words = _bullet_free(lines[beside].text)
            if beside > 0 and signature(words) is not None:
                return [beside]
            if not _HANDLE.fullmatch(words) or words.lower() in header_lexicon().not_names:
                continue
            bulleted = BULLET.match(lines[beside].text) and BULLET.match(lines[at].text)
            if bulleted or (beside > 0 and is_name(words) and not words.isupper()):
                return [beside]
    return list(_placed(lines))[:1]


def _placed(lines: list[Line]) -> Iterator[int]:
    """Lines between a headline and the first paragraph that are a name and a place behind a bar ("Ana Roux | Lille")."""
    for at in range(1, len(lines) - 1):
        if len(lines[at].text) >= LEAD:
            return
        below = len(lines[at + 1].text) >= LEAD and not _in_table(lines, at)
        if below and barred_signature(_bullet_free(lines[at].text)) is not None:
            yield at


def _bullet_free(text: str) -> str:
    return BULLET.sub("", text).strip()


_ALPHANUMERIC = re.compile(r"[^\W_]")
_HANDLE = re.compile(r"[\w.’'-]{2,30}(?: [\w.’'-]{1,30}){0,3}")


def _footer(text: str, after: int, language: str | None) -> list[tuple[HeaderSpan, HeaderLine]]:
    """Cued date lines and bylines that end the article: they follow a paragraph, where a teaser's date follows a title."""
    tail = max(after, len(text) - FOOTER)
    if tail > after:
        tail = text.find("\n", tail) + 1 or len(text)
    lines = list(_lines(text, FOOTER, tail))
    found: list[tuple[HeaderSpan, HeaderLine]] = []
    follows = False
    for at, line in enumerate(lines):
        read = read_line(line.text, language) if follows and at >= len(lines) - FOOTER_LINES else None
        if read is not None and read.cued and read.rule in ("date_line", "byline"):
            found.append((HeaderSpan(line.start + read.start, line.start + read.end, read.rule), read))
        else:
            follows = len(line.text) >= SHORT_PARAGRAPH
    return found

"""The byline and the dates that readers of a page see, outside its comments, teasers and frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from corpus.metadata.dates import HeaderDate
from corpus.metadata.lines import HeaderLine, read_line
from corpus.metadata.names import clean_authors, is_name, is_source
from corpus.metadata.structured import iso_date

LONGEST_BYLINE: Final = 300
MOST_BYLINES: Final = 40
"""Elements with a byline's class that are read: beyond, they are lists of other articles."""


LONGEST_AUTHOR: Final = 80
PARAGRAPH: Final = 240
"""Characters from which a paragraph is the article's: a bare date below it is none of its header."""

MOST_BLOCKS: Final = 1500
"""Elements that are searched for a byline without a class of its own."""

_BYLINE_CLASS: Final = re.compile(
    r"author|auteur|autor|byline|signature|publish|publi|pubdate|dateline|entry-date|post-date|article-date|post-meta|entry-meta"
    r"|article-meta|article__meta|meta__date|meta-date|posted-on|timestamp|article-info|metadata|(?:^|[\s_-])dates?(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE_ELEMENTS: Final = (
    "time", "div", "span", "p", "a", "address", "li", "ul", "small", "em", "strong", "abbr", "header", "h2", "h3", "h4", "h5",
    "h6", "meta",
)  # fmt: skip

NEAR: Final = 8
"""Levels up to which a class says where an element belongs; farther ones wrap the whole page."""

_AUTHOR_CLASS: Final = re.compile(r"author|auteur|autor|byline|signature", re.IGNORECASE)
_OTHER_PLACES: Final = frozenset(
    ["aside", "footer", "nav", "figure", "form", "blockquote", "script", "style"]
)
_OTHER_CLASS: Final = re.compile(
    r"comment|related|sidebar|teaser|recommend|most-read|popular|footer|widget|carousel|newsletter|listing|author-?bio|avatar|img|image|photo|"
    r"(?:^|[\s_-])copyright",
    re.IGNORECASE,
)

_BLOCKS: Final = (
    "h1",
    "p",
    "div",
    "li",
    "span",
    "small",
    "em",
    "strong",
    "b",
    "i",
    "font",
    "td",
    "header",
    "address",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)


@dataclass(slots=True)
class Visible:
    """Bylines and date lines in document order; `published` and `updated` are what `<time>` elements say they are, `times` what
    others hold."""

    lines: list[HeaderLine] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    published: list[HeaderDate] = field(default_factory=list)
    updated: list[HeaderDate] = field(default_factory=list)
    times: list[HeaderDate] = field(default_factory=list)

    @property
    def dates(self) -> list[HeaderDate]:
        """The dates of publication that bylines and date lines give."""
        return [date for line in self.lines for date in line.published]


def read_visible(tree: Any, language: str | None = None, by_words: bool = True) -> Visible:
    """What elements marked as bylines, authors or dates say; failing a date there, with `by_words`, a line that is one by
    its words."""
    found = Visible()
    seen = 0
    for element, kind in _candidates(tree):
        if _elsewhere(element):
            continue
        if kind == "time":
            _read_time(element, found, language)
            continue
        seen += 1
        if seen > MOST_BYLINES:
            break
        _read_byline(element, kind, found, language)
    if by_words and not found.dates and not found.published:
        line = _unmarked(tree, language)
        if line is not None:
            found.lines.append(line)
            found.authors = found.authors or list(line.authors)
    return found


def _read_time(element: Any, found: Visible, language: str | None) -> None:
    date = iso_date(element.get("datetime") or element.get("content"))
    if date is None:
        return
    attributes = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "modif" in attributes or "updat" in attributes or _is_update(element, language):
        found.updated.append(date)
    elif "datepublished" in attributes or element.get("pubdate") is not None:
        found.published.append(date)
    else:
        found.times.append(date)


def _is_update(element: Any, language: str | None) -> bool:
    """Whether the words around a `<time>` say that it is the date of an update."""
    parent = element.getparent()
    before = "" if parent is None else (parent.text or "")
    words = " ".join(
        ((element.getprevious().tail or "") if element.getprevious() is not None else before).split()
    )
    line = read_line(f"{words[-60:]} 10.10.2010", language) if words else None
    return line is not None and bool(line.updated) and not line.published


def _read_byline(element: Any, kind: str, found: Visible, language: str | None) -> None:
    text = _byline_text(element)
    if not text:
        return
    line = read_line(text, language)
    if line is not None:
        found.lines.append(line)
        found.authors += line.authors
    elif kind == "author" and len(text) <= LONGEST_AUTHOR and not found.authors:
        found.authors += [name for name in clean_authors([text]) if is_name(name) or is_source(name)]


def _unmarked(tree: Any, language: str | None) -> HeaderLine | None:
    """A date line by its words: the first with a cue ("Publié le 1er avril 2023"), else a bare one between h1 and article."""
    body = tree.find(".//body")
    bare: HeaderLine | None = None
    under_title = False
    for number, element in enumerate((tree if body is None else body).iter(*_BLOCKS)):
        if number > MOST_BLOCKS:
            break
        if element.tag == "h1":
            under_title = True
            continue
        text = _byline_text(element)
        if element.tag == "p" and (text is None or len(text) >= PARAGRAPH) and under_title:
            under_title = False
        if not text or not any(character in "0123456789" for character in text) or _elsewhere(element):
            continue
        line = read_line(text, language)
        if line is None or not line.published or (line.start, line.end) != (0, len(text)):
            continue
        if line.cued:
            return line
        if under_title and not _in_data(element):
            bare = bare or line
    return bare


def _in_data(element: Any) -> bool:
    """Whether an element lies in a row of data: its table has others of as many cells, as a layout has not."""
    row = next(element.iterancestors("tr"), None)
    if row is None or len(row) < 2:
        return False
    return any(other is not row and len(other) == len(row) for other in row.getparent().iterchildren("tr"))


def _candidates(tree: Any) -> Iterator[tuple[Any, str]]:
    """Elements that may hold a date or a byline, in document order, with what they are."""
    body = tree.find(".//body")
    for element in (tree if body is None else body).iter(*_BYLINE_ELEMENTS):
        itemprop = element.get("itemprop")
        timed = element.tag == "time" or itemprop in ("datePublished", "dateModified")
        if timed and (element.get("datetime") or element.get("content")):
            yield element, "time"
            continue
        marks = element.get("class")
        kind = _class_kind(marks) if marks else None
        if element.tag == "time":
            yield element, "byline"
        elif element.get("rel") == "author" or itemprop == "author":
            yield element, "author"
        elif kind is not None:
            yield element, kind


@lru_cache(maxsize=4096)
def _class_kind(marks: str) -> str | None:
    """What a class attribute makes of its element: an "author", a "byline", or nothing."""
    if not _BYLINE_CLASS.search(marks):
        return None
    return "author" if _AUTHOR_CLASS.search(marks) else "byline"


@lru_cache(maxsize=4096)
def _is_other(marks: str) -> bool:
    """Whether a class attribute says that what it marks belongs to comments, teasers or the page's frame."""
    return _OTHER_CLASS.search(marks) is not None


def _elsewhere(element: Any) -> bool:
    if _is_other(element.get("class") or ""):
        return True
    for depth, parent in enumerate(element.iterancestors()):
        framed = depth < NEAR and parent.tag != "body" and _is_other(parent.get("class") or "")
        if framed or parent.tag in _OTHER_PLACES:
            return True
    return False


def _byline_text(element: Any) -> str | None:
    parts, length = [], 0
    for part in element.itertext():
        length += len(part)
        if length > LONGEST_BYLINE * 3:
            return None
        parts.append(part)
    text = " ".join(" ".join(parts).split())
    return text if 0 < len(text) <= LONGEST_BYLINE else None

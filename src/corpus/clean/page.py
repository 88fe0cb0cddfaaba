"""HTML to the lines of its main content, by trafilatura (https://trafilatura.readthedocs.io)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.clean.errors import NoContent
from corpus.records import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# What keeps time and memory in hand: a tree takes some ten times the room of its source, and extraction about three seconds a
# million characters when they are all text. Pages saved with their pictures inside are larger, so those are taken out first.
LARGEST_PAGE = 6_000_000
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]{200,}")
# libxml2 compares every attribute of an element with all before it.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{100000,}")
_MOST_ATTRIBUTES = 10_000

# trafilatura's own algorithm takes half the time of the cascade that also asks readability and jusText. Where it gives this
# much text, and this much of what stands in the page's paragraphs, the cascade gave the same on all but one of 36 French pages.
_SUFFICIENT_LENGTH = 1_000
_SUFFICIENT_SHARE = 0.3
_AMPLE_LENGTH = 4_000

# trafilatura's own elements (its TEI-like vocabulary) that start a line of their own, and what they say about the line.
_BLOCKS: dict[str, ParagraphKind | None] = {
    "p": None,
    "head": "heading",
    "item": "list_item",
    "quote": "quote",
    "list": None,
    "table": None,
    "row": None,
    "cell": None,
    "lb": None,
    "code": None,
    "div": None,
    "body": None,
    "main": None,
}


# What parts the cells of a row in its line, as trafilatura's own text output has it.
CELL_MARK = " | "
# A longer cell is a paragraph: the table lays out a page.
_LONGEST_CELL = 90


@dataclass(frozen=True, slots=True)
class Block:
    """A line of main content and what the markup said it is: None where the markup says nothing."""

    text: str
    kind: ParagraphKind | None


def parse_page(html: str) -> HtmlElement:
    """The page's tree, parsed once for everything that reads it; comments and processing instructions are left out.

    Raises:
        NoContent: when the page is empty, too large to parse safely, or not HTML.
    """
    if ";base64," in html:
        html = _EMBEDDED.sub("data:,", html)
    if len(html) > LARGEST_PAGE:
        raise NoContent(
            f"The page is {len(html):,} characters long; more than {LARGEST_PAGE:,} are not parsed. Save the article alone."
        )
    if any(tag[0].count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        raise NoContent(
            f"An element of the page has more than {_MOST_ATTRIBUTES:,} attributes; no article is written so."
        )
    from lxml.etree import LxmlError
    from trafilatura.utils import load_html

    try:
        tree: HtmlElement | None = load_html(html) if html.strip() else None
    except (LxmlError, ValueError, AssertionError) as error:
        raise NoContent(f"The page cannot be parsed as HTML ({error}); save it again.") from error
    if tree is None:
        raise NoContent("The page is empty or is not HTML; save it again.")
    return tree


def main_content(tree: HtmlElement, url: str | None = None) -> list[Block]:
    """The lines of a page's main content, in order, white space inside each collapsed to single spaces; the tree is not changed.

    Comments of readers are left out. trafilatura's `deduplicate` stays off: it keeps state between documents.

    Raises:
        NoContent: when the page has no main content.
    """
    body = _extracted(tree, url, fast=True)
    if body is None or not _suffices(body, tree):
        body = _extracted(tree, url, fast=False)
    blocks = list(_blocks(body)) if body is not None else []
    if not blocks:
        raise NoContent(
            "The page has no main content that could be told from its menus; check that it was saved whole."
        )
    return blocks


def _extracted(tree: HtmlElement, url: str | None, *, fast: bool) -> _Element | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    document: Any = bare_extraction(
        tree,
        url=url,
        fast=fast,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
        config=DEFAULT_CONFIG,
    )
    return None if document is None else document.body


def _suffices(body: _Element, tree: HtmlElement) -> bool:
    found = sum(map(len, body.itertext()))
    if found < _SUFFICIENT_LENGTH or found >= _AMPLE_LENGTH:
        return found >= _AMPLE_LENGTH
    standing = sum(len(text) for paragraph in tree.iter("p") for text in paragraph.itertext())
    return found >= _SUFFICIENT_SHARE * standing


def _row(row: _Element) -> str | None:
    """The cells of a row of data as one line, None for a row that lays out paragraphs or has a single cell.

    The cells are looked into no deeper than their children, so that nested tables cost no more than their size.
    """
    cells = []
    for cell in row:
        inside = [child for child in cell if child.tag in _BLOCKS and child.tag != "lb"]
        if any(child.tag != "p" or any(inner.tag in _BLOCKS for inner in child) for child in inside):
            return None
        cells.append(" ".join(" ".join(cell.itertext()).split()))
        if len(cells[-1]) > _LONGEST_CELL:
            return None
    return CELL_MARK.join(cells).strip() if len(cells) > 1 and any(cells) else None


def _blocks(body: _Element) -> Iterator[Block]:
    """Walk trafilatura's tree without recursion (pages nest deeper than Python's stack) and give one block a line."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    kinds: list[ParagraphKind | None] = [None]
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        block = tag in _BLOCKS
        if block and pieces:
            line = " ".join("".join(pieces).split())
            pieces.clear()
            if line:
                yield Block(line, kinds[-1])
        if event == "start":
            if block:
                kinds.append(_BLOCKS[tag] or (kinds[-1] if tag in ("p", "lb") else None))
            if tag == "row" and (row := _row(element)) is not None:
                if row:
                    yield Block(row, "list_item")
                walk.skip_subtree()
            elif element.text:
                pieces.append(element.text)
        else:
            if block and len(kinds) > 1:
                kinds.pop()
            if element.tail:
                pieces.append(element.tail)
    line = " ".join("".join(pieces).split())
    if line:
        yield Block(line, None)

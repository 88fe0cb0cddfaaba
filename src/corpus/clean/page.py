"""HTML to the lines of its main content, by trafilatura (https://trafilatura.readthedocs.io)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.clean.container import find_container, is_prose
from corpus.clean.errors import NoContent
from corpus.clean.verdicts import ALONE, verdicts
from corpus.clean.walk import PageLine, read_page, row_text
from corpus.records import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement, HTMLParser

# What keeps time and memory in hand: a tree takes some ten times the room of its source, and extraction about three seconds a
# million characters when they are all text. Pages saved with their pictures inside are larger, so those are taken out first.
LARGEST_PAGE = 6_000_000
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=]{200,}")
# libxml2 compares every attribute of an element with all before it.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{100000,}")
_MOST_ATTRIBUTES = 10_000

# The second look at the tree is believed where it keeps this share of what trafilatura chose, in per cent, or where it holds
# more in whole sentences (trafilatura took a menu). Otherwise the page is built in a way that it does not know (text in
# `noscript`, a forum), and trafilatura's choice stands alone.
_AGREED = 60
# How far ahead a line of the page is looked for in trafilatura's text, in characters without white space.
_AHEAD = 20_000
_LONG_ENOUGH = 40

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


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page or of a marked-up text: what the markup said it is (None where it says nothing), how sure it is that it
    is the article's in per cent, and the rule by which it is not (None where it is)."""

    text: str
    kind: ParagraphKind | None
    sure: int = 100
    rule: str | None = None


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

    try:
        tree = _tree(html) if html.strip() else None
    except (LxmlError, ValueError, AssertionError) as error:
        raise NoContent(f"The page cannot be parsed as HTML ({error}); save it again.") from error
    if tree is None:
        raise NoContent("The page is empty or is not HTML; save it again.")
    return tree


def _tree(html: str) -> HtmlElement | None:
    """The tree as trafilatura's own `load_html` makes it, whose elements are all of one class.

    lxml.html asks in Python which class an element of a page is of, each time that it is touched, for the sake of forms that
    are filled in. What our parser cannot take, `load_html` takes on.
    """
    from lxml.etree import ParserError
    from lxml.html import fromstring
    from trafilatura.utils import load_html, repair_faulty_html

    try:
        tree: HtmlElement = fromstring(repair_faulty_html(html, html[:50].lower()), parser=_parser())
    except (ValueError, ParserError):
        return load_html(html)
    return tree if len(tree) > 1 else load_html(html)


@cache
def _parser() -> HTMLParser:
    from lxml import etree, html

    parser = html.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def main_content(tree: HtmlElement, url: str | None = None) -> list[Block]:
    """The lines of a page's main content, in order, white space inside each collapsed to single spaces; the tree is not changed.

    First trafilatura's choice, then a second look at the tree (`verdicts.py`). Comments of readers are left out. trafilatura's
    `deduplicate` stays off: it keeps state between documents.

    Raises:
        NoContent: when the page has no main content.
    """
    body = _extracted(tree, url, fast=True)
    chosen = [Block(block.text, block.kind, ALONE) for block in _blocks(body)] if body is not None else []
    blocks = _second_look(tree, chosen)
    if not blocks:
        body = _extracted(tree, url, fast=False)
        blocks = [Block(block.text, block.kind, ALONE) for block in _blocks(body)] if body is not None else []
    if not blocks:
        raise NoContent(
            "The page has no main content that could be told from its menus; check that it was saved whole."
        )
    return blocks


def _second_look(tree: HtmlElement, chosen: list[Block]) -> list[Block]:
    """The page's lines with their verdicts; what trafilatura chose where the two do not agree on what the page is."""
    reading = read_page(tree)
    lines = reading.lines
    if not lines:
        return chosen
    _mark_chosen(lines, chosen)
    found = verdicts(lines, find_container(tree, lines, reading.regions))
    kept = [line for line, verdict in zip(lines, found, strict=True) if verdict and verdict.rule is None]
    agreed = sum(len(line.text) for line in kept if line.chosen)
    if 100 * agreed < _AGREED * sum(len(block.text) for block in chosen) and _prose(kept) < _prose(chosen):
        return chosen
    blocks = [
        Block(line.text, line.kind, verdict.sure, verdict.rule)
        for line, verdict in zip(lines, found, strict=True)
        if verdict is not None
    ]
    return blocks if any(block.rule is None for block in blocks) else chosen


def _prose(lines: Sequence[PageLine | Block]) -> int:
    return sum(
        len(line.text) for line in lines if is_prose(line.text, 0 if isinstance(line, Block) else line.linked)
    )


def _mark_chosen(lines: list[PageLine], chosen: list[Block]) -> None:
    """Tell which lines of the page trafilatura has in its text, white space aside: whole, or inside a longer line of it."""
    whole = {_squeezed(block.text) for block in chosen}
    text = "".join(_squeezed(block.text) for block in chosen)
    reached = 0
    for line in lines:
        key = _squeezed(line.text)
        if key in whole:
            line.chosen = True
        elif len(key) < _LONG_ENOUGH:
            continue
        at = text.find(key, reached, reached + len(key) + _AHEAD)
        if at >= 0:
            line.chosen = True
            reached = at


def _squeezed(text: str) -> str:
    return "".join(text.split())


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
            if tag == "row" and (row := row_text(element, _BLOCKS)) is not None:
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

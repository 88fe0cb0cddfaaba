"""A page's tree as lines: each run of text between two block elements, with what the markup around it says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.clean.regions import HIDDEN, NO_REGION, region_of
from corpus.records import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# What parts the cells of a row in its line, as trafilatura's own text output has it.
CELL_MARK = " | "
# A longer cell is a paragraph: the table lays out a page.
_LONGEST_CELL = 90

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: dict[str, ParagraphKind] = {
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "blockquote": "quote",
}
# Elements that begin and end a line (HTML, section 15.3: those displayed as blocks, list items and parts of tables).
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BREAKS = frozenset({"br", "lb"})
# Those that say nothing of the line they stand in: its kind is that of the element around.
_PLAIN = frozenset({"p", "div", "br", "section", "details", "pre"})
# Elements whose text is not shown as text, and controls. A button's text is its label, unless it holds a heading.
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "datalist",
        "textarea",
        "input",
        "head",
        "title",
        "meter",
        "progress",
        "rp",
    ]
)


@dataclass(slots=True)
class PageLine:
    """A line of a page.

    `element` is the block it stands in, `linked` how many of its characters are links' text, `region` what the elements
    around it say they are, `chosen` whether trafilatura has it in its main content.
    """

    text: str
    element: _Element
    kind: ParagraphKind | None
    linked: int
    region: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page shows: its lines in order, and what each element says it is, where it says anything (`regions.py`)."""

    lines: list[PageLine]
    regions: dict[_Element, int]


@dataclass(slots=True)
class _Open:
    """A block that has begun and not ended."""

    element: _Element
    region: int
    kind: ParagraphKind | None


@dataclass(slots=True)
class _Text:
    """The text since the last block began or ended."""

    pieces: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)

    def add(self, text: str, *, linked: bool) -> None:
        self.pieces.append(text)
        if linked:
            self.linked.append(text)

    def line(self, block: _Open) -> PageLine | None:
        if not self.pieces:
            return None
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        linked = 0
        if self.linked:
            linked = len(" ".join(" ".join(self.linked).split()))
            self.linked.clear()
        return (
            PageLine(text, block.element, block.kind, min(linked, len(text)), block.region) if text else None
        )


def read_page(tree: HtmlElement) -> PageReading:
    """The lines of a page in order; linear in its tree and without recursion (pages nest deeper than Python's stack).

    What is never shown (scripts, controls, hidden elements) is left out, and white space is collapsed.
    """
    from lxml.etree import iterwalk

    lines: list[PageLine] = []
    regions: dict[_Element, int] = {}
    text = _Text()
    stack = [_Open(tree, NO_REGION, None)]
    links: list[_Element] = []
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        block = tag in _BLOCKS
        if block and (line := text.line(stack[-1])):
            lines.append(line)
        if event == "start":
            if tag in _SILENT or (tag == "button" and not _holds_heading(element)):
                walk.skip_subtree()
                continue
            region = region_of(element)
            if region & HIDDEN:
                walk.skip_subtree()
                continue
            if region:
                regions[element] = region
            if block:
                kind = _KINDS.get(tag) or (stack[-1].kind if tag in _PLAIN else None)
                stack.append(_Open(element, stack[-1].region | region, kind))
                if tag == "tr" and (row := row_text(element)) is not None:
                    if row:
                        lines.append(PageLine(row, element, "list_item", 0, stack[-1].region))
                    walk.skip_subtree()
                    continue
            elif tag == "a":
                links.append(element)
            if element.text:
                text.add(element.text, linked=bool(links))
        else:
            if block and stack[-1].element is element and len(stack) > 1:
                stack.pop()
            elif links and links[-1] is element:
                links.pop()
            if element.tail:
                text.add(element.tail, linked=bool(links))
    if line := text.line(stack[0]):
        lines.append(line)
    return PageReading(lines, regions)


def _holds_heading(button: _Element) -> bool:
    return any(child.tag in _HEADINGS for child in button.iterdescendants())


def row_text(row: _Element, blocks: Collection[str] = _BLOCKS) -> str | None:
    """The cells of a row of data as one line, None for a row that lays out paragraphs or has a single cell.

    `blocks` are the tags that begin a line. The cells are looked into no deeper than their children, so that nested tables cost
    no more than their size.
    """
    cells = []
    for cell in row:
        if not isinstance(cell.tag, str):
            continue
        inside = [child for child in cell if child.tag in blocks and child.tag not in _BREAKS]
        if any(
            child.tag not in ("p", "div") or any(inner.tag in blocks for inner in child) for child in inside
        ):
            return None
        cells.append(" ".join(" ".join(cell.itertext()).split()))
        if len(cells[-1]) > _LONGEST_CELL:
            return None
    return CELL_MARK.join(cells).strip() if len(cells) > 1 and any(cells) else None

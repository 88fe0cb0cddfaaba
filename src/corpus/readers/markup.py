"""Markup trees that are safe to build, and their text as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
        ),
        *(
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
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
        ),
        *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg", "object", "select"})
# Everything that neither XML nor HTML allows; libxml2 stops at some of it.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
REFERENCE = re.compile("&#(?:[xX]([0-9a-fA-F]{1,20})|([0-9]{1,20}));")
SPACES = re.compile(r"[ \t\r\n\f]+")


def html_fragment(source: str) -> Any:
    """The tree of a piece of HTML (its `html` element), or None where there is nothing. Broken nesting is repaired."""
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    data = FORBIDDEN.sub("", source).encode("utf-8")
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def xml_bytes(text: str) -> bytes:
    """Decoded XML as UTF-8 for a parser: without its declaration, and without characters and references that XML forbids.

    libxml2 takes a reference to half a surrogate pair when it mends, and the text that holds it can then not be read.

    >>> from corpus.readers import xml_bytes
    >>> xml_bytes('<?xml version="1.0" encoding="latin-1"?><a>é</a>').decode()
    '<a>é</a>'
    """
    return REFERENCE.sub(_sound, FORBIDDEN.sub("", DECLARATION.sub("", text))).encode("utf-8")


def _sound(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    sound = (
        number in (9, 10, 13)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )
    return found[0] if sound else "\ufffd"


def xml_parser(**options: Any) -> etree.XMLParser:
    """An XML parser that expands no entities, loads nothing, and mends what it can.

    >>> from lxml import etree
    >>> from corpus.readers import xml_parser
    >>> etree.fromstring(b"<a>Le <b>pont</a>", xml_parser()).findtext("b")
    'pont'
    """
    parser: etree.XMLParser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, **options
    )
    return parser


def first_fault(parser: Any) -> str | None:
    """What is wrong with the markup that a parser has mended, in its words and with the line; None if nothing is."""
    if not len(parser.error_log):
        return None
    fault = parser.error_log[0]
    try:
        message = str(fault.message)[:200]
    except UnicodeDecodeError:
        # libxml2 quotes the offending bytes as they are.
        message = "a character that may not stand there"
    return f"line {fault.line}: {message}"


def local_name(element: Any) -> str:
    """The tag without its namespace, in lower case; empty for comments and the like.

    >>> from lxml import etree
    >>> from corpus.readers import local_name
    >>> local_name(etree.fromstring('<a:Entry xmlns:a="http://www.w3.org/2005/Atom"/>'))
    'entry'
    """
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def has_class(element: Any, *names: str) -> bool:
    """Whether an element has one of these classes, whatever their case."""
    classes = (element.get("class") or "").lower().split()
    return any(name.lower() in classes for name in names)


def first_with_class(root: Any, *names: str) -> Any:
    """The first element of a tree that has one of these classes, or None."""
    return next((node for node in root.iter() if isinstance(node.tag, str) and has_class(node, *names)), None)


def line_of(element: Any) -> str:
    """The text of an element on one line.

    >>> from corpus.metadata import parse_tree
    >>> from corpus.readers import line_of
    >>> line_of(parse_tree("<p>Le  <b>pont</b>\\nest fermé</p>").find(".//p"))
    'Le pont est fermé'
    """
    return squeeze("".join(element.itertext())) if element is not None else ""


def squeeze(text: str) -> str:
    """Runs of white space as one space; no-break spaces stay."""
    return SPACES.sub(" ", text).strip(" ")


def paragraphs_of(element: Any, skip: Iterable[Any] = (), *, line_breaks: bool = True) -> list[str]:
    """The text of an element as paragraphs: inline elements are unwrapped, blocks end a paragraph.

    A line break ends one too, unless `line_breaks` is false: then only two in a row do. Elements in `skip` are left out.
    """
    out: list[str] = []
    current: list[str] = []
    left_out = set(skip)

    def end() -> None:
        if text := squeeze("".join(current)):
            out.append(text)
        current.clear()

    breaks = 0
    for event, node, preformatted in _walk(element, left_out):
        if event == "text":
            if node.strip():
                breaks = 0
            if preformatted and "\n" in node:
                for number, line in enumerate(node.split("\n")):
                    if number:
                        end()
                    current.append(line)
            else:
                current.append(node)
        elif event == "break":
            breaks += 1
            if line_breaks or breaks > 1:
                end()
            else:
                current.append(" ")
        else:
            end()
    end()
    return out


def _walk(root: Any, skip: set[Any]) -> Iterator[tuple[str, Any, bool]]:
    """Texts, breaks and block borders in document order, without recursion (a hostile tree is deep)."""
    stack: list[tuple[Any, bool, bool]] = [(root, False, False)]
    while stack:
        element, leaving, preformatted = stack.pop()
        name = local_name(element)
        if leaving:
            if name in BLOCKS:
                yield "block", None, preformatted
            if element is not root and element.tail:
                yield "text", element.tail, preformatted
            continue
        if element in skip or name in SILENT or not name:
            if element is not root and element.tail:
                yield "text", element.tail, preformatted
            continue
        if name == "br":
            yield "break", None, preformatted
        elif name in BLOCKS:
            yield "block", None, preformatted
        inside = preformatted or name == "pre"
        if element.text:
            yield "text", element.text, inside
        stack.append((element, True, preformatted))
        stack.extend((child, False, inside) for child in reversed(element))

"""HTML and XHTML pages: decoded here, reduced to their main content by cleaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.readers.decode import codec_name
from corpus.readers.inputs import Head, Input, problem
from corpus.readers.options import ReadOptions
from corpus.readers.sidecar import filled, sidecar_fields
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head>|<body[\s>]")
ELEMENT = re.compile(
    r"</?(?:div|p|span|a|article|section|table|ul|ol|li|h[1-6]|br|img|meta|title|script|style|b|i|em|strong)\b[^<>]{0,500}>",
    re.I,
)
ENDS = re.compile(r"</(?:html|body)\s*>", re.I)
STARTS = re.compile(r"<(?:html|body)[\s>]", re.I)
CONTAINERS = ("article", "section", "main", "div", "table", "script", "style", "head")
TAIL = 2000
# A page begun by stray text (a warning of the server) is still a page if this many elements stand in its beginning.
MANY_ELEMENTS = 5


def sniff(head: Head) -> bool:
    """A document type, `<html>` or `<body>` at the start; a fragment that begins with an element and has more of them."""
    start = head.start
    if start.startswith("<"):
        return PAGE.search(head.text.lower()) is not None or len(ELEMENT.findall(head.text)) >= 2
    return PAGE.search(start) is not None and len(ELEMENT.findall(head.text)) >= MANY_ELEMENTS


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The page as one document of markup `html`; a page cut in the middle is read and reported."""
    fields = sidecar_fields(source)
    if isinstance(fields, Problem):
        yield fields
        fields = {}
    charset = fields.get("charset")
    if source.charset is None and isinstance(charset, str) and codec_name(charset):
        source = replace(source, charset=charset)
    decoded = decoded_text(source, options, markup=True)
    yield from damage(source.source, decoded)
    if is_truncated(decoded.text):
        message = "The page ends in the middle (its elements are not closed); what there is was read. Save it again for the rest."
        yield problem(source.source, "truncated", message, recovered=True)
    document = InputDocument(source.source, "html", "html", decoded.text)
    yield filled(document, fields) if fields else document


def is_truncated(text: str) -> bool:
    """Whether a page stops before its end: inside a tag, or with a start of the page or of a container that nothing closes.

    End tags of `html` and `body` are optional in HTML, but pages that write the start tags write the end tags: both missing is
    the sign of a download that broke off.
    """
    tail = text[-TAIL:].rstrip()
    if ENDS.search(text, max(0, len(text) - 200_000)):
        return False
    last_open, last_close = tail.rfind("<"), tail.rfind(">")
    if last_open > last_close and re.match(r"<[/!a-zA-Z]", tail[last_open:]):
        return True
    if STARTS.search(text):
        return True
    lowered = text.lower()
    return any(
        len(re.findall(rf"<{name}[\s>]", lowered)) > len(re.findall(rf"</{name}\s*>", lowered))
        for name in CONTAINERS
    )

"""Factiva XML (PPS API responses)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.readers.decode import decode
from corpus.readers.inputs import Head, Input, UnreadableError, problem
from corpus.readers.markup import line_of, local_name, xml_bytes, xml_parser
from corpus.readers.options import ReadOptions
from corpus.readers.press.factiva import CODES, article_of
from corpus.readers.texts import damage
from corpus.records import InputDocument, Problem

NAMESPACE = "global.factiva.com/pps"
# Elements by the field code they correspond to.
ELEMENTS = {
    "accessionno": "AN",
    "baselanguage": "LA",
    "copyright": "CY",
    "byline": "BY",
    "credit": "CR",
    "wordcount": "WC",
    "sourcename": "SN",
    "sourcecode": "SC",
    "sectionname": "SE",
    "columnname": "CLM",
    "edition": "ED",
    "publishername": "PUB",
    "pages": "PG",
    "notes": "notes",
    "contact": "CT",
}
LISTS = {"region": "regions", "newssubject": "subjects", "company": "companies", "industry": "industries"}


def sniff(head: Head) -> bool:
    """XML that names Factiva's response or its namespace."""
    return head.start.startswith("<") and ("ppsarticleresponse" in head.start or NAMESPACE in head.start)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document an article; a response that breaks off gives the articles before the break."""
    decoded = decode(source.read_all(options.max_document_bytes), source.charset, markup=True)
    yield from damage(source.source, decoded)
    parser = xml_parser(remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml_bytes(decoded.text), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("xml", f"It is no readable XML (line {error.lineno}).") from error
    if root is None:
        raise UnreadableError("xml", "It is no readable XML: it has no root element.")
    if parser.error_log:
        fault = parser.error_log[0]
        message = (
            f"The XML is not well-formed (line {fault.line}: {fault.message}); what could be read was read."
        )
        yield problem(source.source, "truncated", message, recovered=True)
    index = 0
    for node in root.iter():
        if local_name(node) == "article":
            yield _article(node, f"{source.source}#{index}")
            index += 1
    if index == 0:
        yield problem(source.source, "empty", "The response holds no article.")


def _article(node: Any, source: str) -> InputDocument | Problem:
    fields: dict[str, str] = {}
    body: list[str] = []
    lists: dict[str, list[str]] = {}
    for child in node:
        name = local_name(child)
        if name == "headline":
            fields["HD"] = " ".join(_paragraphs(child)) or line_of(child)
        elif name in ("leadparagraph", "tailparagraphs"):
            body.extend(_paragraphs(child))
        elif name in ELEMENTS:
            if text := line_of(child):
                fields[ELEMENTS[name]] = text
        elif name in LISTS:
            label = line_of(child) or child.get("code") or ""
            lists.setdefault(LISTS[name], []).append(label)
        elif name == "publicationdate":
            fields["PD"] = line_of(child)
        elif name == "publicationtime":
            fields["ET"] = line_of(child)
    codes = {name: code for code, name in CODES.items()}
    for name, labels in lists.items():
        fields[codes[name]] = " | ".join(label.replace("|", "/") for label in labels if label)
    return article_of(fields, body, source)


def _paragraphs(element: Any) -> list[str]:
    """The paragraphs of an element, with highlights (`hlt`) unwrapped."""
    return [line for node in element.iter() if local_name(node) == "paragraph" and (line := line_of(node))]

"""DOCX: Nexis Uni exports, article by article; any other as one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.readers.decode import decode
from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError, problem, read_up_to, too_large
from corpus.readers.markup import first_fault, local_name, squeeze, xml_bytes
from corpus.readers.options import ReadOptions
from corpus.readers.press import nexis_docx
from corpus.readers.zip_files import DAMAGE, member_names, open_zip
from corpus.records import InputDocument, Problem

PART = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
FEED_BYTES = 1 << 18
# Deleted text of tracked changes and field codes are no text of the document
# (their elements have other names than `t`); the fallback copy of a drawing has `t` again.
FALLBACK = "fallback"


def sniff(head: Head) -> bool:
    """A ZIP archive that holds a Word document."""
    return PART in member_names(head)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The articles of a Nexis Uni export (each ends with "End of Document"); else the paragraphs as one document."""
    fault, paragraphs = _paragraphs(source, options)
    if fault:
        yield problem(
            source.source,
            "truncated",
            f"The document is damaged ({fault}); what could be read was read.",
            recovered=True,
        )
    if ends := nexis_docx.ends_in(paragraphs):
        yield from nexis_docx.documents(paragraphs, ends, source.source)
        return
    for name in NOTES:
        noted, lines = _paragraphs(source, options, name)
        paragraphs += lines
        if noted:
            message = f"Its notes are damaged ({noted}); what could be read was read."
            yield problem(source.source, "truncated", message, recovered=True)
    text = [line for line in paragraphs if line]
    if not text:
        raise UnreadableError("empty", "It has no text.")
    yield InputDocument(source.source, "docx", "text", clean("\n\n".join(text)))


def _paragraphs(source: Input, options: ReadOptions, name: str = PART) -> tuple[str | None, list[str]]:
    """The paragraphs of a part, blank ones too, and what is wrong with it if it is damaged; none where it has no such notes."""
    limit = options.max_document_bytes
    if source.size is not None and source.size > limit:
        raise too_large("it", limit)
    try:
        with source.open() as stream, open_zip(stream, options) as archive:
            if name != PART and name not in archive.namelist():
                return None, []
            with archive.open(name) as part:
                data = read_up_to(part, limit + 1)  # type: ignore[arg-type]
    except (*DAMAGE, KeyError) as error:
        raise UnreadableError(
            "zip", f"Its text is damaged or packed in a way that is not read ({error})."
        ) from error
    if len(data) > limit:
        raise too_large("its text", limit)
    data = xml_bytes(decode(data, markup=True).text)
    parser = etree.XMLPullParser(
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    out: list[str] = []
    for start in range(0, len(data), FEED_BYTES):
        parser.feed(data[start : start + FEED_BYTES])
        for _, node in parser.read_events():
            if local_name(node) == FALLBACK:
                node.clear()
            elif local_name(node) == "p":
                out.extend(squeeze(line) for line in _text(node).split("\n"))
                node.clear()
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        return f"line {error.lineno}", out
    return first_fault(parser), out


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        name = local_name(node)
        if name == "t":
            parts.append(node.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name == "tab":
            parts.append("\t")
        elif name == "nobreakhyphen":
            parts.append("-")
    return "".join(parts)

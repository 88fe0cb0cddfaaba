"""RSS (0.9x, 1.0, 2.0) and Atom feeds: one document an entry.

Read with lxml rather than feedparser, which takes six times as long (1.2 CPU seconds a megabyte): a feed of 50 MB must come in
bounded time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.readers.decode import decode
from corpus.readers.fields import author_list, clean
from corpus.readers.inputs import Head, Input, UnreadableError, problem
from corpus.readers.lexicon import language_code
from corpus.readers.markup import (
    first_fault,
    html_fragment,
    line_of,
    local_name,
    paragraphs_of,
    squeeze,
    xml_bytes,
    xml_parser,
)
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.readers.restored import field_line, field_text
from corpus.readers.texts import damage
from corpus.records import InputDocument, Problem

ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]")
PROLOGUE = re.compile(r"(?:<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!doctype[^>\[]{0,300}>|\s){0,20}", re.S)
ENTITY = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,31});")
XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
ENTRIES = frozenset({"item", "entry"})
# From the fullest text to the barest.
BODIES = ("encoded", "content", "body", "description", "summary")
DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified", "lastbuilddate")


def sniff(head: Head) -> bool:
    """A root element `rss`, `feed` or `rdf:RDF` (with the feed's own vocabulary)."""
    start = head.start
    begin = PROLOGUE.match(start)
    found = ROOT.match(start, begin.end() if begin else 0)
    return found is not None and ("rdf" not in found[0] or "purl.org/rss" in start or "<item" in head.text)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """A document for each entry, its text taken out of the entry's markup; a broken feed gives the entries before the break."""
    decoded = decode(source.read_all(options.max_document_bytes), source.charset, markup=True)
    yield from damage(source.source, decoded)
    root, fault = _tree(decoded.text)
    if fault:
        message = f"The feed is not well-formed ({fault}); what could be read was read."
        yield problem(source.source, "feed", message, recovered=True)
    channel = next((node for node in root.iter() if local_name(node) == "channel"), root)
    site = squeeze(_child_text(channel, "title")) or None
    language = language_code(
        _child_text(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    index = 0
    for entry in root.iter():
        if local_name(entry) in ENTRIES:
            yield _document(entry, f"{source.source}#{index}", site, language)
            index += 1
    if index == 0:
        yield problem(source.source, "empty", "The feed has no entries.")


def feed_entries(data: bytes) -> list[tuple[str | None, str | None, str | None]]:
    """Address, title and date (as written) of each entry of a feed; none for a feed that cannot be read."""
    try:
        root, _ = _tree(decode(data, markup=True).text)
    except UnreadableError:
        return []
    entries = [node for node in root.iter() if local_name(node) in ENTRIES]
    return [
        (_link(entry), field_line(_child_text(entry, "title")) or None, _date(entry)) for entry in entries
    ]


def _tree(text: str) -> tuple[Any, str | None]:
    """The root of a feed, and what is wrong with its markup if anything is."""
    # Feeds use the entities of HTML without declaring them; XML's own five keep their meaning.
    text = ENTITY.sub(_character, text)
    parser = xml_parser(remove_comments=True)
    try:
        root = etree.fromstring(xml_bytes(text), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("feed", f"It is no readable feed (line {error.lineno}).") from error
    if root is None:
        raise UnreadableError("feed", "It is no readable feed: it has no root element.")
    return root, first_fault(parser)


def _date(entry: Any) -> str | None:
    return next((words for name in DATES if (words := _child_text(entry, name))), None)


def _document(entry: Any, source: str, site: str | None, language: str | None) -> InputDocument | Problem:
    paragraphs = next((found for name in BODIES if (found := _body(entry, name))), [])
    title = field_line(_child_text(entry, "title")) or None
    if not paragraphs:
        return problem(source, "empty", f"The entry {title!r} has a title and no text.")
    authors: list[str] = []
    for node in entry:
        if local_name(node) in ("author", "creator"):
            inner = _first(node, "name")
            authors.extend(author_list(line_of(inner if inner is not None else node)))
    site = squeeze(_child_text(_first(entry, "source"), "title")) or site
    metadata: dict[str, Any] = {}
    categories = [
        node.get("term") or line_of(node) for node in entry if local_name(node) in ("category", "subject")
    ]
    if found := [name for name in dict.fromkeys(categories) if name]:
        metadata["categories"] = found
    return InputDocument(
        source=source,
        format="feed",
        markup="text",
        content=clean("\n\n".join(paragraphs)),
        input_id=squeeze(_child_text(entry, "guid") or _child_text(entry, "id")) or None,
        url=_link(entry),
        site=site,
        title=title,
        authors=tuple(dict.fromkeys(authors)),
        published=published_from(_date(entry)),
        language=language_code(entry.get("{http://www.w3.org/XML/1998/namespace}lang")) or language,
        metadata=metadata,
    )


def _body(entry: Any, name: str) -> list[str]:
    for node in entry:
        if local_name(node) == name and (found := _plain(node)):
            return found
    return []


def _plain(node: Any) -> list[str]:
    """The paragraphs of an element that holds text, escaped HTML or XHTML."""
    if node is None:
        return []
    if len(node):
        return paragraphs_of(node)
    text, markup = field_text(node.text or "")
    if markup == "html":
        tree = html_fragment(text)
        return paragraphs_of(tree) if tree is not None else []
    return [line for part in text.split("\n\n") if (line := squeeze(part))]


def _link(entry: Any) -> str | None:
    for node in entry:
        if local_name(node) == "link" and node.get("rel", "alternate") == "alternate":
            target = (node.get("href") or node.text or "").strip()
            if target:
                return str(target)
    guid = _first(entry, "guid")
    text = (guid.text or "").strip() if guid is not None else ""
    return text if text.startswith(("http://", "https://")) else None


def _first(element: Any, name: str) -> Any:
    return None if element is None else next((node for node in element if local_name(node) == name), None)


def _child_text(element: Any, name: str) -> str:
    found = _first(element, name)
    return line_of(found) if found is not None else ""


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in XML_ENTITIES else html.unescape(found[0])

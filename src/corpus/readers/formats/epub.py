"""EPUB books, as readers of feeds and newspapers' own apps give them: one document a chapter, in the order of the book."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from corpus.readers.decode import decode
from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError, problem, read_up_to
from corpus.readers.lexicon import language_code
from corpus.readers.markup import html_fragment, line_of, local_name, paragraphs_of, squeeze
from corpus.readers.office_xml import part_of
from corpus.readers.options import ReadOptions
from corpus.readers.published import published_from
from corpus.readers.restored import without_ligatures
from corpus.readers.zip_files import DAMAGE, member_names, open_zip, type_of
from corpus.records import InputDocument, Problem

CONTAINER = "META-INF/container.xml"
MIME = "application/epub+zip"
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
HEADINGS = ("h1", "h2", "h3")


def sniff(head: Head) -> bool:
    """A ZIP archive that names the type first, or has a book's container."""
    return CONTAINER in member_names(head) or type_of(head) == MIME


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The chapters with text; the book's title is their publication, and the title of a book of one chapter."""
    with source.open() as stream, open_zip(stream, options) as archive:
        path = _package_path(part_of(archive, CONTAINER, options))
        package = part_of(archive, path, options) if path else None
        if package is None:
            raise UnreadableError("epub", "It is no whole EPUB: its list of chapters is missing.")
        book = _book(package)
        found: list[tuple[str | None, list[str]]] = []
        left = options.max_document_bytes
        for name in _chapters(package, posixpath.dirname(path or "")):
            try:
                with archive.open(name) as member:
                    data = read_up_to(member, left + 1)  # type: ignore[arg-type]
            except (KeyError, *DAMAGE):
                yield problem(
                    source.source,
                    "zip",
                    f"Its chapter {name} is missing or damaged; the others were read.",
                    recovered=True,
                )
                continue
            left -= len(data)
            if left < 0:
                message = f"Its chapters are larger than {options.max_document_bytes:,} bytes; raise max_document_bytes."
                yield problem(source.source, "too_large", message, recovered=bool(found))
                break
            if (chapter := _chapter(decode(data, markup=True).text))[1]:
                found.append(chapter)
    if not found:
        raise UnreadableError("empty", "It holds no text.")
    yield from _documents(found, book, source)


def _documents(
    chapters: list[tuple[str | None, list[str]]], book: dict[str, list[str]], source: Input
) -> Iterator[InputDocument]:
    name = next(iter(book.get("title", [])), None)
    for index, (title, lines) in enumerate(chapters):
        alone = len(chapters) == 1
        yield InputDocument(
            source=source.source if alone else f"{source.source}#{index}",
            format="epub",
            markup="text",
            content=clean(without_ligatures("\n\n".join(lines))),
            input_id=next(iter(book.get("identifier", [])), None) if alone else None,
            site=next(iter(book.get("publisher", [])), None) or (None if alone else name),
            title=(name if alone else None) or title,
            authors=tuple(dict.fromkeys(book.get("creator", []))),
            published=published_from(next(iter(book.get("date", [])), None)),
            language=language_code(next(iter(book.get("language", [])), None)),
            metadata={"book": name} if name and not alone else {},
        )


def _package_path(container: Any | None) -> str | None:
    nodes = container.iter() if container is not None else ()
    return next((node.get("full-path") for node in nodes if local_name(node) == "rootfile"), None)


def _book(package: Any) -> dict[str, list[str]]:
    """What the package says of the book (Dublin Core), by element."""
    found: dict[str, list[str]] = {}
    for node in package.iter():
        if "purl.org/dc/elements" in str(node.tag) and (text := squeeze(node.text or "")):
            found.setdefault(local_name(node), []).append(text)
    return found


def _chapters(package: Any, folder: str) -> list[str]:
    """The members that hold the pages of the reading order, without the list of contents."""
    items = {node.get("id"): node for node in package.iter() if local_name(node) == "item"}
    out = []
    for node in package.iter():
        item = items.get(node.get("idref")) if local_name(node) == "itemref" else None
        if (
            item is None
            or item.get("media-type") not in PAGES
            or "nav" in (item.get("properties") or "").split()
        ):
            continue
        out.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or ""))))
    return out


def _chapter(page: str) -> tuple[str | None, list[str]]:
    """The heading of a chapter and its paragraphs."""
    tree = html_fragment(page)
    if tree is None:
        return None, []
    heading = next((node for name in HEADINGS for node in tree.iter(name) if line_of(node)), None)
    contents = list(tree.iter("nav"))
    title = tree.find(".//title")
    named = line_of(heading) if heading is not None else (line_of(title) if title is not None else "")
    return named or None, paragraphs_of(tree, contents)

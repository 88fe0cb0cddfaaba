"""Europresse exports before 2013: one table an article, body as text between empty paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.readers.fields import clean
from corpus.readers.inputs import problem
from corpus.readers.lexicon import fold, press
from corpus.readers.markup import has_class, html_fragment, line_of, paragraphs_of, squeeze
from corpus.readers.press.europresse_header import header_fields
from corpus.readers.press.notation import (
    MAX_AUTHOR_WORDS,
    MAX_LINE,
    authors_of,
    dated_words,
    id_of,
    publication_name,
)
from corpus.records import InputDocument, Problem

START = re.compile(r"<span[^>]{0,100}\bDocPublicationName\b", re.I)


def starts_in(text: str) -> list[int]:
    """Where the articles of a file begin: each with the span that names its publication."""
    return [found.start() for found in START.finditer(text)]


def documents(text: str, starts: list[int], source: str) -> Iterator[InputDocument | Problem]:
    """The articles of a file that begin at `starts`."""
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        yield table_article(text[start:end], f"{source}#{index}")


def table_article(markup: str, source: str) -> InputDocument | Problem:
    """One article of a table; a `Problem` (`empty`) if it has no body."""
    root = html_fragment(f"<div>{markup}</div>")
    if root is None:
        return problem(source, "empty", "The article is empty.")
    spans = {name: _spans(root, name) for name in ("DocPublicationName", "DocHeader", "TitreArticleVisu")}
    title_node = next(iter(spans["TitreArticleVisu"]), None)
    title = line_of(title_node) or None
    raw_name = line_of(next(iter(spans["DocPublicationName"]), None))
    header = squeeze("".join("".join(node.itertext()) for node in spans["DocHeader"])[:MAX_LINE])
    found_id = id_of(" ".join(root.itertext()))
    skip = [node for nodes in spans.values() for node in nodes]
    before, after = _around(root, title_node, skip)
    authors: tuple[str, ...] = ()
    if (
        len(after) > 1
        and len(after[0].split()) <= MAX_AUTHOR_WORDS
        and not after[0].endswith((".", "!", "?", "…", "»"))
    ):
        authors = authors_of(after[0])
        after = after[1:] if authors else after
    body: list[str] = []
    metadata: dict[str, Any] = header_fields(header)
    for paragraph in after:
        folded = fold(paragraph)
        if folded.startswith(press("document_number") + press("legal")):
            break
        if paragraph.startswith(("©", "(c)")):
            metadata["rights"] = paragraph
        else:
            body.append(paragraph)
    if before:
        metadata["overline"] = " ".join(before)
    if raw_name != publication_name(raw_name) and raw_name:
        metadata["publication"] = raw_name
    if found_id:
        metadata["source_code"] = found_id[2]
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    return InputDocument(
        source=source,
        format="europresse",
        markup="text",
        content=clean("\n\n".join(body)),
        input_id=found_id[0] if found_id else None,
        site=publication_name(raw_name),
        title=title,
        authors=authors,
        published=dated_words(header, found_id[1] if found_id else None),
        metadata=metadata,
    )


def _spans(root: Any, name: str) -> list[Any]:
    return [node for node in root.iter("span") if has_class(node, name)]


def _around(root: Any, title: Any, skip: list[Any]) -> tuple[list[str], list[str]]:
    """The paragraphs before and after the headline: `<p></p>` and `<br>` part them."""
    if title is None:
        return [], paragraphs_of(root, skip)
    mark = "\ue000 title \ue000"
    tail = title.tail or ""
    title.tail = None
    holder = title.makeelement("p")
    holder.text = mark
    holder.tail = tail
    title.addnext(holder)
    holder.tail = tail
    paragraphs = paragraphs_of(root, skip)
    at = paragraphs.index(mark) if mark in paragraphs else 0
    return paragraphs[:at], paragraphs[at + 1 :]

"""Factiva HTML: "article format", with two-letter field codes or as a full article without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.readers.inputs import Head, Input, OtherFormatError, problem
from corpus.readers.markup import has_class, html_fragment, line_of, local_name, paragraphs_of
from corpus.readers.options import ReadOptions
from corpus.readers.press.factiva import article_of, meta_block
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

ARTICLE = re.compile(
    r"""<div[^>]{0,200}\bclass\s{0,3}=\s{0,3}["'][^"'>]{0,60}\barticle\s{1,3}([a-z]{2})Article\b""", re.I
)
# Before the first article stands a style sheet of a hundred kilobytes; it names the classes.
TITLE = re.compile(r"<title>\s{0,20}factiva\s{0,20}</title>", re.I)
CLASSES = re.compile(r"\b[a-z]{2}(?:Article|Headline)\b|\barticleParagraph\b")
CODE = re.compile(r"[A-Z]{2,3}$")


def sniff(head: Head) -> bool:
    """An article's class, or the title `Factiva` and the classes of articles in the style sheet."""
    if not head.start.startswith("<"):
        return False
    return ARTICLE.search(head.text) is not None or bool(
        TITLE.search(head.text) and CLASSES.search(head.text)
    )


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document an article. The file is cut at the articles before it is parsed, so that none can swallow the next."""
    decoded = decoded_text(source, options, markup=True)
    text = decoded.text
    found = list(ARTICLE.finditer(text))
    if not found:
        # A page of the site that is no export is a page like others.
        raise OtherFormatError
    yield from damage(source.source, decoded)
    for index, start in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        article_source = f"{source.source}#{index}"
        root = html_fragment(text[start.start() : end])
        if root is None:
            yield problem(article_source, "empty", "The article is empty.")
            continue
        fields, body = _coded(root)
        if not fields:
            fields, body = _plain(root)
        fields.setdefault("language_code", start[1].lower())
        yield article_of(fields, body, article_source)


def _coded(root: Any) -> tuple[dict[str, str], list[str]]:
    """Fields by their codes, and the paragraphs of LP and TD."""
    fields: dict[str, str] = {}
    body: list[str] = []
    for row in root.iter("tr"):
        cells = [cell for cell in row if local_name(cell) == "td"]
        if len(cells) < 2 or not has_class(cells[0], "index"):
            continue
        code = line_of(cells[0]).replace("\u00a0", "").strip()
        if not CODE.match(code):
            continue
        if code in ("LP", "TD"):
            body.extend(paragraphs_of(cells[1], line_breaks=False))
        else:
            fields[code] = line_of(cells[1])
    return fields, body


def _plain(root: Any) -> tuple[dict[str, str], list[str]]:
    """The layout without codes: section, headline, then lines in a fixed order up to the first paragraph of the article."""
    headline = next((node for node in root.iter() if "headline" in (node.get("class") or "").lower()), None)
    paragraphs = [node for node in root.iter("p") if has_class(node, "articleParagraph")]
    body = [part for node in paragraphs for part in paragraphs_of(node, line_breaks=False)]
    author = next((node for node in root.iter() if has_class(node, "author")), None)
    above, below = _around(root, headline, [*paragraphs, author])
    fields = meta_block(below)
    if author is not None:
        fields["BY"] = line_of(author)
    if headline is not None:
        fields["HD"] = line_of(headline)
        if above:
            fields["SE"] = above[-1]
    return fields, body


def _around(root: Any, headline: Any, skip: list[Any]) -> tuple[list[str], list[str]]:
    """The lines above the headline and those below it."""
    if headline is None:
        return [], paragraphs_of(root, skip)
    # The headline is left in and found again by its words: it is a line of its own in both layouts.
    lines, title = paragraphs_of(root, skip), line_of(headline)
    at = lines.index(title) if title in lines else -1
    return lines[: max(at, 0)], lines[at + 1 :]

"""What stands above a Europresse article: publication, date line, headline, byline, id."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from corpus.readers.lexicon import press
from corpus.readers.markup import first_with_class, has_class, line_of, local_name, paragraphs_of, squeeze
from corpus.readers.press.notation import MAX_LINE, authors_of
from corpus.readers.published import find_date_at

COUNT = r"(?<![\d.,])(\d{1,3}(?:[\s.,]\d{3})+|\d{1,7})\s"
CLOCK = re.compile(
    r"^\s*[-–]?\s*(\d{1,2}[:h]\d{2}(?::\d{2})?)\s*(?:UTC)?\s*(?:UTC)?\s*([+-]\d{2}:\d{2})?", re.I
)
WEEKDAY_LIKE = re.compile(r"[^\W\d_]{3,10}\.?,?\s*$")


def header_fields(header: str) -> dict[str, Any]:
    """Section, words, page and time of a header line, whatever their order: all is placed from the date outwards."""
    fields: dict[str, Any] = {}
    date, _, place = find_date_at(header)
    before, after = (header[: place[0]], header[place[1] :]) if date and place else ("", header)
    section = WEEKDAY_LIKE.sub("", before).strip(" ,;-•")
    if section:
        fields["section"] = section
    if found := _word_count().search(after) or _word_count().search(before):
        fields["words"] = int("".join(c for c in found[1] if c.isdigit()))
    if found := _page().search(after):
        fields["page"] = found[1].strip()
    if found := CLOCK.match(after):
        fields["time"] = " ".join(part for part in found.groups() if part)
    return fields


@cache
def _word_count() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in press("words", folded=False))
    return re.compile(rf"{COUNT}(?:{words})\b", re.I)


@cache
def _page() -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in press("pages", folded=False))
    return re.compile(rf"\b(?:{marks})\s?([^,;]{{1,30}})", re.I)


def publication_words(root: Any) -> str:
    """The first words of the publication's element: what follows them is edition and decoration."""
    node = first_with_class(root, "DocPublicationName")
    if node is None:
        node = next((child for child in root.iter("div") if has_class(child, "sm-margin-bottom")), None)
    return next((squeeze(text) for text in node.itertext() if text.strip()), "") if node is not None else ""


def headline(root: Any, box: Any) -> Any:
    """The element of the headline, wherever the generation of the export puts it; None without one."""
    for scope, names in (
        (box, ("rdp__articletitle",)),
        (box, ("titreArticleVisu",)),
        (root, ("rdp__articletitle",)),
    ):
        if scope is not None and (found := first_with_class(scope, *names)) is not None:
            return found
    return next(
        (
            node
            for name in ("titreArticleVisu", "grandTitre")
            if (node := first_with_class(root, name)) is not None
        ),
        box,
    )


def header_line(root: Any) -> str:
    """The line with section, date, number of words and page."""
    spans = [
        line_of(node) for node in root.iter() if isinstance(node.tag, str) and has_class(node, "DocHeader")
    ]
    # A container and the span inside it may both bear the class.
    lines = list(dict.fromkeys(line for line in spans if line))
    if lines:
        return squeeze(" ".join(lines)[:MAX_LINE])
    subsection = first_with_class(root, "DocTitreSousSection")
    if subsection is None:
        return ""
    following = subsection.getnext()
    return squeeze(f"{line_of(subsection)} {line_of(following)}"[:MAX_LINE])


def id_words(root: Any) -> str:
    """The words that hold the document's id."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if has_class(node, "publiC-lblNodoc") or (node.get("id") or "").lower() == "public_lblnodoc":
            return line_of(node)
    footer = next(iter(root.iter("footer")), None)
    return line_of(footer) if footer is not None else ""


def overline(box: Any, title: Any) -> str:
    """What stands above the headline inside its box."""
    if box is None or title is None or box is title:
        return ""
    lines: list[str] = []
    for node in box.iter("p", "span", "div"):
        if node is title:
            break
        if node is not box and not len(node):
            lines.append(line_of(node))
    return squeeze(" ".join(lines))


def kicker(root: Any) -> str:
    """The section line between the header and the headline in the second generation."""
    header = next(iter(root.iter("header")), None)
    for node in header if header is not None else ():
        if has_class(node, "titreArticle"):
            break
        if local_name(node) == "div" and len(node) == 1 and local_name(node[0]) == "p":
            return line_of(node)
    return ""


def authors(root: Any, box: Any, title: Any) -> tuple[str, ...]:
    """The names of the byline."""
    if (node := first_with_class(root, "docAuthors")) is not None:
        return authors_of("; ".join(paragraphs_of(node)))
    after: list[Any] = []
    if title is not None:
        passed = False
        for node in root.iter():
            if node is title:
                passed = True
            elif passed and isinstance(node.tag, str) and has_class(node, "DocText", "docOcurrContainer"):
                break
            elif passed and isinstance(node.tag, str) and has_class(node, "sm-margin-bottomNews"):
                after.append(node)
    if after:
        return authors_of(line_of(after[-1]))
    sibling = box.getnext() if box is not None else None
    if (
        sibling is not None
        and local_name(sibling) == "div"
        and not has_class(sibling, "DocText", "rdp__newsdoc", "apd-wrapper")
    ):
        return authors_of(line_of(sibling))
    return ()

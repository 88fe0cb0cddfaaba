"""Europresse (Eureka.cc) HTML exports: up to a thousand articles a file, three generations of markup.

Since about 2019 elements carry `rdp__` classes; from about 2013 there are `<article>` elements without them; before, one table
an article (read by `europresse_tables`). The file is cut at the articles before it is parsed, so that broken markup in one cannot
swallow the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from corpus.readers import europresse_tables, html
from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, problem
from corpus.readers.lexicon import fold, press
from corpus.readers.markup import has_class, html_fragment, line_of, local_name, paragraphs_of, squeeze
from corpus.readers.options import ReadOptions
from corpus.readers.press import MAX_LINE, authors_of, dated_words, id_of, publication_name
from corpus.readers.text import damage, decoded_text
from corpus.records import InputDocument, Problem

MARKS = ("docpublicationname", "titrearticlevisu", "rdp__")
ARTICLE = re.compile(r"<article[\s>]", re.I)
ARTICLE_END = re.compile(r"</article\s*>", re.I)
COUNT = r"(?<![\d.,])(\d{1,3}(?:[\s.,]\d{3})+|\d{1,7})\s"
PAGE = re.compile(r"\b(?:p|pg|page)\.\s?([^,;]{1,30})", re.I)
CLOCK = re.compile(
    r"^\s*[-–]?\s*(\d{1,2}[:h]\d{2}(?::\d{2})?)\s*(?:UTC)?\s*(?:UTC)?\s*([+-]\d{2}:\d{2})?", re.I
)
WEEKDAY_LIKE = re.compile(r"[^\W\d_]{3,10}\.?,?\s*$")


def sniff(head: Head) -> bool:
    """Two of the classes that only these exports have (the style sheet at the start names them)."""
    text = head.text.lower()
    return head.start.startswith("<") and sum(mark in text for mark in MARKS) >= 2


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document an article: body as text, headline as `title`, publication as `site`, carriers as `also_in`."""
    decoded = decoded_text(source, options, markup=True)
    text = decoded.text
    starts = [found.start() for found in ARTICLE.finditer(text)]
    tables = europresse_tables.starts_in(text) if not starts else []
    if not starts and not tables:
        # A page of the site that is no export is a page like others.
        yield from html.read(source, options)
        return
    yield from damage(source.source, decoded)
    if tables:
        yield from europresse_tables.documents(text, tables, source.source)
        return
    for index, start in enumerate(starts):
        following = starts[index + 1] if index + 1 < len(starts) else len(text)
        end = ARTICLE_END.search(text, start, following)
        if end is None and following == len(text):
            message = (
                "The last article is cut off; what there is was read. Export the file again for the rest."
            )
            yield problem(f"{source.source}#{index}", "truncated", message, recovered=True)
        yield article(text[start : end.end() if end else following], f"{source.source}#{index}")


def article(markup: str, source: str) -> InputDocument | Problem:
    """One `<article>` as a document; a `Problem` (`empty`) if it has no body."""
    root = html_fragment(markup)
    if root is None:
        return problem(source, "empty", "The article is empty.")
    title_box = _first(root, "titreArticle")
    title_node = _title(root, title_box)
    title = line_of(title_node) or None
    raw_name = _publication(root)
    found_id = id_of(_id_text(root))
    header = _header(root)
    metadata = header_fields(header)
    boxes, body = _body(root)
    noted = _asides(root, boxes)
    carriers, dates = _carriers(root)
    site = publication_name(raw_name)
    if found_id:
        metadata["source_code"] = found_id[2]
    coded = next(
        (
            node.get("sourcecode")
            for node in root.iter()
            if isinstance(node.tag, str) and node.get("sourcecode")
        ),
        None,
    )
    extra = {
        "publication": raw_name if raw_name != site else None,
        "source_code": coded,
        "overline": _overline(title_box, title_node) or _kicker(root),
        "subtitle": line_of(_first(root, "rdp__subtitle")),
        "rights": next(
            (line for node in root.iter("small") if (line := line_of(node)).startswith(("©", "(c)"))), None
        ),
        "also_in": dates,
        "notes": noted,
    }
    metadata |= {name: value for name, value in extra.items() if value}
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    return InputDocument(
        source=source,
        format="europresse",
        markup="text",
        content=clean("\n\n".join(body)),
        input_id=found_id[0] if found_id else None,
        url=_url(root),
        site=site,
        title=title,
        authors=_authors(root, title_box, title_node),
        published=dated_words(header, found_id[1] if found_id else None),
        also_in=tuple(name for name in carriers if name != site),
        metadata=metadata,
    )


def header_fields(header: str) -> dict[str, Any]:
    """Section, words, page and time of a header line, whatever their order: all is placed from the date outwards."""
    from corpus.readers.published import find_date_at

    fields: dict[str, Any] = {}
    date, _, place = find_date_at(header)
    before, after = (header[: place[0]], header[place[1] :]) if date and place else ("", header)
    section = WEEKDAY_LIKE.sub("", before).strip(" ,;-•")
    if section:
        fields["section"] = section
    if found := _word_count().search(after) or _word_count().search(before):
        fields["words"] = int("".join(c for c in found[1] if c.isdigit()))
    if found := PAGE.search(after):
        fields["page"] = found[1].strip()
    if found := CLOCK.match(after):
        fields["time"] = " ".join(part for part in found.groups() if part)
    return fields


@cache
def _word_count() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in press("words", folded=False))
    return re.compile(rf"{COUNT}(?:{words})\b", re.I)


def _first(root: Any, *names: str) -> Any:
    return next((node for node in root.iter() if isinstance(node.tag, str) and has_class(node, *names)), None)


def _publication(root: Any) -> str:
    """The first words of the publication's element: what follows them is edition and decoration."""
    node = _first(root, "DocPublicationName")
    if node is None:
        node = next((child for child in root.iter("div") if has_class(child, "sm-margin-bottom")), None)
    return next((squeeze(text) for text in node.itertext() if text.strip()), "") if node is not None else ""


def _title(root: Any, box: Any) -> Any:
    for scope, names in (
        (box, ("rdp__articletitle",)),
        (box, ("titreArticleVisu",)),
        (root, ("rdp__articletitle",)),
    ):
        if scope is not None and (found := _first(scope, *names)) is not None:
            return found
    return next(
        (node for name in ("titreArticleVisu", "grandTitre") if (node := _first(root, name)) is not None), box
    )


def _header(root: Any) -> str:
    spans = [
        line_of(node) for node in root.iter() if isinstance(node.tag, str) and has_class(node, "DocHeader")
    ]
    # A container and the span inside it may both bear the class.
    lines = list(dict.fromkeys(line for line in spans if line))
    if lines:
        return squeeze(" ".join(lines)[:MAX_LINE])
    subsection = _first(root, "DocTitreSousSection")
    if subsection is None:
        return ""
    following = subsection.getnext()
    return squeeze(f"{line_of(subsection)} {line_of(following)}"[:MAX_LINE])


def _id_text(root: Any) -> str:
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if has_class(node, "publiC-lblNodoc") or (node.get("id") or "").lower() == "public_lblnodoc":
            return line_of(node)
    footer = next(iter(root.iter("footer")), None)
    return line_of(footer) if footer is not None else ""


def _body(root: Any) -> tuple[list[Any], list[str]]:
    """The elements that hold the body, and its paragraphs; asides and carriers inside them are left out."""
    outer = _first(root, "DocText")
    inner = [
        node for node in (outer if outer is not None else root).iter() if has_class(node, "docOcurrContainer")
    ]
    boxes = inner or ([outer] if outer is not None else list(root.iter("section")))
    spoken = [
        node
        for box in boxes
        for node in box.iter()
        if has_class(node, "value") and has_class(node.getparent(), "transcript")
    ]
    skip = [
        node
        for box in boxes
        for node in box.iter()
        if isinstance(node.tag, str)
        and (
            local_name(node) in ("aside", "footer")
            or has_class(node, "apd-wrapper", "rdp__newsdoc", "docAuthors", "Doc-LegalInfo")
        )
    ]
    paragraphs = [part for box in spoken or boxes for part in paragraphs_of(box, skip, line_breaks=False)]
    kept, seen_aside = [], False
    for paragraph in paragraphs:
        folded = fold(paragraph[:60])
        seen_aside = seen_aside or folded.startswith(press("asides"))
        if (
            not seen_aside
            and not _is_carried(folded)
            and not folded.startswith(press("legal") + press("document_number"))
        ):
            kept.append(paragraph)
    return boxes, kept


def _outermost(nodes: list[Any]) -> list[Any]:
    """The nodes that lie in no other of them."""
    among = set(nodes)
    return [node for node in nodes if not any(parent in among for parent in node.iterancestors())]


def _is_carried(folded: str) -> bool:
    return any(words in folded for words in press("carried_from"))


def _asides(root: Any, boxes: list[Any]) -> list[str]:
    """Captions, notes and boxes beside the text, as lines."""
    lines = [part for node in root.iter("aside") for part in paragraphs_of(node)]
    for box in boxes:
        paragraphs = paragraphs_of(box, line_breaks=False)
        begin = next(
            (n for n, part in enumerate(paragraphs) if fold(part[:60]).startswith(press("asides"))), None
        )
        if begin is not None:
            lines.extend(paragraphs[begin:])
    bare = set(press("asides"))
    return [line for line in lines if fold(line).rstrip(" :") not in bare]


def _carriers(root: Any) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The publications of the "aussi paru dans" list, and the same with the dates that stand beside them."""
    names: list[str] = []
    dated: list[dict[str, str]] = []
    date = ""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if has_class(node, "apd-sources-date"):
            date = line_of(node)
        elif has_class(node, "source-name-APD"):
            raw = line_of(node)
            if name := publication_name(raw):
                names.append(name)
                dated.append({"source": raw, "date": date} if date else {"source": raw})
    return tuple(dict.fromkeys(names)), dated


def _url(root: Any) -> str | None:
    for link in root.iter("a"):
        target = (link.get("href") or "").strip()
        if target.startswith(("http://", "https://")) and _is_carried(fold(line_of(link))):
            return str(target)
    return None


def _overline(box: Any, title: Any) -> str:
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


def _kicker(root: Any) -> str:
    """The section line between the header and the headline in the second generation."""
    header = next(iter(root.iter("header")), None)
    for node in header if header is not None else ():
        if has_class(node, "titreArticle"):
            break
        if local_name(node) == "div" and len(node) == 1 and local_name(node[0]) == "p":
            return line_of(node)
    return ""


def _authors(root: Any, box: Any, title: Any) -> tuple[str, ...]:
    if (node := _first(root, "docAuthors")) is not None:
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

"""Europresse (Eureka.cc) HTML exports: up to a thousand articles a file, three generations of markup.

Since about 2019 elements carry `rdp__` classes; from about 2013 there are `<article>` elements without them; before, one table
an article (read by `europresse_tables`). The file is cut at the articles before it is parsed, so that broken markup in one cannot
swallow the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, OtherFormatError, problem
from corpus.readers.markup import first_with_class, html_fragment, line_of
from corpus.readers.options import ReadOptions
from corpus.readers.press import europresse_tables
from corpus.readers.press.europresse_body import asides, body_of, carriers, original_url
from corpus.readers.press.europresse_header import (
    authors,
    header_fields,
    header_line,
    headline,
    id_words,
    kicker,
    overline,
    publication_words,
)
from corpus.readers.press.notation import dated_words, id_of, publication_name
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

MARKS = ("docpublicationname", "titrearticlevisu", "rdp__")
ARTICLE = re.compile(r"<article[\s>]", re.I)
ARTICLE_END = re.compile(r"</article\s*>", re.I)


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
        raise OtherFormatError
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
    title_box = first_with_class(root, "titreArticle")
    title_node = headline(root, title_box)
    title = line_of(title_node) or None
    raw_name = publication_words(root)
    found_id = id_of(id_words(root))
    header = header_line(root)
    metadata = header_fields(header)
    boxes, body = body_of(root)
    noted = asides(root, boxes)
    others, dates = carriers(root)
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
        "overline": overline(title_box, title_node) or kicker(root),
        "subtitle": line_of(first_with_class(root, "rdp__subtitle")),
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
        url=original_url(root),
        site=site,
        title=title,
        authors=authors(root, title_box, title_node),
        published=dated_words(header, found_id[1] if found_id else None),
        also_in=tuple(name for name in others if name != site),
        metadata=metadata,
    )

"""Europresse PDF exports: the text layer cut at the document ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.fields import clean
from corpus.readers.inputs import problem
from corpus.readers.lexicon import fold, press
from corpus.readers.pdf_lines import Line, paragraphs
from corpus.readers.press.europresse_header import header_fields
from corpus.readers.press.notation import DOCUMENT_ID, authors_of, dated_words, id_of, publication_name
from corpus.readers.published import find_date
from corpus.records import InputDocument, Problem

COVER = re.compile(
    r"^(?:documents? sauvegardes?|saved documents?|sommaire|table of contents|\d{1,4} documents?)\b"
)
RIGHTS = ("©", "(c)")


def is_export(text: str) -> bool:
    """Whether a text layer is a Europresse export: an id of its form, and a line of its certificate or of rights."""
    if DOCUMENT_ID.search(text) is None:
        return False
    folded = fold(text)
    return any(words in folded for words in (*press("legal"), *press("document_number"), "europresse"))


def documents(pages: list[list[Line]], source: str) -> Iterator[InputDocument | Problem]:
    """One document an article: each ends with the line of its id, and what follows it up to the next page is certificate."""
    current: list[Line] = []
    index = 0
    for page in pages:
        for line in page:
            current.append(line)
            if DOCUMENT_ID.search(line.text):
                yield _document(current, f"{source}#{index}")
                current = []
                index += 1
    rest = [line for line in current if not _is_legal(line.text)]
    if sum(len(line.text) for line in rest) > 200:
        message = "The last article has no document number (the file may be cut off); what there is was read."
        yield problem(f"{source}#{index}", "truncated", message, recovered=True)
        yield _document(current, f"{source}#{index}")


def _document(lines: list[Line], source: str) -> InputDocument | Problem:
    """Publication, date line, headline, byline, body, rights, id; the headline is what stands in the largest letters."""
    found_id = id_of(lines[-1].text)
    lines = [line for line in lines if not _is_legal(line.text) and not DOCUMENT_ID.search(line.text)]
    while lines and COVER.match(fold(lines[0].text)):
        lines = lines[1:]
    dated = next((n for n, line in enumerate(lines[:40]) if find_date(line.text)[0]), None)
    header = lines[dated].text if dated is not None else ""
    name = lines[dated - 1].text if dated else ""
    rest = lines[dated + 1 :] if dated is not None else lines
    rights = next((line.text for line in reversed(rest) if line.text.startswith(RIGHTS)), None)
    rest = [line for line in rest if not line.text.startswith(RIGHTS)]
    height = max((line.height for line in rest[:12]), default=0.0)
    headline: list[Line] = []
    while (
        rest
        and len(headline) < 6
        and (not headline or rest[0].height >= 0.95 * height)
        and rest[0].height >= 0.95 * height
    ):
        headline.append(rest.pop(0))
    if not headline and rest:
        headline.append(rest.pop(0))
    authors: tuple[str, ...] = ()
    if rest and len(rest[0].text.split()) <= 8 and not rest[0].text.rstrip().endswith((".", ",", "!", "?")):
        authors = authors_of(rest.pop(0).text)
    body = paragraphs(rest)
    title = " ".join(line.text for line in headline) or None
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    metadata = header_fields(header)
    if found_id:
        metadata["source_code"] = found_id[2]
    if rights:
        metadata["rights"] = rights
    return InputDocument(
        source=source,
        format="europresse",
        markup="text",
        content=clean("\n\n".join(body)),
        input_id=found_id[0] if found_id else None,
        site=publication_name(name),
        title=clean(title) if title else None,
        authors=authors,
        published=dated_words(header, found_id[1] if found_id else None),
        metadata=metadata,
    )


def _is_legal(line: str) -> bool:
    folded = fold(line)
    return not line.startswith(RIGHTS) and folded.startswith(press("legal") + press("document_number"))

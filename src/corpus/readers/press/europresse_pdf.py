"""Europresse PDF exports: the text layer cut at the document ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from corpus.readers.fields import clean
from corpus.readers.inputs import problem
from corpus.readers.lexicon import any_word, fold, press
from corpus.readers.pdf_columns import Line
from corpus.readers.pdf_lines import paragraphs
from corpus.readers.press.europresse_header import header_fields
from corpus.readers.press.notation import DOCUMENT_ID, authors_of, dated_words, id_of, publication_name
from corpus.readers.published import find_date
from corpus.records import InputDocument, Problem

RIGHTS = ("©", "(c)")
HEADER_LINES = 40
MOST_HEADLINES = 6
BYLINE_WORDS = 8


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
    name, header, rest = _header(lines)
    rights = next((line.text for line in reversed(rest) if line.text.startswith(RIGHTS)), None)
    rest = [line for line in rest if not line.text.startswith(RIGHTS)]
    headline = _headline(rest)
    rest = rest[len(headline) :]
    authors: tuple[str, ...] = ()
    if rest and _may_be_byline(rest[0].text):
        authors = authors_of(rest.pop(0).text)
    body = paragraphs(rest)
    title = " ".join(line.text for line in headline) or None
    if not body:
        return problem(source, "empty", f"The article {title!r} has no text.")
    extra = {"source_code": found_id[2] if found_id else None, "rights": rights}
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
        metadata=header_fields(header) | {key: value for key, value in extra.items() if value},
    )


def _header(lines: list[Line]) -> tuple[str, str, list[Line]]:
    """The publication, the line with the date, and the lines below it, without the cover, the certificate and the id."""
    lines = [line for line in lines if not _is_legal(line.text) and not DOCUMENT_ID.search(line.text)]
    while lines and _cover().match(fold(lines[0].text)):
        lines = lines[1:]
    dated = next((n for n, line in enumerate(lines[:HEADER_LINES]) if find_date(line.text)[0]), None)
    if dated is None:
        return "", "", lines
    return lines[dated - 1].text if dated else "", lines[dated].text, lines[dated + 1 :]


def _headline(lines: list[Line]) -> list[Line]:
    """The lines of the headline: those at the top in the largest letters, one at least."""
    height = max((line.height for line in lines[:12]), default=0.0)
    large = takewhile(lambda line: line.height >= 0.95 * height, lines[:MOST_HEADLINES])
    return list(large) or lines[:1]


def _may_be_byline(line: str) -> bool:
    return len(line.split()) <= BYLINE_WORDS and not line.rstrip().endswith((".", ",", "!", "?"))


@cache
def _cover() -> re.Pattern[str]:
    """A line of the cover page: "Documents sauvegardés", "12 documents"."""
    return re.compile(rf"^(?:{any_word(press('cover'))})\b")


def _is_legal(line: str) -> bool:
    folded = fold(line)
    return not line.startswith(RIGHTS) and folded.startswith(press("legal") + press("document_number"))

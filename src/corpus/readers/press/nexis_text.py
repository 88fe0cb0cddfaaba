"""LexisNexis plain-text exports: `1 of 10 DOCUMENTS`, hard-wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.readers.inputs import Head, Input
from corpus.readers.lexicon import any_word, words
from corpus.readers.markup import squeeze
from corpus.readers.options import ReadOptions
from corpus.readers.press.nexis import document, is_date_line, is_rights_line, labelled
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem

HEADER_LABELS = frozenset({"byline", "section", "length", "highlight", "dateline"})
# A label after this many of the body's last paragraphs is the tail of the export, not the article.
TAIL_LABELS = frozenset(
    {
        "load_date",
        "language",
        "publication_type",
        "journal_code",
        "graphic",
        "subject",
        "company",
        "geographic",
        "person",
        "industry",
        "classification",
        "url",
    }
)


@cache
def _start() -> re.Pattern[str]:
    """The line above an article: "1 of 10 DOCUMENTS", "Dokument 1 von 10"."""
    document, of = any_word(words("nexis", "document")), any_word(words("nexis", "of"))
    count = rf"\d{{1,6}} (?:{of}) \d{{1,6}}"
    return re.compile(
        rf"^[ \t\u00a0]*(?:(?:{document}) {count}|{count} (?:{document}))[ \t]*\r?$", re.M | re.I
    )


def sniff(head: Head) -> bool:
    """A line `1 of 10 DOCUMENTS` (or its German or French form) and a labelled length."""
    return _start().search(head.text) is not None and any(
        (label := labelled(line)) and label[0] in ("length", "byline", "load_date")
        for line in head.text.splitlines()
    )


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document an article; the cover page before the first is left out."""
    decoded = decoded_text(source, options)
    yield from damage(source.source, decoded)
    text = decoded.text
    starts = list(_start().finditer(text))
    for index, found in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        yield article(text[found.end() : end], f"{source.source}#{index}")


def article(text: str, source: str) -> InputDocument | Problem:
    """One article: centred publication and date, headline, labels, body, labels."""
    blocks = [
        lines
        for part in re.split(r"\n[ \t\r\f]*\n", text)
        if (lines := [line for line in part.splitlines() if line.strip()])
    ]
    header: list[str] = []
    title: str | None = None
    fields: dict[str, str] = {}
    body: list[str] = []
    dated = False
    tail = ""
    tails: dict[str, list[str]] = {}
    for lines in blocks:
        joined = squeeze(" ".join(lines))
        label = labelled(joined)
        if not body and label and label[0] in HEADER_LABELS | TAIL_LABELS:
            fields[label[0]] = label[1]
        elif label and label[0] in TAIL_LABELS and _is_label(joined):
            tail = label[0]
            fields.setdefault(tail, label[1])
        elif tail:
            if lines[0].startswith("   ") or is_rights_line(joined):
                header.append(joined)
            else:
                tails.setdefault(tail, []).append(joined)
        elif not dated:
            dated = is_date_line(joined)
            header.append(joined)
        elif title is None and not fields:
            title = joined
        elif lines[0].startswith("   ") and (not fields or is_rights_line(joined)):
            header.append(joined)
        else:
            body.append(joined)
    for name, lines in tails.items():
        fields[name] = " ".join([fields[name], *lines])
    return document(header, fields, body, source, title)


def _is_label(line: str) -> bool:
    return line.partition(":")[0].isupper()

"""Nexis Uni DOCX exports: each article ends with a line "End of Document"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.inputs import problem
from corpus.readers.lexicon import fold
from corpus.readers.markup import squeeze
from corpus.readers.press.nexis import document, is_date_line, labelled, words
from corpus.records import InputDocument, Problem


def ends_in(paragraphs: list[str]) -> list[int]:
    """Where the articles of an export end, by the numbers of their last paragraphs; empty for what is no export."""
    if not any(fold(line) in words("body") for line in paragraphs):
        return []
    return [number for number, line in enumerate(paragraphs) if fold(line) in words("end")]


def documents(paragraphs: list[str], ends: list[int], source: str) -> Iterator[InputDocument | Problem]:
    """The articles that end at `ends`, and one that is cut off after them."""
    start = 0
    for index, end in enumerate(ends):
        yield article(paragraphs[start:end], f"{source}#{index}")
        start = end + 1
    if any(fold(line) in words("body") for line in paragraphs[start:]):
        message = "The last article is cut off; what there is was read. Export the file again for the rest."
        yield problem(f"{source}#{len(ends)}", "truncated", message, recovered=True)
        yield article(paragraphs[start:], f"{source}#{len(ends)}")


def article(lines: list[str], source: str) -> InputDocument | Problem:
    """One article of a Nexis Uni export: headline, publication, date, labels, "Body", paragraphs, labels."""
    at = next((n for n, line in enumerate(lines) if fold(line) in words("body")), None)
    before = [line for line in (lines[:at] if at is not None else lines) if line]
    after = [line for line in (lines[at + 1 :] if at is not None else []) if line]
    date = next((n for n, line in reversed(list(enumerate(before))) if is_date_line(line)), None)
    title: str | None = None
    header: list[str] = []
    fields: dict[str, str] = {}
    if date is not None:
        title = before[date - 2] if date > 1 else before[0] if date else None
        header = before[max(0, date - 1) : date + 1]
        for line in before[date + 1 :]:
            if label := labelled(line):
                fields[label[0]] = label[1]
            else:
                header.append(line)
    elif before:
        title = before[0]
    body: list[str] = []
    tail = ""
    tails: dict[str, list[str]] = {}
    for line in after:
        label = labelled(line)
        if fold(line) in words("graphic") | words("load_date") | words("classification"):
            tail = fold(line).replace("-", "_").replace(" ", "_")
        elif label and label[0] in ("load_date", "graphic"):
            fields[label[0]] = label[1]
            tail = label[0]
        elif label and tail:
            fields[label[0]] = label[1]
        elif tail:
            tails.setdefault(tail, []).append(line)
        else:
            body.append(line)
    for name, lines in tails.items():
        fields[name] = squeeze(" ".join([fields.get(name, ""), *lines]))
    return document(header, fields, body, source, title)

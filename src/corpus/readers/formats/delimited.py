"""CSV and TSV with a header line: one document a row."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from corpus.readers.decode import bom_codec, codec_name, decode_head, fallback_codec
from corpus.readers.fields import ROWS_ASKED, ask_for_text, document_of, has_text
from corpus.readers.formats.jsonl import text_line
from corpus.readers.inputs import Head, Input, UnreadableError, bounded_lines, first_bytes, problem, too_large
from corpus.readers.options import ReadOptions
from corpus.readers.published import writes_day_first
from corpus.records import InputDocument, Problem

SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
DELIMITERS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\s*$")
HEADER_BYTES = 64 * 1024
MAX_COLUMNS = 2000


def sniff(head: Head) -> bool:
    """A header with at least two columns of which one is a text by its name; the name `.csv` saves other headers."""
    lines = head.text.lstrip("\ufeff").splitlines()
    if not lines:
        return False
    header = header_of(lines, ReadOptions())
    if header is None:
        return False
    delimiter, names, _ = header
    if head.suffix in SUFFIXES:
        return len(names) > 1 or len(lines) == 1 or "," not in head.text
    named = has_text(tuple(names), ReadOptions()) and all(0 < len(name.split()) <= 4 for name in names)
    return len(names) > 1 and named and len(lines) > 1 and delimiter in lines[1] + "".join(lines[2:4])


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document a row. A row whose fields do not fit the header is a problem; the rows around it are read."""
    lines = _lines(source, options.max_document_bytes)
    first: list[str] = []
    for _, line in lines:
        if line is None:
            raise too_large("its first line", options.max_document_bytes)
        if line.strip():
            first.append(line)
        if len(first) == 2 or (first and not SEPARATOR_LINE.match(first[0])):
            break
    if not first:
        raise UnreadableError("empty", "It is empty.")
    header = header_of(first, options)
    if header is None:
        raise UnreadableError("csv", "Its first line is no header of column names.")
    delimiter, names, _ = header
    if not has_text(tuple(names), options):
        rows = islice(_rows(lines, delimiter, len(names), options), ROWS_ASKED)
        sample = [dict(zip(names, fields, strict=False)) for _, fields, _ in rows if fields is not None]
        message = f"None of its columns is known to hold the text. {ask_for_text(sample)}"
        raise UnreadableError("no_text_column", message)
    day_first = writes_day_first(decode_head(first_bytes(source, HEADER_BYTES), source.charset))
    for index, (number, fields, fault) in enumerate(_rows(lines, delimiter, len(names), options)):
        row_source = f"{source.source}#{index}"
        if fault is not None:
            yield problem(
                row_source, fault.kind, f"Line {number}: {fault.message}", recovered=fields is not None
            )
        if fields is not None:
            yield document_of(
                dict(zip(names, fields, strict=False)), row_source, "csv", options, day_first=day_first
            )


def header_of(lines: list[str], options: ReadOptions) -> tuple[str, list[str], int] | None:
    """The delimiter, the column names and how many lines the header takes; the delimiter that shows most known columns wins."""
    if found := SEPARATOR_LINE.match(lines[0]):
        if len(lines) < 2:
            return None
        names = _split(lines[1], found[1])
        return (found[1], _named(names), 2) if names else None
    best: tuple[str, list[str], int] | None = None
    best_score = (False, 0)
    for delimiter in DELIMITERS:
        names = _split(lines[0], delimiter) or []
        score = (has_text(tuple(names), options), len(names))
        if names and len(names) <= MAX_COLUMNS and score > best_score:
            best, best_score = (delimiter, _named(names), 1), score
    return best


def _named(names: list[str]) -> list[str]:
    """Column names that are distinct and not empty: a nameless one goes by its number."""
    named: list[str] = []
    for number, name in enumerate(names, start=1):
        name = " ".join(name.strip("\ufeff").split()) or f"column_{number}"
        named.append(name if name not in named else f"{name}_{number}")
    return named


Row = tuple[int, list[str] | None, UnreadableError | None]


def _rows(
    lines: Iterator[tuple[int, str | None]], delimiter: str, width: int, options: ReadOptions
) -> Iterator[Row]:
    """Rows as (line number, fields, fault). A quote that is never closed costs its own line and not the rows after it.

    A row goes on while its quotation marks are odd in number. If what comes out does not have the header's columns, its first
    line is given up and the others are read again, each from its own start: linear, since only lines with an odd number of
    quotation marks begin a row of several lines.
    """
    waiting: deque[tuple[int, str | None]] = deque()
    limit = options.max_document_bytes

    def following() -> tuple[int, str | None] | None:
        return waiting.popleft() if waiting else next(lines, None)

    while (entry := following()) is not None:
        number, line = entry
        if line is None:
            yield number, None, too_large("the line", limit)
            continue
        if not line.strip():
            continue
        taken: list[tuple[int, str | None]] = []
        parts, size, odd = [line], len(line), line.count('"') % 2 == 1
        while odd and size <= limit and (more := following()) is not None:
            taken.append(more)
            if more[1] is None:
                break
            parts.append(more[1])
            size += len(more[1])
            odd ^= more[1].count('"') % 2 == 1
        fields = None if odd else _split("".join(parts), delimiter)
        if fields is not None and len(fields) == width:
            yield number, fields, None
            continue
        waiting.extendleft(reversed(taken))
        yield number, *_mended(line, delimiter, width)


def _mended(line: str, delimiter: str, width: int) -> tuple[list[str] | None, UnreadableError | None]:
    """The fields of a line that does not fit: with quotation marks taken as plain characters, or with its last fields empty."""
    plain = line.rstrip("\r\n").split(delimiter)
    if len(plain) == width:
        return plain, UnreadableError(
            "csv", "a quotation mark is not closed; it was read as a plain character."
        )
    fields = _split(line, delimiter) if line.count('"') % 2 == 0 else plain
    if fields and 1 < len(fields) < width:
        missing = width - len(fields)
        return fields + [""] * missing, UnreadableError(
            "csv", f"{missing} of {width} fields are missing; they were left empty."
        )
    count = len(fields or plain)
    return None, UnreadableError(
        "csv", f"it has {count} fields where the header has {width}; quote fields that hold {delimiter!r}."
    )


def _split(line: str, delimiter: str) -> list[str] | None:
    # The module's limit is global to the process and guards its own callers; lines are bounded before they come here.
    if csv.field_size_limit() < len(line):
        csv.field_size_limit(len(line))
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), None)
    except csv.Error:
        return None


def _lines(source: Input, limit: int) -> Iterator[tuple[int, str | None]]:
    head = first_bytes(source, HEADER_BYTES)
    mark = bom_codec(head)
    with source.open() as stream:
        if mark and mark[0] != "utf-8":
            for number, line in enumerate(
                io.TextIOWrapper(stream, mark[0], errors="replace", newline="\n"), start=1
            ):
                yield number, line.lstrip("\ufeff") if number == 1 else line
            return
        declared = codec_name(source.charset) or fallback_codec(head)
        for number, raw in enumerate(bounded_lines(stream, limit), start=1):
            yield (
                number,
                None if raw is None else text_line(raw, declared).lstrip("\ufeff" if number == 1 else ""),
            )

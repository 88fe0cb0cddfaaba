"""JSON Lines: one document a line, read line by line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from corpus.readers.decode import bom_codec, codec_name, decode, detect, fallback_codec
from corpus.readers.fields import document_of
from corpus.readers.inputs import Head, Input, bounded_lines, first_bytes, problem, too_large
from corpus.readers.options import ReadOptions
from corpus.records import InputDocument, Problem

SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines", ".ldjson"})
SHOWN = 60


def sniff(head: Head) -> bool:
    """Lines that begin with `{`, the first whole one a JSON object; a name ending in `.jsonl` saves a broken first line."""
    text = head.text.lstrip()
    if not text.startswith("{"):
        return False
    if head.suffix in SUFFIXES:
        return True
    first, newline, rest = text.partition("\n")
    if not newline:
        return head.suffix != ".json" and (not head.whole or parsed(first) is not None)
    if parsed(first) is None:
        # A broken first line still leaves lines of objects behind it.
        following = [line for line in rest.split("\n")[:5] if line.strip()]
        return bool(following) and any(parsed(line) is not None for line in following) and len(first) > 2
    return head.suffix != ".json" or rest.lstrip().startswith("{")


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document for each line that holds a JSON object; a broken line is a problem and its neighbours are read.

    `#n` counts the lines that are not blank, broken ones too, so that mending a line renames no document.
    """
    index = 0
    for number, line in enumerate(_lines(source, options.max_document_bytes), start=1):
        if line is None:
            error = too_large(f"Line {number}", options.max_document_bytes)
            yield problem(f"{source.source}#{index}", error.kind, error.message)
        elif not (line := line.strip().lstrip("\ufeff")):
            continue
        else:
            yield _document(line, number, f"{source.source}#{index}", options)
        index += 1


def parsed(text: str) -> dict[str, Any] | None:
    """The JSON object that a text is, or None."""
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def loads(text: str) -> Any:
    """`json.loads` with NaN and the infinities, which JSON does not have, as None."""
    return json.loads(text, parse_constant=lambda _: None)


def _document(line: str, number: int, source: str, options: ReadOptions) -> InputDocument | Problem:
    try:
        value = loads(line)
    except RecursionError:
        return problem(source, "json", f"Line {number} is nested too deeply to be read.")
    except ValueError as error:
        reason = getattr(error, "msg", str(error))
        column = getattr(error, "colno", 1)
        shown = line[:SHOWN].encode("utf-8", "replace").decode("utf-8")
        return problem(
            source, "json", f"Line {number} is not JSON ({reason}, column {column}); it begins {shown!r}."
        )
    if not isinstance(value, dict):
        return problem(source, "json", f"Line {number} is not a JSON object with fields.")
    return document_of(value, source, "jsonl", options)


def _lines(source: Input, limit: int) -> Iterator[str | None]:
    head = first_bytes(source, 1 << 16)
    mark = bom_codec(head)
    if mark and mark[0] != "utf-8":
        with source.open() as stream:
            text = io.TextIOWrapper(stream, mark[0], errors="replace", newline="\n")
            while line := text.readline(limit + 1):
                if len(line) > limit:
                    while (more := text.readline(1 << 20)) and not more.endswith("\n"):
                        pass
                    yield None
                else:
                    yield line
        return
    codec = codec_name(source.charset) or fallback_codec(head)
    with source.open() as stream:
        for raw in bounded_lines(stream, limit):
            yield None if raw is None else text_line(raw, codec)


def text_line(raw: bytes, codec: str | None) -> str:
    """A line of a file that is read line by line: UTF-8, else in the file's codec, else what its own bytes look like."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return decode(raw, codec or detect(raw)).text

"""JSON: one object, an array of objects, or an object around one; arrays are read object by object."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from corpus.readers.decode import bom_codec
from corpus.readers.fields import document_of, has_text, slots_of
from corpus.readers.formats.jsonl import loads
from corpus.readers.inputs import (
    Head,
    Input,
    OtherFormatError,
    UnreadableError,
    first_bytes,
    problem,
    too_large,
)
from corpus.readers.options import ReadOptions
from corpus.readers.texts import decoded_text
from corpus.records import InputDocument, Problem

CHUNK = 1 << 18
# Objects around a list of articles: `response.docs`, `hits.hits`.
MOST_WRAPS = 3
NUMBER = "+-.eE0123456789"
BETWEEN = " \t\r\n,"
# A text that is no whole JSON is a piece of an array where so many whole objects open it.
FEWEST_OF_A_PIECE = 2
BREAKS_OFF = "It breaks off inside an object; the objects before it were read."
NO_OBJECT = "It holds something that is no object."
# What is left of a value or an escape that the end of a file tore: "fals", "\\u00e".
LONGEST_TORN = 5


def sniff(head: Head) -> bool:
    """`{` with a name or `}` after it, or `[` with the beginning of a value after it."""
    text = head.text.lstrip()[:1000]
    if text.startswith("{"):
        return text[1:].lstrip()[:1] in ('"', "}")
    if not text.startswith("["):
        return False
    following = text[1:].lstrip()[:1]
    return following == "{" or (head.suffix == ".json" and following in tuple('"[]0123456789tfn'))


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """A document for each object. A broken file gives the objects before the break and a problem.

    A file of another name that only begins like an object is text (a piece cut out of an export).
    """
    if _first_character(source) == "[":
        yield from _elements(source, options)
        return
    text = decoded_text(source, options).text.strip().lstrip("\ufeff")
    try:
        value = loads(text)
    except RecursionError as error:
        raise UnreadableError("json", "It is nested too deeply to be read.") from error
    except ValueError as error:
        row, fault = _in_a_row(text)
        piece = fault is None or len(row) >= FEWEST_OF_A_PIECE
        # A text that goes on with other words is read as one, whole.
        if source.suffix != ".json" and not (piece and fault in (None, BREAKS_OFF)):
            raise OtherFormatError from error
        if not piece:
            raise UnreadableError("json", f"It is not JSON ({error}).") from error
        for index, record in enumerate(row):
            yield _element(record, f"{source.source}#{index}", options)
        if fault is not None:
            yield problem(f"{source.source}#{len(row)}", "json", fault)
        return
    if not isinstance(value, dict):
        raise UnreadableError("json", "It is not a JSON object with fields.")
    records = _inner(value, options)
    if records is None:
        yield document_of(value, source.source, "json", options)
        return
    for index, record in enumerate(records):
        yield _element(record, f"{source.source}#{index}", options)


def _in_a_row(text: str) -> tuple[list[Any], str | None]:
    """The objects that open a text, a piece cut out of an array, and what is the matter behind them, None where nothing is."""
    scanner = json.JSONDecoder(parse_constant=lambda _: None)
    values: list[Any] = []
    position, end = 0, len(text.rstrip(BETWEEN + "]"))
    while position < end:
        try:
            value, position = scanner.raw_decode(text, position)
        except json.JSONDecodeError as error:
            cut = error.msg.startswith("Unterminated string") or len(text) - error.pos <= LONGEST_TORN
            return (
                values,
                BREAKS_OFF if cut else f"It is not JSON ({error}); the objects before that were read.",
            )
        except (ValueError, RecursionError):
            return values, "It is nested too deeply to be read; the objects before that were read."
        if not isinstance(value, dict):
            return [], NO_OBJECT
        values.append(value)
        while position < end and text[position] in BETWEEN:
            position += 1
    return values, None if values else NO_OBJECT


def _inner(value: Mapping[str, Any], options: ReadOptions) -> list[Any] | None:
    """The list of articles inside an object that is none itself: `{"articles": {"results": [{…}]}}`; the longest with texts."""
    slots = slots_of(tuple(value), options)
    name = slots.get("text") or slots.get("html")
    if name is not None and isinstance(value[name], str) and value[name].strip():
        return None
    lists = list(_lists(value, 0))
    # An article whose text is an object of blocks has lists too, but blocks have no title and no address.
    wanted = ("title", "url", "published") if name is not None else ("text", "html")
    texts = [found for found in lists if _is_record(found[0], wanted, options)]
    if name is not None or texts or "summary" in slots:
        return max(texts, key=len, default=None)
    return max(lists, key=len, default=None)


def _is_record(value: Mapping[str, Any], wanted: tuple[str, ...], options: ReadOptions) -> bool:
    wrapped = [inner for inner in value.values() if isinstance(inner, dict)]
    return any(
        has_text(tuple(fields), options) and any(slot in slots_of(tuple(fields), options) for slot in wanted)
        for fields in (value, *wrapped)
    )


def _lists(value: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    """The lists of objects inside an object, not deeper than services wrap them."""
    for inner in value.values():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield inner
        elif isinstance(inner, dict) and depth < MOST_WRAPS:
            yield from _lists(inner, depth + 1)


def _element(value: Any, source: str, options: ReadOptions) -> InputDocument | Problem:
    if not isinstance(value, dict):
        return problem(source, "json", "This element of the array is not an object with fields.")
    return document_of(value, source, "json", options)


def _first_character(source: Input) -> str:
    head = first_bytes(source, 4096)
    mark = bom_codec(head)
    text = head[mark[1] :].decode(mark[0], "replace") if mark else head.decode("utf-8", "replace")
    return text.lstrip()[:1]


def _elements(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    index = 0
    with source.open() as stream:
        for value in array_elements(stream, options.max_document_bytes):
            if isinstance(value, UnreadableError):
                yield problem(f"{source.source}#{index}", value.kind, value.message)
                return
            yield _element(value, f"{source.source}#{index}", options)
            index += 1


def array_elements(stream: BinaryIO, limit: int, chunk: int = CHUNK) -> Iterator[Any]:
    """The elements of a JSON array as they are read; an `UnreadableError` is the last when the array breaks off or is no JSON.

    Time is linear: an element is tried again only after the text at hand has doubled. The standard library's decoder rather than
    ijson, which is no faster (0.11 and 0.14 CPU seconds for 53 MB), stops at the `NaN` that pandas writes, and takes memory by
    the square of the nesting.
    """
    start = stream.read(4)
    mark = bom_codec(start)
    decoder = codecs.getincrementaldecoder(mark[0] if mark else "utf-8")("replace")
    buffer = decoder.decode(start[mark[1] if mark else 0 :]).lstrip()
    scanner = json.JSONDecoder(parse_constant=lambda _: None)
    at_end, wanted = False, chunk
    opened = False
    while True:
        while not at_end and len(buffer) < wanted:
            part = stream.read(chunk)
            at_end = not part
            buffer += decoder.decode(part, final=at_end)
        position = 0
        error: ValueError | None = None
        while True:
            position = _next_value(buffer, position, opened=opened)
            if position < len(buffer) and buffer[position] == "]":
                return
            opened = True
            if position >= len(buffer):
                break
            try:
                value, end = scanner.raw_decode(buffer, position)
            except RecursionError:
                yield UnreadableError(
                    "json", "An element is nested too deeply to be read; what follows it was not read."
                )
                return
            except ValueError as caught:
                error = caught
                break
            if isinstance(value, int | float) and not at_end and not buffer[end:].strip(NUMBER):
                # The number may go on in the next part.
                break
            position = end
            yield value
        buffer = buffer[position:]
        if at_end:
            reason = "it breaks off" if error is None or not buffer else str(error)
            yield UnreadableError(
                "json", f"The array is not whole JSON ({reason}); the elements before this were read."
            )
            return
        if len(buffer) > limit:
            yield too_large("An element of the array", limit)
            return
        wanted = max(chunk, 2 * len(buffer))


def _next_value(buffer: str, position: int, *, opened: bool) -> int:
    """The position of the next value: after white space and a comma, or after the bracket that opens the array."""
    skipped = " \t\r\n,\ufeff" if opened else " \t\r\n\ufeff["
    length = len(buffer)
    while position < length and buffer[position] in skipped:
        if buffer[position] == "[":
            return _next_value(buffer, position + 1, opened=True)
        position += 1
    return position

"""WARC and WARC.gz: the HTML pages of a web archive, record by record."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.readers.decode import decode, looks_binary
from corpus.readers.formats.html import is_truncated
from corpus.readers.inputs import COPY_BYTES, Head, Input, is_refusal, problem
from corpus.readers.options import ReadOptions
from corpus.readers.texts import damage
from corpus.records import InputDocument, Problem

MAGIC = (b"WARC/1.0", b"WARC/1.1", b"WARC/0.")
GZIP = b"\x1f\x8b\x08"
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/plain",)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
NEXT_RECORD = re.compile(
    rb"\r\n\r\n(?=WARC/[01]\.\d{1,2}\r\nWARC-[A-Za-z-]{2,30}:|WARC/[01]\.\d{1,2}\r\nContent-)"
)
# After this many damaged places a file is not an archive with a fault but no archive.
MAX_FAULTS = 100


def sniff(head: Head) -> bool:
    """The version line of a record, plain or behind gzip."""
    data = head.data
    if data.startswith(GZIP):
        try:
            data = zlib.decompressobj(31).decompress(data, 64)
        except zlib.error:
            return False
    return data.startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """A document for each response that holds a page (HTTP 200, HTML or plain text); `#n` counts these.

    A record that is cut off gives a problem and what it has; after a damaged one the reading goes on at the next record.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    index, start = 0, 0
    kinds = WarcRecordType.response | WarcRecordType.resource
    for _ in range(MAX_FAULTS):
        last = start
        with source.open() as stream:
            stream.seek(start)
            try:
                for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, fsspec_args=False):
                    last = max(last, start + int(record.stream_pos))
                    if not _is_page(record):
                        continue
                    swallowed = False
                    for item in _page(record, f"{source.source}#{index}", options):
                        swallowed |= isinstance(item, Problem) and item.kind == "warc"
                        yield item
                    index += 1
                    if swallowed:
                        break
                else:
                    break
            except (OSError, ValueError, EOFError) as error:
                if is_refusal(error):
                    raise
                message = (
                    f"A record after byte {last:,} is damaged ({str(error)[:150]}); its neighbours were read."
                )
                yield problem(source.source, "warc", message, recovered=True)
        following = _next_record(source, last)
        if following is None:
            break
        start = following
    else:
        yield problem(
            source.source,
            "warc",
            f"It has more than {MAX_FAULTS} damaged places; what follows them was not read.",
        )
    if index == 0:
        yield problem(source.source, "empty", "It holds no response with an HTML or text page.")


def _next_record(source: Input, after: int) -> int | None:
    """Where the next record begins behind a damaged one that starts at `after`."""
    with source.open() as stream:
        first = stream.read(3)
        stream.seek(after + 3)
        return _find(stream, after + 3, re.compile(re.escape(GZIP)) if first == GZIP else NEXT_RECORD)


def _find(stream: BinaryIO, offset: int, pattern: re.Pattern[bytes]) -> int | None:
    kept = b""
    while part := stream.read(COPY_BYTES):
        window = kept + part
        if found := pattern.search(window):
            return offset - len(kept) + found.end() - (len(GZIP) if found[0] == GZIP else 0)
        kept = window[-100:]
        offset += len(part)
    return None


def _is_page(record: Any) -> bool:
    http = record.http_headers
    if http is not None and http.status_code not in (200, None):
        return False
    return _content_type(record) in PAGES + TEXTS


def _content_type(record: Any) -> str:
    value = (
        record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    )
    return str(value or "").split(";")[0].strip().lower()


def _page(record: Any, source: str, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    limit = options.max_document_bytes
    is_html = _content_type(record) in PAGES
    headers = {str(name).lower(): str(value) for name, value in record.headers.items()}
    http = (
        {str(name).lower(): str(value) for name, value in record.http_headers.items()}
        if record.http_headers
        else {}
    )
    expected = int(record.content_length)
    data = _body(record, limit)
    short = len(data) < min(expected, limit) or "warc-truncated" in headers
    url = headers.get("warc-target-uri", "").strip("<> ") or None
    if found := NEXT_RECORD.search(data):
        data = data[: found.start()]
        message = f"The record of {url} claims a length that runs into the next; it was cut there and the next was read."
        yield problem(source, "warc", message, recovered=True)
    if "chunked" in http.get("transfer-encoding", "").lower():
        data = _dechunked(data)
    data = _uncompressed(data, http.get("content-encoding", ""), limit)
    if len(data) > limit:
        yield problem(
            source,
            "too_large",
            f"The page of {url} is larger than {limit:,} bytes; raise max_document_bytes.",
        )
        return
    declared = CHARSET.search(http.get("content-type", "") or headers.get("content-type", ""))
    decoded = decode(data, declared[1] if declared else None, markup=is_html)
    if not decoded.text.strip():
        yield problem(source, "empty", f"The page of {url} is empty.")
        return
    if looks_binary(decoded.text):
        yield problem(source, "binary", f"The page of {url} is not text, whatever its headers say.")
        return
    yield from damage(source, decoded)
    if short or (is_html and is_truncated(decoded.text)):
        yield problem(
            source,
            "truncated",
            f"The page of {url} ends in the middle; what there is was read.",
            recovered=True,
        )
    metadata = {"warc_date": headers.get("warc-date"), "last_modified": http.get("last-modified")}
    yield InputDocument(
        source=source,
        format="warc",
        markup="html" if is_html else "text",
        content=decoded.text,
        input_id=headers.get("warc-record-id", "").strip("<> ") or None,
        url=url,
        metadata={name: value for name, value in metadata.items() if value},
    )


def _body(record: Any, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= limit and (part := record.reader.read(min(COPY_BYTES, limit + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _dechunked(data: bytes) -> bytes:
    """A body without its chunk sizes; as it is, if it has none (crawlers often keep the header and store the body decoded)."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        end = data.find(b"\r\n", at, at + 40)
        try:
            size = int(data[at:end].split(b";")[0], 16) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return data if not parts else b"".join(parts)
        if size == 0:
            break
        parts.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts)


def _uncompressed(data: bytes, encoding: str, limit: int) -> bytes:
    """The body without its HTTP content encoding, where that is gzip or deflate; one byte above `limit` at most."""
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return data
    for bits in (47, -15):
        try:
            return zlib.decompressobj(bits).decompress(data, limit + 1)
        except zlib.error:
            continue
    return data

"""A mailbox (mbox): mails one after another, each behind a line `From …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus.readers.formats import mail
from corpus.readers.inputs import Head, Input, UnreadableError, from_bytes, problem, too_large
from corpus.readers.options import ReadOptions
from corpus.records import InputDocument, Problem

BEGIN = re.compile(rb"From [^\n]{1,300}\d{4}\s*\n")
ESCAPED = re.compile(rb"^>(>*From )", re.M)


def sniff(head: Head) -> bool:
    """The line `From sender date` and header lines of a mail after it."""
    if not BEGIN.match(head.data):
        return False
    return mail.NAME.match(head.text.split("\n", 2)[1] if head.text.count("\n") > 1 else "") is not None


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem | Input]:
    """The document of each mail, `#n` by its place, and their attachments."""
    with source.open() as stream:
        for index, data in enumerate(_mails(stream, options.max_document_bytes)):
            name = f"{source.source}#{index}"
            if data is None:
                error = too_large("A mail", options.max_document_bytes)
                yield problem(name, error.kind, error.message)
                continue
            inner = from_bytes(ESCAPED.sub(rb"\1", data), name, source.name, depth=source.depth)
            try:
                yield from mail.message(ESCAPED.sub(rb"\1", data), inner)
            except UnreadableError as error:
                yield problem(name, error.kind, error.message)


def _mails(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The bytes of each mail without its `From ` line; None for one above the limit, which is read over."""
    parts: list[bytes] = []
    size, blank, started = 0, True, False
    while line := stream.readline(limit + 1):
        if blank and BEGIN.match(line):
            if started:
                yield b"".join(parts) if size <= limit else None
            parts, size, started = [], 0, True
        else:
            size += len(line)
            if size <= limit:
                parts.append(line)
        blank = not line.strip()
    if started:
        yield b"".join(parts) if size <= limit else None

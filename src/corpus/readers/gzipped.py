"""A gzip file around any other format (`articles.jsonl.gz`)."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from corpus.readers.inputs import Head, Input, UnreadableError
from corpus.readers.options import ReadOptions
from corpus.records import InputDocument, Problem

MAGIC = b"\x1f\x8b\x08"


def sniff(head: Head) -> bool:
    """The mark of gzip with deflate."""
    return head.data.startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """What is inside, read as if it stood there unpacked; `max_archive_bytes` bounds what is unpacked."""
    from corpus.readers.registry import read_input

    if source.depth >= options.max_archive_depth:
        message = f"It lies in more than {options.max_archive_depth} archives; unpack it first (or raise max_archive_depth)."
        raise UnreadableError("too_deep", message)
    name = os.path.splitext(source.name)[0] if source.name.lower().endswith(".gz") else source.name
    inner = replace(
        source,
        name=name,
        size=None,
        open=lambda: bounded_gzip(source.open, options.max_archive_bytes),
        path=None,
        depth=source.depth + 1,
    )
    yield from read_input(inner, options)


def bounded_gzip(open_raw: Callable[[], BinaryIO], limit: int) -> BinaryIO:
    """The unpacked stream of a gzip file. Reading it raises `UnreadableError` on damage and above `limit` bytes."""
    return cast(BinaryIO, io.BufferedReader(_Bounded(open_raw(), limit), 1 << 16))


class _Bounded(io.RawIOBase):
    """Unpacked bytes up to a limit, with the faults of zlib as ours."""

    def __init__(self, raw: BinaryIO, limit: int) -> None:
        super().__init__()
        self._raw = raw
        self._inner = gzip.GzipFile(fileobj=raw, mode="rb")
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            message = f"The compressed file is damaged or breaks off ({error}); what came before was read."
            raise UnreadableError("gzip", message) from error
        self._left -= len(data)
        if self._left < 0:
            message = "It unpacks to more than max_archive_bytes allows; unpack it yourself if you trust it."
            raise UnreadableError("archive_too_large", message)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._raw.close()
        super().close()

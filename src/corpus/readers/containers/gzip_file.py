"""A gzip file around any other format (`articles.jsonl.gz`)."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from corpus.readers.inputs import COPY_BYTES, Head, Input, UnreadableError
from corpus.readers.options import ReadOptions
from corpus.readers.zip_files import SMALL

MAGIC = b"\x1f\x8b\x08"
# zlib's largest window, with the header of gzip.
GZIP_WINDOW = 31
KEPT = "the records before that were read"


def sniff(head: Head) -> bool:
    """The mark of gzip with deflate."""
    return head.data.startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[Input]:
    """What is inside, read as if it stood there unpacked; `max_archive_bytes` and `max_archive_ratio` bound what is unpacked."""
    if source.depth >= options.max_archive_depth:
        message = f"It lies in more than {options.max_archive_depth} archives; unpack it first."
        raise UnreadableError("too_deep", message)
    name = os.path.splitext(source.name)[0] if source.name.lower().endswith(".gz") else source.name
    inner = replace(
        source,
        name=name,
        size=None,
        open=lambda: bounded_gzip(source.open, options.max_archive_bytes, options.max_archive_ratio),
        path=None,
        depth=source.depth + 1,
    )
    yield inner


def bounded_gzip(open_raw: Callable[[], BinaryIO], limit: int, ratio: int) -> BinaryIO:
    """The unpacked stream of a gzip file. Reading raises `UnreadableError` on damage, above `limit` bytes, and above SMALL where
    they are more than `ratio` times what was read."""
    return cast(BinaryIO, io.BufferedReader(_Bounded(open_raw(), limit, ratio), 1 << 16))


class _Bounded(io.RawIOBase):
    """Unpacked bytes up to a limit, member after member, with the faults of zlib as ours."""

    def __init__(self, raw: BinaryIO, limit: int, ratio: int) -> None:
        super().__init__()
        self._raw = raw
        self._read = 0
        self._ratio = ratio
        self._unpacker = zlib.decompressobj(GZIP_WINDOW)
        self._packed = b""
        self._left = self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._next(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            message = f"It unpacks to more than {self._limit:,} bytes; unpack it yourself if you trust it."
            raise UnreadableError("archive_too_large", message)
        if self._limit - self._left > max(SMALL, self._ratio * self._read):
            message = f"It unpacks to more than {self._ratio} times its size; {KEPT}. Unpack it yourself if you trust it."
            raise UnreadableError("archive_ratio", message)
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bytes:
        """The next bytes of the file."""
        data = self._raw.read(COPY_BYTES)
        self._read += len(data)
        return data

    def _next(self, count: int) -> bytes:
        while True:
            if self._unpacker.eof:
                # Padding of zeros may follow the last member.
                self._packed = (self._unpacker.unused_data or self._packed).lstrip(b"\x00") or self._more()
                if not self._packed.lstrip(b"\x00"):
                    return b""
                self._unpacker = zlib.decompressobj(GZIP_WINDOW)
            packed = self._packed or self._more()
            if not packed:
                raise UnreadableError("gzip", f"The compressed file breaks off; {KEPT}.")
            try:
                data = self._unpacker.decompress(packed, count)
            except zlib.error as error:
                raise UnreadableError("gzip", f"The compressed file is damaged ({error}); {KEPT}.") from error
            self._packed = self._unpacker.unconsumed_tail
            if data:
                return data

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()

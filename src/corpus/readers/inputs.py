"""Bytes to read from: a file, a member of an archive, the inside of a gzip file."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from corpus.readers.decode import decode_head
from corpus.records import Problem

STAGE = "read"
HEAD_BYTES = 64 * 1024
COPY_BYTES = 1 << 20
REFUSED = frozenset({"permission", "missing", "unreadable"})
"""Kinds of problem by which the system refused: they tell of that moment, not of what the file holds."""


class UnreadableError(Exception):
    """Raised by a reader that can go no further; `read_file` turns it into a row of `problems`.

    >>> from corpus.readers import UnreadableError, format_of, from_bytes, head_of
    >>> try:
    ...     format_of(head_of(from_bytes(b"", "a.txt", "a.txt")))
    ... except UnreadableError as error:
    ...     print(error.kind)
    empty
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class OtherFormatError(Exception):
    """Raised by a reader, before it gives anything, for an input that is not of its format after all: the next one is asked."""


def problem(source: str, kind: str, message: str, *, recovered: bool = False) -> Problem:
    """A `Problem` of the reading stage.

    >>> from corpus.readers import problem
    >>> problem("a.txt", "empty", "It holds no text.").stage
    'read'
    """
    return Problem(source=source, stage=STAGE, kind=kind, message=message, recovered=recovered)


def too_large(what: str, limit: int) -> UnreadableError:
    """The error for `what` ("the file", "line 3") that is larger than `max_document_bytes` allows."""
    return UnreadableError(
        "too_large", f"{what} is larger than {limit:,} bytes; raise max_document_bytes to read it."
    )


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read: `open()` gives a fresh binary stream at its start each time.

    `size` is None where it is not known beforehand. `path` is set for a file of its own (a sidecar may stand beside it),
    `sidecar` for a member of an archive that has one. `charset` is what the carrier declared (an HTTP header). `depth` counts the
    archives around it.
    """

    source: str
    name: str
    size: int | None
    open: Callable[[], BinaryIO]
    path: Path | None = None
    charset: str | None = None
    sidecar: bytes | None = None
    depth: int = 0

    @property
    def suffix(self) -> str:
        """The last suffix of the name in lower case, with its dot; a `.gz` at the end does not count."""
        stem, suffix = os.path.splitext(self.name.lower())
        return os.path.splitext(stem)[1] if suffix == ".gz" and "." in stem.lstrip(".") else suffix

    def read_all(self, limit: int) -> bytes:
        """All bytes; raises `UnreadableError` (`too_large`) above `limit` without reading further."""
        if self.size is not None and self.size > limit:
            raise too_large("it", limit)
        with self.open() as stream:
            data = read_up_to(stream, limit + 1)
        if len(data) > limit:
            raise too_large("it", limit)
        return data


def read_up_to(stream: BinaryIO, count: int) -> bytes:
    """Up to `count` bytes, fewer only at the end of the stream (one `read` of a raw stream may give less)."""
    parts: list[bytes] = []
    while count > 0:
        part = stream.read(min(count, COPY_BYTES))
        if not part:
            break
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def from_path(path: Path, source: str) -> Input:
    """The `Input` of a file. Raises `UnreadableError` if it is not a regular file or may not be opened.

    >>> from pathlib import Path
    >>> from corpus.readers import UnreadableError, from_path
    >>> try:
    ...     from_path(Path("no-such-file.txt"), "no-such-file.txt")
    ... except UnreadableError as error:
    ...     print(error.kind)
    missing
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(
                "not_a_file", "It is not a regular file (a pipe, socket, device or folder)."
            )
        with path.open("rb"):
            pass
    except OSError as error:
        raise os_error(error) from error
    return Input(source, path.name, status.st_size, lambda: path.open("rb"), path=path)


def from_bytes(data: bytes, source: str, name: str, *, charset: str | None = None, depth: int = 0) -> Input:
    """The `Input` of bytes in memory.

    >>> from corpus.readers import from_bytes
    >>> from_bytes(b"Le pont", "archive.zip#0", "pont.txt").name
    'pont.txt'
    """
    return Input(source, name, len(data), lambda: io.BytesIO(data), charset=charset, depth=depth)


def os_error(error: OSError) -> UnreadableError:
    """What the operating system said, as a problem.

    >>> import errno
    >>> import os
    >>> from corpus.readers import os_error
    >>> os_error(PermissionError(errno.EACCES, os.strerror(errno.EACCES))).kind
    'permission'
    """
    if not is_refusal(error):
        return UnreadableError("damaged", f"It is damaged and cannot be read ({str(error)[:150]}).")
    reason = os.strerror(error.errno or 0)
    if error.errno in (errno.EACCES, errno.EPERM):
        return UnreadableError(
            "permission", f"It may not be read ({reason}); give yourself the right to read it."
        )
    if error.errno == errno.ELOOP:
        return UnreadableError("symlink_loop", "It is a symbolic link that leads back to itself; remove it.")
    if error.errno == errno.ENOENT:
        return UnreadableError(
            "missing", "It does not exist (a link to a file that is gone, or a file removed meanwhile)."
        )
    return UnreadableError("unreadable", f"The system could not read it: {reason}.")


def is_refusal(error: Exception) -> bool:
    """Whether the system refused; without a number, or with that of a wrong place to read at, it is the file that is damaged."""
    return isinstance(error, OSError) and error.errno not in (None, 0, errno.EINVAL)


@dataclass(frozen=True)
class Head:
    """The first bytes of an input, as every `sniff` sees them; `whole` says whether they are all of it."""

    input: Input
    data: bytes
    whole: bool

    @cached_property
    def text(self) -> str:
        """The head decoded leniently, without a byte order mark."""
        return decode_head(self.data, self.input.charset)

    @cached_property
    def start(self) -> str:
        """The first 4,096 characters after white space, in lower case."""
        return self.text.lstrip()[:4096].lower()

    @property
    def suffix(self) -> str:
        """The suffix of the input's name: it may break ties, never decide against the content."""
        return self.input.suffix


def head_of(source: Input) -> Head:
    """The `Head` of an input.

    >>> from corpus.readers import from_bytes, head_of
    >>> head_of(from_bytes(b"<html>", "a.html", "a.html")).start
    '<html>'
    """
    data = first_bytes(source, HEAD_BYTES + 1)
    return Head(source, data[:HEAD_BYTES], len(data) <= HEAD_BYTES)


def first_bytes(source: Input, count: int) -> bytes:
    """Up to `count` bytes from the start; of an input that breaks off before, what there is."""
    data = b""
    with source.open() as stream:
        try:
            while len(data) < count and (part := cast(io.BufferedReader, stream).read1(count - len(data))):
                data += part
        except UnreadableError:
            if not data:
                raise
    return data


def skip_to_newline(stream: BinaryIO) -> None:
    """Read on until after the next line feed, in bounded memory."""
    while True:
        part = stream.readline(COPY_BYTES)
        if not part or part.endswith(b"\n"):
            return


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream with their ends; None for a line above `limit` bytes, which is skipped unread."""
    while line := stream.readline(limit + 2):
        if len(line) > limit + 1:
            if not line.endswith(b"\n"):
                skip_to_newline(stream)
            yield None
        else:
            yield line

"""ZIP files as archives and as office documents: opened and unpacked within bounds."""

from __future__ import annotations

import os
import struct
import tempfile
import zipfile
import zlib
from typing import BinaryIO, cast

from corpus.readers.inputs import COPY_BYTES, Head, Input, UnreadableError
from corpus.readers.options import ReadOptions

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
END_RECORD = b"PK\x05\x06"
# A directory entry takes 46 bytes and its name; this much a member bounds the memory that the directory itself may take.
DIRECTORY_BYTES_A_MEMBER = 400
END_SEARCH = 66_000
IN_MEMORY = 4_000_000
SMALL = 1_000_000
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    OverflowError,
)


def member_names(head: Head) -> frozenset[str]:
    """The names in a ZIP archive's directory; empty for what is none."""
    if not head.data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with head.input.open() as stream, open_zip(stream, ReadOptions()) as archive:
            return frozenset(archive.namelist())
    except UnreadableError:
        return frozenset()


def type_of(head: Head) -> str:
    """What a ZIP archive says in its member `mimetype` that it is (OpenDocument, EPUB); empty where it says nothing."""
    if "mimetype" not in member_names(head):
        return ""
    try:
        with (
            head.input.open() as stream,
            open_zip(stream, ReadOptions()) as archive,
            archive.open("mimetype") as member,
        ):
            return member.read(200).decode("ascii", "replace").strip()
    except (UnreadableError, *DAMAGE):
        return ""


def open_zip(stream: BinaryIO, options: ReadOptions) -> zipfile.ZipFile:
    """The archive of a stream. Raises `UnreadableError` if it is damaged or its directory is too large to be honest."""
    try:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - END_SEARCH))
        tail = stream.read(END_SEARCH)
        at = tail.rfind(END_RECORD)
        if at >= 0 and len(tail) >= at + 22:
            count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
            # 0xFFFF and 0xFFFFFFFF stand for the fields of ZIP64; the size of the file then bounds the directory.
            directory = min(directory, size)
            if (
                count != 0xFFFF and count > options.max_archive_members
            ) or directory > options.max_archive_members * DIRECTORY_BYTES_A_MEMBER:
                raise _too_many(options)
        stream.seek(0)
        archive = zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise UnreadableError("zip", f"It is not a whole ZIP archive ({error}).") from error
    if len(archive.infolist()) > options.max_archive_members:
        archive.close()
        raise _too_many(options)
    return archive


def _too_many(options: ReadOptions) -> UnreadableError:
    message = (
        f"It has more than {options.max_archive_members:,} members; unpack it into the folder to read it."
    )
    return UnreadableError("too_many_members", message)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, options: ReadOptions) -> BinaryIO:
    """The member's bytes in a temporary file without a name (in memory while it is small)."""
    if info.flag_bits & 0x1:
        raise UnreadableError(
            "encrypted", "This member is encrypted; unpack the archive with its password first."
        )
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - the caller closes it
    packed, size = max(info.compress_size, 1), 0
    try:
        with archive.open(info) as member:
            while part := member.read(COPY_BYTES):
                size += len(part)
                if size > left:
                    message = (
                        f"The archive unpacks to more than {options.max_archive_bytes:,} bytes; the members from here on "
                        "were not read. Unpack it."
                    )
                    raise UnreadableError("archive_too_large", message)
                if size > SMALL and size > options.max_archive_ratio * packed:
                    message = (
                        f"This member unpacks to more than {options.max_archive_ratio} times its size; "
                        "unpack it yourself if you trust it."
                    )
                    raise UnreadableError("archive_ratio", message)
                out.write(part)
    except DAMAGE as error:
        out.close()
        raise UnreadableError(
            "zip", f"This member is damaged or packed in a way that is not read ({error})."
        ) from error
    except UnreadableError:
        out.close()
        raise
    return out


def check_bounds(source: Input, options: ReadOptions) -> None:
    """Raise `UnreadableError` for an office file that unpacks to more than a document may, by counting what comes out."""
    if source.size is not None and source.size > options.max_document_bytes:
        raise UnreadableError(
            "too_large", f"It is larger than {options.max_document_bytes:,} bytes; raise max_document_bytes."
        )
    with source.open() as stream, open_zip(stream, options) as archive:
        left = 4 * options.max_document_bytes
        for info in archive.infolist():
            if not info.filename.endswith((".xml", ".rels")):
                continue
            try:
                with archive.open(info) as member:
                    while part := member.read(1 << 20):
                        left -= len(part)
                        if left < 0:
                            message = "It unpacks to more than four times max_document_bytes; raise that to read it."
                            raise UnreadableError("too_large", message)
            except DAMAGE as error:
                raise UnreadableError("zip", f"Its part {info.filename} is damaged ({error}).") from error

"""ZIP archives: every member is read as if it lay in a folder of the archive's name; nothing is written to disk by name."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from corpus.readers.decode import decode
from corpus.readers.discover import LITTER, SIDECAR_SUFFIX, part_message, saved_pages, source_name
from corpus.readers.inputs import Head, Input, UnreadableError, problem
from corpus.readers.lexicon import words
from corpus.readers.options import ReadOptions
from corpus.readers.zip_files import MAGIC, SMALL, open_zip, unpacked
from corpus.records import Problem

# Other formats that are ZIP archives, by a member they always have; their parts are no documents.
RELATIVES = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb); save it as .xlsx",
    "META-INF/manifest.xml": "an OpenDocument table, drawing or presentation; save it as .xlsx or PDF",
    "META-INF/MANIFEST.MF": "a Java archive",
    "AndroidManifest.xml": "an Android package",
}


def sniff(head: Head) -> bool:
    """The mark of a ZIP archive; asked after the office formats, which are ZIP archives as well."""
    return head.data.startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[Input | Problem]:
    """The documents of all members, in the order of their names. A member that breaks a bound is a problem of its own.

    Bounds: `max_archive_members`, `max_archive_bytes` unpacked in all (counted as it is unpacked: what the directory claims is
    not believed), `max_archive_ratio` a member, `max_archive_depth` archives inside one another.
    """
    if source.depth >= options.max_archive_depth:
        message = f"It lies in more than {options.max_archive_depth} archives; unpack it first."
        raise UnreadableError("too_deep", message)
    with source.open() as stream, open_zip(stream, options) as archive:
        members = sorted(
            # Not by `is_dir`, which before Python 3.12 fails on a member without a name.
            (info for info in archive.infolist() if not info.filename.endswith("/")),
            key=lambda info: (info.filename, info.header_offset),
        )
        names = {info.filename for info in members}
        if kind := next((kind for mark, kind in RELATIVES.items() if mark in names), None):
            raise UnreadableError("unknown_format", f"No reader knows it: it looks like {kind}.")
        left = options.max_archive_bytes
        seen: dict[str, int] = {}
        for info in members:
            name = _safe_name(info)
            if name is not None and _skipped(name, names):
                continue
            shown = source_name(name or info.filename.replace("/", "_"))
            seen[shown] = seen.get(shown, 0) + 1
            member_source = f"{source.source}/{shown}" + (f"~{seen[shown]}" if seen[shown] > 1 else "")
            if name is not None and (page := _page_of(name, names)):
                yield problem(member_source, "page_part", part_message(page), recovered=True)
                continue
            if name is None:
                yield problem(
                    member_source,
                    "unsafe_path",
                    "The archive gives this member no path, or one outside itself; it was not read.",
                )
                continue
            try:
                with unpacked(archive, info, left, options) as data:
                    size = data.seek(0, os.SEEK_END)
                    left -= size
                    inner = replace(
                        source,
                        source=member_source,
                        name=PurePosixPath(name).name,
                        size=size,
                        open=_Rewound(data),
                        path=None,
                        charset=None,
                        sidecar=_sidecar(archive, info, names, options),
                        depth=source.depth + 1,
                    )
                    yield inner
            except UnreadableError as error:
                yield problem(member_source, error.kind, error.message)
                if error.kind == "archive_too_large":
                    return


def _safe_name(info: zipfile.ZipInfo) -> str | None:
    """The member's path below the archive, or None for one that leads out of it."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            # Without the UTF-8 flag zipfile reads code page 437; packers wrote UTF-8 or what their system used.
            name = decode(name.encode("cp437")).text
        except UnicodeEncodeError:
            name = info.filename
    name = name.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if (
        not parts
        or name.startswith("/")
        or ".." in parts
        or (len(name) > 1 and name[1] == ":")
        or "\x00" in name
    ):
        return None
    if stat.S_ISLNK(info.external_attr >> 16):
        return None
    return "/".join(part for part in parts if part != ".") or None


def _page_of(name: str, names: set[str]) -> str | None:
    """The page beside a folder of the archive that holds its parts, if the member lies in one."""
    parts = PurePosixPath(name).parts
    for depth, part in enumerate(parts[:-1]):
        if not part.endswith(words("saved_pages", "folders", folded=False)):
            continue
        above = "".join(f"{folder}/" for folder in parts[:depth])
        beside = {other[len(above) :].split("/")[0] for other in names if other.startswith(above)}
        if page := saved_pages(beside).get(part):
            return page
    return None


def _skipped(name: str, names: set[str]) -> bool:
    parts = PurePosixPath(name).parts
    if any(part.startswith(".") or part.lower() in LITTER for part in parts):
        return True
    carrier = name[: -len(SIDECAR_SUFFIX)]
    return name.lower().endswith(SIDECAR_SUFFIX) and bool(PurePosixPath(carrier).suffix) and carrier in names


class _Rewound:
    """A temporary file that readers may open and close again and again."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data

    def __call__(self) -> BinaryIO:
        self._data.seek(0)
        return cast(BinaryIO, _Borrowed(self._data))


class _Borrowed:
    """A view of a stream whose closing leaves the stream open."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data
        self.closed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._data, name)

    def __enter__(self) -> _Borrowed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.closed = True


def _sidecar(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, names: set[str], options: ReadOptions
) -> bytes | None:
    """The bytes of the sidecar that stands beside a member, if there is one; what cannot be read of it is empty."""
    if info.filename + SIDECAR_SUFFIX not in names:
        return None
    try:
        with unpacked(archive, archive.getinfo(info.filename + SIDECAR_SUFFIX), SMALL, options) as data:
            data.seek(0)
            return data.read()
    except UnreadableError:
        return b""

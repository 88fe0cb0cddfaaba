"""Broken and hostile files: mutations of the samples, and what must hold for whatever a reader is given."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import strategies as st

from corpus.readers import ReadOptions, read_file
from corpus.records import InputDocument, Problem
from tests.clock import bounded

from .reader_samples import zipped

# Bounds small enough that a sample can reach them.
OPTIONS = ReadOptions(max_document_bytes=300_000, max_archive_bytes=600_000, max_archive_members=50)
# CPU seconds for a file of a few kilobytes; a reader that is quadratic or worse passes it, one that is linear never does.
CPU_SECONDS = 2.0

# What breaks parsers: unfinished markup, quotes, nesting, numbers at their limits, marks of other formats.
TOKENS = [
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"&",
        b"&#xD800;",
        b"&#0;",
        b"&nbsp;",
        b"<article>",
        b"</article>",
    ),
    *(
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"<div>" * 300,
        b"[" * 2000,
        b'{"a":' * 1000,
        b'"',
        b"\\",
        b"\\ud800",
        b"{",
        b"}",
    ),
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xa0",
        b"\r",
        b"\r\n\r\n",
        b"\n" * 50,
        b"\t" * 50,
        b";" * 60,
        b'"\n"',
    ),
    *(
        b"1e999",
        b"-1",
        b"99999999999999999999",
        b"4294967295",
        b"0",
        b"NaN",
        b"\\u-99999?",
        b"\\'zz",
        b"{\\*\\",
        b"\\bin99999 ",
    ),
    *(
        b"WARC/1.0\r\n",
        b"Content-Length: 99999999\r\n",
        b"Document AAAAA00020250201el210001r\n",
        b"295 mots\n",
        b"PK\x03\x04",
        b"%%EOF",
    ),
    *(
        "news·99999999·A·1".encode(),
        "31 février 2025".encode(),
        b"1er avril 0000",
        b"2025-02-30",
        b"\x1f\x8b\x08",
    ),
]

Change = tuple[str, float, int, bytes]


def changes() -> st.SearchStrategy[list[Change]]:
    """A few changes to a file: what, where (a share of its length), how much, with which bytes."""
    kinds = st.sampled_from(["insert", "delete", "overwrite", "cut", "double", "flip", "behead", "inside"])
    change = st.tuples(
        kinds,
        st.floats(0, 1),
        st.integers(1, 400),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=12)),
    )
    return st.lists(change, min_size=1, max_size=4)


def mutated(data: bytes, steps: Sequence[Change]) -> bytes:
    """The file after the changes."""
    for kind, share, length, token in steps:
        at = int(share * len(data))
        if kind == "insert":
            data = data[:at] + token + data[at:]
        elif kind == "delete":
            data = data[:at] + data[at + length :]
        elif kind == "overwrite":
            data = data[:at] + token + data[at + len(token) :]
        elif kind == "cut":
            data = data[:at]
        elif kind == "double":
            data = data[:at] + data[at : at + length] * 2 + data[at + length :]
        elif kind == "flip":
            data = (
                data[:at] + bytes(byte ^ (1 << (length % 8)) for byte in data[at : at + 1]) + data[at + 1 :]
            )
        elif kind == "inside":
            data = _changed_inside(data, share, length, token)
        else:
            data = data[at:]
    return data


def _changed_inside(data: bytes, share: float, length: int, token: bytes) -> bytes:
    """A ZIP or gzip file with bytes inserted into what it holds, packed anew; any other file with bytes inserted."""

    def changed(content: bytes) -> bytes:
        at = length * len(content) // 400
        return content[:at] + token + content[at + length % 7 :]

    try:
        if data.startswith(b"\x1f\x8b"):
            return gzip.compress(changed(gzip.decompress(data)), mtime=0)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        chosen = sorted(members)[min(int(share * len(members)), len(members) - 1)]
        return zipped({**members, chosen: changed(members[chosen])})
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        IndexError,
    ):
        return changed(data)


def items_of(data: bytes, name: str, options: ReadOptions = OPTIONS) -> list[InputDocument | Problem]:
    """What the readers make of a file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return list(read_file(path, name, options))


def faults(data: bytes, name: str) -> Iterator[str]:
    """What a reading of the bytes does that no reading may do."""
    try:
        with bounded(CPU_SECONDS):
            items = items_of(data, name)
    except Exception as error:  # noqa: BLE001 - any exception at all is what is looked for
        yield f"raised {type(error).__name__}: {str(error)[:100]}"
        return
    if not items:
        yield "gave neither a document nor a problem"
    documents = [item for item in items if isinstance(item, InputDocument)]
    if len({item.source for item in documents}) != len(documents):
        yield "gave two documents one source"
    for item in items:
        if not item.source.startswith(name):
            yield "lost the source"
        if isinstance(item, Problem):
            if item.kind == "internal":
                yield item.message
            _encodable(item.message)
        else:
            if not item.content.strip():
                yield "gave a document without text"
            strings = [
                item.source,
                item.content,
                item.title,
                item.site,
                item.url,
                item.input_id,
                *item.authors,
                *item.also_in,
            ]
            if item.published and item.published.text:
                strings.append(item.published.text)
            strings.append(json.dumps(dict(item.metadata), ensure_ascii=False, allow_nan=False))
            if not all(_encodable(text) for text in strings if text is not None):
                yield "gave text that is not valid Unicode"


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

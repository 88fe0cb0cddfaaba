"""RTF: Factiva exports, article by article; any other as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError
from corpus.readers.markup import squeeze
from corpus.readers.options import ReadOptions
from corpus.readers.press import factiva_rtf
from corpus.records import InputDocument, Problem

MAGIC = b"{\\rtf"
CHARSETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
CHARSET = re.compile(r"\\(ansi|mac|pca|pc)(?![a-z0-9])")
# Pictures are kept as runs of hexadecimal digits, which the converter would walk through sign by sign.
PICTURE = re.compile(r"(?:[0-9a-fA-F]{2}[\r\n]*){64,}")


def sniff(head: Head) -> bool:
    """The opening of an RTF document."""
    return head.data.lstrip().startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document an article of a Factiva export (each ends with its `Document` line); else the text as one document."""
    from striprtf.striprtf import rtf_to_text

    data = source.read_all(options.max_document_bytes).decode("latin-1")
    try:
        text = rtf_to_text(PICTURE.sub("", data), encoding=_codec(data), errors="replace")  # type: ignore[no-untyped-call]  # no types
    except (ValueError, LookupError, OverflowError, TypeError) as error:
        raise UnreadableError("rtf", f"It is no readable RTF ({error}).") from error
    lines = clean(text).replace("\r", "\n").split("\n")
    if ends := factiva_rtf.ends_in(lines):
        yield from factiva_rtf.documents(lines, ends, source.source)
        return
    paragraphs = [line for line in (squeeze(line) for line in lines) if line]
    if not paragraphs:
        raise UnreadableError("empty", "It has no text.")
    yield InputDocument(source.source, "rtf", "text", "\n\n".join(paragraphs))


def _codec(data: str) -> str:
    """The codec of the document's bytes above 127, which its first words name; `\\ansicpg` is the converter's own to read."""
    found = CHARSET.search(data[:1000])
    return CHARSETS[found[1]] if found else "cp1252"

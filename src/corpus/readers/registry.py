"""The readers by format, in the order in which they are asked, and the choice among them by content."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

from corpus.readers import (
    archive,
    delimited,
    docx,
    europresse,
    factiva_html,
    factiva_xml,
    feed,
    gzipped,
    html,
    json_array,
    jsonl,
    markdown,
    nexis_text,
    parquet,
    pdf,
    rtf,
    text,
    warc,
    xlsx,
)
from corpus.readers.inputs import Head, Input, UnreadableError, head_of, os_error, problem
from corpus.readers.options import ReadOptions
from corpus.records import InputDocument, Problem


class Reader(Protocol):
    """What a module of a format offers."""

    def sniff(self, head: Head) -> bool:
        """Whether an input that begins so is of this format."""

    def read(self, source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
        """Its documents and problems; raises `UnreadableError` (or `OSError`) where it can go no further."""


# From the surest sign to the weakest: whoever comes first and recognises the content reads it.
FORMATS: Mapping[str, Reader] = {
    "pdf": pdf,
    "parquet": parquet,
    "docx": docx,
    "xlsx": xlsx,
    "zip": archive,
    "warc": warc,
    "gzip": gzipped,
    "rtf": rtf,
    "feed": feed,
    "factiva_xml": factiva_xml,
    "europresse": europresse,
    "factiva": factiva_html,
    "html": html,
    "jsonl": jsonl,
    "json": json_array,
    "nexis": nexis_text,
    "csv": delimited,
    "markdown": markdown,
    "text": text,
}
MHTML = re.compile(
    r"(?:[A-Za-z-]{3,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n){0,5}){0,15}?MIME-Version:", re.I
)
XML_ROOT = re.compile(r"<(?![?!])([\w:.-]{1,60})")


def read_input(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The documents of an input; whatever goes wrong is a `Problem`, and what was read before it is kept."""
    try:
        head = head_of(source)
        reader = FORMATS[format_of(head)]
        yield from reader.read(source, options)
    except UnreadableError as error:
        yield problem(source.source, error.kind, error.message)
    except OSError as error:
        failed = os_error(error)
        yield problem(source.source, failed.kind, failed.message)
    except MemoryError:
        yield problem(
            source.source, "memory", "There was not enough memory to read it; split it or lower the workers."
        )
    except Exception as error:  # noqa: BLE001 - the one guard per input: a fault of a parser costs no other input
        name = type(error).__name__
        yield problem(
            source.source, "internal", f"Its reader failed ({name}: {' '.join(str(error).split())[:200]})."
        )


def format_of(head: Head) -> str:
    """The name of the format of an input. Raises `UnreadableError` for an empty one and for one that nothing here reads."""
    if not head.data:
        raise UnreadableError("empty", "It is empty (0 bytes).")
    for name, reader in FORMATS.items():
        if name == "text" and (kind := unread_text(head)):
            raise UnreadableError("unknown_format", f"No reader knows it: it looks like {kind}.")
        if reader.sniff(head):
            return name
    if kind := magic_name(head.data):
        raise UnreadableError("unknown_format", f"No reader knows it: it looks like {kind}.")
    raise UnreadableError("binary", "It is a binary file of no known kind, not text.")


def unread_text(head: Head) -> str | None:
    """What a text file is that no reader knows and that is no prose either (other XML, a page saved as MHTML), or None."""
    if MHTML.match(head.text.lstrip()) and "multipart/related" in head.start:
        return "a page saved as MHTML; save it as HTML (only)"
    found = XML_ROOT.search(head.text) if head.start.startswith("<?xml") else None
    return f"XML with the root element <{found[1]}>" if found else None


@cache
def _magic() -> tuple[tuple[int, bytes, str], ...]:
    lines = (files(__package__) / "lexicons" / "magic.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        (int(row["offset"]), bytes.fromhex(row["hex"]), row["name"]) for row in csv.DictReader(lines)
    )


def magic_name(data: bytes) -> str | None:
    """What a binary file looks like by its first bytes, or None."""
    return next((name for offset, mark, name in _magic() if data.startswith(mark, offset)), None)

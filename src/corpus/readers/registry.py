"""The readers by format, in the order in which they are asked, and the choice among them by content."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from corpus.errors import is_full
from corpus.readers.containers import gzip_file, mbox, zip_archive
from corpus.readers.fields import summary_problem
from corpus.readers.formats import (
    delimited,
    docx,
    epub,
    feed,
    html,
    iramuteq,
    json_array,
    jsonl,
    mail,
    markdown,
    odt,
    parquet,
    pdf,
    pptx,
    rtf,
    text,
    warc,
    xlsx,
)
from corpus.readers.inputs import Head, Input, OtherFormatError, UnreadableError, head_of, os_error, problem
from corpus.readers.no_article import kind_of, page_problem
from corpus.readers.options import ReadOptions
from corpus.readers.press import europresse, factiva_html, factiva_xml, nexis_text
from corpus.records import InputDocument, Problem


class Reader(Protocol):
    """What a module of a format offers.

    >>> from corpus.readers import FORMATS, from_bytes, head_of
    >>> FORMATS["pdf"].reader.sniff(head_of(from_bytes(b"%PDF-1.7", "a.pdf", "a.pdf")))
    True
    """

    def sniff(self, head: Head) -> bool:
        """Whether an input that begins so is of this format."""

    def read(self, source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem | Input]:
        """Its documents and problems, and the inputs that it carries, which are read where they stand.

        Raises `UnreadableError` (or `OSError`) where it can go no further, `OtherFormatError` before anything else for an input
        that is not of its format after all.
        """


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, its reader, and the suffix that `corpus collect` saves it under (None: it is not saved)."""

    name: str
    reader: Reader
    saved_as: str | None = None


# A new format is a module and its line here: everything else that knows formats asks this table. The order is from the surest
# sign to the weakest: whoever comes first and recognises the content reads it.
FORMATS: Mapping[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("pdf", pdf, ".pdf"),
        Format("parquet", parquet),
        Format("docx", docx),
        Format("xlsx", xlsx),
        Format("pptx", pptx),
        Format("odt", odt),
        Format("epub", epub),
        Format("zip", zip_archive),
        Format("warc", warc),
        Format("gzip", gzip_file),
        Format("rtf", rtf),
        Format("mbox", mbox),
        Format("mail", mail),
        Format("feed", feed),
        Format("factiva_xml", factiva_xml),
        Format("europresse", europresse, ".html"),
        Format("factiva", factiva_html, ".html"),
        Format("html", html, ".html"),
        Format("jsonl", jsonl),
        Format("json", json_array),
        Format("iramuteq", iramuteq),
        Format("nexis", nexis_text),
        Format("csv", delimited),
        Format("markdown", markdown, ".md"),
        Format("text", text, ".txt"),
    )
}
# The first format that a program's source or a list of references could be taken for.
FIRST_OF_TEXTS = "feed"
OTHER_ROOTS = ("<svg", "<urlset", "<sitemapindex", "<opml", "<plist", "<tei", "<kml", "<gpx")
XML_ROOT = re.compile(r"<(?![?!])([\w:.-]{1,60})")


def read_input(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The documents of an input; whatever goes wrong is a `Problem`, and what was read before it is kept."""
    try:
        for item in _items(source, options):
            if isinstance(item, Input):
                yield from read_input(item, options)
            else:
                yield item
    except UnreadableError as error:
        yield problem(source.source, error.kind, error.message)
    except OSError as error:
        if is_full(error):  # where an archive is unpacked: nothing that the archive could help
            raise
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


def _items(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem | Input]:
    for format_ in formats_of(head_of(source)):
        try:
            for item in format_.reader.read(source, options):
                found = _found_in(item) if isinstance(item, InputDocument) else None
                if found is not None:
                    yield found
                if found is None or found.recovered:
                    yield item
        except OtherFormatError:
            continue
        return


def _found_in(document: InputDocument) -> Problem | None:
    """What is to be said of a document that is no article, or not all of one."""
    return page_problem(document) or summary_problem(document)


def format_of(head: Head) -> Format:
    """The format of an input. Raises `UnreadableError` for an empty one and for one that nothing here reads.

    >>> from corpus.readers import format_of, from_bytes, head_of
    >>> format_of(head_of(from_bytes(b"%PDF-1.7", "a", "a"))).name
    'pdf'
    """
    return next(formats_of(head))


def formats_of(head: Head) -> Iterator[Format]:
    """The formats that recognise an input, the surest first. Raises `UnreadableError` where the last has been given."""
    if not head.data:
        raise UnreadableError("empty", "It is empty (0 bytes).")
    for name, format_ in FORMATS.items():
        if name == FIRST_OF_TEXTS and (kind := kind_of(head)):
            raise UnreadableError("no_article", f"It is no article: it looks like {kind}.")
        if name == "text" and (kind := unread_text(head)):
            raise UnreadableError("unknown_format", f"No reader knows it: it looks like {kind}.")
        if format_.reader.sniff(head):
            yield format_
    if kind := magic_name(head.data):
        raise UnreadableError("unknown_format", f"No reader knows it: it looks like {kind}.")
    raise UnreadableError("binary", "It is a binary file of no known kind, not text.")


def unread_text(head: Head) -> str | None:
    """What a text file is that no reader knows and that is no prose either (other XML), or None."""
    found = XML_ROOT.search(head.text[:10_000]) if head.start.startswith(("<?xml", *OTHER_ROOTS)) else None
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

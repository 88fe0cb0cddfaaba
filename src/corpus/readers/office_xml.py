"""The XML parts of office documents and books: read within bounds, trees that are safe to build."""

from __future__ import annotations

import zipfile
from typing import Any

from lxml import etree

from corpus.readers.decode import decode
from corpus.readers.inputs import UnreadableError, read_up_to, too_large
from corpus.readers.markup import xml_bytes, xml_parser
from corpus.readers.options import ReadOptions
from corpus.readers.zip_files import DAMAGE


def part_of(archive: zipfile.ZipFile, name: str, options: ReadOptions) -> Any | None:
    """The tree of a part; None where there is none or nothing in it. Raises `UnreadableError` if it is damaged."""
    try:
        with archive.open(name) as member:
            data = read_up_to(member, options.max_document_bytes + 1)  # type: ignore[arg-type]  # a member reads bytes
    except KeyError:
        return None
    except DAMAGE as error:
        raise UnreadableError("zip", f"Its part {name} is damaged ({error}).") from error
    if len(data) > options.max_document_bytes:
        raise too_large(f"its part {name}", options.max_document_bytes)
    try:
        return etree.fromstring(
            xml_bytes(decode(data, markup=True).text), xml_parser(remove_comments=True, remove_pis=True)
        )
    except etree.XMLSyntaxError:
        return None

"""Readers: whatever a researcher has saved, as documents.

    for item in read_file(path, source_of(path, root), ReadOptions()):
        ...  # an InputDocument or a Problem

The format is found by content; `FORMATS` lists the readers in the order in which they are asked. docs/formats.md describes
every format for users.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.readers.decode import decode
from corpus.readers.discover import (
    LITTER,
    MAX_DEPTH,
    PROJECT,
    RUN_FILE,
    SIDECAR_SUFFIX,
    discover,
    file_name,
    is_sidecar,
    source_name,
    source_of,
)
from corpus.readers.fields import SLOTS
from corpus.readers.inputs import REFUSED, UnreadableError, from_bytes, from_path, head_of, os_error, problem
from corpus.readers.lexicon import READER_WORDS
from corpus.readers.markup import line_of, local_name, xml_bytes, xml_parser
from corpus.readers.options import ReadOptions
from corpus.readers.registry import FORMATS, Reader, format_of, read_input
from corpus.records import InputDocument, Problem

__all__ = [
    "FORMATS",
    "LITTER",
    "MAX_DEPTH",
    "PROJECT",
    "READER_WORDS",
    "REFUSED",
    "RUN_FILE",
    "SIDECAR_SUFFIX",
    "SLOTS",
    "ReadOptions",
    "Reader",
    "UnreadableError",
    "decode",
    "discover",
    "file_name",
    "format_of",
    "from_bytes",
    "from_path",
    "head_of",
    "is_sidecar",
    "line_of",
    "local_name",
    "os_error",
    "problem",
    "read_file",
    "source_name",
    "source_of",
    "xml_bytes",
    "xml_parser",
]

DEFAULTS = ReadOptions()


def read_file(path: Path, source: str, options: ReadOptions = DEFAULTS) -> Iterator[InputDocument | Problem]:
    """The documents of one file and the problems met on the way, as they are read; never raises for what a file holds
    (OSError where there is no room to unpack it).

    `source` is the file's path relative to the input folder (`source_of`); a format of several documents adds `#n` to it.
    Every file gives at least one item.

    >>> from pathlib import Path
    >>> from corpus.readers import read_file
    >>> _ = Path("pont.csv").write_text("titre,texte\\nLe pont,Le pont est fermé.\\n", encoding="utf-8")
    >>> [(found.source, found.title, found.content) for found in read_file(Path("pont.csv"), "pont.csv")]
    [('pont.csv#0', 'Le pont', 'Le pont est fermé.')]
    """
    try:
        found = from_path(path, source)
    except UnreadableError as error:
        yield problem(source, error.kind, error.message)
        return
    nothing = True
    for item in read_input(found, options):
        nothing = False
        yield item
    if nothing:
        yield problem(source, "empty", "It holds no document.")

"""Readers: whatever a researcher has saved, as documents.

    for item in read_file(path, source_of(path, root), ReadOptions()):
        ...  # an InputDocument or a Problem

The format is found by content; `FORMATS` lists the readers in the order in which they are asked. docs/formats.md describes
every format for users.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.readers.discover import discover, file_name, is_sidecar, source_name, source_of
from corpus.readers.inputs import UnreadableError, from_path, problem
from corpus.readers.options import ReadOptions
from corpus.readers.registry import FORMATS, Reader, read_input
from corpus.records import InputDocument, Problem

__all__ = [
    "FORMATS",
    "ReadOptions",
    "Reader",
    "discover",
    "file_name",
    "is_sidecar",
    "read_file",
    "source_name",
    "source_of",
]

DEFAULTS = ReadOptions()


def read_file(path: Path, source: str, options: ReadOptions = DEFAULTS) -> Iterator[InputDocument | Problem]:
    """The documents of one file and the problems met on the way, as they are read; never raises for what a file holds.

    `source` is the file's path relative to the input folder (`source_of`); a format of several documents adds `#n` to it.
    Every file gives at least one item.
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

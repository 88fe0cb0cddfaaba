"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.decode import looks_binary
from corpus.readers.inputs import Head, Input
from corpus.readers.options import ReadOptions
from corpus.readers.restored import as_written
from corpus.readers.sidecar import with_sidecar
from corpus.readers.texts import damage, decoded_text
from corpus.records import InputDocument, Problem


def sniff(head: Head) -> bool:
    """Anything that decodes to text: the last of the readers to be asked."""
    return not looks_binary(head.text)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The whole file as one document."""
    decoded = decoded_text(source, options)
    yield from damage(source.source, decoded)
    document = InputDocument(source.source, "text", "text", as_written(decoded.text))
    yield from with_sidecar(document, source, options)

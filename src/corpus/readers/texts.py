"""The text of a whole input, decoded, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.decode import Decoded, decode, looks_binary
from corpus.readers.inputs import Input, UnreadableError, problem
from corpus.readers.options import ReadOptions
from corpus.records import Problem

ENCODING = "encoding"
# Characters that stand for nothing: byte order mark, end of file of old systems, padding.
MARKS = "\ufeff\x1a\x00"


def decoded_text(source: Input, options: ReadOptions, *, markup: bool = False) -> Decoded:
    """The text of an input. Raises `UnreadableError` for one that is too large, empty or not text."""
    data = source.read_all(options.max_document_bytes)
    decoded = decode(data, source.charset, markup=markup)
    if not any(not character.isspace() and character not in MARKS for character in decoded.text):
        raise UnreadableError("empty", "It is empty.")
    if looks_binary(decoded.text):
        raise UnreadableError("binary", "It is not text: it has control characters of a binary file.")
    return decoded


def damage(source: str, decoded: Decoded) -> Iterator[Problem]:
    """A recovered problem for a text whose bytes did not all fit its encoding."""
    if decoded.damaged:
        message = f"{decoded.damaged} characters were not valid {decoded.encoding} and were repaired or replaced by U+FFFD."
        yield problem(source, ENCODING, message, recovered=True)

"""Trees that a process made, for the next one: loading a parser takes longer than reading all else of a document.

A tree depends on its sentence and the parser alone, so one that was kept is the one that would be made. What is kept is JSON: of
each word its characters, the word it depends on and how.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import xxhash


@dataclass(frozen=True, slots=True)
class TreeMemory:
    """Trees as text, by the keys of parser and sentence: those that are `known`, and those that were `asked` for."""

    known: Mapping[bytes, str]
    asked: dict[bytes, str] = field(default_factory=dict)


NOTHING = TreeMemory({})
_current: ContextVar[TreeMemory] = ContextVar("trees", default=NOTHING)


@contextmanager
def remembering(known: Mapping[bytes, str]) -> Iterator[TreeMemory]:
    """A memory for the block: what is `known` is not parsed again, and what is asked for is noted.

    >>> from extract.facts import find_facts
    >>> from extract.facts.remembered import remembering
    >>> with remembering({}) as memory:
    ...     found = find_facts("Rien.", [], [], [])
    >>> memory.asked
    {}
    """
    memory = TreeMemory(known)
    token = _current.set(memory)
    try:
        yield memory
    finally:
        _current.reset(token)


def recalled(parser: str, sentence: str) -> list[list[int | str]] | None:
    """The words of a sentence that is known: start, end, head and relation of each."""
    memory = _current.get()
    if memory is NOTHING:
        return None
    key = _key(parser, sentence)
    text = memory.known.get(key)
    if text is None:
        return None
    memory.asked[key] = text
    nodes: list[list[int | str]] = json.loads(text)
    return nodes


def note(parser: str, sentence: str, nodes: list[tuple[int, int, int, str]]) -> None:
    """Note the words of a sentence that was parsed."""
    memory = _current.get()
    if memory is not NOTHING:
        memory.asked[_key(parser, sentence)] = json.dumps(nodes, ensure_ascii=False, separators=(",", ":"))


def _key(parser: str, sentence: str) -> bytes:
    return xxhash.xxh3_128_digest(f"{parser}\n{sentence}".encode("utf-8", "surrogatepass"))

"""What a process read with what takes long to load or to run, for the next one: trees of sentences, answers of the encoder.

An answer depends on what was read and on who read it, so one that was kept is the one that would be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import xxhash


@dataclass(frozen=True, slots=True)
class Memory:
    """Answers by the keys of reader and text: those that are `known`, and those that were `asked` for."""

    known: Mapping[bytes, bytes]
    asked: dict[bytes, bytes] = field(default_factory=dict)


NOTHING = Memory({})
_current: ContextVar[Memory] = ContextVar("answers", default=NOTHING)


@contextmanager
def remembering(known: Mapping[bytes, bytes]) -> Iterator[Memory]:
    """A memory for the block: what is `known` is not read again, and what is asked for is noted.

    >>> from extract.facts import find_facts
    >>> from extract.facts.remembered import remembering
    >>> with remembering({}) as memory:
    ...     found = find_facts("Rien.", [], [], [])
    >>> memory.asked
    {}
    """
    memory = Memory(known)
    token = _current.set(memory)
    try:
        yield memory
    finally:
        _current.reset(token)


def recalled(reader: str, text: str) -> bytes | None:
    """What a reader, named with its version, said of a text, where that is known."""
    memory = _current.get()
    if memory is NOTHING:
        return None
    key = _key(reader, text)
    answer = memory.known.get(key)
    if answer is not None:
        memory.asked[key] = answer
    return answer


def note(reader: str, text: str, answer: bytes) -> None:
    """Note what a reader said of a text."""
    memory = _current.get()
    if memory is not NOTHING:
        memory.asked[_key(reader, text)] = answer


def _key(reader: str, text: str) -> bytes:
    return xxhash.xxh3_128_digest(f"{reader}\n{text}".encode("utf-8", "surrogatepass"))

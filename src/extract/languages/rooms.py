"""The files of a language as the code declares them: each says what slots it has, and is checked whole when it is read.

A module that needs words declares a `Room` (a TOML file with slots) or a `WordFile` (a list of words), and reads that alone. So a
broken file is one sentence that names the file and the slot, and `faults` can say of any language what it lacks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.languages.files import CARD_FILE, LexiconError, language_file, language_text, shown
from extract.languages.kinds import FLAG, NUMBER, TEXT, WORDS, Kind, Section, Tables, optional


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file whose slots have been checked.

    >>> from extract.languages import Table
    >>> Table({"name": "French", "rank": 1}).text("name")
    'French'
    """

    content: Mapping[str, Any]

    def text(self, slot: str) -> str:
        """The string in `slot`."""
        return str(self.content[slot])

    def flag(self, slot: str) -> bool:
        """The boolean in `slot`; False where an optional slot is left out."""
        return bool(self.content.get(slot, False))

    def number(self, slot: str) -> int | float:
        """The number in `slot`; 0 where an optional slot is left out."""
        value: int | float = self.content.get(slot, 0)
        return value

    def words(self, slot: str) -> tuple[str, ...]:
        """The words in `slot`, as written there; none where an optional slot is left out."""
        return tuple(self.content.get(slot, ()))

    def numbers(self, slot: str) -> dict[str, int | float]:
        """The mapping from words to numbers in `slot`."""
        return dict(self.content[slot])

    def codes(self, slot: str) -> dict[str, str]:
        """The mapping from words to codes in `slot`."""
        return dict(self.content[slot])

    def lists(self, slot: str) -> dict[str, tuple[str, ...]]:
        """The mapping from names to words in `slot`."""
        return {name: tuple(words) for name, words in self.content[slot].items()}

    def table(self, slot: str) -> Table:
        """The table in `slot`."""
        return Table(self.content[slot])

    def tables(self, slot: str) -> tuple[Table, ...]:
        """The tables in `slot`, in order."""
        return tuple(map(Table, self.content[slot]))


@dataclass(frozen=True, eq=False)
class Room:
    """A TOML file that every language has in `package`, and its slots.

    >>> from extract.numbers import NUMBER_WORDS
    >>> NUMBER_WORDS.read("fr").text("decimal")
    ','
    """

    package: str
    name: str
    slots: Mapping[str, Kind | Section | Tables]

    def read(self, language: str) -> Table:
        """The file of `language`, read once. Raises LexiconError for an unknown language and for a file with a fault."""
        return _read(self, language)

    def faults(self, language: str) -> list[str]:
        """What is wrong with the file of `language`, one sentence a missing, unknown or broken slot."""
        try:
            text = language_text(self.package, language, self.name)
        except LexiconError as error:
            return [str(error)]
        return self.faults_of(text, shown(self.package, language, self.name))

    def faults_of(self, text: str, where: str) -> list[str]:
        """The same of a file's text; messages call it `where`."""
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            return [f"{where} is not valid TOML: {error}."]
        return list(Section(self.slots).faults(where, content))


@cache
def _read(room: Room, language: str) -> Table:
    text, where = language_text(room.package, language, room.name), shown(room.package, language, room.name)
    try:
        content = tomllib.loads(text)
        faults = list(Section(room.slots).faults(where, content))
    except tomllib.TOMLDecodeError:
        faults = room.faults_of(text, where)
    if faults:
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        raise LexiconError(faults[0] + more)
    return Table(content)


@dataclass(frozen=True, eq=False)
class WordFile:
    """A list of words that every language has in `package`, or may have where it is not `required`.

    White space parts the words; a line that starts with # is a comment.

    >>> from corpus.topics import STOP_WORDS
    >>> "avec" in STOP_WORDS.read("fr")
    True
    """

    package: str
    name: str
    required: bool = True

    def read(self, language: str) -> tuple[str, ...]:
        """The words of `language`, in order; none where the file may be missing. Raises LexiconError where it may not."""
        if not self.required and not language_file(self.package, language, self.name).is_file():
            return ()
        return tuple(self._words(language))

    def faults(self, language: str) -> list[str]:
        """What is wrong with the file of `language`."""
        try:
            empty = not self.read(language) and self.required
        except LexiconError as error:
            return [str(error)]
        return [f"{shown(self.package, language, self.name)} holds no word."] if empty else []

    def _words(self, language: str) -> Iterator[str]:
        for line in language_text(self.package, language, self.name).splitlines():
            if not line.startswith("#"):
                yield from line.split()


CARD = Room(
    "extract",
    CARD_FILE,
    {
        "name": TEXT,
        "codes": WORDS,
        "rank": NUMBER,
        "noun_capitals": optional(FLAG),
        "possessive_s": optional(FLAG),
        "parser": optional(TEXT),
    },
)


def language_card(language: str) -> Table:
    """What the program calls a language, and its rank.

    >>> from extract.languages import language_card
    >>> language_card("pt").text("name")
    'Portuguese'
    """
    return CARD.read(language)

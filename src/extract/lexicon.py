"""The words of a language, read from `languages/<code>/grammar.toml`: the code knows slots, the files know words.

A lexicon has one table for each grammar that reads it (`[numbers]`, `[amounts]`, `[dates]`). A grammar asks for its table
with `Lexicon.table` and for each slot with the typed getters of `Table`, so a broken file is one sentence that names the
file and the key. How to add a language: `docs/lexicons.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.languages import LexiconError, known_languages, language_text

__all__ = ["Lexicon", "LexiconError", "Table", "load_lexicon", "parse_lexicon"]

_FILE = "grammar.toml"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a lexicon. `where` names it in errors: `fr.toml [numbers]`."""

    where: str
    content: Mapping[str, Any]

    def _get(self, key: str, expected: str, *kinds: type) -> Any:
        if key not in self.content:
            raise LexiconError(f"{self.where}: the key '{key}' is missing; it should be {expected}.")
        value = self.content[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise LexiconError(f"{self.where}: the key '{key}' should be {expected}, not {value!r}.")
        return value

    def text(self, key: str) -> str:
        """The string under `key`. Raises LexiconError."""
        return str(self._get(key, "a string", str))

    def flag(self, key: str) -> bool:
        """The boolean under `key`. Raises LexiconError."""
        return bool(self._get(key, "true or false", bool))

    def words(self, key: str) -> tuple[str, ...]:
        """The list of strings under `key`, as written there. Raises LexiconError."""
        values = self._get(key, "a list of strings", list)
        if not all(isinstance(value, str) and value for value in values):
            raise LexiconError(f"{self.where}: the key '{key}' should be a list of non-empty strings.")
        return tuple(values)

    def words_or_empty(self, key: str) -> tuple[str, ...]:
        """The list of strings under `key`, which may be empty ones: connectors. Raises LexiconError."""
        values = self._get(key, "a list of strings", list)
        if not all(isinstance(value, str) for value in values):
            raise LexiconError(f"{self.where}: the key '{key}' should be a list of strings.")
        return tuple(values)

    def numbers(self, key: str) -> dict[str, int | float]:
        """The mapping from a word to a number under `key`. Raises LexiconError."""
        values = self._get(key, "a table from words to numbers", dict)
        for word, value in values.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise LexiconError(f"{self.where}: '{key}.{word}' should be a number, not {value!r}.")
        return dict(values)

    def numbers_at(self, key: str) -> int | float:
        """The number under `key`. Raises LexiconError."""
        value: int | float = self._get(key, "a number", int, float)
        return value

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """The mapping from a name to a list of words under `key`. Raises LexiconError."""
        inner = self.table(key)
        return {name: inner.words(name) for name in inner.content}

    def table(self, key: str) -> Table:
        """The table under `key`. Raises LexiconError."""
        return Table(f"{self.where} '{key}'", self._get(key, "a table", dict))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The array of tables under `key`. Raises LexiconError."""
        values = self._get(key, "an array of tables", list)
        if not all(isinstance(value, dict) for value in values):
            raise LexiconError(f"{self.where}: the key '{key}' should be an array of tables.")
        return tuple(
            Table(f"{self.where} '{key}' no. {place}", value) for place, value in enumerate(values, 1)
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's file says, by table."""

    language: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Table:
        """The table `[name]`. Raises LexiconError when the file has none."""
        where = f"{self.language}/{_FILE}"
        content = self.tables.get(name)
        if not isinstance(content, dict):
            raise LexiconError(f"{where}: the table [{name}] is missing.")
        return Table(f"{where} [{name}]", content)


def parse_lexicon(language: str, source: str) -> Lexicon:
    """The lexicon written in `source`. Raises LexiconError where it is not TOML."""
    try:
        return Lexicon(language, tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{language}/{_FILE} is not valid TOML: {error}.") from error


@lru_cache(maxsize=32)
def load_lexicon(language: str) -> Lexicon:
    """The shipped lexicon of `language` (an ISO 639-1 code), read once. Raises LexiconError when there is none."""
    if language not in known_languages():
        known = ", ".join(sorted(known_languages()))
        raise LexiconError(f"There is no lexicon for the language '{language}'; there is one for: {known}.")
    return parse_lexicon(language, language_text("extract", language, _FILE))

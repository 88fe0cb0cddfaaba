"""The readers' word lists, `languages/<code>/readers.toml`: months, names of languages, the words of press databases."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from extract import known_languages, language_table


@cache
def table(name: str) -> dict[str, Any]:
    """The data file `lexicons/<name>.toml`, which is no language's."""
    return tomllib.loads((files(__package__) / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))


def words_of(language: str) -> Mapping[str, Any]:
    """The file `languages/<code>/readers.toml` of a language."""
    return language_table("corpus", language, "readers.toml")


@cache
def months() -> dict[str, int]:
    """Month words of every language (folded, without a final dot) and their numbers."""
    found: dict[str, int] = {}
    for language in known_languages():
        for word, number in words_of(language)["months"].items():
            # No word names two months in these languages; a test holds that.
            found[fold(word)] = number
    return found


@cache
def press(slot: str, *, folded: bool = True) -> tuple[str, ...]:
    """The words of all languages for one slot of the `[press]` tables, longest first, folded unless asked for as they stand."""
    return words("press", slot, folded=folded)


@cache
def words(table_name: str, slot: str, *, folded: bool = True) -> tuple[str, ...]:
    """The words of all languages for one slot of a table, longest first, folded unless asked for as they stand."""
    found = {
        fold(word) if folded else word
        for language in known_languages()
        for word in words_of(language)[table_name][slot]
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_word(found: tuple[str, ...]) -> str:
    """A regular expression for any of these words; `{n}` in one stands for a number."""
    return "|".join(re.escape(word).replace(r"\{n\}", r"\d{1,4}") for word in found)


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in known_languages():
        names.update({fold(word): code for word, code in words_of(language)["languages"].items()})
    return names


@cache
def _three_letter_codes() -> dict[str, str]:
    cards = {code: language_table("extract", code, "language.toml") for code in known_languages()}
    return {written: code for code, card in cards.items() for written in card["codes"]}


def language_code(value: str | None) -> str | None:
    """The ISO 639-1 code for "fr", "fr-FR", "FRA", "Français"; None for what is not known."""
    if not value:
        return None
    word = fold(value)
    if word in _language_names():
        return _language_names()[word]
    tag = word.replace("_", "-").split("-")[0]
    if len(tag) == 2 and tag.isascii() and tag.isalpha():
        return tag
    return _three_letter_codes().get(tag)


def fold(word: str) -> str:
    """Lower case, without accents, ' for ’ and single spaces: the form in which words are compared."""
    plain = unicodedata.normalize("NFD", word.replace("’", "'").lower())
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Mn").split())

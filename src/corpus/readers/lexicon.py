"""The readers' word lists, one file a language: months, names of languages, the words of press databases."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("fr", "en", "de", "es", "it")


@cache
def table(name: str) -> dict[str, Any]:
    """The data file `lexicons/<name>.toml`."""
    return tomllib.loads((files(__package__) / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def months() -> dict[str, int]:
    """Month words of every language (folded, without a final dot) and their numbers."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for word, number in table(language)["months"].items():
            # No word names two months in these languages; a test holds that.
            found[fold(word)] = number
    return found


@cache
def press(slot: str, *, folded: bool = True) -> tuple[str, ...]:
    """The words of all languages for one slot of the `[press]` tables, longest first, folded unless asked for as they stand."""
    words = {
        fold(word) if folded else word for language in LANGUAGES for word in table(language)["press"][slot]
    }
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LANGUAGES:
        names.update({fold(word): code for word, code in table(language)["languages"].items()})
    return names


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
    return {"fra": "fr", "fre": "fr", "eng": "en", "deu": "de", "ger": "de", "spa": "es", "ita": "it"}.get(
        tag
    )


def fold(word: str) -> str:
    """Lower case, without accents, ' for ’ and single spaces: the form in which words are compared."""
    plain = unicodedata.normalize("NFD", word.replace("’", "'").lower())
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Mn").split())

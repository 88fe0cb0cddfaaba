"""Where the files of a language are, and which languages have any."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_FOLDER = "languages"
CARD_FILE = "language.toml"


class LexiconError(ValueError):
    """A language without a file, or a file that cannot be used; says which file and which slot.

    >>> from extract import LexiconError, find_dates
    >>> try:
    ...     find_dates("Igår", language="sv")
    ... except LexiconError as error:
    ...     print(error)
    There are no words of the language 'sv'; there are of: de, en, ...
    """


@cache
def known_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have a card, by rank: where two know a phrase, the first is named for it.

    >>> from extract import known_languages
    >>> known_languages()[0], "pt" in known_languages()
    ('fr', True)
    """
    cards = {
        entry.name: entry / CARD_FILE
        for entry in (files("extract") / _FOLDER).iterdir()
        if (entry / CARD_FILE).is_file()
    }
    return tuple(sorted(cards, key=lambda code: (_rank(cards[code]), code)))


def _rank(card: Traversable) -> float:
    """The rank that a card gives; last for one that gives none, which the check of its slots will say."""
    try:
        rank = tomllib.loads(card.read_text(encoding="utf-8")).get("rank")
    except tomllib.TOMLDecodeError:
        return float("inf")
    return rank if isinstance(rank, int) else float("inf")


def language_file(package: str, language: str, name: str) -> Traversable:
    """Where the file `name` of a language would be in `package`; it need not exist."""
    return files(package) / _FOLDER / language / name


def shown(package: str, language: str, name: str) -> str:
    """How messages call that file."""
    return f"{package}/{_FOLDER}/{language}/{name}"


def language_text(package: str, language: str, name: str) -> str:
    """The text of a language's file. Raises LexiconError when the language is not known or has no such file."""
    file = language_file(package, language, name)
    if not file.is_file():
        if language not in known_languages():
            known = ", ".join(sorted(known_languages()))
            raise LexiconError(f"There are no words of the language '{language}'; there are of: {known}.")
        raise LexiconError(f"{shown(package, language, name)} is missing; see docs/lexicons.md.")
    return file.read_text(encoding="utf-8")

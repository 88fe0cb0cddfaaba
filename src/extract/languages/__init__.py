"""The languages that there are: one folder each, here and below `languages/` of the packages that know words too.

`extract/languages/<code>/` makes a language known; `dedupe/languages/<code>/` and `corpus/languages/<code>/` hold what those
packages know of it. There is no list of languages anywhere else. What stands in each file: `docs/lexicons.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

__all__ = ["LexiconError", "known_languages", "language_file", "language_table", "language_text", "word_list"]

_FOLDER = "languages"
_CARD = "language.toml"


class LexiconError(ValueError):
    """A language without a file, or a file that cannot be read; says which file and which key."""


@cache
def known_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have a folder, by rank: where two know a phrase, the first is named for it."""
    folders = (entry.name for entry in (files("extract") / _FOLDER).iterdir() if (entry / _CARD).is_file())
    return tuple(sorted(folders, key=lambda code: (language_table("extract", code, _CARD)["rank"], code)))


def language_file(package: str, language: str, name: str) -> Traversable:
    """Where the file `name` of a language would be in `package`; it need not exist."""
    return files(package) / _FOLDER / language / name


def language_text(package: str, language: str, name: str) -> str:
    """The text of a language's file. Raises LexiconError when there is none."""
    file = language_file(package, language, name)
    if not file.is_file():
        raise LexiconError(
            f"{package}/{_FOLDER}/{language}/{name} is missing; docs/lexicons.md says what stands in it."
        )
    return file.read_text(encoding="utf-8")


@cache
def language_table(package: str, language: str, name: str) -> Mapping[str, Any]:
    """The TOML file of a language, read once. Raises LexiconError when there is none or it is not TOML."""
    try:
        return tomllib.loads(language_text(package, language, name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{package}/{_FOLDER}/{language}/{name} is not valid TOML: {error}.") from error


def word_list(package: str, language: str, name: str) -> tuple[str, ...]:
    """The words of a text file, in order: white space parts them, a line that starts with # is a comment."""
    lines = language_text(package, language, name).splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())

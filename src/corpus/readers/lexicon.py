"""The readers' word lists, `languages/<code>/readers.toml`: names of languages, the words of press databases."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from extract import fold_phrase
from extract.languages import CODES, WORDS, Room, Section, calendar_words, known_languages, language_card

_PRESS = (
    "words", "pages", "byline", "place", "and", "web_site", "issue", "editions", "document_number", "carried_from", "legal",
    "asides", "cover", "rights", "accession",
)  # fmt: skip
_NEXIS = ("document", "of", "body", "end", "graphic", "load_date", "classification")
_NEXIS_LABELS = (
    "byline", "section", "length", "highlight", "dateline", "graphic", "load_date", "language", "publication_type",
    "journal_code", "subject", "company", "geographic", "person", "industry", "url", "copyright", "classification",
)  # fmt: skip
READER_WORDS = Room(
    "corpus",
    "readers.toml",
    {
        "languages": CODES,
        "press": Section(dict.fromkeys(_PRESS, WORDS)),
        "hyphens": Section({"after": WORDS, "before": WORDS}),
        "page_numbers": Section({"page": WORDS, "of": WORDS}),
        "mail": Section({"subscription": WORDS, "wrote": WORDS, "forwarded": WORDS}),
        "no_article": Section({"error": WORDS, "captcha": WORDS, "paywall": WORDS}),
        "saved_pages": Section({"folders": WORDS}),
        "nexis": Section(
            {**dict.fromkeys(_NEXIS, WORDS), "labels": Section(dict.fromkeys(_NEXIS_LABELS, WORDS))}
        ),
    },
)


@cache
def table(name: str) -> dict[str, Any]:
    """The data file `lexicons/<name>.toml`, which is no language's."""
    return tomllib.loads((files(__package__) / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def months() -> dict[str, int]:
    """Month words of every language, full and short (folded, without a final dot), and their numbers."""
    found: dict[str, int] = {}
    for language in known_languages():
        for word, number in calendar_words(language).written_months().items():
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
        for word in READER_WORDS.read(language).table(table_name).words(slot)
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_word(found: tuple[str, ...]) -> str:
    """A regular expression for any of these words; `{n}` in one stands for a number."""
    return "|".join(re.escape(word).replace(r"\{n\}", r"\d{1,4}") for word in found)


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in known_languages():
        names.update(
            {fold(word): code for word, code in READER_WORDS.read(language).codes("languages").items()}
        )
    return names


@cache
def _three_letter_codes() -> dict[str, str]:
    return {written: code for code in known_languages() for written in language_card(code).words("codes")}


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
    """The folding of phrases with single spaces: the form in which words are compared."""
    return " ".join(fold_phrase(unicodedata.normalize("NFC", word)).split())

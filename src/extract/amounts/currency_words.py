"""Whether a word is a currency by itself, for those who must know what a word is and not what a sum is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from extract.amounts.vocabulary import AMOUNT_WORDS, CURRENCIES
from extract.languages import Table


def is_currency_word(word: str, language: str) -> bool:
    """Whether a word is a currency, its hundredth (in any case) or its code (as written); not where it is another thing too.

    >>> from extract.amounts import is_currency_word
    >>> [is_currency_word(word, "fr") for word in ("Euros", "FCFA", "livre", "mad")]
    [True, True, False, False]
    """
    return word.lower() in _names(language) or word in _codes()


@cache
def _names(language: str) -> frozenset[str]:
    table = AMOUNT_WORDS.read(language)
    slots = ("currencies", "minor", "minor_default")
    lists = [words for slot in slots for words in table.lists(slot).values()]
    # Some words of another thing ("livre") are a sum behind a scale only.
    unsure = [entry.words("names") for entry in table.tables("ambiguous") if not entry.flag("scaled_only")]
    shared = {word.lower() for entry in table.tables("ambiguous") for word in entry.words("names")}
    alone = {word.lower() for words in lists for word in words} - shared
    return frozenset(alone | {word.lower() for words in unsure for word in words})


@cache
def _codes() -> frozenset[str]:
    text = resources.files(__package__).joinpath(CURRENCIES).read_text(encoding="utf-8")
    shared = Table(tomllib.loads(text))
    several = {
        letter + code for letter in shared.numbers("multiples") for code in shared.words("multiple_codes")
    }
    codes = {*shared.words("codes"), *shared.codes("other_codes"), *shared.table("bundles").content}
    return frozenset(codes | several)

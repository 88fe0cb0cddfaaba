"""The words of a language that make a fact, read from `languages/<code>/repeats.toml` and from the number grammar's own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dedupe.fold import folded_words
from extract.languages import known_languages, language_table
from extract.lexicon import load_lexicon

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "%": "%"}


@dataclass(frozen=True, slots=True)
class FactWords:
    """One language's words. `currencies` and `months` give a word its meaning: a code, a number from 1.

    `opposites` gives each word the sides it stands on: (pair, 0 or 1). `numbers` are the words that may be read as numbers,
    `units` what is written for a scale or a currency beside them ("M", "k", "EUR"). `date_words`, `date_months` and
    `place_words` are what a dateline may hold beside capitalised words and months.
    """

    language: str
    negation: frozenset[str]
    negation_weak: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    ordinals: frozenset[str]
    opposites: dict[str, tuple[tuple[int, int], ...]]
    openers: frozenset[str]
    opener_endings: tuple[str, ...]
    counters: frozenset[str]
    furniture: frozenset[str]
    more: tuple[tuple[str, ...], ...]
    agencies: frozenset[tuple[str, ...]]
    currencies: dict[str, str]
    numbers: frozenset[str]
    units: frozenset[str]
    date_words: frozenset[str]
    date_months: frozenset[str]
    place_words: frozenset[str]

    def marked(self) -> frozenset[str]:
        """Return every word that may be a fact or a part of one."""
        plain = self.negation | self.negation_weak | self.months | self.weekdays | self.ordinals
        return plain | self.numbers | self.units | frozenset(self.currencies)


@lru_cache(maxsize=32)
def fact_words(language: str) -> FactWords:
    """Return the words of `language`; a language without a file has none, its digits and capitals still count."""
    known = language in known_languages()
    content: Mapping[str, Any] = language_table("dedupe", language, "repeats.toml") if known else {}
    opposites: dict[str, list[tuple[int, int]]] = {}
    for pair, sides in enumerate(content.get("opposites", [])):
        for side, words in enumerate(sides):
            for word in words:
                opposites.setdefault(word, []).append((pair, side))

    def listed(key: str) -> frozenset[str]:
        return frozenset(content.get(key, ()))

    currencies, numbers, units = _grammar_words(language)
    dateline = content.get("dateline", {})
    return FactWords(
        language=language,
        negation=listed("negation"),
        negation_weak=listed("negation_weak"),
        months=listed("months"),
        weekdays=listed("weekdays"),
        ordinals=listed("ordinals"),
        opposites={word: tuple(places) for word, places in opposites.items()},
        openers=listed("openers"),
        opener_endings=tuple(content.get("opener_endings", ())),
        counters=listed("counters"),
        furniture=listed("furniture"),
        more=tuple(tuple(folded_words(phrase)) for phrase in content.get("more", ())),
        agencies=frozenset(tuple(folded_words(name)) for name in dateline.get("agencies", ())),
        currencies=currencies,
        numbers=numbers,
        units=units,
        date_words=frozenset(dateline.get("date_words", ())),
        date_months=frozenset(dateline.get("months", ())),
        place_words=frozenset(dateline.get("place_words", ())),
    )


def _grammar_words(language: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return the grammar's currency words with their codes, its number words, and what abbreviates a scale or a currency."""
    currencies: dict[str, str] = {}
    if language not in known_languages():
        return currencies, frozenset(), frozenset()
    lexicon = load_lexicon(language)
    for code, written in lexicon.table("amounts").lists("currencies").items():
        for tokens in map(folded_words, written):
            if len(tokens) == 1:
                currencies.setdefault(tokens[0], code)
    table = lexicon.table("numbers")
    names = [
        *table.numbers("words"),
        *table.numbers("hundreds"),
        *table.numbers("round"),
        *table.numbers("rounds"),
    ]
    for scale in table.tables("scales"):
        names += [word for key in ("one", "many", "abbreviated") for word in scale.content.get(key, ())]
    # The parts of "quatre-vingts" are number words too, its conjunctions are not.
    numbers = {token for name in names for token in folded_words(name) if len(token) > 1}
    units = {code.lower() for code in lexicon.table("amounts").lists("currencies")}
    units.update(lexicon.table("amounts").numbers("short_scales"))
    return currencies, frozenset(numbers - _CONJUNCTIONS), frozenset(units)


_CONJUNCTIONS = frozenset(("et", "and", "und", "de"))

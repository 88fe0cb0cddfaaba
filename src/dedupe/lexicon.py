"""The words of a language that make a fact, read from `languages/<code>/repeats.toml` and from the number grammar's own file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dedupe.fold import folded_words
from extract.amounts import AMOUNT_WORDS
from extract.languages import (
    OPPOSITES,
    WORDS,
    CalendarWords,
    Room,
    Section,
    Table,
    calendar_words,
    known_languages,
)
from extract.numbers import NUMBER_WORDS

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "%": "%"}


@dataclass(frozen=True, slots=True)
class FactWords:
    """One language's words. `currencies` and `months` give a word its meaning: a code, or the word itself where several
    countries share it ("francs"); the name of the month. `qualifiers` say whose currency the word before is ("canadiens").

    `opposites` gives each word the sides it stands on: (pair, 0 or 1). `numbers` are the words that may be read as numbers,
    `units` what is written for a scale or a currency beside them ("M", "k", "EUR"), `joins` what stands inside a number or
    between it and its currency ("et", "de"). `date_words` and `place_words` are what a dateline may hold beside
    capitalised words and months.
    """

    language: str
    negation: frozenset[str]
    negation_weak: frozenset[str]
    months: Mapping[str, str]
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
    qualifiers: dict[str, str]
    numbers: frozenset[str]
    units: frozenset[str]
    joins: frozenset[str]
    date_words: frozenset[str]
    place_words: frozenset[str]

    def marked(self) -> frozenset[str]:
        """Return every word that may be a fact or a part of one."""
        plain = self.negation | self.negation_weak | frozenset(self.months) | self.weekdays | self.ordinals
        return plain | self.numbers | self.units | frozenset(self.currencies) | frozenset(self.qualifiers)


REPEAT_WORDS = Room(
    "dedupe",
    "repeats.toml",
    {
        "negation": WORDS,
        "negation_weak": WORDS,
        "ordinals": WORDS,
        "opposites": OPPOSITES,
        "openers": WORDS,
        "opener_endings": WORDS,
        "counters": WORDS,
        "furniture": WORDS,
        "more": WORDS,
        "dateline": Section({"agencies": WORDS, "date_words": WORDS, "place_words": WORDS}),
    },
)
_NOTHING = Table(dict.fromkeys(REPEAT_WORDS.slots, ()) | {"dateline": {}})


@lru_cache(maxsize=32)
def fact_words(language: str) -> FactWords:
    """Return the words of `language`; a language without a file has none, its digits and capitals still count."""
    known = language in known_languages()
    table = REPEAT_WORDS.read(language) if known else _NOTHING
    calendar = calendar_words(language) if known else None
    opposites: dict[str, list[tuple[int, int]]] = {}
    for pair, sides in enumerate(table.content["opposites"]):
        for side, words in enumerate(sides):
            for word in words:
                opposites.setdefault(word, []).append((pair, side))
    currencies, qualifiers = _currency_words(language) if known else ({}, {})
    numbers, units, joins = _grammar_words(language)
    dateline = table.table("dateline")
    return FactWords(
        language=language,
        negation=frozenset(table.words("negation")),
        negation_weak=frozenset(table.words("negation_weak")),
        months=_month_names(calendar) if calendar else {},
        # A short weekday is too often another word ("mer", "jeu").
        weekdays=frozenset(calendar.written_weekdays(short=False) if calendar else ()),
        ordinals=frozenset(table.words("ordinals")),
        opposites={word: tuple(places) for word, places in opposites.items()},
        openers=frozenset(table.words("openers")),
        opener_endings=table.words("opener_endings"),
        counters=frozenset(table.words("counters")),
        furniture=frozenset(table.words("furniture")),
        more=tuple(tuple(folded_words(phrase)) for phrase in table.words("more")),
        agencies=frozenset(tuple(folded_words(name)) for name in dateline.words("agencies")),
        currencies=currencies,
        qualifiers=qualifiers,
        numbers=numbers,
        units=units,
        joins=joins,
        date_words=frozenset(dateline.words("date_words")),
        place_words=frozenset(dateline.words("place_words")),
    )


def _month_names(calendar: CalendarWords) -> dict[str, str]:
    """Return every way to write a month, with its name: the ways to write one month are one fact."""
    names = {number: name for name, number in reversed(calendar.months.items())}
    return {written: names[number] for written, number in calendar.written_months().items()}


def _currency_words(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words that name a currency, with its code, and those that say whose it is behind such a word."""
    amounts = AMOUNT_WORDS.read(language)
    currencies: dict[str, str] = {}
    qualifiers: dict[str, str] = {}
    for code, written in amounts.lists("currencies").items():
        for name, *rest in filter(None, map(folded_words, written)):
            if rest:
                qualifiers.setdefault(rest[-1], code)
            else:
                currencies.setdefault(name, code)
    for shared in amounts.tables("shared"):
        names = [word for written in shared.words("names") for word in folded_words(written)]
        for name in names:
            if name not in SIGNS:
                currencies.setdefault(name, names[0])
    return currencies, qualifiers


def _grammar_words(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what the grammars of numbers and sums know: number words, abbreviations, joins."""
    if language not in known_languages():
        return frozenset(), frozenset(), frozenset()
    amounts = AMOUNT_WORDS.read(language)
    table = NUMBER_WORDS.read(language)
    names = [
        *table.numbers("words"),
        *table.numbers("hundreds"),
        *table.numbers("round"),
        *table.numbers("rounds"),
    ]
    for scale in table.tables("scales"):
        names += [word for key in ("one", "many", "abbreviated") for word in scale.words(key)]
    # The parts of "quatre-vingts" are number words too, its conjunctions are not.
    numbers = {token for name in names for token in folded_words(name) if len(token) > 1}
    units = {code.lower() for code in amounts.lists("currencies")}
    units.update(amounts.numbers("short_scales"))
    joins = frozenset(
        token for slot in ("and", "of") for word in table.words(slot) for token in folded_words(word)
    )
    return frozenset(numbers - joins), frozenset(units), joins

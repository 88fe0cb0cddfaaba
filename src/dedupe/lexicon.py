"""The words of a language that make a fact, read from `languages/<code>/repeats.toml` and from the number grammar's own file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dedupe.fold import folded_words
from extract.amounts.vocabulary import AMOUNT_WORDS
from extract.languages import OPPOSITES, WORDS, Room, Section, Table, calendar_words, known_languages
from extract.numbers import NUMBER_WORDS

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
    months, short_months, weekdays = _calendar(language) if known else (frozenset(),) * 3
    opposites: dict[str, list[tuple[int, int]]] = {}
    for pair, sides in enumerate(table.content["opposites"]):
        for side, words in enumerate(sides):
            for word in words:
                opposites.setdefault(word, []).append((pair, side))
    currencies, numbers, units = _grammar_words(language)
    dateline = table.table("dateline")
    return FactWords(
        language=language,
        negation=frozenset(table.words("negation")),
        negation_weak=frozenset(table.words("negation_weak")),
        months=months,
        weekdays=weekdays,
        ordinals=frozenset(table.words("ordinals")),
        opposites={word: tuple(places) for word, places in opposites.items()},
        openers=frozenset(table.words("openers")),
        opener_endings=table.words("opener_endings"),
        counters=frozenset(table.words("counters")),
        furniture=frozenset(table.words("furniture")),
        more=tuple(tuple(folded_words(phrase)) for phrase in table.words("more")),
        agencies=frozenset(tuple(folded_words(name)) for name in dateline.words("agencies")),
        currencies=currencies,
        numbers=numbers,
        units=units,
        date_words=frozenset(dateline.words("date_words")),
        date_months=short_months,
        place_words=frozenset(dateline.words("place_words")),
    )


def _calendar(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the months, their short forms and the weekdays of a known language. A short weekday is too often another word."""
    calendar = calendar_words(language)
    months = frozenset(calendar.written_months())
    return (
        months,
        months - frozenset(calendar.written_months(short=False)),
        frozenset(calendar.written_weekdays(short=False)),
    )


def _grammar_words(language: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return the grammar's currency words with their codes, its number words, and what abbreviates a scale or a currency."""
    currencies: dict[str, str] = {}
    if language not in known_languages():
        return currencies, frozenset(), frozenset()
    amounts = AMOUNT_WORDS.read(language)
    for code, written in amounts.lists("currencies").items():
        for tokens in map(folded_words, written):
            if len(tokens) == 1:
                currencies.setdefault(tokens[0], code)
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
    return currencies, frozenset(numbers - _CONJUNCTIONS), frozenset(units)


_CONJUNCTIONS = frozenset(("et", "and", "und", "de"))

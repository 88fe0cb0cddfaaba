"""Months and weekdays: one file a language, for texts, headers, file names, feeds and the guard of the repeats alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract.folding import without_accents
from extract.languages.kinds import FLAG, numbered, one_of
from extract.languages.rooms import Room

CALENDAR = Room(
    "extract",
    "calendar.toml",
    {
        "order": one_of("dmy", "mdy"),
        "ordinal_dot": FLAG,
        "capitals": FLAG,
        "months": numbered(12, all_of_them=True),
        "months_short": numbered(12),
        "weekdays": numbered(7, all_of_them=True),
        "weekdays_short": numbered(7),
    },
)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The calendar of one language: each word with its number (1 is January, Monday), as the file writes it.

    `month_first` says the order of dates in digits, `ordinal_dot` whether "3." is an ordinal, `capitals` whether months and
    weekdays are written with a capital.

    >>> from extract.languages import calendar_words
    >>> words = calendar_words("it")
    >>> words.months["gennaio"], words.weekdays["domenica"], words.month_first
    (1, 7, False)
    """

    month_first: bool
    ordinal_dot: bool
    capitals: bool
    months: dict[str, int]
    months_short: dict[str, int]
    weekdays: dict[str, int]
    weekdays_short: dict[str, int]

    def written_months(self, *, short: bool = True) -> dict[str, int]:
        """Every way to write a month, with and without accents; `short` forms too."""
        return _both_ways(self.months, self.months_short if short else {})

    def written_weekdays(self, *, short: bool = True) -> dict[str, int]:
        """Every way to write a weekday, with and without accents; `short` forms too."""
        return _both_ways(self.weekdays, self.weekdays_short if short else {})


def _both_ways(*forms: dict[str, int]) -> dict[str, int]:
    written = {word: number for words in forms for word, number in words.items()}
    return {without_accents(word): number for word, number in written.items()} | written


def _numbers(lists: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, int]:
    return {word: int(number) for number, words in lists for word in words}


@cache
def calendar_words(language: str) -> CalendarWords:
    """The calendar of `language`. Raises LexiconError for an unknown language and for a file with a fault.

    >>> from extract.languages import calendar_words
    >>> calendar_words("de").months["januar"]
    1
    """
    table = CALENDAR.read(language)
    return CalendarWords(
        month_first=table.text("order") == "mdy",
        ordinal_dot=table.flag("ordinal_dot"),
        capitals=table.flag("capitals"),
        months=_numbers(table.lists("months").items()),
        months_short=_numbers(table.lists("months_short").items()),
        weekdays=_numbers(table.lists("weekdays").items()),
        weekdays_short=_numbers(table.lists("weekdays_short").items()),
    )

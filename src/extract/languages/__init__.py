"""The languages that there are: one folder each, here and below `languages/` of the packages that know words too.

`extract/languages/<code>/` makes a language known; `dedupe/languages/<code>/` and `corpus/languages/<code>/` hold what those
packages know of it. There is no list of languages anywhere else. What stands in each file: `docs/lexicons.md`.
"""

from __future__ import annotations

from extract.languages.calendar import CALENDAR, CalendarWords, calendar_words
from extract.languages.files import LexiconError, known_languages
from extract.languages.kinds import (
    BUNDLES,
    CODES,
    CONNECTORS,
    COUNTED,
    FLAG,
    LISTS,
    NUMBER,
    NUMBERS,
    OPPOSITES,
    SOME_WORDS,
    TEXT,
    WORDS,
    Kind,
    Section,
    Tables,
    named,
    numbered,
    one_of,
    optional,
    some_of,
)
from extract.languages.rooms import CARD, Room, Table, WordFile, language_card

__all__ = [
    "BUNDLES",
    "CALENDAR",
    "CARD",
    "CODES",
    "CONNECTORS",
    "COUNTED",
    "FLAG",
    "LISTS",
    "NUMBER",
    "NUMBERS",
    "OPPOSITES",
    "SOME_WORDS",
    "TEXT",
    "WORDS",
    "CalendarWords",
    "Kind",
    "LexiconError",
    "Room",
    "Section",
    "Table",
    "Tables",
    "WordFile",
    "calendar_words",
    "known_languages",
    "language_card",
    "named",
    "numbered",
    "one_of",
    "optional",
    "some_of",
]

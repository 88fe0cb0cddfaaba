"""The files of a language that `extract` reads: the grammars of numbers, sums and dates, names, facts, sentences."""

from __future__ import annotations

from extract.amounts import AMOUNT_WORDS
from extract.cue_words import NAME_WORDS
from extract.dates import DATE_WORDS
from extract.facts import FACT_WORDS
from extract.languages import CALENDAR, CARD, Room, WordFile
from extract.names import COMMON_WORDS
from extract.numbers import NUMBER_WORDS
from extract.sentences import ABBREVIATIONS
from extract.word_groups import WORD_CLUSTERS, WORD_FORMS

WORD_FILES: tuple[Room | WordFile, ...] = (
    CARD,
    CALENDAR,
    NUMBER_WORDS,
    AMOUNT_WORDS,
    DATE_WORDS,
    ABBREVIATIONS,
    NAME_WORDS,
    FACT_WORDS,
    COMMON_WORDS,
    WORD_FORMS,
    WORD_CLUSTERS,
)

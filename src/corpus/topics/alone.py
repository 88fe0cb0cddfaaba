"""What a word tells by itself: little, where it is a noun of no theme; nothing, where it is a given name or a currency."""

from __future__ import annotations

from functools import cache

from corpus.topics.words import WordReader, dictionary_lemma
from extract.languages import WordFile, known_languages

VAGUE_NOUNS = WordFile("corpus", "vague_nouns.txt")
# An abbreviation has so many capitals, and nothing else.
LEAST_CAPITALS, MOST_CAPITALS = 2, 5


@cache
def _vague_lemmas(language: str) -> frozenset[str]:
    if language not in known_languages():
        return frozenset()
    words = {word.lower() for word in VAGUE_NOUNS.read(language)}
    return frozenset(words | {dictionary_lemma(word, language) for word in words})


def is_vague(form: str, reader: WordReader) -> bool:
    """Whether a lower-cased form is of a noun that tells no theme ("pays", "hausse", "accueil")."""
    vague = _vague_lemmas(reader.language)
    return form in vague or reader.lemma(form) in vague


def is_given_name(written: str) -> bool:
    """Whether a word as it is written is a given name of the register."""
    from extract import fold_name
    from extract.names import given_names

    return written[0].isupper() and fold_name(written) in given_names()


def is_currency(written: str, language: str) -> bool:
    """Whether a word as it is written is a currency, or the code of one."""
    from extract.amounts import is_currency_word

    return language in known_languages() and is_currency_word(written, language)


def is_abbreviation(written: str) -> bool:
    """Whether a word is written in a few capitals.

    >>> from corpus.topics.alone import is_abbreviation
    >>> is_abbreviation("HBM"), is_abbreviation("Nvidia"), is_abbreviation("DÉCOUVERTE")
    (True, False, False)
    """
    return LEAST_CAPITALS <= len(written) <= MOST_CAPITALS and written.isupper()

"""What is known of a word by itself: whether it is a common one, its dictionary form, the shape of its letters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.folding import fold_name
from extract.languages import WordFile, known_languages
from extract.word_groups import joins_nouns

COMMON_WORDS = WordFile("extract", "common_words.txt", required=False)
_REPEATED = re.compile(r"(.)\1+")
_SHORTEST_PART = 4  # of a compound: shorter pieces are found in any name


@cache
def _common_words(language: str) -> frozenset[str]:
    """Words that the dictionary lacks; a language may have none."""
    return frozenset(map(fold_name, COMMON_WORDS.read(language)))


@cache
def _has_dictionary(language: str) -> bool:
    from extract.dictionaries import has_dictionary  # loads simplemma, which most imports do without

    return language in known_languages() and has_dictionary(language)


@lru_cache(maxsize=200_000)
def is_common_word(word: str, language: str) -> bool:
    """Whether the dictionary of `language` knows `word` in lower case.

    >>> from extract.names import is_common_word
    >>> is_common_word("boulangerie", "fr"), is_common_word("brivane", "fr")
    (True, False)
    """
    from extract.dictionaries import is_known

    if word in _common_words(language):
        return True
    if not _has_dictionary(language):
        return False
    if is_known(word, language):
        return True
    if not joins_nouns(language):
        return False
    return is_known(word.capitalize(), language) or _is_compound(word, language)


def _is_compound(word: str, language: str) -> bool:
    """Whether two nouns of the dictionary make the word, with or without an s between them ("Sonntagnachmittag")."""
    from extract.dictionaries import is_known

    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        head, tail = word[:cut], word[cut:]
        if is_known(tail.capitalize(), language) and (
            is_known(head.capitalize(), language)
            or (head.endswith("s") and is_known(head[:-1].capitalize(), language))
        ):
            return True
    return False


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str) -> str:
    """Return the folded dictionary form of a word ("rachètera" → "racheter"), itself where no dictionary knows it."""
    from extract.dictionaries import lemmatizer

    if not _has_dictionary(language) or not word.isalpha():
        return fold_name(word)
    return fold_name(lemmatizer(language)(word.lower())) or fold_name(word)


@lru_cache(maxsize=200_000)
def letter_shape(word: str) -> str:
    """Return the shape of a word: `Xx`, `X` (capitals), `XxXx` (inner capitals), `xX`, with `9` for digits."""
    shape = "".join("9" if c.isdigit() else "X" if c.isupper() else "x" for c in word[:24])
    return _REPEATED.sub(r"\1", shape)

"""The dictionaries of simplemma, kept as arrays: to unpack its own files takes every process twice as long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from unicodedata import normalize

import numpy as np
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory, DictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import DATA_FOLDER, SUPPORTED_LANGUAGES

from extract.kept import Arrays, as_array, as_words, kept_arrays


def has_dictionary(language: str) -> bool:
    """Whether simplemma has a dictionary of the language.

    >>> from extract.dictionaries import has_dictionary
    >>> has_dictionary("fr"), has_dictionary("ja")
    (True, False)
    """
    return language in SUPPORTED_LANGUAGES


@cache
def dictionary(language: str) -> Mapping[str, str]:
    """Forms and their dictionary forms, read once a process. Raises ValueError for a language without a dictionary.

    >>> from extract.dictionaries import dictionary
    >>> dictionary("fr")["chevaux"]
    'cheval'
    """
    if not has_dictionary(language):
        raise ValueError(f"simplemma has no dictionary of {language!r}")
    source = DATA_FOLDER / f"{language}.plzma"
    arrays = kept_arrays(f"dictionary_{language}", source, lambda: _arrays(language))
    bases = as_words(arrays["bases"])
    return dict(
        zip(as_words(arrays["forms"]), map(bases.__getitem__, arrays["places"].tolist()), strict=True)
    )


def _arrays(language: str) -> Arrays:
    """The forms, the different dictionary forms, and which of them each form has."""
    entries = dict(DefaultDictionaryFactory(cache_max_size=0).get_dictionary(language))
    places = {base: place for place, base in enumerate(dict.fromkeys(entries.values()))}
    return {
        "forms": as_array([*entries]),
        "bases": as_array([*places]),
        "places": np.array([places[base] for base in entries.values()], dtype=np.int32),
    }


class _Kept(DictionaryFactory):
    """What simplemma's strategies ask for a dictionary."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        return dictionary(lang)


_LOOKUP = DictionaryLookupStrategy(_Kept())


def is_known(word: str, language: str) -> bool:
    """Whether the dictionary of a language holds a word, as simplemma's function of this name tells.

    >>> from extract.dictionaries import is_known
    >>> is_known("Chevaux", "fr"), is_known("brivane", "fr")
    (True, False)
    """
    return _LOOKUP.get_lemma(normalize("NFC", word), language) is not None


@cache
def lemmatizer(language: str) -> Callable[[str], str]:
    """What gives the dictionary form of a word in small letters, by simplemma's rules; the word itself where there is none.

    >>> from extract.dictionaries import lemmatizer
    >>> lemmatizer("fr")("chevaux")
    'cheval'
    """
    # Asked directly: the lemmatizer around it checks and caches each call, and who asks here remembers the answers. Most forms
    # stand in the dictionary itself, which is what the strategy would say of them, three times as fast.
    known, searched = dictionary(language).get, DefaultStrategy(dictionary_factory=_Kept()).get_lemma

    def lemmatize(form: str) -> str:
        form_read = normalize("NFC", form)
        return known(form_read) or searched(form_read, language) or form

    return lemmatize

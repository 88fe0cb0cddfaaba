"""What is kept of simplemma's dictionaries says what simplemma says."""

from __future__ import annotations

import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st

from extract.dictionaries import dictionary, has_dictionary, is_known, lemmatizer
from extract.languages import known_languages

WORDS = [
    *("chevaux", "Chevaux", "cheval", "brivane", "aujourd'hui", "presqu’île", "l'été", "peut-être", "œuvre"),
    *(
        "ŒUVRE",
        "anticonstitutionnellement",
        "rachètera",
        "e\u0301te\u0301",
        "123",
        "3e",
        "pêcher",
        "donne-le",
    ),
    *("Häuser", "hausboot", "running", "gatti", "l’ami", "çáo", "niño", "gatos"),
]
LANGUAGES = sorted(filter(has_dictionary, known_languages()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_known_as_simplemma_knows_them(language: str) -> None:
    told = [is_known(word, language) for word in WORDS]
    assert told == [simplemma.is_known(word, lang=language) for word in WORDS]
    assert {True, False} == set(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lemmas_are_those_of_simplemma(language: str) -> None:
    lemmatize = lemmatizer(language)
    small = [word.lower() for word in WORDS if word.isalpha()]
    assert [lemmatize(word) for word in small] == [simplemma.lemmatize(word, lang=language) for word in small]


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12))
def test_any_letters_are_read_as_simplemma_reads_them(letters: str) -> None:
    word = letters.lower()
    if len(word) == len(letters):
        assert is_known(word, "fr") == simplemma.is_known(word, lang="fr")


def test_a_language_without_a_dictionary_is_refused() -> None:
    assert not has_dictionary("ja")
    with pytest.raises(ValueError, match="no dictionary of 'ja'"):
        dictionary("ja")

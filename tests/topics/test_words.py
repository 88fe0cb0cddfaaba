from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.topics import occurrences
from corpus.topics.occurrences import number_words
from corpus.topics.words import WordReader, read_stop_words, tokens
from extract import known_languages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'intelligence artificielle qu’on régule aujourd'hui", {"intelligence", "artificielle", "régule"}),
        ("D’ici à 2026, l’Europe et jusqu'à 3,5 milliards d'euros", {"europe", "euros"}),
        ("Lorsqu'OpenAI s'installe à l'Élysée", {"openai", "installe", "élysée"}),
        ("Les données personnelles des députés", {"données", "personnelles", "députés"}),
        ("Le parti présente ses élus", {"parti", "présente", "élus"}),
        ("Il a été dit que cela avait été fait", set()),
    ],
)
def test_elided_pieces_and_stop_words_are_not_words(text: str, expected: set[str]) -> None:
    assert set(WordReader("fr").read([text])[0]) == expected


def test_forms_of_one_word_have_one_lemma() -> None:
    reader = WordReader("fr")
    assert reader.lemma("chevaux") == reader.lemma("cheval")
    assert reader.lemma("régulations") == "régulation"
    assert reader.lemma("les") is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "They don't think the company's models would be regulated",
            {"company", "models", "regulated"},
        ),
        (
            "de",
            "Die Bundesregierung hat das Gesetz nicht geändert",
            {"bundesregierung", "gesetz", "geändert"},
        ),
        (
            "es",
            "El Gobierno ha aprobado la ley de inteligencia",
            {"gobierno", "aprobado", "ley", "inteligencia"},
        ),
        ("it", "L'intelligenza dell'Unione è un'opportunità", {"intelligenza", "unione", "opportunità"}),
    ],
)
def test_every_language_has_its_stop_words(language: str, text: str, expected: set[str]) -> None:
    assert set(WordReader(language).read([text])[0]) == expected


@pytest.mark.parametrize("language", known_languages())
def test_stop_lists_are_lower_case_words(language: str) -> None:
    stop = read_stop_words(language)
    assert len(stop.dropped) > 300
    assert all(word == word.lower() for word in stop.dropped | stop.kept)
    assert not stop.dropped & stop.kept


def test_a_language_without_resources_keeps_its_forms() -> None:
    assert set(WordReader("xx").read(["Lorem ipsum dolor"])[0]) == {"lorem", "ipsum", "dolor"}


@given(st.text())
def test_a_word_is_a_run_of_letters(text: str) -> None:
    assert all(len(word) >= 2 and word.isalpha() for word in WordReader("fr").read([text])[0])


def test_a_run_of_letters_without_end_is_no_word() -> None:
    assert WordReader("fr").read(["a" * 5_000_000 + " règlement"]) == [{}]


AWKWARD = st.text("aΣσİéß'’-_.9²Ⅷ\u00a0\u2009\n\x1c \ud800")


@given(st.lists(st.text() | AWKWARD))
def test_words_that_are_numbered_are_those_of_each_text_in_its_order(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "CHARACTERS_AT_ONCE", 20)
        numbered = number_words(texts)
    found = [
        [numbered.names[number] for number in numbered.forms[first:last]]
        for first, last in zip(numbered.starts, numbered.starts[1:], strict=False)
    ]
    assert found == [tokens(text) for text in texts]
    assert numbered.names == list(dict.fromkeys(word for words in found for word in words))

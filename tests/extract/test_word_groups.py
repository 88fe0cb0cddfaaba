"""Forms of one word, words that are used alike, and the noun that ends a compound."""

from __future__ import annotations

import pytest

from extract.cue_words import cue_words
from extract.facts.words import classes_of, listed_classes
from extract.languages import known_languages
from extract.word_groups import word_forms, word_groups


@pytest.mark.parametrize("language", known_languages())
def test_a_form_belongs_to_the_word_whose_form_it_is(language: str) -> None:
    forms = word_forms(language)
    assert all(
        word in family and all(forms[form] == family for form in family) for word, family in forms.items()
    )


@pytest.mark.parametrize(
    ("language", "listed", "form"),
    [
        ("es", "comprado", "compraron"),
        ("it", "acquistato", "acquistata"),
        ("pt", "adquirido", "adquiriram"),
        ("en", "contract", "contracted"),
        ("de", "kaufte", "gekauften"),
    ],
)
def test_a_form_that_no_list_names_has_the_classes_of_its_word(language: str, listed: str, form: str) -> None:
    assert listed_classes(form, language) < listed_classes(listed, language)
    assert listed_classes(listed, language) <= set(classes_of(form, language))


@pytest.mark.parametrize("language", known_languages())
def test_most_words_of_a_language_stand_in_a_group(language: str) -> None:
    assert len(word_groups(language)) > 20_000
    assert {group[0] for group in word_groups(language).values()} == {"~"}


def test_an_unknown_language_has_neither_groups_nor_forms() -> None:
    assert word_groups("nl") == word_forms("nl") == {}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("kabelhersteller", "company_noun"),
        ("rollladenbauer", "company_noun"),
        ("bundesministerium", "institution_head"),
    ],
)
def test_a_compound_is_what_its_last_noun_is(word: str, kind: str) -> None:
    assert kind in cue_words("de").classes_of(word)


def test_a_compound_tells_of_a_sum_what_its_last_noun_tells() -> None:
    assert listed_classes("gewinn", "de") <= listed_classes("nettogewinn", "de")


def test_only_languages_that_join_nouns_have_compounds() -> None:
    assert cue_words("fr").classes_of("supergroupe") == ()


def test_a_verb_does_not_end_a_compound() -> None:
    assert "company_verb" not in cue_words("de").classes_of("umbaut")

"""Full names with small words, and the short forms that a text gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.companies import CompanyList
from extract.cue_words import cue_words
from extract.documents import settle_document
from extract.find import default_extractor
from extract.names import describe
from extract.names.abbreviations import abbreviations, opens
from extract.tokens import tokenize


def proposed(text: str, language: str = "fr") -> set[str]:
    """The stretches of a text that are asked whether they are a name."""
    _, found = describe(text, tokenize(text), language, CompanyList.load())
    return {text[one.start : one.end] for one in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Elle travaille à la Banque cantonale de Morval.", "Banque cantonale de Morval"),
        ("La Société nationale des eaux et de l'assainissement investit.", "Société nationale des eaux"),
        ("Les Métaux morvandiaux ont levé des fonds.", "Les Métaux morvandiaux"),
        ("C'est Brivane inc., une filiale.", "Brivane inc"),
        ("La plateforme Galet.ai recrute.", "Galet.ai"),
        ("La 21st Galet Fund a vendu ses parts.", "21st Galet Fund"),
        ("Le fonds 360 Capital Partners entre au capital.", "360 Capital Partners"),
        ("La société e-Galet recrute.", "e-Galet"),
        ("Le fonds G.RA.N investit.", "G.RA.N"),
        ("Le groupe Galet's Touch recrute.", "Galet's Touch"),
    ],
)
def test_full_names_with_small_words_and_numbers_are_proposed(text: str, name: str) -> None:
    assert any(one.startswith(name) for one in proposed(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("En 2024 Galet recrute.", "2024 Galet"),
        ("Y a-t-il un Galet-là ?", "t-il"),
        ("Le Galet roule.En mer, le Galet-bleu flotte.", "roule.En"),
        ("Le groupe Galet's Touch recrute.", "Galet"),
    ],
)
def test_numbers_small_letters_and_halves_of_a_name_are_not_proposed(text: str, name: str) -> None:
    assert name not in proposed(text)


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("La Société morvandelle de banque (SMB) prête.", "Société morvandelle de banque", "SMB"),
        ("La SMB (Société Morvandelle de Banque) prête.", "Société Morvandelle de Banque", "SMB"),
        (
            "La Caisse des prêts et avances de Galet (Cpa-G) prête.",
            "Caisse des prêts et avances de Galet",
            "Cpa-G",
        ),
        ("Galet Robotic Systems (GRS) embauche.", "Galet Robotic Systems", "GRS"),
    ],
)
def test_a_short_form_in_brackets_finds_its_full_name(text: str, full: str, short: str) -> None:
    tokens = tokenize(text)
    [pair] = abbreviations(text, tokens, 0, len(tokens.words), cue_words("fr").connectors)
    stretches = [text[tokens.starts[i] : tokens.ends[j]] for i, j in (pair.full, pair.short)]
    assert stretches == [full, short]


@pytest.mark.parametrize(
    "text", ["Lise Delcourt (Paris) parle.", "Brivane (voir plus bas) recrute.", "Le chef (ABC) parle."]
)
def test_other_brackets_abbreviate_nothing(text: str) -> None:
    tokens = tokenize(text)
    assert not list(abbreviations(text, tokens, 0, len(tokens.words), cue_words("fr").connectors))


def test_the_short_form_is_the_firm_in_all_the_document() -> None:
    texts = [
        "La Société Morvandelle de Banque (SMB) a levé 30 millions d'euros.",
        "La SMB a réalisé un bénéfice de 12 millions d'euros en 2023.",
    ]
    read = default_extractor().read(texts, ["fr", "fr"])
    second = settle_document(texts, read)[1]
    assert [company.company for company in second.companies] == ["Société Morvandelle de Banque"]
    assert [fact.company for fact in second.facts] == ["Société Morvandelle de Banque"]


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=2, max_size=8))
def test_initials_always_open_their_words(words: list[str]) -> None:
    assert opens(words, "".join(word[0] for word in words), set())


@given(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1, max_size=40), st.text("ab", max_size=10))
def test_opening_ends_and_needs_all_letters(words: list[str], letters: str) -> None:
    if opens(words, letters, {"a", "ab"}):
        assert letters
        assert words[0].startswith(letters[0])

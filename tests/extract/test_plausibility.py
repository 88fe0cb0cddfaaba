"""What cannot be a company by the way its document writes it."""

from __future__ import annotations

import pytest

from extract.documents import settle_document
from extract.find import default_extractor


def companies(*paragraphs: str, language: str = "fr") -> list[str]:
    entities = default_extractor().read(paragraphs, [language] * len(paragraphs))
    return [company.text for found in settle_document(paragraphs, entities) for company in found.companies]


@pytest.mark.parametrize(
    "text",
    [
        "Les fournisseurs de cloud investissent, et le cloud de la start-up lève des fonds.",
        "Verdane possède onze barrages. Plutôt que de vendre le courant, le groupe le consomme.",
        "Deuxièmement, le fonds investit dans les puces. Troisièmement, le groupe recrute.",
        "Plus que jamais, les investisseurs attendent des résultats du groupe.",
    ],
)
def test_words_that_owe_their_capital_to_their_place_are_no_companies(text: str) -> None:
    assert not {"cloud", "Plutôt", "Deuxièmement", "Troisièmement", "Plus"} & set(companies(text))


def test_a_word_that_stands_small_elsewhere_in_the_document_is_none() -> None:
    alone = "La direction de Grève n’a pas répondu aux investisseurs."
    assert "Grève" not in companies(alone, "La grève continue, et les salariés attendent.")


def test_a_company_named_by_a_common_word_stays_one_where_the_text_says_so() -> None:
    first = "La start-up Ardoise lève 12 millions d’euros auprès de Partech."
    assert companies(first, "Ardoise recrute cent personnes.").count("Ardoise") == 2


def test_a_common_word_that_acts_without_an_article_is_a_name() -> None:
    text = (
        "Sablier, qui édite un logiciel de paie, a levé 2 millions d’euros. Sablier emploie vingt personnes."
    )
    assert companies(text) == ["Sablier", "Sablier"]
    assert companies("Durement affecté, le groupe a perdu 3 millions d’euros.") == []


def test_a_letter_in_brackets_stands_for_a_party_that_is_not_named() -> None:
    text = "La société [X] paiera une amende de 90 millions d’euros, X Corp. fera appel."
    assert companies(text) == ["X Corp."]


@pytest.mark.parametrize("label", ["**Cas Similaires :** ", "Points Forts: ", "3. *Impact Financier* : "])
def test_common_words_that_label_a_line_are_no_company(label: str) -> None:
    text = f"{label}l’opérateur Ardoval a été condamné à une amende de 50 millions d’euros."
    assert companies("La justice frappe encore.", text) == ["Ardoval"]


def test_terms_of_the_field_are_no_names() -> None:
    paragraphs = ["Le PDG de Microsoft parle de l’IA et des GPU devant la Commission européenne."]
    entities = default_extractor().read(paragraphs, ["fr"])
    names = {name.text for name in settle_document(paragraphs, entities)[0].names}
    assert "Commission européenne" in names
    assert not names & {"IA", "PDG", "GPU"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("Dell'acqua si è parlato a lungo.", "it"), ("L'Ing. Rossi ha firmato il progetto.", "it")],
)
def test_articles_and_titles_are_no_listed_names(text: str, language: str) -> None:
    assert not {"Dell", "Ing"} & set(companies(text, language=language))

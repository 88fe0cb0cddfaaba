"""Who is cited only, pairs of firms, and what a document tells is no firm."""

from __future__ import annotations

import pytest

from extract.documents import settle_document
from extract.find import default_extractor


def roles(texts: list[str], language: str = "fr") -> dict[str, set[str]]:
    """The roles of each company that the document names."""
    entities = default_extractor().read(texts, [language] * len(texts))
    found: dict[str, set[str]] = {}
    for paragraph in settle_document(texts, entities):
        for company in paragraph.companies:
            found.setdefault(company.text, set()).add(company.role)
    return found


@pytest.mark.parametrize(
    ("text", "language", "medium"),
    [
        ("Le contrat prévoit une clause de sortie, comme le rappelle TechCrunch.", "fr", "TechCrunch"),
        ("CNBC rapporte que le groupe Renault vendra une usine.", "fr", "CNBC"),
        ("Renault vendra une usine (Bloomberg, janvier 2026).", "fr", "Bloomberg"),
        ("Les négociations rapportées par Bloomberg durent depuis mars.", "fr", "Bloomberg"),
        ("The news was picked up by TechCrunch on Monday.", "en", "TechCrunch"),
        ("Wie Reuters berichtete, verkauft Renault ein Werk.", "de", "Reuters"),
    ],
)
def test_a_medium_that_is_cited_is_a_source(text: str, language: str, medium: str) -> None:
    assert roles([text], language)[medium] == {"source"}


@pytest.mark.parametrize(
    "text",
    [
        "MORVAL, le 6 août /CNW Telbec/ - Le bénéfice de la société Galet SA s'est établi à 814 M$.",
        "LYON, 12 mai (GLOBE NEWSWIRE) -- Galet SA annonce un bénéfice de 30 millions d'euros.",
    ],
)
def test_the_wire_of_a_release_does_nothing(text: str) -> None:
    assert {name for name, told in roles([text]).items() if "actor" in told} <= {"Galet SA"}


def test_who_is_cited_once_and_never_acts_is_a_source_in_all() -> None:
    assert roles(["Selon CNBC, Renault vendra une usine.", "CNBC a plus de détails."])["CNBC"] == {"source"}


def test_who_acts_somewhere_acts_in_all() -> None:
    texts = ["Selon Bloomberg, Renault vendra une usine.", "Bloomberg a racheté la start-up Galet."]
    assert roles(texts)["Bloomberg"] == {"actor"}


def test_the_firm_behind_the_cited_medium_is_no_source() -> None:
    assert roles(["Selon Bloomberg, Renault et Valeo vendront une usine."])["Renault"] == {"actor"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Galet SA a révélé un bénéfice de 12 millions d’euros.", "fr"),
        ("A startup Galet revelou um lucro de 12 milhões de euros.", "pt"),
        ("The company Galet Inc. reported sales of $12 million.", "en"),
    ],
)
def test_a_firm_that_reveals_its_figures_is_no_source(text: str, language: str) -> None:
    assert set().union(*roles([text], language).values()) == {"actor"}


def test_a_pair_of_firms_is_two() -> None:
    texts = ["L’accord Renault-Valeo date de mars.", "Renault a signé avec Valeo."]
    assert set(roles(texts)) == {"Renault", "Valeo"}


def test_a_person_and_a_firm_with_a_hyphen_between_them_are_a_firm_only() -> None:
    texts = ["Musk-Tesla : la rupture.", "Tesla perd 3 milliards de dollars. Musk parle."]
    assert set(roles(texts)) == {"Tesla"}


@pytest.mark.parametrize(
    "text",
    [
        "Hewlett-Packard rachète Autonomy. Hewlett et Packard se rencontrent.",
        "Mercedes-Benz vend sa part. Mercedes gagne, Benz aussi.",
        "Rolls-Royce et Coca-Cola investissent. Rolls et Royce. Coca et Cola.",
    ],
)
def test_a_firm_whose_name_has_a_hyphen_stays_whole(text: str) -> None:
    whole = {"Hewlett-Packard", "Mercedes-Benz", "Rolls-Royce", "Coca-Cola"}
    assert {name for name in whole if name in text} <= set(roles([text]))


def test_a_mark_behind_which_the_sentence_goes_on_is_the_names() -> None:
    assert set(roles(["Yahoo! rachète la start-up Galet pour 3 millions de dollars."])) >= {"Yahoo!"}
    assert "Renault" in roles(["La société a racheté Renault ! Le groupe embauche."])


def test_what_a_program_calls_is_no_firm() -> None:
    assert set(roles(['->setName("Renault")'])) == {"Renault"}


def test_an_abbreviation_of_small_words_is_no_firm() -> None:
    texts = ["L’internet des objets (IoT) attire Renault.", "Renault développe une plateforme IoT."]
    assert set(roles(texts)) == {"Renault"}

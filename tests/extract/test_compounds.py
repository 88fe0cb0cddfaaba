"""Longer names that begin with a known one."""

from __future__ import annotations

import pytest

from extract.documents import settle_document
from extract.find import default_extractor


def companies(*paragraphs: str, language: str = "fr") -> list[str]:
    entities = default_extractor().read(paragraphs, [language] * len(paragraphs))
    return [company.text for found in settle_document(paragraphs, entities) for company in found.companies]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La BMW Série 7 et la Tesla Model S attendent sur le parking de Tesla.", ["Tesla"]),
        ("Le joueur diffuse sur YouTube Gaming.", []),
        ("Elle préfère le Google Pixel 9 à celui que vend Samsung, le Samsung Galaxy S25.", ["Samsung"]),
        ("Le président du groupe minier Rio Tinto Nils Hartmann a démissionné.", ["Rio Tinto"]),
        ("Orange Bank ferme, et Orange supprime 700 postes.", ["Orange Bank", "Orange"]),
    ],
)
def test_what_stands_behind_a_known_name_says_what_the_whole_is(text: str, expected: list[str]) -> None:
    assert companies(text) == expected


def test_a_german_compound_of_a_group_is_a_firm_and_no_noun_is() -> None:
    found = companies(
        "Die Halder-Gruppe übernimmt die Anteile und hilft mit Aufträgen, Krediten und Co.", language="de"
    )
    assert found == ["Halder-Gruppe"]


def test_what_is_quoted_by_itself_is_a_work_unless_it_is_called_a_firm() -> None:
    assert companies('L\'album "Ardence" est sorti.', "Ardence a conquis le public, et Ardence tourne.") == []
    called = companies("La start-up « Ardence » a levé 3 millions d'euros.", "La start-up Ardence recrute.")
    assert "Ardence" in called


def test_a_title_makes_a_person() -> None:
    assert (
        companies("« Nous recrutons », a répondu M. de Vaubrun, interrogé par un actionnaire du groupe.")
        == []
    )
    assert companies("Le groupe investit, selon son CEO Nils Hartmann.") == []


def test_one_mention_called_a_firm_speaks_for_the_others() -> None:
    found = companies(
        "La société Ardence embauche.", "Privatisation d'Ardence : le préfet dit non.", "Ardence hésite."
    )
    assert found == ["Ardence"] * 3


def test_a_date_is_no_company() -> None:
    assert (
        companies("Sonntagnachmittag meldete sich der Betreiber, Samstagfrüh schwieg er.", language="de")
        == []
    )
    assert companies("La sede di via XX Settembre chiude.", language="it") == []

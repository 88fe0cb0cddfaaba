"""The fact guard: pairs of French sentences with the same facts, and with another."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from dedupe import find_repeats
from dedupe.dateline import dateline_end
from dedupe.fact_guard import changed_facts, whole
from dedupe.fold import Tokens
from tests.dedupe.corpus_tables import brief, table

SAME = [
    ("Le plan supprime 3 000 postes.", "Le plan supprime trois mille postes."),
    ("Le fonds apporte 2 millions d'euros.", "Le fonds apporte 2 000 000 euros."),
    ("La hausse atteint 5 %.", "La progression atteint 5%."),
    ("Selon Marine Lebrun, le réseau tient.", "Pour Marine Lebrun, le réseau tient bon."),
    ("Cependant, la filière recrute.", "Toutefois, la filière embauche."),
    ("Le site ne fermera pas.", "Le site fermera pas."),
    ("Réunis en mars, les élus votent.", "Réunis en Mars, les élus votent."),
    ("L’État garde 12 % du capital.", "L'Etat garde 12 % du capital.".replace("Etat", "État")),
    ("Le chantier coûte 76 millions d'euros.", "Le chantier coûte 76 millions."),
    ("Le fonds apporte 2 M€.", "Le fonds apporte 2 millions d'euros."),
    ("Le fonds apporte 2 M€ au projet.", "Le fonds apporte 2 000 000 euros au projet."),
    ("Le fonds apporte 2 M EUR au projet.", "Le fonds apporte 2 000 000 EUR au projet."),
    ("Le fonds apporte deux millions d'euros.", "Le fonds apporte 2 000 000 €."),
    ("La dette atteint 1,5 Md€ en 2023.", "La dette atteint 1 500 millions d'euros en 2023."),
    ("Comptez de 2 à 3 M€ de travaux.", "Comptez de 2 à 3 millions d'euros de travaux."),
    ("Le billet coûte 12,50 euros.", "Le billet coûte 12 euros et 50 centimes."),
]
CHANGED = [
    ("number", "Le plan supprime 3 000 postes.", "Le plan supprime 3 500 postes."),
    ("number", "Le plan supprime trois mille postes.", "Le plan supprime quatre mille postes."),
    ("number", "La hausse atteint 1,5 %.", "La hausse atteint 15 %."),
    ("number", "La température tombe à 5 degrés.", "La température tombe à -5 degrés."),
    ("number", "Le modèle tourne sur une puce G42.", "Le modèle tourne sur une puce G43."),
    ("number", "Le fonds apporte 2 millions d'euros.", "Le fonds apporte 2 milliards d'euros."),
    ("number", "Trois sites ferment.", "Trois sites ferment en 2027."),
    ("amount", "Le fonds apporte 2 millions d'euros.", "Le fonds apporte 2 millions de dollars."),
    ("number", "Le fonds apporte 2 M€.", "Le fonds apporte 3 M€."),
    ("number", "Le fonds apporte 2 M€.", "Le fonds apporte 2 k€."),
    ("number", "Le fonds apporte 2 M€.", "Le fonds apporte 2 milliards d'euros."),
    ("number", "Comptez de 2 à 3 M€ de travaux.", "Comptez de 2 à 4 M€ de travaux."),
    ("amount", "Le fonds apporte 2 M€.", "Le fonds apporte 2 M$."),
    ("amount", "Le fonds apporte 2 M€.", "Le fonds apporte 2 millions de dollars."),
    ("amount", "Le fonds apporte 2 k€ au projet.", "Le fonds apporte 2 k$ au projet."),
    ("amount", "Il verse 3 M€ et 2 M$ au projet.", "Il verse 3 M$ et 2 M€ au projet."),
    ("number", "Il verse 9007199254740993 euros.", "Il verse 9007199254740992 euros."),
    ("date", "La loi entre en vigueur en mars.", "La loi entre en vigueur en avril."),
    ("date", "Le vote a lieu mardi.", "Le vote a lieu jeudi."),
    ("name", "Le maire de Lyon signe.", "Le maire de Nantes signe."),
    ("name", "Lebrun a démissionné.", "Martin a démissionné."),
    ("name", "La filiale d'Orange recrute.", "La filiale de Total recrute."),
    ("negation", "Le site fermera.", "Le site ne fermera pas."),
    ("negation", "L'accord passe avec réserve.", "L'accord passe sans réserve."),
    ("negation", "L'usine embauche plus.", "L'usine n'embauche plus."),
    ("opposite", "Les ventes sont en hausse.", "Les ventes sont en baisse."),
]


@pytest.mark.parametrize(("here", "there"), SAME)
def test_same_facts(here: str, there: str) -> None:
    assert changed_facts(whole(here), whole(there)) == []
    assert changed_facts(whole(there), whole(here)) == []


@pytest.mark.parametrize(("kind", "here", "there"), CHANGED)
def test_changed_fact(kind: str, here: str, there: str) -> None:
    assert kind in {fact.kind for fact in changed_facts(whole(here), whole(there))}
    assert kind in {fact.kind for fact in changed_facts(whole(there), whole(here))}


DATELINES = [
    ("fr", "PARIS (AFP) – ", "Le gouvernement a tranché."),
    ("fr", "PARIS (Dépêche Express) – ", "L'Autorité a tranché."),
    ("fr", "PARIS, 20 mars 2024 (Dépêche Express) - ", "L'Autorité a tranché."),
    ("fr", "LYON, 3 mai (Reuters) - ", "Le groupe recrute."),
    ("fr", "Bruxelles, le 3 mars (Belga) – ", "Le Parlement vote."),
    ("fr", "Paris, le 3 mars 2024 – ", "Le groupe recrute."),
    ("fr", "PARIS, 03/03/2024 (AFP) — ", "« Le temps presse », dit-il."),
    ("fr", "Boulogne-sur-Mer, lundi 3 mars (La Voix du Large) – ", "Le port recrute."),
    ("fr", "SAINT-DENIS DE LA RÉUNION (AFP) – ", "Le port recrute."),
    ("en", "LONDON, March 3 (Reuters) - ", "The firm hires."),
    ("en", "AUSTIN, Texas (AP) — ", "The firm hires."),
    ("de", "Berlin (dpa) – ", "Die Firma wächst."),
    ("es", "MADRID, 3 mar. (EFE) .- ", "El grupo crece."),
    ("it", "Roma, 3 mar. (askanews) - ", "Il gruppo cresce."),
]


@pytest.mark.parametrize(("language", "dateline", "rest"), DATELINES)
def test_a_dateline_is_no_fact(language: str, dateline: str, rest: str) -> None:
    tokens = Tokens(dateline + rest)
    assert tokens.words(dateline_end(tokens, language)) == Tokens(rest).words()


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement (centre) – a tranché.",
        "La France (AFP",
        "PARIS (AFP) –",
        "Orange – Le groupe recrute.",
        "Ana Martel (Union des rives) – Le texte passe.",
        "Orange (filiale de télécoms) – Le groupe recrute.",
        "ORANGE (groupe) – il recrute.",
        "En 2024 – Orange recrute.",
        "En mars 2024 – Orange recrute.",
        "Le 3 mars 2024 – Orange recrute.",
        "Article 3 – Le groupe recrute.",
        "Selon Orange, 3 millions – Le groupe recrute.",
        "",
        "(",
        "PARIS, " * 50_000,
    ],
)
def test_a_name_before_a_dash_is_no_dateline(text: str) -> None:
    assert dateline_end(Tokens(text)) == 0


BODY = "a infligé mercredi une amende de 250 millions d'euros à la plateforme, qui ne conteste pas les faits reprochés."


@pytest.mark.parametrize(("language", "dateline", "_"), DATELINES)
def test_a_paragraph_with_a_dateline_repeats_the_one_without(language: str, dateline: str, _: str) -> None:
    text = "L'Autorité de la concurrence " + BODY
    (one,) = repeats_of(text, dateline + text, language)
    assert one["same_facts"]
    assert one["kind"] in ("near", "exact")


def test_datelines_of_two_papers_repeat() -> None:
    text = "L'Autorité de la concurrence " + BODY
    here, there = "PARIS (Dépêche Express) – " + text, "PARIS, 20 mars 2024 (Dépêche Express) - " + text
    (one,) = repeats_of(here, there, "fr")
    assert one["same_facts"]
    (one,) = repeats_of(here, there.replace("250", "240"), "fr")
    assert not one["same_facts"]


def test_names_explained_in_brackets_are_facts() -> None:
    text = (
        "Le modèle répond aux questions des élèves de douze lycées, selon le rapport que le ministère publie."
    )
    (one,) = repeats_of("ALPHA (Rivage) – " + text, "OMEGA (Falaise) – " + text, "fr")
    assert not one["same_facts"]


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("2 M€", "2 millions d'euros", True),
        ("2 M EUR", "2 000 000 EUR", True),
        ("2 millions d'euros", "2 000 000 euros", True),
        ("3 000 tonnes", "trois mille tonnes", True),
        ("2 k€", "2 k$", False),
        ("2 m€", "2 m$", False),
        ("2 M€", "2 milliards d'euros", False),
        ("2 M€", "2 millions de dollars", False),
    ],
)
def test_amounts_of_whole_paragraphs_compare_as_values(here: str, there: str, same: bool) -> None:
    text = "La région annonce {} pour la rénovation du port et des quais voisins, après deux ans de débats."
    (one,) = repeats_of(text.format(here), text.format(there), "fr")
    assert one["same_facts"] is same


def repeats_of(here: str, there: str, language: str) -> list[dict[str, Any]]:
    rows = [
        {"doc_id": name, "paragraph": 0, "site": None, "text": text, "language": language}
        for name, text in (("a", here), ("b", there))
    ]
    return find_repeats(pa.Table.from_pylist(rows)).to_pylist()


def test_another_language_has_its_own_words() -> None:
    assert changed_facts(whole("The vote was in March."), whole("The vote was in April."), "en")
    assert not changed_facts(whole("However, the firm hires."), whole("Meanwhile, the firm hires."), "en")
    # A language without words of its own still has digits and capitals.
    assert changed_facts(whole("Firma zatrudnia 300 osób."), whole("Firma zatrudnia 400 osób."), "pl")


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("Il contratto scade il 3 set 2024.", "Il contratto scade il 3 mar 2024.", False),
        ("Il contratto scade il 3 set 2024.", "Il contratto scade il 3 settembre 2024.", True),
    ],
)
def test_short_months_are_dates_in_every_language(here: str, there: str, same: bool) -> None:
    found = changed_facts(whole(here), whole(there), "it")
    assert [fact.kind for fact in found] == ([] if same else ["date"])


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ("3 millions de dollars", "3 millions de francs", True),
        ("3 millions de dirhams", "3 millions de dinars", True),
        ("3 millions et demi de dollars", "3 millions et demi d'euros", True),
        ("3 millions de dollars canadiens", "3 millions de dollars australiens", True),
        ("3 millions de couronnes suédoises", "3 millions de couronnes danoises", True),
        ("cinq bons dollars", "cinq bons euros", True),
        ("3 millions de dollars", "3 millions $", False),
        ("3 millions de francs", "3 millions", False),
    ],
)
def test_another_currency_is_another_fact_wherever_its_number_stands(
    here: str, there: str, told: bool
) -> None:
    text = "Le conseil de Lumadis a voté lundi soir le rachat de la halle du marché à la région pour {} après deux ans."
    repeats = find_repeats(table({"a": [text.format(here)], "b": [text.format(there)]}))
    assert ({kind for _, _, kind, *_ in brief(repeats)} <= {"variant"}) is told

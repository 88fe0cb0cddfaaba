"""The fact guard: pairs of French sentences with the same facts, and with another."""

from __future__ import annotations

import pytest

from dedupe.facts import changed_facts, dateline_end, whole
from dedupe.fold import Tokens

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


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PARIS (AFP) – Le gouvernement a tranché.", "le"),
        ("LYON, 3 mai (Reuters) - Le groupe recrute.", "le"),
        ("Le gouvernement (centre) – a tranché.", "le"),
        ("La France (AFP", "la"),
    ],
)
def test_a_dateline_is_no_fact(text: str, rest: str) -> None:
    tokens = Tokens(text)
    assert tokens.word(dateline_end(tokens)) == rest


def test_another_language_has_its_own_words() -> None:
    assert changed_facts(whole("The vote was in March."), whole("The vote was in April."), "en")
    assert not changed_facts(whole("However, the firm hires."), whole("Meanwhile, the firm hires."), "en")
    # A language without words of its own still has digits and capitals.
    assert changed_facts(whole("Firma zatrudnia 300 osób."), whole("Firma zatrudnia 400 osób."), "pl")

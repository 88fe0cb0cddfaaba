"""How sure it is that a doubtful line of a plain text is the article's: a scorecard that a reader can add up."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.clean.points import Steps, scorecard
from corpus.clean.signs import Signs
from corpus.records import CleanDocument, InputDocument

BODY = (
    "Le conseil régional a voté lundi une aide de douze millions d'euros pour la filière, qui emploie trois mille personnes.",
    "Les élus de l'opposition ont regretté que la somme ne soit pas fléchée vers les petites entreprises du bassin.",
    "La présidente a promis un premier bilan avant la fin de l'année, puis un second quand les ateliers auront ouvert.",
)
MENU = ("Accueil", "Rechercher", "Se connecter")
FOOTER = ("Partager", "Mentions légales", "Nous contacter")


def cleaned(*lines: str) -> CleanDocument:
    document = InputDocument("note.txt", "text", "text", "\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False))


def scores(document: CleanDocument) -> dict[str, float]:
    return {document.text[one.start : one.end]: one.score for one in document.paragraphs}


def test_a_doubtful_line_stays_with_a_lower_score_and_paragraphs_are_sure() -> None:
    found = scores(cleaned(*MENU, BODY[0], "Autour du bassin", *BODY[1:], *FOOTER))
    assert found["Autour du bassin"] < 0.5
    assert [found[paragraph] for paragraph in BODY] == [1, 1, 1]


def test_a_text_without_menus_is_all_sure() -> None:
    found = scores(cleaned(BODY[0], "Autour du bassin", *BODY[1:]))
    assert set(found.values()) == {1}


def test_the_steps_of_every_sign_are_in_order_and_have_points() -> None:
    card = scorecard()
    for steps in (card.sure, *card.steps):
        assert len(steps.points) == len(steps.upto) + 1
        assert all(value < following for value, following in pairwise(steps.upto))
    assert list(card.sure.points) == sorted(card.sure.points)


@pytest.mark.parametrize(("value", "points"), [(-3, 5), (10, 5), (11, 7), (20, 7), (21, 9)])
def test_a_step_holds_up_to_and_including_its_bound(value: int, points: int) -> None:
    assert Steps([10, 20], [5, 7, 9]).of(value) == points


def test_the_points_of_a_line_add_up_to_what_says_how_sure_it_is() -> None:
    card = scorecard()
    signs = Signs(*range(len(Signs._fields)))
    points = card.points(signs)
    assert list(points) == list(Signs._fields)
    assert card.sureness(signs) == card.sure.of(card.constant + sum(points.values()))


def test_no_sign_speaks_against_what_it_is_meant_for() -> None:
    card = dict(zip(Signs._fields, scorecard().steps, strict=True))
    assert list(card["words"].points) == sorted(card["words"].points)
    assert list(card["run_named"].points) == sorted(card["run_named"].points, reverse=True)

"""What stands at an article's edges, among its furniture, is its own."""

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.clean.edges import edge_lines
from corpus.clean.shape import line_shapes
from corpus.records import InputDocument

BODY = [
    "Le conseil de Lumadis a voté lundi soir le rachat de la halle, que la région voulait céder depuis dix ans, pour 4 millions.",
    "Les travaux dureront deux ans, et la moitié de leur prix sera payée par la région, qui gardera une salle, dit le maire.",
    "Une centaine d'habitants ont suivi le vote, et plusieurs ont demandé que le marché du samedi revienne sous la halle.",
]
FOOT = ["Partager", "Mentions légales", "Cookies"]


def kept(*lines: str) -> list[str]:
    document = InputDocument("a.txt", "text", "text", "\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False)).text.split("\n\n")


@pytest.mark.parametrize(
    "heads",
    [
        ["Orvane mise sur ses bateaux", "Et aussi : un gymnase qui ferme, un maire qui part"],
        ["Halle à vendre"],
        ["Trois halles à vendre", "Trois halles à vendre"],
    ],
)
def test_what_heads_the_first_paragraph_stays_below_a_named_line(heads: list[str]) -> None:
    text = kept("Gazette du fleuve – le journal de la vallée", "S'abonner", *heads, *BODY, *FOOT)
    assert set(heads) <= set(text)
    assert set(BODY) <= set(text)


@pytest.mark.parametrize(
    "ends",
    [
        ["Odile Terrasson"],
        ["La halle en bref", "Création : 1890", "Surface : 900 mètres", "Propriétaire : région"],
        ["La halle rouvrira au printemps."],
    ],
)
def test_what_ends_an_article_stays(ends: list[str]) -> None:
    assert kept("Menu", *BODY, *ends, *FOOT)[-len(ends) :] == ends


def test_where_and_when_it_was_said_stays() -> None:
    lines = [*BODY, "Tribunal de Lumadis, 22 décembre 2014", "Partager"]
    assert set(edge_lines(lines, line_shapes(lines), {0, 1, 2}, {4})) == {3}


def test_a_row_of_labels_below_an_article_goes() -> None:
    assert kept("Menu", *BODY, "Odile Terrasson", "Lumadis", "Valmont", "Orvane", *FOOT) == BODY


def test_the_days_that_head_its_parts_stay() -> None:
    lines = ["Mars 2025", BODY[0], "Juin 2025", BODY[1], "Mai 2026", "La halle ouvrira.", BODY[2]]
    assert 4 in set(edge_lines(lines, line_shapes(lines), {0, 1, 2, 3, 5, 6}, set()))
    assert 4 not in set(edge_lines(lines, line_shapes(lines), {0, 1, 3, 5, 6}, set()))


def test_a_heading_of_two_words_stays_below_an_inset() -> None:
    inset = ["À LIRE AUSSI", "Le blé bat un record de prix à Valmont"]
    text = kept("Menu", BODY[0], *inset, "Calendrier serré", BODY[1], BODY[2], *FOOT)
    assert "Calendrier serré" in text
    assert inset[1] not in text


def test_an_appeal_below_the_last_sentence_goes() -> None:
    appeals = ["Suivez la Gazette", "Recevez nos newsletters et votre journal par e-mail"]
    assert kept("Menu", *BODY, *appeals, "Partager") == BODY


def test_a_heading_below_the_last_sentence_stays() -> None:
    assert kept("Menu", *BODY, "Comment la halle résiste") == [*BODY, "Comment la halle résiste"]


@pytest.mark.parametrize("greeting", ["Hello,", "Bonjour !", "Chers amis du fleuve,"])
def test_a_greeting_above_the_first_paragraph_stays(greeting: str) -> None:
    assert kept(greeting, *BODY, *FOOT) == [greeting, *BODY]
    assert kept("Menu", greeting, *BODY, *FOOT) == [greeting, *BODY]


@pytest.mark.parametrize("credit", ["(AFP)", "(Photo : Ana Vell)", "(© Orvane)"])
def test_a_name_loses_the_credit_behind_it_alone(credit: str) -> None:
    assert "Odile Terrasson" in kept("Menu", BODY[0], f"Odile Terrasson {credit}", *BODY[1:], *FOOT)


def test_a_function_word_of_another_language_speaks_to_nobody() -> None:
    line = "Le cadre du marché précisé en matière de cookies"
    assert line in kept("Menu", *BODY, line)

"""Which repeats inside a document stay."""

from __future__ import annotations

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument

BETWEEN = "Les élus de l'opposition ont regretté que la somme ne soit pas fléchée vers les petites entreprises du bassin."


def paragraphs(*lines: str) -> list[str]:
    document = InputDocument("note.txt", "text", "text", "\n\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False)).text.split("\n\n")


def test_two_paragraphs_told_apart_by_one_word_stay() -> None:
    one = "Le banc d'essai en ligne de la société Ostrava est publié chaque mois avec son code sur le site du laboratoire."
    lines = (one, BETWEEN, one.replace("en ligne", "hors ligne").replace("chaque mois", "chaque semaine"))
    assert paragraphs(*lines) == list(lines)


def test_a_near_repeat_that_says_no_more_goes() -> None:
    one = "Une série d'éclairs bleus a alors illuminé le ciel de la capitale, où des messages annonçaient la fin du monde."
    other = "Une série d'éclairs bleus a illuminé le ciel de la capitale, où des messages annonçaient alors la fin du monde."
    assert paragraphs(one, BETWEEN, other) == [one, BETWEEN]


def test_a_headline_that_its_lead_begins_with_stays() -> None:
    headline = "La banquise du grand nord fond bien plus vite que prévu"
    lead = "La banquise du grand nord fond bien plus vite que les modèles ne l'avaient prévu, dit mardi une équipe de Brest."
    assert paragraphs(headline, lead, BETWEEN) == [headline, lead, BETWEEN]


def test_a_label_that_stands_above_several_parts_of_an_article_stays() -> None:
    one = "Le banc d'essai de la société Ostrava est publié chaque mois avec son code sur le site du laboratoire."
    other = "La présidente a promis un premier bilan avant la fin de l'année, puis un second quand les ateliers auront ouvert."
    lines = ("Points forts", one, "Points forts", BETWEEN, "Points forts", other)
    assert paragraphs(*lines) == list(lines)
    assert paragraphs(*lines[:4]) == ["Points forts", one, BETWEEN]

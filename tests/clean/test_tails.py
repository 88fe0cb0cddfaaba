"""The last paragraph of an article, cut by its page or feed, stays; the teasers of others below an article go."""

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument

BODY = [
    "Le conseil de Lumadis a voté lundi soir le rachat de la halle, que la région voulait céder depuis dix ans, pour 4 millions.",
    "Les travaux dureront deux ans, et la moitié de leur prix sera payée par la région, qui gardera une salle, dit le maire.",
    "Une centaine d'habitants ont suivi le vote, et plusieurs ont demandé que le marché du samedi revienne sous la halle.",
]
CUT = "Pour le rachat, la région et la ville de Lumadis vont signer au printemps une convention qui"
FOREIGN = "Orvane cherche douze marins pour ses bateaux, qui partent chaque matin vers une île sans pont"
FOOT = ["Mentions légales", "Cookies"]


def kept(*lines: str) -> list[str]:
    document = InputDocument("a.txt", "text", "text", "\n".join(lines))
    return clean_document(document, CleanOptions(identify_language=False)).text.split("\n\n")


@pytest.mark.parametrize("end", ["", "…", " ...", " […]"])
@pytest.mark.parametrize("below", [["Lire la suite"], ["Cet article est réservé aux abonnés."], ["Partager"]])
def test_a_last_paragraph_that_is_cut_stays_above_furniture(end: str, below: list[str]) -> None:
    assert kept("S'abonner", *BODY, CUT + end, *below, *FOOT) == [*BODY, CUT + end]


@pytest.mark.parametrize("end", ["", "…"])
def test_below_a_short_heading_it_stays_with_it(end: str) -> None:
    assert kept("S'abonner", *BODY, "Un printemps chargé", CUT + end, "Lire la suite", *FOOT)[-2:] == [
        "Un printemps chargé",
        CUT + end,
    ]


def test_so_does_the_quotation_pulled_out_of_it_and_who_spoke() -> None:
    quotation = "La halle doit rester à ceux qui viennent y vendre le samedi"
    attribution = "Maud Terrasson, présidente du marché"
    cut = "Les marchands de Lumadis n'attendent rien de la région. « La halle doit rester à ceux qui viennent y vendre…"
    text = kept("S'abonner", *BODY[:2], quotation, attribution, cut, "Lire la suite", *FOOT)
    assert text == [*BODY[:2], quotation, attribution, cut]


@pytest.mark.parametrize(
    "teasers",
    [
        [FOREIGN],
        [FOREIGN + "…"],
        ["Sur l'île, des bateaux sans marins", FOREIGN + "…"],
        [CUT + "…", "Lire la suite", CUT.replace("au printemps", "en été") + "…", FOREIGN + "…"],
    ],
)
def test_teasers_of_other_articles_go(teasers: list[str]) -> None:
    text = kept("S'abonner", *BODY, *teasers, "Lire la suite", *FOOT)
    assert FOREIGN not in " ".join(text)


def test_a_broken_line_that_speaks_to_readers_goes() -> None:
    line = "Retrouvez chaque samedi toute la région de Lumadis et la halle dans la newsletter que nous écrivons pour vous et"
    assert kept("S'abonner", *BODY, line, "Lire la suite", *FOOT) == BODY


def test_the_end_of_a_sentence_that_a_line_break_parts_stays() -> None:
    parted = "Le maire promet que la halle gardera ses étals et que les loyers ne bougeront pas pendant les trois ans"
    lines = [
        "S'abonner",
        *BODY,
        parted,
        "qui viennent.",
        "Maud TERRASSON – www.lumadis.example",
        "Laisser un commentaire",
    ]
    assert "qui viennent." in "\n".join(kept(*lines, *FOOT))

"""Where a page stands on its site is no part of its article, and says nothing of the lines around it."""

from __future__ import annotations

import pytest

from corpus.clean.furniture import TRAIL_RULE, article_rules
from corpus.clean.trail import site_names, trail_lines

HEADLINE = "Le pont de Lumadis rouvre aux voitures en mai"
BODY = [
    "Le pont de Lumadis rouvrira aux voitures le 12 mai, après deux ans de travaux qui ont coûté neuf millions d'euros.",
    "Les cars l'emprunteront dès la fin du mois d'avril, a dit le maire, et les camions attendront que la rampe soit élargie.",
]


@pytest.mark.parametrize(
    "line",
    [
        "Accueil > Économie",
        "Gazette du fleuve › Villes › Lumadis",
        "Accueil / Société / Transports",
        "Vallée # Travaux",
        "La Gazette | Transports",
        "Villes & Fleuves | Travaux | Ponts et routes",
        f"Accueil > Économie > {HEADLINE}",
        f"Accueil Économie {HEADLINE}",
        "/villes/travaux",
        "gazette-du-fleuve.fr",
    ],
)
def test_a_trail_above_the_headline_goes(line: str) -> None:
    verdicts = article_rules(["Menu", line, HEADLINE, *BODY])
    assert [verdict.rule for verdict in verdicts[1:]] == [TRAIL_RULE, None, None, None]


@pytest.mark.parametrize(
    "line",
    [
        "Pont rouvert / Marché déplacé / Lumadis à la une du Globe",
        "Le pont - un chantier de deux ans",
        "« Le pont » rouvre » en mai",
        "Ligne 4 | 18 mai",
        "Accueil des voyageurs",
    ],
)
def test_a_headline_or_a_row_is_no_trail(line: str) -> None:
    assert list(trail_lines([line, HEADLINE, *BODY])) == []


def test_a_trail_with_the_only_headline_stays() -> None:
    assert list(trail_lines([f"Accueil | {HEADLINE}", *BODY])) == []


def test_the_headline_that_a_trail_ends_with_stays_where_another_has_more_of_the_text() -> None:
    headline = "Orvane cherche marins pour ses douze bateaux"
    other = "Halle aux grains : les marchands qui attendent leurs étals"
    lines = [
        f"Accueil Villes {headline}",
        "Villes",
        headline,
        "Partagez",
        other,
        "Partagez",
        *BODY,
        "Partagez",
    ]
    verdicts = article_rules([*lines, "Ecrit par", "S'abonner"])
    assert verdicts[0].rule == TRAIL_RULE
    assert verdicts[2].rule is None


def test_the_rows_of_a_table_are_no_trails() -> None:
    assert list(trail_lines(["Ville | Pont", "Lumadis | Vieux", HEADLINE, *BODY])) in ([], [1])


def test_the_name_of_the_site_goes_where_its_address_tells_it() -> None:
    lines = ["Pont Info – le fil du fleuve", HEADLINE, *BODY, "Pont Info"]
    site = site_names("https://www.pont-info.example/villes/a", None)
    assert list(trail_lines(lines, site)) == [0, 4]
    assert list(trail_lines(lines)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Orvane.io", HEADLINE, *BODY],
        ["Menu", "Lumadis.fr", HEADLINE, *BODY],
        ["Menu", "Node.js", "Vue.js", HEADLINE, *BODY],
        ["Menu", "Cars | Camions", HEADLINE, *BODY],
        ["Menu", "Ouvrez le fichier de réglage :", "/etc/hosts", HEADLINE, *BODY],
        ["Menu", "Fichier > Ouvrir", "Édition > Coller", HEADLINE, *BODY],
        ["Menu", HEADLINE, "→ Une rampe", "→ Un trottoir", *BODY],
        ["Menu", HEADLINE, *BODY, "Lumadis → Valmont", "Orvane.io"],
        ["Bleu / Blanc / Rouge", HEADLINE, *BODY],
        ["Voici le code de la semaine", "a | b", "if x > y:", HEADLINE, *BODY],
        [
            "La mer > le ciel",
            "Nuit · Jour · Nuit",
            "Je marche au bord de la nuit",
            "Tu dors / je veille / il pleut",
        ],
    ],
)
def test_lines_of_the_article_with_such_marks_stay(lines: list[str]) -> None:
    assert list(trail_lines(lines)) == []


def test_a_headline_that_begins_with_the_name_of_the_site_stays() -> None:
    lines = ["Lumadis : le pont rouvre aux voitures", "La ville attend la fin des travaux", *BODY]
    assert list(trail_lines(lines, site_names("https://www.lumadis.example/a", None))) == []

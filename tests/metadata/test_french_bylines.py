"""French bylines and date lines: what they say, and that they are furniture."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.metadata.reading import BODY, TITLE, day, read_lines, read_text, removed

# The line or lines under the title; authors; day of publication, or None.
BYLINES: list[tuple[str, tuple[str, ...], str | None]] = [
    ("Publié le 10 févr. 2025 à 18h02", (), "2025-02-10"),
    ("Publié le 10 février 2025", (), "2025-02-10"),
    ("Publiée le 10/02/2025 à 18:02", (), "2025-02-10"),
    ("PUBLIÉ LE 10 FÉVRIER 2025 À 18H02", (), "2025-02-10"),
    ("Publié le : 10/02/2025 - 18:02Modifié le : 11/02/2025 - 07:30", (), "2025-02-10"),
    ("Publié le 2 mars 2025 - Mis à jour le 3 mars 2025 à 12:30", (), "2025-03-02"),
    ("Mis à jour le 3 mars 2025 à 12:30 - Publié le 2 mars 2025", (), "2025-03-02"),
    ("Le 10 février 2025 à 18:02, modifié le 11 février 2025 à 07:30", (), "2025-02-10"),
    ("Publié le lundi 10 février 2025 à 8 h 15, mis à jour à 9 h 40", (), "2025-02-10"),
    ("Publié le 1er janvier 2025 à 08h00", (), "2025-01-01"),
    ("Mise en ligne : 10 février 2025", (), "2025-02-10"),
    ("Paru le 10 février 2025 dans Le Courrier des Lacs", (), "2025-02-10"),
    ("Date de publication : 10.02.2025", (), "2025-02-10"),
    ("Dernière mise à jour : 18 septembre 2024 | Publié le 3 avril 2023", (), "2023-04-03"),
    ("10 février 2025, 18:02 CET", (), "2025-02-10"),
    ("10 févr. 2025 | 2 min de lecture", (), "2025-02-10"),
    ("Lundi 10 février 2025 - 18h02 (heure de Paris)", (), "2025-02-10"),
    ("Le 10 février 2025 | Temps de lecture : 3 minutes", (), "2025-02-10"),
    ("10.02.25", (), "2025-02-10"),
    ("Intelligence artificielle | 10 février 2025", (), "2025-02-10"),
    ("10 février 2025 • Industrie et recherche", (), "2025-02-10"),
    ("Économie - Publié le 10 février 2025 à 18h02", (), "2025-02-10"),
    ("Lyon, le 10 février 2025", (), "2025-02-10"),
    ("Par Jeanne Roche, le 1er avril 2023", ("Jeanne Roche",), "2023-04-01"),
    ("Par Jeanne Roche", ("Jeanne Roche",), None),
    ("PAR JEANNE ROCHE", ("Jeanne Roche",), None),
    ("par J. Roche", ("J. Roche",), None),
    (
        "Par Jeanne Roche et Marie-Anne de la Tour, avec AFP",
        ("Jeanne Roche", "Marie-Anne de la Tour", "AFP"),
        None,
    ),
    (
        "Par Jeanne Roche, Paul Lenoir et Inès Ben Salah",
        ("Jeanne Roche", "Paul Lenoir", "Inès Ben Salah"),
        None,
    ),
    ("Par Jeanne Roche (Bruxelles, bureau européen)", ("Jeanne Roche",), None),
    ("Jeanne Roche (à Lille)", ("Jeanne Roche",), None),
    ("Jeanne Roche (à Lille) et Paul Lenoir (à Niort)", ("Jeanne Roche", "Paul Lenoir"), None),
    ("Jeanne Roche (envoyée spéciale à Kiev)", ("Jeanne Roche",), None),
    ("JEANNE ROCHE (à Lille) — 10 février 2025", ("Jeanne Roche",), "2025-02-10"),
    ("Par Jeanne Roche (avec Paul Lenoir)", ("Jeanne Roche", "Paul Lenoir"), None),
    ("Par Jeanne Roche (jeanne.roche@exemple.fr)", ("Jeanne Roche",), None),
    ("Par Jeanne Roche, professeure d'économie à l'université des Lacs", ("Jeanne Roche",), None),
    ("Par : Jeanne Roche | Le 10.02.2025 à 18h02", ("Jeanne Roche",), "2025-02-10"),
    (
        "Par Jeanne Roche, publié le 10 février 2025 à 18h02, mis à jour le 11 février 2025",
        ("Jeanne Roche",),
        "2025-02-10",
    ),
    ("Rédigé par Jeanne Roche, publié le 5 mai 2024", ("Jeanne Roche",), "2024-05-05"),
    ("Article rédigé par Jeanne Roche - franceinfo", ("Jeanne Roche",), None),
    ("Publié par Jeanne Roche le 4 janvier 2024 dans Numérique", ("Jeanne Roche",), "2024-01-04"),
    ("Posté par Jeanne Roche le 10 février 2025 | 3 commentaires", ("Jeanne Roche",), "2025-02-10"),
    ("Le 18 juillet 2024, par Jeanne Roche", ("Jeanne Roche",), "2024-07-18"),
    ("Jeanne Roche Publié le 10 février 2025 à 18h02", ("Jeanne Roche",), "2025-02-10"),
    ("Jeanne Roche | 10/02/2025 | Tech", ("Jeanne Roche",), "2025-02-10"),
    ("Jeanne Roche 10 févr. 2025 4 min de lecture", ("Jeanne Roche",), "2025-02-10"),
    ("Jeanne Roche\n10 février 2025", ("Jeanne Roche",), "2025-02-10"),
    ("Jean-Pierre de La Fontaine, le 10 février 2025", ("Jean-Pierre de La Fontaine",), "2025-02-10"),
    ("@jroche · 10 févr. 2025", ("@jroche",), "2025-02-10"),
    ("Tribune de Jeanne Roche, économiste", ("Jeanne Roche",), None),
    ("Propos recueillis par Jeanne Roche et Paul Lenoir", ("Jeanne Roche", "Paul Lenoir"), None),
    ("Texte Jeanne Roche Photos Paul Lenoir", ("Jeanne Roche",), None),
    ("Écrit par Jeanne Roche. Publié dans Actualités", ("Jeanne Roche",), None),
    ("Le Monde avec AFP", ("Le Monde", "AFP"), None),
    ("Le Figaro avec AFP agence", ("Le Figaro", "AFP"), None),
    ("Jeanne Roche (avec AFP)", ("Jeanne Roche", "AFP"), None),
    ("AFP — 10 février 2025 à 18:02", ("AFP",), "2025-02-10"),
    ("AFP", ("AFP",), None),
    ("La rédaction avec AFP, publié le lundi 10 février 2025 à 08h15", ("La rédaction", "AFP"), "2025-02-10"),
    ("Par La rédaction", ("La rédaction",), None),
    ("Auteur : Jeanne Roche\nDate : 10 février 2025", ("Jeanne Roche",), "2025-02-10"),
    ("Temps de lecture : 3 min.", (), None),
    ("Note de lecture, 5 août 2024", (), "2024-08-05"),
    ("Newsletter n° 45 – 3 mai 2025", (), "2025-05-03"),
    ("Mis en ligne le 3 mai 2025 par admin", (), "2025-05-03"),
    ("Mis en ligne le 3 mai 2025 par jroche", ("jroche",), "2025-05-03"),
    ("Publié le 3 mai 2025 par le ministère", (), "2025-05-03"),
    ("Le Monde, samedi 3 mai 2025, p. 12", ("Le Monde",), "2025-05-03"),
    ("Publié le 10\u00a0février\u202f2025", (), "2025-02-10"),
    ("lundi 10 février 2025 à 13h38min", (), "2025-02-10"),
    ("Publié le 10/02/2025 à 9h21 & mis à jour le 11/02/2025 à 19h15", (), "2025-02-10"),
]


@pytest.mark.parametrize(("lines", "authors", "published"), BYLINES)
def test_byline(lines: str, authors: tuple[str, ...], published: str | None) -> None:
    metadata = read_lines(lines)
    assert metadata.authors == authors
    assert day(metadata.published) == published
    assert metadata.spans
    if published is not None:
        assert metadata.published is not None
        assert metadata.published.precision == "day"
        assert metadata.published.origin == "header"


def test_there_are_forty_bylines() -> None:
    assert len(BYLINES) >= 40


@pytest.mark.parametrize(("lines", "authors", "published"), BYLINES)
def test_no_first_of_january_is_guessed(lines: str, authors: tuple[str, ...], published: str | None) -> None:
    found = read_lines(lines).published
    if found is not None and found.date is not None and (found.date.month, found.date.day) == (1, 1):
        assert "1er janvier" in lines


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("10 févr. | 2 min de lecture", "10 févr."),
        ("Publié le 10 février", "10 février"),
        ("1er févr.", "1er févr."),
        ("il y a 3 jours • 4 min de lecture", "il y a 3 jours"),
        ("Publié hier à 18h02", "hier"),
    ],
)
def test_a_date_without_a_year_keeps_its_words(lines: str, words: str) -> None:
    published = read_lines(lines).published
    assert published is not None
    assert (published.date, published.precision, published.text) == (None, None, words)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "https://www.exemple.fr/2024/tech/centres-de-donnees"}, "2024-02-10"),
        ({"source": "2023/02/un.txt"}, "2023-02-10"),
    ],
)
def test_a_year_comes_from_address_or_path(fields: dict[str, str], expected: str) -> None:
    assert day(read_lines("10 févr. | 2 min de lecture", **fields).published) == expected


def test_a_weekday_gives_the_latest_fitting_year() -> None:
    # The 10th of February is a Monday in 2020 and 2025.
    assert day(read_lines("Publié le lundi 10 février").published) == "2025-02-10"


def test_the_body_gives_no_year() -> None:
    assert "2019" in BODY
    assert day(read_lines("Publié le 10 février").published) is None


def test_an_update_is_taken_only_without_a_publication_date() -> None:
    assert day(read_lines("Mis à jour le 3 mars 2025 à 12:30").published) == "2025-03-03"
    # A publication date of which the year is unknown is still one.
    published = read_lines("  • jroche1900\n  • 10 févr.\n\nDernière mise à jour : 18 sept.").published
    assert published is not None
    assert (published.date, published.text) == (None, "10 févr.")


def test_a_list_of_bullets_is_author_date_and_reading_time() -> None:
    lines = "  • jroche1900\n  • 10 févr.\n  • 2 min de lecture"
    metadata = read_lines(lines)
    assert metadata.authors == ("jroche1900",)
    assert removed(metadata, f"{TITLE}\n{lines}\n\n{BODY}") == [
        "• jroche1900",
        "• 10 févr.",
        "• 2 min de lecture",
    ]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Les communes et l'eau - Publié le 10 février 2025 à 18h02", "Les communes et l'eau"),
        (
            "Publié le 10 février 2025 à 18h02 La région ouvre une consultation.",
            "La région ouvre une consultation.",
        ),
        ("Intelligence artificielle | 10 février 2025", "Intelligence artificielle"),
        ("10 février 2025 | Intelligence artificielle", "Intelligence artificielle"),
    ],
)
def test_what_stands_beside_a_date_line_stays(line: str, kept: str) -> None:
    text = f"{TITLE}\n{line}\n\n{BODY}"
    metadata = read_text(text)
    left = line
    for words in removed(metadata, text):
        left = left.replace(words, "")
    assert left.strip() == kept
    assert day(metadata.published) == "2025-02-10"


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, la région annonce un plan",
        "Par décret du 10 février 2025",
        "Le 10 février 2025, Paris accueillait un sommet.",
        "Sommet de Paris, 10 et 11 février 2025",
        "Sommet de Paris : 10 février 2025",
        "Avec AFP Forum, la photographie change de main",
        "Publié en 2024, le rapport est sans appel",
        "Mis à jour le 3 mars 2025, le registre compte cent noms.",
        "Mistral et Microsoft",
        "Assemblée générale des Amis du Lac du mardi 10 septembre",
        "Hier, le conseil a voté",
        "Date limite : 10 février 2025",
        "De Paris à Lyon",
        "Par la présente, nous demandons un moratoire.",
        "À 18h02, tout était fini",
        "Par Toutatis, quelle affaire que ces centres de données !",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    metadata = read_lines(line)
    assert metadata.spans == ()
    assert metadata.authors == ()


def test_a_chronicle_keeps_its_dates() -> None:
    entries = "".join(f"{number} mars 2025\nLe conseil a voté.\n" for number in range(3, 9))
    metadata = read_text(
        f"{TITLE}\nRetour sur une semaine de débats au conseil de la région.\nPuis la suite.\n{entries}\n{BODY}"
    )
    assert metadata.spans == ()


def test_a_date_in_the_body_is_no_published_date() -> None:
    assert read_text(f"{TITLE}\n\n{BODY}\n\n{BODY}").published is None


@pytest.mark.parametrize(
    "opening",
    [
        "PARIS, 3 mars 2025 (Reuters) - La région ouvre une consultation.",
        "Paris, 3 mars 2025 (AFP) – La région ouvre une consultation.",
        "LYON, le 3 mars 2025 — La région ouvre une consultation.",
    ],
)
def test_a_dateline_is_evidence_and_stays(opening: str) -> None:
    metadata = read_text(f"{TITLE}\n\n{opening} {BODY}\n\n{BODY}")
    assert day(metadata.published) == "2025-03-03"
    assert metadata.published is not None
    assert metadata.published.origin == "text"
    assert metadata.spans == ()


@pytest.mark.parametrize(
    ("first", "published", "precision"),
    [
        (f"date 2024-02 {TITLE}", dt.date(2024, 2, 1), "month"),
        (f" date 2024-02 {TITLE}", dt.date(2024, 2, 1), "month"),
        (f"date 2024-02-17 {TITLE}", dt.date(2024, 2, 17), "day"),
        (f"Date : 2024-02 - {TITLE}", dt.date(2024, 2, 1), "month"),
    ],
)
def test_a_date_before_the_title_on_the_first_line(first: str, published: dt.date, precision: str) -> None:
    text = f"{first}\n\n{BODY}"
    metadata = read_text(text)
    assert metadata.title == TITLE
    assert metadata.published is not None
    assert (metadata.published.date, metadata.published.precision) == (published, precision)
    assert metadata.published.origin == "header"
    (span,) = metadata.spans
    assert span.rule == "date_prefix"
    assert text[span.end :].startswith(TITLE)


def test_labels_of_an_export() -> None:
    text = (
        f"Titre : {TITLE}\nAuteur : Jeanne Roche\nSource : Le Courrier des Lacs\nDate : 10/02/2025\n\n{BODY}"
    )
    metadata = read_text(text)
    assert (metadata.title, metadata.authors, metadata.site) == (
        TITLE,
        ("Jeanne Roche",),
        "Le Courrier des Lacs",
    )
    assert day(metadata.published) == "2025-02-10"
    assert removed(metadata, text)[0] == "Titre :"


def test_a_footer_feeds_the_metadata() -> None:
    text = f"{TITLE}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\nPar Jeanne Roche, publié le 10 février 2025"
    metadata = read_text(text)
    assert metadata.authors == ("Jeanne Roche",)
    assert day(metadata.published) == "2025-02-10"


def test_the_date_of_a_teaser_is_not_the_articles() -> None:
    text = f"{TITLE}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\nÀ lire aussi\nUn lac sous surveillance\nPublié le 4 mars 2021"
    assert read_text(text).published is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Accueil\nRechercher\n{TITLE}\n\n{BODY}", TITLE),
        (f"Tous nos articles\nSociété\n{TITLE}\nPar Jeanne Roche\n\n{BODY}", TITLE),
        (f"Le lac en 2024. © Jeanne Roche\n{TITLE}\n\n{BODY}", TITLE),
        (f"# {TITLE}\n\n{BODY}", TITLE),
        (f"Par Jeanne Roche\n{TITLE}\n\n{BODY}", TITLE),
        (f"{BODY}\n\n{BODY}", None),
        (TITLE, None),
    ],
)
def test_the_title_is_a_line_above_the_article(text: str, title: str | None) -> None:
    assert read_text(text).title == title

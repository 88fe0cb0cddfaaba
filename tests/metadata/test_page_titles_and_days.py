"""Pages: the headline among the parts of a title, the day in its own country, who signs, rows of data."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.metadata import Metadata, read_metadata
from corpus.metadata.titles import Site, headline_of, without_site
from corpus.records import InputDocument
from tests.metadata.reading import BODY, read_text

BARE = Site(None, None)


def read_page(html: str) -> Metadata:
    return read_metadata(InputDocument("a.html", "html", "html", html), BODY, "fr")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Le Phare » Région » Le bac reprend la mer", "Le bac reprend la mer"),
        ("Accueil > Région > Le maire « ne cédera pas » | Le Phare", "Le maire « ne cédera pas »"),
        ("Pêche : « On ne lâche rien » - Le Journal de l’Estran", "Pêche : « On ne lâche rien »"),
        (
            "« On ne lâche rien » : la colère du port - Le Journal de l’Estran",
            "« On ne lâche rien » : la colère du port",
        ),
        ("« On ne lâche rien » - Le Journal de l’Estran", "« On ne lâche rien »"),
        ("« On ne lâche rien » - Kerjean", "« On ne lâche rien » - Kerjean"),
        ("« Oui | non » : la question qui divise | La Gazette", "« Oui | non » : la question qui divise"),
        ("Port de Brest - la grève continue | Bretagne Info", "Port de Brest - la grève continue"),
        (
            "Pêche - Le bac reprend la mer après trois mois - Le Phare",
            "Pêche - Le bac reprend la mer après trois mois",
        ),
        ("Le bac reprend la mer | Région | Le Phare", "Le bac reprend la mer"),
        ("Le bac reprend la mer :: Gazette", "Le bac reprend la mer"),
        ("Le bac reprend la mer « La Gazette", "Le bac reprend la mer"),
        ("Le maire « ne cédera pas » « La Gazette", "Le maire « ne cédera pas »"),
        ("“We are staying” - Carrick | The Harbour Times", "“We are staying” - Carrick"),
        ("Le bac", "Le bac"),
    ],
)
def test_the_headline_of_a_title(title: str, headline: str) -> None:
    assert headline_of(title, [], BARE) == headline


def test_headings_and_the_sites_name_decide() -> None:
    assert (
        headline_of("Le bac repart - Morlaix - Kerjean", ["Le bac repart - Morlaix"], BARE)
        == "Le bac repart - Morlaix"
    )
    estran = Site("L’Estran", "https://www.lestran.example/a")
    assert headline_of("L’Estran - Le bac reprend la mer", [], estran) == "Le bac reprend la mer"
    long = Site("Le Phare - Le journal du port", None)
    assert without_site("Le bac repart | Le Phare - Le journal du port", long) == "Le bac repart"
    assert without_site("« Le bac repart » - L’Estran", estran) == "« Le bac repart »"
    assert without_site("« Le bac repart » - Kerjean", estran) == "« Le bac repart » - Kerjean"


PAGE = (
    "<html lang='fr'><head>{head}</head><body><article><h1>Le bac reprend la mer</h1>"
    "{top}<p>{body}</p></article></body></html>"
)


def page(head: str = "", top: str = "") -> str:
    return PAGE.format(head=head, top=top, body=BODY)


def stamp(moment: str) -> str:
    return f"<meta property='article:published_time' content='{moment}'>"


@pytest.mark.parametrize(
    ("moment", "printed", "day"),
    [
        ("2024-05-10T23:30:00Z", "<p>11 mai 2024</p>", "2024-05-11"),
        ("2024-05-10T03:30:00+00:00", "<time class='date'>9 mai 2024</time>", "2024-05-09"),
        ("2024-05-10T23:30:00Z", "<p>10 mai 2024</p>", "2024-05-10"),
        ("2024-05-10T23:30:00Z", "", "2024-05-10"),
        ("2024-05-10T23:30:00+02:00", "<p>11 mai 2024</p>", "2024-05-10"),
        ("2024-05-10T03:30:00Z", "<p>11 mai 2024</p>", "2024-05-10"),
        ("2024-05-10T12:00:00Z", "<p>Publié le 21 mai 2024</p>", "2024-05-10"),
    ],
)
def test_a_stamp_in_utc_and_the_printed_day(moment: str, printed: str, day: str) -> None:
    published = read_page(page(stamp(moment), printed)).published
    assert published is not None
    assert published.date == dt.date.fromisoformat(day)
    assert published.origin == "metadata"


def test_the_day_of_the_address_beside_a_stamp_in_utc() -> None:
    link = "<link rel='canonical' href='https://phare.example/2024/05/09/bac'>"
    published = read_page(page(stamp("2024-05-10T02:00:00Z") + link)).published
    assert published is not None
    assert published.date == dt.date(2024, 5, 9)


@pytest.mark.parametrize(
    "printed", ["<time>9 mai 2024 à 6h18</time>", "<p>9 mai 2024</p>", "<div class='infos'>9 mai 2024</div>"]
)
def test_the_day_on_the_page_and_the_month_of_the_address(printed: str) -> None:
    link = "<link rel='canonical' href='https://phare.example/2024/05/le-bac-812/'>"
    published = read_page(page(link, printed)).published
    assert published is not None
    assert published.date == dt.date(2024, 5, 9)


TABLE = "<table><tr><th>Port</th><th>Somme</th><th>Date</th></tr>{rows}</table>"
ROWS = (
    "<tr><td>Orvane</td><td>1,7 milliard d’euros</td><td>mai 2024</td></tr>"
    "<tr><td>Kerjean</td><td>40 salariés</td><td>juin 2024</td></tr>"
)


def test_a_row_of_data_is_no_date_line() -> None:
    assert read_page(page(top=TABLE.format(rows=ROWS))).published is None
    text = (
        f"Les ports\n\nOrvane | 1,7 milliard d’euros | mai 2024\nKerjean | 40 salariés | juin 2024\n\n{BODY}"
    )
    assert read_text(text).published is None
    assert read_text(f"Les ports\n\nOrvane | mai 2024\nKerjean | juin 2024\n\n{BODY}").published is None
    assert (
        read_text(f"Le bac reprend la mer\n\nRégion | 9 mai 2024 | 3 min de lecture\n\n{BODY}").published
        is not None
    )


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='author' content='Actualités'>",
        "<meta name='author' content='Le Phare'><meta property='og:site_name' content='Le Phare'>",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","author":{"@type":"Organization","name":"Le Phare"},'
        '"publisher":{"name":"Le Phare"}}</script>',
    ],
)
def test_the_byline_before_the_publication_as_author(head: str) -> None:
    assert read_page(page(head, "<p class='byline'>Par Maëlle Kerjean</p>")).authors == ("Maëlle Kerjean",)


def test_the_publication_signs_where_nobody_else_does() -> None:
    head = "<meta name='author' content='Le Phare'><meta property='og:site_name' content='Le Phare'>"
    assert read_page(page(head)).authors == ("Le Phare",)
    assert read_page(page("<meta name='author' content='Actualités'>")).authors == ()


@pytest.mark.parametrize(
    "line", ["Maëlle Kerjean, Le Phare", "Maëlle Kerjean (à Morlaix)", "Par Maëlle Kerjean (à Morlaix)"]
)
def test_a_name_with_its_paper_or_place_beside_the_date(line: str) -> None:
    text = f"Le bac reprend la mer après trois mois\n\n{line}\n\nPublié le 9 mai 2024, à 5 h\n\n{BODY}"
    assert read_text(text).authors == ("Maëlle Kerjean",)


@pytest.mark.parametrize("house", ["La rédaction", "Rubrique économie", "Le Phare"])
def test_a_byline_signs_before_a_desk_a_section_and_the_publication(house: str) -> None:
    head = f'<meta name="author" content="{house}"><meta property="og:site_name" content="Le Phare">'
    page = f"<html><head>{head}</head><body><p>{BODY}</p></body></html>"
    metadata = read_metadata(
        InputDocument("a.html", "html", "html", page),
        f"Le bac repart\nPar Ana Vell, le 4 mars 2025\n{BODY}",
        "fr",
    )
    assert metadata.authors == ("Ana Vell",)

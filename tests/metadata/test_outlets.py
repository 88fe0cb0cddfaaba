"""Who published a document: the publication's name, else the whole host, never a guess."""

from __future__ import annotations

import pytest

from corpus.metadata import read_metadata
from corpus.records import InputDocument

TEXT = "La commune ouvre une seconde école en septembre, a indiqué le maire lors du conseil de lundi."
URL = "https://www.auto.exemple.fr/essais/une-citadine"


@pytest.mark.parametrize(
    ("site", "url", "outlet"),
    [
        ("La Gazette nantaise", URL, "La Gazette nantaise"),
        (None, URL, "auto.exemple.fr"),
        (None, "https://actu.exemple.fr/a", "actu.exemple.fr"),
        ("www.exemple.fr", None, "exemple.fr"),
        ("exemple.fr", URL, "auto.exemple.fr"),
        (None, None, None),
    ],
)
def test_the_outlet_is_the_name_else_the_host(site: str | None, url: str | None, outlet: str | None) -> None:
    document = InputDocument("Le Monde/article.txt", "jsonl", "text", TEXT, site=site, url=url)
    assert read_metadata(document, TEXT).outlet == outlet


def test_a_page_s_own_name_comes_before_its_host() -> None:
    head = (
        '<meta property="og:site_name" content="La Gazette nantaise"><link rel="canonical" href="'
        + URL
        + '">'
    )
    page = f"<html><head>{head}</head><body><p>{TEXT}</p></body></html>"
    document = InputDocument("page.html", "html", "html", page)
    assert read_metadata(document, TEXT).outlet == "La Gazette nantaise"


def test_a_labelled_address_at_the_head_of_a_text_says_its_outlet() -> None:
    text = f"Une seconde école ouvre à Valmont\nURL : {URL}\n\n{TEXT}"
    metadata = read_metadata(InputDocument("a.txt", "text", "text", text), text, "fr")
    assert (metadata.outlet, metadata.url) == ("auto.exemple.fr", URL)

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, NoContent, clean_document
from corpus.clean.page import LARGEST_PAGE, main_content, parse_page
from corpus.records import InputDocument

OPTIONS = CleanOptions(identify_language=False)

PARAGRAPHS = [
    "La société Valmorin Technologies a inauguré mardi un centre de calcul de 6 000 mètres carrés, non loin de Limoges.",
    "Le bâtiment abritera d'abord 800 serveurs, puis 2 400 à l'horizon 2026, selon sa directrice générale, Maud Terrasson.",
    "L'électricité viendra pour moitié d'un barrage voisin, ce qui doit réduire la facture d'environ un tiers, dit-elle encore.",
    "La chaleur produite par les machines chauffera la piscine municipale ainsi qu'un lycée, a promis la mairie dans la soirée.",
]


def page(*body: str) -> str:
    return (
        "<!DOCTYPE html><html lang='fr'><head><title>Un centre de calcul près de Limoges</title></head><body>"
        "<nav><ul><li><a href='/'>Accueil</a></li><li><a href='/eco'>Économie</a></li><li><a href='/c'>Contact</a></li></ul>"
        f"</nav><main><article><h1>Un centre de calcul près de Limoges</h1>{''.join(body)}</article></main>"
        "<footer><p>© 2024 Le Fil limousin. Tous droits réservés.</p><a href='/m'>Mentions légales</a></footer></body></html>"
    )


def cleaned(html: str) -> list[str]:
    return clean_document(InputDocument("p.html", "html", "html", html), OPTIONS).text.split("\n\n")


def test_the_article_stays_and_the_frame_goes() -> None:
    texts = cleaned(page(*(f"<p>{p}</p>" for p in PARAGRAPHS)))
    assert [text for text in texts if len(text) > 60] == PARAGRAPHS
    assert not {"Accueil", "Contact", "Mentions légales"} & set(texts)


@pytest.mark.parametrize(
    "residue",
    [
        "Passer la publicité",
        "À lire aussi : Trois idées pour le week-end",
        "Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.",
        "Crédits photos : Archives",
        "Inscrivez-vous à notre newsletter",
        "Réservé aux abonnés",
        "Temps de lecture : 4 minutes",
    ],
)
def test_what_trafilatura_leaves_of_french_pages_goes(residue: str) -> None:
    html = page(*(f"<p>{p}</p>" for p in [*PARAGRAPHS[:2], residue, *PARAGRAPHS[2:]]))
    document = clean_document(InputDocument("p.html", "html", "html", html), OPTIONS)
    assert residue not in document.text
    assert all(p in document.text for p in PARAGRAPHS)


def test_markup_gives_the_kinds() -> None:
    html = page(
        f"<p>{PARAGRAPHS[0]}</p><h2>Une alimentation locale</h2><p>{PARAGRAPHS[1]}</p>",
        f"<p>{PARAGRAPHS[2]}</p>",
    )
    document = clean_document(InputDocument("p.html", "html", "html", html), OPTIONS)
    kinds = {document.text[p.start : p.end]: p.kind for p in document.paragraphs}
    assert kinds["Une alimentation locale"] == "heading"
    assert kinds[PARAGRAPHS[1]] == "body"


def test_a_heading_inside_the_article_stays_however_short() -> None:
    body = [*(f"<p>{p}</p>" for p in PARAGRAPHS[:2]), "<p>Lire aussi</p>", "<h2>Maud Terrasson</h2>"]
    assert "Maud Terrasson" in cleaned(page(*body, *(f"<p>{p}</p>" for p in PARAGRAPHS[2:])))


def test_a_table_of_an_article_stays_row_by_row() -> None:
    rows = [
        ("Commune", "Serveurs", "Emplois"),
        ("Limoges", "800", "45"),
        ("Guéret", "120", "9"),
        ("Tulle", "64", "4"),
        ("2025", "984", "58"),
    ]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    texts = cleaned(page(*(f"<p>{p}</p>" for p in PARAGRAPHS), f"<table>{table}</table>"))
    assert texts[-len(rows) :] == [" | ".join(row) for row in rows]


def test_a_table_that_lays_out_paragraphs_is_read_as_paragraphs() -> None:
    table = "".join(f"<tr><td>{i}.</td><td><p>{p}</p></td></tr>" for i, p in enumerate(PARAGRAPHS[1:]))
    assert set(PARAGRAPHS) <= set(cleaned(page(f"<p>{PARAGRAPHS[0]}</p>", f"<table>{table}</table>")))


def test_the_same_page_gives_the_same_text_however_often_it_comes() -> None:
    html = page(*(f"<p>{p}</p>" for p in PARAGRAPHS))
    assert len({tuple(cleaned(html)) for _ in range(8)}) == 1


def test_pictures_inside_a_page_do_not_make_it_too_large() -> None:
    picture = f"<img alt='' src='data:image/png;base64,{'A' * (LARGEST_PAGE + 4)}'>"
    texts = cleaned(page(*(f"<p>{p}</p>" for p in PARAGRAPHS), picture))
    assert set(PARAGRAPHS) <= set(texts)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "empty"),
        ("just words", "not HTML"),
        ("<html><body><script>let a = 1</script></body></html>", "no main content"),
        ("<html><body>" + "<p>mot</p>" * (LARGEST_PAGE // 10 + 1), "not parsed"),
        ("<html><p " + " ".join(f"a{i}='x'" for i in range(20_000)) + ">", "attributes"),
    ],
    ids=["empty", "words", "script", "large", "attributes"],
)
def test_a_page_without_an_article_is_named(html: str, said: str) -> None:
    with pytest.raises(NoContent, match=said):
        main_content(parse_page(html))


@pytest.mark.parametrize(
    "html",
    [
        page("<div>" * 100_000 + PARAGRAPHS[0] + "</div>" * 100_000),
        page("<blockquote>" * 3_000 + PARAGRAPHS[0]),
        page("<table><tr><td>" * 1_000 + PARAGRAPHS[0]),
        page("".join(f"<p>{p}<div><span " for p in PARAGRAPHS * 20)),
        page("<p>" + "&#0;&#xD800;&bogus;" * 500 + PARAGRAPHS[0] + "</p>"),
        page(f"<p>{PARAGRAPHS[0]}\x00\x0b\ud800</p>"),
        "<?xml version='1.0' encoding='utf-16'?>" + page(*(f"<p>{p}</p>" for p in PARAGRAPHS)),
    ],
    ids=["deep", "quotes", "tables", "unclosed", "entities", "controls", "declared utf-16"],
)
def test_broken_markup_is_read_or_named_and_never_raises_anything_else(html: str) -> None:
    try:
        document = clean_document(InputDocument("p.html", "html", "html", html), OPTIONS)
    except NoContent:
        return
    document.text.encode("utf-8")

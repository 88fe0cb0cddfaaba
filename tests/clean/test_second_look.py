"""Pages whose article trafilatura alone takes too little or too much of: each test is a kind of page."""

from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.clean.page import parse_page
from corpus.clean.regions import region_names, region_of
from corpus.clean.walk import read_page
from corpus.records import CleanDocument, InputDocument

OPTIONS = CleanOptions(identify_language=False)

PROSE = [
    "La coopérative Brévalon a ouvert lundi à Niort un atelier où quarante relecteurs corrigent les traductions des machines.",
    "La région y a mis 2,4 millions d'euros, contre 900 000 euros pour la ville, a précisé le président Aurèle Tissot.",
    "Les traducteurs indépendants redoutent une baisse de leurs tarifs, déjà passés de 12 à 7 centimes le mot en trois ans.",
    "« Personne ne relit mieux qu'un humain payé pour le faire », a répondu la directrice de l'atelier devant les élus.",
    "Une première évaluation est attendue à l'automne, et l'atelier pourrait alors doubler ses effectifs, selon la coopérative.",
]
MENU = "".join(f"<li><a href='/{i}'>Rubrique {i} du site et ses pages</a></li>" for i in range(60))


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(article: str, before: str = "", after: str = "") -> str:
    return (
        "<!DOCTYPE html><html lang='fr'><head><title>Un atelier de relecture à Niort</title></head><body>"
        f"{before}<main><article><h1>Un atelier de relecture à Niort</h1>{article}</article></main>{after}</body></html>"
    )


def clean(html: str) -> CleanDocument:
    return clean_document(InputDocument("p.html", "html", "html", html), OPTIONS)


def texts(html: str) -> list[str]:
    return clean(html).text.split("\n\n")


@pytest.mark.parametrize("wrap", ["aside", "section", "div"])
def test_a_long_menu_does_not_pass_for_the_article(wrap: str) -> None:
    html = (
        f"<html><body><div class='bloc'><ul>{MENU}</ul></div>"
        f"<{wrap}><article><h1>Atelier</h1>{p(*PROSE)}</article></{wrap}></body></html>"
    )
    found = texts(html)
    assert set(PROSE) <= set(found)
    assert not any(line.startswith("Rubrique") for line in found)


@pytest.mark.parametrize(
    "items",
    [
        [
            "anglais : 14 relecteurs",
            "allemand : 9 relecteurs",
            "roumain : 3 relecteurs",
            "coréen : 2 relecteurs",
        ],
        ["Niort", "Saintes", "Bressuire"],
        ["1) Brévalon (Niort, relecture)", "2) Sonate (Tours, sous-titres)", "3) Ovide (Metz, brevets)"],
    ],
)
@pytest.mark.parametrize("markup", ["<ul>{}</ul>", "<ol>{}</ol>", "<div>{}</div>"])
@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_a_list_of_the_article_stays_wherever_it_stands(items: list[str], markup: str, place: str) -> None:
    tag = "p" if "div" in markup else "li"
    listed = "<p>Les langues retenues :</p>" + markup.format("".join(f"<{tag}>{i}</{tag}>" for i in items))
    at = {"start": 1, "middle": 3, "end": 5}[place]
    found = texts(page(p(*PROSE[:at]) + listed + p(*PROSE[at:])))
    assert [line for line in found if line in items] == items
    assert [line for line in found if line in PROSE] == PROSE


def test_a_list_of_linked_names_stays_behind_a_colon_and_a_list_of_teasers_goes() -> None:
    names = ["Gisement", "Palier", "Cantilène"]
    linked = "".join(f"<li><a href='https://{i}.example'>{i}</a></li>" for i in names)
    teasers = "".join(
        f"<li><a href='/{i}'>Un article de la rédaction sur un autre sujet, {i}</a></li>" for i in "abcd"
    )
    found = texts(
        page(
            p(PROSE[0])
            + f"<p>L'atelier emploie trois logiciels :</p><ul>{linked}</ul>"
            + p(*PROSE[1:])
            + f"<ul>{teasers}</ul>"
        )
    )
    assert set(names) <= set(found)
    assert not any("autre sujet" in line for line in found)


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("place", [1, 5])
def test_a_table_of_amounts_stays_row_by_row(columns: int, place: int) -> None:
    rows = [
        ("Société", "Montant", "Année"),
        ("Brévalon", "2,4 M€", "2023"),
        ("Sonate", "800 000 €", "2024"),
        ("Ovide", "1,1 M$", "2024"),
    ]
    cells = ["".join(f"<td>{cell}</td>" for cell in row[:columns]) for row in rows]
    table = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    found = texts(page(p(*PROSE[:place]) + table + p(*PROSE[place:])))
    for row in rows:
        assert " | ".join(row[:columns]) in found


@pytest.mark.parametrize(
    "name",
    ["social-issue", "comment-fiscal", "shareholders", "navigateur", "menu-du-jour", "tagsoup", "adslib"],
)
@pytest.mark.parametrize("element", ["p", "div", "section"])
def test_a_name_does_not_convict_a_paragraph(name: str, element: str) -> None:
    named = f"<{element} class='{name}' id='{name}'>{PROSE[2] if element == 'p' else p(PROSE[2])}</{element}>"
    assert PROSE[2] in texts(page(p(*PROSE[:2]) + named + p(*PROSE[3:])))


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        "<div hidden=''><p>{}</p></div>",
        "<div style='display:none'><p>{}</p></div>",
        "<p style='visibility: hidden'>{}</p>",
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
    ],
)
def test_what_a_reader_never_sees_is_no_text(hidden: str) -> None:
    secret = (
        "Une phrase que personne ne voit jamais sur la page, faute de script pour la montrer aux lecteurs."
    )
    found = clean(page(p(*PROSE[:3]) + hidden.format(secret) + p(*PROSE[3:])))
    assert secret not in found.raw_text
    assert all(line in found.text for line in PROSE)


def test_a_heading_inside_a_button_is_read_and_a_label_is_not() -> None:
    opener = "<button><h3>Combien coûte la relecture ?</h3></button><button>Copier le code</button>"
    found = texts(page(p(*PROSE[:3]) + opener + p(*PROSE[3:])))
    assert "Combien coûte la relecture ?" in found
    assert not any("Copier" in line for line in found)


def test_an_article_in_many_sections_is_read_whole() -> None:
    sections = "".join(
        f"<section class='bloc-{i}'><div><p>{text}</p></div></section>" for i, text in enumerate(PROSE)
    )
    html = f"<html><body><nav><ul>{MENU}</ul></nav><main><h1>Un atelier</h1>{sections}</main></body></html>"
    assert [line for line in texts(html) if line in PROSE] == PROSE


def test_the_lead_between_the_headline_and_the_article_stays() -> None:
    lead = (
        "À Niort, quarante relecteurs corrigent désormais ce que les machines traduisent, et la région paie."
    )
    html = (
        f"<html><body><nav><ul>{MENU}</ul></nav><header><h1>Un atelier de relecture</h1><p class='standfirst'>{lead}</p>"
        f"</header><div class='corps'>{p(*PROSE)}</div></body></html>"
    )
    assert texts(html)[:3] == ["Un atelier de relecture", lead, PROSE[0]]


def test_the_comments_of_readers_go_whether_their_box_is_named_or_not() -> None:
    remarks = p(
        "Je ne suis pas d'accord avec cet atelier, qui coûte bien trop cher aux habitants de la région.",
        "Moi si, et j'aimerais savoir où l'on peut y déposer un manuscrit avant la fin du mois prochain.",
    )
    for box in (
        f"<div class='comments-area'>{remarks}</div>",
        f"<h3>2 commentaires sur « Un atelier de relecture »</h3>{remarks}",
    ):
        found = texts(page(p(*PROSE) + box))
        assert [line for line in found if len(line) > 60] == PROSE


def test_a_box_of_key_points_is_the_articles() -> None:
    points = ["Quarante relecteurs à Niort.", "Un tarif tombé à 7 centimes.", "Un bilan à l'automne."]
    box = f"<div class='essentiel'><h2>L'essentiel</h2><ul>{''.join(f'<li>{i}</li>' for i in points)}</ul></div>"
    assert set(points) <= set(texts(page(box + p(*PROSE))))


def test_two_lists_keep_the_item_they_share_and_a_list_that_comes_twice_comes_once() -> None:
    first = ["un poste de relecture", "une licence du logiciel", "un bureau à Niort"]
    second = ["un poste de relecture", "un abonnement au train"]
    lists = [f"<ul>{''.join(f'<li>{i}</li>' for i in some)}</ul>" for some in (first, second)]
    found = texts(page(p(*PROSE[:2]) + lists[0] + p(*PROSE[2:4]) + lists[1] + p(PROSE[4])))
    assert found.count("un poste de relecture") == 2
    found = texts(page(p(*PROSE[:2]) + lists[0] + p(*PROSE[2:4]) + lists[0] + p(PROSE[4])))
    assert [found.count(item) for item in first] == [1, 1, 1]


def test_every_kept_paragraph_has_a_score_and_prose_is_surer_than_what_was_taken_back() -> None:
    found = clean(page(p(*PROSE) + "<div><p>Niort</p></div>"))
    scores = {found.text[x.start : x.end]: x.score for x in found.paragraphs}
    assert all(0 < score <= 1 for score in scores.values())
    assert all(scores[text] > 0.9 for text in PROSE)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<div class='related-posts'>", "after"),
        ("<div class='relatedPosts'>", "after"),
        ("<div id='cookieBanner'>", "signup"),
        ("<ul class='breadcrumb'>", "menu"),
        ("<div role='navigation'>", "menu"),
        ("<div class='unrelated'>", ""),
        ("<p class='menu'>", ""),
        ("<div class='sharepoint'>", ""),
    ],
)
def test_names_are_read_by_whole_words(markup: str, names: str) -> None:
    element = next(iter(parse_page(f"<html><body>{markup}mot</body></html>").find("body")))
    assert region_names(region_of(element)) == names


def test_the_lines_of_a_page_know_how_much_of_them_is_link() -> None:
    html = "<html><body><p>Un <a href='/'>lien</a> et du texte.</p><p><a href='/'>Tout lien</a></p></body></html>"
    lines = [(line.text, line.linked) for line in read_page(parse_page(html)).lines]
    assert lines == [("Un lien et du texte.", 4), ("Tout lien", 9)]

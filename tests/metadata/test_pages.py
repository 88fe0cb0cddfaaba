"""What HTML pages say of themselves. Every page here is made up."""

from __future__ import annotations

import json

import pytest

from corpus.metadata import Metadata, parse_tree, read_metadata
from corpus.records import InputDocument
from tests.metadata.reading import BODY, TITLE, day


def page(head: str = "", body: str = "", attributes: str = 'lang="fr"') -> str:
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}<p>{BODY}</p></body></html>"


def read_html(
    html: str, source: str = "pages/un.html", url: str | None = None, raw_text: str = BODY
) -> Metadata:
    return read_metadata(InputDocument(source, "html", "html", html, url=url), raw_text, "fr")


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-07-18T07:01:58+02:00",
    "dateModified": "2024-07-19T09:00:00+02:00",
    "author": [{"@type": "Person", "name": "Jeanne Roche"}, {"@type": "Person", "name": "Paul Lenoir"}],
    "publisher": {"@type": "Organization", "name": "Le Courrier des Lacs"},
    "mainEntityOfPage": "https://www.courrier-des-lacs.example.fr/2024/07/18/centres",
}


def test_json_ld() -> None:
    found = read_html(page(script(ARTICLE)))
    assert (found.title, found.authors) == (TITLE, ("Jeanne Roche", "Paul Lenoir"))
    assert (day(found.published), found.published and found.published.origin) == ("2024-07-18", "metadata")
    assert found.url == "https://www.courrier-des-lacs.example.fr/2024/07/18/centres"
    assert found.site == "example.fr"


def test_json_ld_graph_with_a_person_by_reference() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-02T03:04:05Z", "name": "Page"},
            {**ARTICLE, "author": {"@id": "https://exemple.fr/#roche"}},
            {"@type": ["Person"], "@id": "https://exemple.fr/#roche", "name": "Jeanne Roche"},
        ]
    }
    found = read_html(page(script(graph)))
    assert found.authors == ("Jeanne Roche",)
    assert day(found.published) == "2024-07-18"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-07-18T07:01:58+02:00">',
        '<meta name="DC.date.issued" content="2024-07-18">',
        '<meta name="date" content="18 juillet 2024">',
        '<meta name="pubdate" content="20240718">',
        '<meta itemprop="datePublished" content="2024-07-18">',
        '<meta property="article:modified_time" content="2025-01-03">'
        '<meta property="article:published_time" content="2024-07-18">',
    ],
)
def test_meta_dates(head: str) -> None:
    found = read_html(page(head)).published
    assert (day(found), found and found.origin) == ("2024-07-18", "metadata")


@pytest.mark.parametrize(
    "body",
    [
        '<time itemprop="datePublished" datetime="2024-07-18T07:00">jeudi</time>',
        '<p class="byline">Par Jeanne Roche, publié le 18 juillet 2024 à 7h, mis à jour le 19 juillet 2024</p>',
        '<div class="post-meta"><span>18 juil. 2024</span> | <span>3 min de lecture</span></div>',
        '<time datetime="2024-07-18">jeudi</time>',
        "<h1>Un lac</h1><p>Par Jeanne Roche, le 18 juillet 2024</p>",
        "<h1>Un lac</h1><div><span>18 juil. 2024 | 2 min de lecture</span></div>",
        "<p>Publié le <strong>18 juillet 2024</strong> à 7h</p>",
        '<p>Publié le 18 juillet 2024, mis à jour le <time datetime="2024-07-19">19 juillet</time></p>',
        '<p>Mis à jour le <time datetime="2024-07-19">19 juillet</time></p><p>Publié le 18 juillet 2024</p>',
        "<h1>Un lac</h1><table><tr><td>Jeudi 18 juillet 2024</td></tr></table>",
    ],
)
def test_visible_dates(body: str) -> None:
    assert day(read_html(page(body=body)).published) == "2024-07-18"


def test_dates_of_other_articles_and_comments_are_not_the_pages() -> None:
    body = (
        '<p class="date">18 juillet 2024</p><aside><time datetime="2021-02-03">2021</time></aside>'
        '<div class="comment"><span class="author">Anne Nonyme</span> <span class="date">2 août 2024</span></div>'
        '<div class="related-posts"><span class="date">1er mars 2020</span></div>'
    )
    found = read_html(page(body=body))
    assert day(found.published) == "2024-07-18"
    assert found.authors == ()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2025-01-01">', ""),
        ('<meta property="article:published_time" content="2025-01-01T00:00:00+01:00">', ""),
        (script({**ARTICLE, "datePublished": "2025"}), ""),
    ],
)
def test_a_first_of_january_is_a_year(head: str, body: str) -> None:
    found = read_html(page(head, body)).published
    assert found is not None
    assert found.precision == "year"


def test_a_byline_refines_a_first_of_january() -> None:
    html = page(
        '<meta name="date" content="2025-01-01">',
        '<p class="byline">Publié le 10 févr. 2025 | 2 min de lecture</p>',
    )
    assert day(read_html(html).published) == "2025-02-10"


def test_a_first_of_january_with_a_time_or_in_words_is_one() -> None:
    timed = read_html(
        page('<meta property="article:published_time" content="2025-01-01T09:30:00+01:00">')
    ).published
    words = read_html(page(body='<p class="date">Publié le 1er janvier 2025</p>')).published
    assert timed is not None
    assert words is not None
    assert timed.precision == words.precision == "day"


def test_a_page_with_a_year_alone_is_not_given_a_first_of_january() -> None:
    assert read_html(page(body="<footer>© 2023 Le Courrier des Lacs</footer>")).published is None


def test_address_and_file_name_give_dates() -> None:
    by_url = read_html(page(), url="https://www.courrier.fr/2024/07/18/centres.html").published
    by_month = read_html(page(), url="https://www.courrier.fr/2024/07/centres").published
    by_name = read_html(page(), source="2024-02-03_centres.html").published
    assert by_url is not None
    assert by_month is not None
    assert by_name is not None
    assert (day(by_url), by_url.origin) == ("2024-07-18", "path")
    assert (day(by_month), by_month.precision) == ("2024-07-01", "month")
    assert (day(by_name), by_name.origin) == ("2024-02-03", "path")


def test_a_finer_date_inside_a_coarser_one_refines_it() -> None:
    html = page(body='<p class="date">18 juillet 2024</p>')
    assert day(read_html(html, url="https://www.courrier.fr/2024/07/centres").published) == "2024-07-18"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            f'<meta property="og:title" content="{TITLE} - Le Courrier"><meta property="og:site_name" content="Le Courrier">',
            "",
        ),
        (f"<title>{TITLE} | Le Courrier</title>", ""),
        ("<title>Le Courrier</title>", f"<h1>{TITLE}</h1>"),
        (f'<title>x</title><meta property="og:title" content="{TITLE}">', "<h1>Le Courrier</h1>"),
    ],
)
def test_titles(head: str, body: str) -> None:
    assert read_html(page(head, body)).title == TITLE


@pytest.mark.parametrize(
    ("name", "authors"),
    [
        ("Par Jeanne Roche et Paul Lenoir", ("Jeanne Roche", "Paul Lenoir")),
        ("https://www.facebook.com/courrier", ()),
        ("jeanne.roche@exemple.fr", ()),
        ("JEANNE ROCHE Envoyée spéciale à Lyon", ("JEANNE ROCHE",)),
        ("Jeanne Roche (à Lyon)", ("Jeanne Roche",)),
        ("Jeanne Roche, Jeanne Roche", ("Jeanne Roche",)),
        ("AFP", ("AFP",)),
        ("Facebook, Jeanne Roche", ("Jeanne Roche",)),
        ("Von Hagen", ("Von Hagen",)),
    ],
)
def test_authors_are_cleaned(name: str, authors: tuple[str, ...]) -> None:
    found = read_html(page(f'<meta name="author" content="{name}">')).authors
    assert tuple(author.casefold() for author in found) == tuple(author.casefold() for author in authors)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.lemonde.fr/a", "lemonde.fr"),
        ("https://edition.news.co.uk/a", "news.co.uk"),
        ("http://carnet.blogspot.com/2024/a", "carnet.blogspot.com"),
        ("http://192.168.0.1/a", "192.168.0.1"),
        ("pas une adresse", None),
    ],
)
def test_sites(url: str, site: str | None) -> None:
    assert read_html(page(), url=url).site == site


def test_the_readers_fields_come_first() -> None:
    document = InputDocument(
        "a.html",
        "html",
        "html",
        page(script(ARTICLE)),
        title="Autre titre",
        site="Le Lac",
        authors=("Ida Lune",),
    )
    found = read_metadata(document, BODY)
    assert (found.title, found.site, found.authors) == ("Autre titre", "Le Lac", ("Ida Lune",))


def test_a_shared_tree_gives_the_same_and_is_not_changed() -> None:
    from lxml import html as parser

    source = page(script(ARTICLE), '<p class="byline">Par Jeanne Roche, le 18 juillet 2024</p>')
    tree = parse_tree(source)
    before = parser.tostring(tree)
    document = InputDocument("a.html", "html", "html", source)
    assert read_metadata(document, BODY, "fr", tree) == read_metadata(document, BODY, "fr")
    assert parser.tostring(tree) == before


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "<",
        "<html",
        "<?xml version='1.0' encoding='latin-1'?><html><body>été</body></html>",
        "<html><head><script type='application/ld+json'>{\"@type\": [[[</script></head></html>",
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + "</script></head></html>",
        '<script type="application/ld+json">{"@type":"Article","author":{"name":{"name":3}},"url":[1]}</script>',
        "<!-- rien -->",
        "<html><head><link rel=canonical href='https://[bad'></head><body><time datetime='9999-99-99'>x</time></body></html>",
    ],
)
def test_broken_pages_give_what_they_have(html: str) -> None:
    assert read_html(html).published is None


def test_an_update_is_no_publication_date_where_the_address_has_one() -> None:
    html = page(body='<p>Mis à jour le <time datetime="2024-07-19">19 juillet</time></p>')
    assert day(read_html(html, url="https://www.courrier.fr/2024/07/18/centres").published) == "2024-07-18"
    assert day(read_html(html).published) == "2024-07-19"


def test_a_bare_date_elsewhere_on_the_page_is_not_the_articles() -> None:
    html = page(body="<p>21 février 2007</p><h1>Un lac</h1>") + "<p>3 mars 2008</p>"
    assert read_html(html).published is None

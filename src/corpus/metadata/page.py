"""What an HTML page says of itself: JSON-LD, meta elements, title and address; and, by `visible`, what its readers see.

Written against schema.org (Article), Open Graph, Dublin Core and what pages do in practice; read from a tree that is parsed once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.metadata.dates import HeaderDate
from corpus.metadata.local_day import near_midnight
from corpus.metadata.names import people
from corpus.metadata.structured import Article, articles, iso_date
from corpus.metadata.titles import Site, headline_of, shown_in, without_site
from corpus.metadata.visible import Visible, read_visible

_PUBLISHED_META: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "article:published",
    "originalpublicationdate",
    "dc.date",
    "dcterms.date",
    "date",
)
_AUTHOR_META: Final = (
    "author", "article:author", "og:article:author", "og:author", "dc.creator", "dcterms.creator", "citation_author",
    "parsely-author", "sailthru.author", "byl",
)  # fmt: skip
_TITLE_META: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "title",
)
_SITE_META: Final = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "citation_journal_title",
    "twitter:site",
)
_TITLE_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|page|story|news)[_-]?(?:title|headline|titre)|headline", re.IGNORECASE
)
MOST_HEADINGS: Final = 60


@dataclass(slots=True)
class Page:
    """What the page says, before anything is chosen. Dates are in the order of trust.

    `headline` is a title that is no title element.
    """

    title: str | None = None
    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    site_name: str | None = None
    url: str | None = None
    dates: list[HeaderDate] = field(default_factory=list)
    updates: list[HeaderDate] = field(default_factory=list)
    visible: Visible = field(default_factory=Visible)


def parse_tree(html: str) -> Any | None:
    """The lxml tree of a page, or None when there is nothing in it to parse.

    >>> from corpus.metadata import parse_tree
    >>> parse_tree("<html><body><p>Le pont est fermé.</p></body></html>").findtext(".//p")
    'Le pont est fermé.'
    >>> parse_tree("") is None
    True
    """
    from lxml import etree
    from lxml import html as parser

    if not html.strip():
        return None
    try:
        tree = parser.document_fromstring(html, parser=parser.HTMLParser(no_network=True, remove_pis=True))
    except (etree.ParserError, ValueError):
        # A declared encoding in a decoded page raises ValueError; bytes are read as they say.
        try:
            utf8 = parser.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
            tree = parser.document_fromstring(html.encode("utf-8", "replace"), parser=utf8)
        except (etree.ParserError, ValueError):
            return None
    return tree


def page_language(tree: Any) -> str | None:
    """The language that the page declares ("fr" of lang="fr-FR"), or None."""
    declared = (tree.get("lang") or "").strip().lower()[:2] if isinstance(tree.tag, str) else ""
    return declared or None


def read_page(tree: Any, language: str | None = None) -> Page:
    """Everything a page's tree says of its article; the tree is not changed."""
    page = Page()
    meta = _meta(tree)
    found = articles(tree)
    article = found[0] if found else Article()
    page.url = _address(tree, meta, article)
    page.site_name = _first(meta, _SITE_META) or article.publisher
    page.title, page.headline = _titles(tree, meta, article, page.site_name, page.url)
    page.authors = list(article.authors) or [name for key in _AUTHOR_META for name in meta.get(key, ())][:10]
    structured = [article.published] + [
        iso_date(value) for key in _PUBLISHED_META for value in meta.get(key, ())[:1]
    ]
    page.dates = [date for date in structured if date is not None]
    page.updates = [article.modified] if article.modified else []
    dated = any(date.precision == "day" for date in page.dates) and not any(map(near_midnight, page.dates))
    if not dated or not people(page.authors, page.site_name):
        # Walking the whole page costs more than all else, and metadata come first anyway.
        page.visible = read_visible(tree, language, by_words=not dated)
    return page


def _meta(tree: Any) -> dict[str, list[str]]:
    """Content of the meta elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content and len(content) < 1000:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((meta[name][0].lstrip("@") for name in names if name in meta), None)


def _address(tree: Any, meta: dict[str, list[str]], article: Article) -> str | None:
    candidates = [
        link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates += [*meta.get("og:url", ()), article.url]
    return next(
        (
            url.strip()
            for url in candidates
            if url and url.strip().lower().startswith(("http://", "https://"))
        ),
        None,
    )


def _titles(
    tree: Any, meta: dict[str, list[str]], article: Article, site_name: str | None, url: str | None
) -> tuple[str | None, str | None]:
    """The headline: JSON-LD, Open Graph, the only h1, the title element, without the site's name at its end.

    Given twice where it is surely the article's own, and with None where it is what the title element says.
    """
    headings = [text for text in (_text(element, 300) for element in tree.iter("h1")) if text]
    element = tree.find(".//head/title")
    page_title = _text(element, 500) if element is not None else None
    site = Site(site_name, url)
    stated = [article.headline, _first(meta, _TITLE_META), headings[0] if len(headings) == 1 else None]
    for candidate in stated:
        if candidate and candidate.strip():
            # Where the metadata repeat the title element, the page's headings may know better.
            shown = shown_in(candidate, headings) if candidate == page_title else None
            title = shown or without_site(candidate, site)
            return title, title if shown or candidate != page_title else None
    if page_title:
        return headline_of(page_title, [*headings, *_headings(tree)], site), None
    return (headings[0], headings[0]) if headings else (None, None)


def _headings(tree: Any) -> list[str]:
    """What stands on the page as its title, by the elements and classes that mark one."""
    found: list[str] = []
    for element in tree.iter("h2", "div", "p", "span", "header", "strong"):
        if len(found) >= MOST_HEADINGS:
            break
        if (element.tag == "h2" or _TITLE_CLASS.search(element.get("class") or "")) and (
            text := _text(element, 300)
        ):
            found.append(text)
    return found


def _text(element: Any, limit: int) -> str | None:
    text = " ".join("".join(element.itertext()).split())
    return text if 0 < len(text) <= limit else None

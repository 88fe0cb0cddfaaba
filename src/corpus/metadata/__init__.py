"""Title, authors, site, address and published date of a document, and the header furniture they were read from.

The published date is the first of these that is there:

1. `sidecar` and `metadata`: what the reader found beside the text (a field of the record, a file beside it), then what the
   page says in JSON-LD, meta elements and `<time itemprop="datePublished">`;
2. `header`: the byline or date line of the text, or the byline that readers of the page see;
3. `text`: an agency's dateline that opens the article ("PARIS, 3 mars (Reuters) -");
4. `path`: the address ("/2024/07/18/") or the file's name ("2024-02-03_titre.txt");
5. `text`: for a page that says nothing of this, htmldate's search for the original date (Barbaresi 2020), never a first of
   January; then a date of update.

A date without a year takes it from the metadata, the address, the file's name or the weekday beside it, never from the body;
without one its words are kept and the date is None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.language import identify
from corpus.metadata.dates import HeaderDate
from corpus.metadata.header import Header, read_header
from corpus.metadata.lexicon import HEADER_WORDS
from corpus.metadata.lines import is_header_line
from corpus.metadata.local_day import local_day
from corpus.metadata.names import is_name, people, without_sections
from corpus.metadata.page import Page, page_language, parse_tree, read_page
from corpus.metadata.published import Candidate, choose
from corpus.metadata.records import HeaderSpan, Metadata
from corpus.metadata.sites import path_date, publication_host, registered_domain, url_date, url_year
from corpus.metadata.titles import LONGEST_NAME, Site, shown_in, without_site
from corpus.records import InputDocument, Published

__all__ = [
    "HEADER_WORDS",
    "LONGEST_NAME",
    "HeaderSpan",
    "Metadata",
    "is_header_line",
    "is_name",
    "parse_tree",
    "publication_host",
    "read_metadata",
    "shown_in",
]

_FILE_PROPERTIES = frozenset({"odt"})
"""Formats whose title is a property of the file, which programs fill with the template's name or an earlier document's."""


def read_metadata(
    document: InputDocument,
    raw_text: str,
    language: str | None = None,
    tree: Any | None = None,
    *,
    opens: int = 0,
) -> Metadata:
    """The metadata of `document`, whose extracted text is `raw_text`.

    `language` is the document's, where known: it decides how 03/04/2025 is read. `tree` is the lxml tree of an HTML document
    when it is parsed already; it is not changed. `opens` is where the article's headline begins, below menus. The spans are code
    points of `raw_text`: header furniture that cleaning removes. A title that stands in the text is no span.

    >>> from corpus.records import InputDocument
    >>> text = "Un sommet pour l'IA\\nPar Jeanne Roche, le 1er avril 2023\\nLe gouvernement a présenté son plan."
    >>> read_metadata(InputDocument("a.txt", "text", "text", text), text).published.date
    datetime.date(2023, 4, 1)
    """
    page = Page()
    if document.markup == "html":
        tree = parse_tree(document.content) if tree is None else tree
        if tree is not None:
            page = read_page(tree, language or page_language(tree))
    title = _clean(document.title) or page.title
    header = _header(raw_text, opens, language, title)
    if language is None and any(date.is_ambiguous for date in header.published):
        header = _header(raw_text, opens, identify(raw_text).language, title)
    url = document.url or page.url or header.url
    name = document.site or page.site_name
    # The publication is its article's author only where nobody signs.
    authors = (
        people(document.authors, name)
        or people(page.authors, name)
        or people(header.authors, name)
        or people(page.visible.authors, name)
        or without_sections(document.authors)
        or without_sections(page.authors)
        or without_sections(header.authors)
        or without_sections(page.visible.authors)
    )
    return Metadata(
        title=_clean(document.title) or page.title or header.title,
        authors=authors,
        site=_site(document, page, header, url),
        url=url,
        published=_published(document, page, header, url, tree),
        spans=header.spans,
        headline=_headline(document, page, url),
        outlet=_outlet(document, page, header, url),
    )


def _header(raw_text: str, opens: int, language: str | None, title: str | None) -> Header:
    """The header below the headline at `opens`; of a text whose date stands above that, the header at its top."""
    below = read_header(raw_text[opens:], language, title)
    if not opens:
        return below
    if not below.published:
        top = read_header(raw_text, language, title)
        if top.published:
            return replace(top, title=below.title)
    spans = tuple(HeaderSpan(span.start + opens, span.end + opens, span.rule) for span in below.spans)
    return replace(below, spans=spans)


def _headline(document: InputDocument, page: Page, url: str | None) -> str | None:
    """The article's own title, without the site's name at its end; None where it is the site's name alone."""
    known = _clean(document.title) if document.format not in _FILE_PROPERTIES else None
    site = Site(document.site or page.site_name, url)
    headline = without_site(known, site) if known else page.headline
    return None if headline is None or site.is_named(headline) else headline


def _site(document: InputDocument, page: Page, header: Header, url: str | None) -> str | None:
    """The registered domain of the address, else the publication's name as the source or the page gives it."""
    named = _clean(document.site)
    if named and "." in named and " " not in named:
        return registered_domain(named) or named
    return named or registered_domain(url) or header.source or page.site_name


def _outlet(document: InputDocument, page: Page, header: Header, url: str | None) -> str | None:
    """The publication's name as the record, the page or the text's header gives it, else the host that it stands under."""
    names = [_clean(document.site), _clean(page.site_name), header.source]
    named = [name for name in names if name and ("." not in name or " " in name)]
    hosts = [publication_host(address) for address in (url, _clean(document.site), _clean(page.site_name))]
    return next(iter([*named, *(host for host in hosts if host)]), None)


def _published(
    document: InputDocument, page: Page, header: Header, url: str | None, tree: Any | None
) -> Published | None:
    stamped = [*page.dates, *page.visible.published]
    printed = [*header.published, *page.visible.dates, *page.visible.times]
    paths = [date for date in (url_date(url), path_date(document.source)) if date is not None]
    local = local_day(stamped[0], [*paths, *printed]) if stamped else None
    candidates = [
        Candidate(date, "metadata") for date in ([replace(local, text=stamped[0].text)] if local else stamped)
    ]
    headers = [*header.published, *page.visible.dates]
    candidates += [Candidate(date, "header") for date in sorted(headers, key=lambda date: date.year is None)]
    candidates += [Candidate(date, "header") for date in page.visible.times[:1]]
    if header.dateline is not None:
        candidates.append(Candidate(header.dateline, "text"))
    candidates += [Candidate(date, "path") for date in paths]
    years = [
        document.published.date.year if document.published and document.published.date else None,
        *(date.year for date in (*page.dates, *page.updates, *page.visible.published, *page.visible.updated)),
        url_year(url),
        *(date.year for date in paths),
        *(date.year for date in (*headers, *header.updated)),
    ]
    chosen = choose(document.published, candidates, years)
    if (
        chosen is not None
        and chosen.date is not None
        and chosen.origin == "path"
        and chosen.precision != "day"
    ):
        # The address gives the month: the day stands somewhere on the page.
        guess = _original_date(tree, url) if tree is not None else None
        return choose(chosen, [Candidate(guess, "text")] if guess else [], years)
    if chosen is not None and chosen.date is not None:
        return chosen
    late: list[Candidate] = []
    if tree is not None and chosen is None:
        guess = _original_date(tree, url)
        late += [Candidate(guess, "text")] if guess else []
    updated = [*header.updated, *(date for line in page.visible.lines for date in line.updated)]
    updated += [*page.visible.updated, *page.updates]
    late += [Candidate(date, "header") for date in updated if chosen is None]
    found = chosen or choose(None, late, years)
    if found is None and header.relative:
        return Published(None, None, None, header.relative)
    return found


def _original_date(tree: Any, url: str | None) -> HeaderDate | None:
    """htmldate's answer for a page without a date of its own, unless it is a first of January, which it makes of a bare year."""
    from htmldate import find_date

    found = find_date(tree, url=url, original_date=True, extensive_search=False)
    if not found or found.endswith("-01-01"):
        return None
    year, month, day = (int(part) for part in found.split("-"))
    return HeaderDate(0, len(found), found, year, month, day)


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None

"""What reading a header gives."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Published


@dataclass(frozen=True, slots=True)
class HeaderSpan:
    """Characters of `raw_text` that are header furniture (end exclusive), and the rule that says so.

    >>> from corpus.metadata import HeaderSpan
    >>> raw_text = "Publié le 3 mai 2024\\nLe pont est fermé."
    >>> raw_text[HeaderSpan(0, 20, "published").end :].strip()
    'Le pont est fermé.'
    """

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document beside its text. Unknown is None or empty.

    `headline` is the title where a field says that it is the article's own: the record's, or the page's structured data and
    headings; not a title element, which names the site as well, not the first line of the text, not a file's property.
    `outlet` is the publication's name, else the host of the address.

    >>> from corpus.metadata import Metadata
    >>> Metadata(title="Le pont est fermé", outlet="L'Exemple").published is None
    True
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    published: Published | None = None
    spans: tuple[HeaderSpan, ...] = ()
    headline: str | None = None
    outlet: str | None = None

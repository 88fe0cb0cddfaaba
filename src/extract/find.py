"""Companies and names in one running text, by the shipped lists and weights.

    >>> [c.company for c in find_companies("La start-up Mistral AI défie OpenAI.")]
    ['Mistral AI', 'OpenAI']

A text is read here as a document of one paragraph. `extract.entities` and `extract.documents` are for many paragraphs.
"""

from __future__ import annotations

from functools import cache

from extract.companies import Company
from extract.documents import settle_document
from extract.entities import Extractor
from extract.names.records import Name


@cache
def default_extractor() -> Extractor:
    """Return an extractor with the shipped list and weights, made once a process."""
    return Extractor()


def find_companies(text: str, language: str = "fr") -> list[Company]:
    """Return the companies named in `text`, in order, none overlapping another.

    >>> from extract import find_companies
    >>> [company.company for company in find_companies("Renault et la start-up Brivane ont signé.")]
    ['Renault', 'Brivane']
    """
    [settled] = settle_document([text], default_extractor().read([text], [language]))
    return list(settled.companies)


def find_names(text: str, language: str = "fr") -> list[Name]:
    """Return the names in `text` that are no companies, in order, none overlapping another.

    >>> from extract import find_names
    >>> [(name.text, name.type) for name in find_names("Aristide Kervella vit à Lyon.")]
    [('Aristide Kervella', 'person'), ('Lyon', 'place')]
    """
    [settled] = settle_document([text], default_extractor().read([text], [language]))
    return list(settled.names)

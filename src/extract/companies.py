"""Companies in running text: firms, banks, funds, publicly owned firms, and subsidiaries with a name of their own.

    >>> [c.company for c in find_companies("La start-up Mistral AI défie OpenAI.")]
    ['Mistral AI', 'OpenAI']

Lists settle what they know (`extract.company_list`), a typing step what they do not (`extract.name_types`), and the document
what one sentence leaves open (`extract.documents`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from extract.company_list import CompanyList, CompanyListError

if TYPE_CHECKING:
    from extract.entities import Extractor

__all__ = ["Company", "CompanyList", "CompanyListError", "FoundBy", "default_extractor", "find_companies"]

FoundBy = Literal["list", "context", "model", "document"]


@dataclass(frozen=True, slots=True)
class Company:
    """A mention of a company. Offsets are code points, end exclusive; the span holds a legal form beside the name.

    `company` is the canonical name without legal form; `company_id`, `country` and `sector` are None for a company that the
    list does not know. `found_by` says what decided: the list, the context, a language model, or the rest of the document.
    """

    start: int
    end: int
    text: str
    company: str
    company_id: str | None
    country: str | None
    sector: str | None
    found_by: FoundBy
    score: float


@cache
def default_extractor() -> Extractor:
    """Return an extractor with the shipped list and weights, made once a process."""
    from extract.entities import Extractor

    return Extractor()


def find_companies(text: str, language: str = "fr") -> list[Company]:
    """Return the companies named in `text`, in order, none overlapping another."""
    from extract.documents import settle_document

    [settled] = settle_document([text], default_extractor().read([text], [language]))
    return list(settled.companies)

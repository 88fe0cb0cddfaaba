"""What the company lists and the settled document hand on: a row of a list, its match in a text, a mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FoundBy = Literal["list", "context", "model", "document"]
CompanyRole = Literal["actor", "source"]


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A row of the company list. `country`, `sector`, `qid` and `lei` are None where the list leaves them empty; `is_own` tells a
    row of a user's list from a shipped one.

    >>> from extract import CompanyList
    >>> company = CompanyList.load().lookup("Renault")
    >>> company.name, company.country, company.sector
    ('Renault', 'FR', 'automotive')
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    ambiguous_aliases: tuple[str, ...]
    country: str | None
    sector: str | None
    qid: str | None = None
    lei: str | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ListMatch:
    """A name of a list in a text: `type` is `company` or a type of the other list; `company` the row, if it is one.

    >>> from extract import CompanyList
    >>> [match] = CompanyList.load().find("Orange recrute.")
    >>> match.name, match.type, match.ambiguous
    ('Orange', 'company', True)
    """

    start: int
    end: int
    type: str
    ambiguous: bool
    company: ListedCompany | None
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """A mention of a company. Offsets are code points, end exclusive; the span holds a legal form beside the name.

    `company` is the canonical name without legal form; `company_id`, `country` and `sector` are None for a company that the
    list does not know. `found_by` says what decided: the list, the context, a language model, or the rest of the document.
    A medium that is cited only ("selon l'AFP") has the role `source`. `rule` says why: `list`, the label of a language model,
    or the feature of `extract.names.features` that speaks most for a company.

    >>> from extract import find_companies
    >>> [found] = find_companies("La Société Générale recrute à Lyon.")
    >>> found.text, found.company, found.country, found.role
    ('Société Générale', 'Société Générale', 'FR', 'actor')
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
    rule: str
    role: CompanyRole = "actor"

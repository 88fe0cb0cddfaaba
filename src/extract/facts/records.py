"""What a fact is: its kinds, the roles of its company, how certain it is, and the record of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from extract.amounts.records import Amount
from extract.companies.records import Company
from extract.dates.records import DateExpression
from extract.names.records import Name

FactKind = Literal[
    "investment",
    "funding_round",
    "acquisition",
    "valuation",
    "revenue",
    "spending",
    "fine",
    "contract",
    "profit",
    "loss",
    "debt",
    "grant",
    "other",
]
Role = Literal["payer", "receiver", "subject"]
Certainty = Literal["stated", "planned", "possible", "denied"]
FactRule = Literal["sentence", "focus"]

KINDS: tuple[FactKind, ...] = get_args(FactKind)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
ROLES: Mapping[str, Role] = {
    "investment": "payer",
    "acquisition": "payer",
    "fine": "payer",
    "contract": "payer",
    "funding_round": "receiver",
    "grant": "receiver",
}
"""What the company of a fact does; of every other kind it is the subject."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount tied to a company. Offsets are code points in the paragraph; `start`, `end` bound the words that say it.

    `company_start` is the mention's start, None where the company is named in another sentence (`rule` is then `focus`);
    `date_start` is None where no date is tied to the sum. `counterparties` are the other companies of the statement, the
    likeliest first; `authority` the institution of a fine or a grant. `trigger` is the word that told most of the kind.
    `score` is calibrated: of the facts with a score of 0.9 nine in ten are right.

    >>> from extract import Extractor, settle_document
    >>> text = "La start-up Brivane a levé 12 millions d'euros."
    >>> [paragraph] = settle_document([text], Extractor().read([text], ["fr"]))
    >>> [fact] = paragraph.facts
    >>> fact.kind, fact.company, text[fact.amount_start :], fact.certainty, fact.trigger
    ('funding_round', 'Brivane', "12 millions d'euros.", 'stated', 'levé')
    """

    start: int
    end: int
    text: str
    kind: FactKind
    company: str
    company_start: int | None
    company_role: Role
    counterparties: tuple[str, ...]
    authority: str | None
    amount_start: int
    date_start: int | None
    certainty: Certainty
    trigger: str
    rule: FactRule
    score: float


@dataclass(frozen=True, slots=True)
class FactParagraph:
    """A paragraph as the fact engine takes it: its text and what was found there, all offsets in the paragraph.

    >>> from extract import find_amounts, find_companies, scan_dates, split_sentences
    >>> from extract.facts import FactParagraph, facts_of_document
    >>> text = "La start-up Brivane a levé 12 millions d'euros."
    >>> found = find_companies(text), (), find_amounts(text), scan_dates(text)
    >>> paragraph = FactParagraph(text, "fr", tuple(split_sentences(text)), *map(tuple, found))
    >>> [[fact.kind for fact in facts] for facts in facts_of_document([paragraph])]
    [['funding_round']]
    """

    text: str
    language: str
    sentences: tuple[tuple[int, int], ...]
    companies: tuple[Company, ...]
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateExpression, ...]

"""Facts: an amount tied to the company that pays it, receives it or is worth it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from extract.amounts import Amount
    from extract.companies import Company

FactKind = Literal[
    "investment",
    "funding_round",
    "acquisition",
    "valuation",
    "revenue",
    "spending",
    "fine",
    "contract",
    "other",
]
Role = Literal["payer", "receiver", "subject"]
Certainty = Literal["stated", "planned", "possible", "denied"]


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount tied to a company. Offsets are code points in the paragraph; `start`, `end` bound the words that say it.

    `company_start` is the mention's start, None where a pronoun stands for a company named before; `date_start` likewise
    where no date is given. `trigger` is the word that decided.
    """

    start: int
    end: int
    text: str
    kind: FactKind
    company: str
    company_start: int | None
    company_role: Role
    counterparty: str | None
    amount_start: int
    date_start: int | None
    certainty: Certainty
    trigger: str
    score: float


def find_facts(
    text: str,
    companies: Sequence[Company],
    amounts: Sequence[Amount],
    dates: Sequence[tuple[int, int]],
    language: str = "fr",
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
    previous: Sequence[Company] = (),
) -> list[Fact]:
    """Return the facts of a paragraph, at most one an amount, in the order of their amounts.

    `dates` are the (start, end) of date expressions; `sentences` the paragraph's, split anew when None; `previous` the
    companies of the paragraph before, for a pronoun in the first sentence.
    """
    return []

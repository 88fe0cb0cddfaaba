"""What a fact is: its kinds, the roles of its company, how certain it is, and the record of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

ROLES: dict[str, Role] = {
    "investment": "payer",
    "acquisition": "payer",
    "fine": "payer",
    "contract": "payer",
    "funding_round": "receiver",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount tied to a company. Offsets are code points in the paragraph; `start`, `end` bound the words that say it.

    `company_start` is the mention's start, None where a word such as "elle" stands for a company named before; `date_start` is
    None where no date is given. `trigger` is the word that decided.
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

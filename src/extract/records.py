"""What the two steps of reading hand on: a paragraph by itself, and a paragraph of a document."""

from __future__ import annotations

from dataclasses import dataclass

from extract.amounts.records import Amount
from extract.companies.records import Company
from extract.dates.records import DateExpression
from extract.facts.records import Fact
from extract.names.records import Candidate, Name


@dataclass(frozen=True, slots=True)
class ParagraphEntities:
    """What one paragraph holds by itself. All offsets are code points in the paragraph, ends exclusive.

    `business_words` of its `words` are words that go with companies.
    """

    language: str
    sentences: tuple[tuple[int, int], ...]
    candidates: tuple[Candidate, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateExpression, ...]
    business_words: int
    words: int


@dataclass(frozen=True, slots=True)
class SettledParagraph:
    """What a paragraph of a document says, its document considered. Offsets are code points in the paragraph."""

    companies: tuple[Company, ...]
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    facts: tuple[Fact, ...]

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

    >>> from extract import Extractor
    >>> [read] = Extractor().read(["Orange investit 3 millions d'euros en 2024."], ["fr"])
    >>> [amount.text for amount in read.amounts], [date.text for date in read.dates], read.words
    (["3 millions d'euros"], ['2024'], 8)
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
    """What a paragraph of a document says, its document considered. Offsets are code points in the paragraph.

    >>> from extract import Extractor, settle_document
    >>> texts = ["Orange investit 3 millions d'euros."]
    >>> [settled] = settle_document(texts, Extractor().read(texts, ["fr"]))
    >>> [fact.kind for fact in settled.facts], [company.company for company in settled.companies]
    (['investment'], ['Orange'])
    """

    companies: tuple[Company, ...]
    names: tuple[Name, ...]
    amounts: tuple[Amount, ...]
    facts: tuple[Fact, ...]

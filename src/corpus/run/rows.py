"""The rows that stages hand to one another, one type a table; a test holds that they have the columns of `corpus.schemas`."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from corpus.records import DatePrecision, Problem


class DocumentRow(TypedDict, total=False):
    """A row of `documents`; `duplicate_of` and `similarity` are known once repeats across documents are."""

    doc_id: str
    source: str
    input_id: str | None
    content_hash: str
    format: str
    url: str | None
    site: str | None
    outlet: str | None
    title: str | None
    authors: list[str] | None
    published: dt.date | None
    published_precision: DatePrecision | None
    published_from: str | None
    published_text: str | None
    language: str | None
    language_score: float | None
    raw_text: str
    text: str
    words: int
    paragraphs: int
    removed_share: float
    duplicate_of: str | None
    similarity: float | None
    also_in: list[str] | None
    metadata: str | None
    corrected_by: str | None


class VariableRow(TypedDict):
    """A row of `variables`."""

    doc_id: str
    name: str
    value: str


class ParagraphRow(TypedDict, total=False):
    """A row of `paragraphs`; the columns after `text_id` are known once repeats across documents are."""

    doc_id: str
    paragraph: int
    start: int
    end: int
    text: str
    kind: str
    language: str | None
    text_id: str
    score: float
    first_doc_id: str | None
    first_paragraph: int | None
    similarity: float | None
    changed_facts: bool | None
    repeat_kind: str | None


class RemovalRow(TypedDict):
    """A row of `removals`."""

    doc_id: str
    start: int
    end: int
    text: str
    reason: str
    rule: str
    kept_paragraph: int | None
    similarity: float | None


class ProblemRow(TypedDict):
    """A row of `problems`."""

    source: str
    stage: str
    kind: str
    message: str
    recovered: bool


class SentenceRow(TypedDict):
    """A row of `sentences`."""

    doc_id: str
    sentence: int
    paragraph: int
    start: int
    end: int


class MentionRow(TypedDict):
    """The columns that companies, amounts, dates and names have in common."""

    doc_id: str
    paragraph: int
    start: int
    end: int
    text: str
    sentence: int
    first: bool
    score: float | None


class CompanyRow(MentionRow):
    """A row of `companies`."""

    company: str
    company_id: str | None
    country: str | None
    sector: str | None
    found_by: str
    role: str
    rule: str
    corrected_by: str | None


class AmountRow(MentionRow):
    """A row of `amounts`."""

    low: float | None
    high: float | None
    currency: str | None
    modifier: str
    per: str | None
    rule: str
    eur_low: float | None
    eur_high: float | None
    fx_date: dt.date | None


class DateRow(MentionRow):
    """A row of `dates`."""

    timex: str | None
    start_date: dt.date | None
    end_date: dt.date | None
    precision: str | None
    modifier: str
    anchored_to: str
    rule: str


class NameRow(MentionRow):
    """A row of `names`."""

    type: str
    name: str


class StatedRow(TypedDict):
    """The columns of a fact that its own text gives."""

    doc_id: str
    paragraph: int
    start: int
    end: int
    text: str
    sentence: int
    first: bool
    score: float | None
    kind: str
    company: str
    company_start: int | None
    company_role: str
    counterparty: str | None
    counterparties: list[str] | None
    authority: str | None
    amount_start: int
    low: float | None
    high: float | None
    currency: str | None
    eur_low: float | None
    eur_high: float | None
    date_start: int | None
    start_date: dt.date | None
    end_date: dt.date | None
    certainty: str
    trigger: str | None
    rule: str
    relation: str
    eur_basis: str
    corrected_by: str | None


class StatementRow(StatedRow):
    """A fact before it is known which event it tells of: a row of `corpus.schemas.STATEMENTS`."""

    in_all: bool
    modifier: str
    published: dt.date | None
    published_precision: DatePrecision | None
    outlet: str | None
    repeats_doc: str | None
    repeats_paragraph: int | None
    changed: bool
    headline: bool
    looks_back: bool
    corrects: bool
    round_letter: str | None
    replaces: float | None
    beside: int | None
    converts: bool
    again: bool
    closes: bool


class FactRow(StatedRow):
    """A row of `facts`."""

    event: str | None
    event_rule: str | None
    event_rank: int | None
    counted: bool


class EventRow(TypedDict):
    """A row of `events`."""

    event: str
    kind: str
    company: str
    counterparty: str | None
    authority: str | None
    low: float | None
    high: float | None
    currency: str | None
    eur_low: float | None
    eur_high: float | None
    start_date: dt.date | None
    end_date: dt.date | None
    certainty: str
    facts: int
    documents: int
    outlets: int
    first_doc_id: str
    score: float


def problem_row(problem: Problem) -> ProblemRow:
    """A problem as a row of `problems`."""
    return {
        "source": problem.source,
        "stage": problem.stage,
        "kind": problem.kind,
        "message": problem.message,
        "recovered": problem.recovered,
    }


ROWS: dict[str, type] = {
    "documents": DocumentRow,
    "variables": VariableRow,
    "sentences": SentenceRow,
    "paragraphs": ParagraphRow,
    "removals": RemovalRow,
    "problems": ProblemRow,
    "companies": CompanyRow,
    "amounts": AmountRow,
    "dates": DateRow,
    "names": NameRow,
    "facts": FactRow,
    "events": EventRow,
}
"""The type of the rows of each table that a stage writes row by row."""

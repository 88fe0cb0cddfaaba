"""Columns that several tables have."""

from __future__ import annotations

from corpus.schemas.model import Column, column

CHARACTERS = "Unicode code points"
CURRENCY_UNITS = "whole currency units"

DOC_ID = column(
    "doc_id",
    "string",
    "The document: stable over runs and machines, derived from its source, not from its text.",
    required=True,
)
PARAGRAPH = column(
    "paragraph", "int32", "0-based position of the paragraph in the document's `text`.", required=True
)
SENTENCE = column("sentence", "int32", "0-based number of the sentence in the document.")
FIRST = column(
    "first",
    "bool",
    "False in a paragraph that repeats an earlier one with the same facts: count with `first` to count each statement once.",
    required=True,
)
SCORE = column("score", "float32", "How sure the rule or the model is, in [0, 1].", "share")
EUR_LOW = column(
    "eur_low",
    "float64",
    "`low` in euros at the European Central Bank's reference rate of the document's date; null where there is none.",
    "EUR",
)
EUR_HIGH = column("eur_high", "float64", "`high` in euros, likewise.", "EUR")
LOW = column(
    "low", "float64", "The sum, or the lower end of a range; null where it is vague.", CURRENCY_UNITS
)
HIGH = column(
    "high", "float64", "The sum, or the upper end of a range; null where it is vague.", CURRENCY_UNITS
)
CURRENCY = column("currency", "category", "ISO 4217 code; null where the text does not say.")
START_DATE = column(
    "start_date", "date", "First day of the period that is named; null where it cannot be resolved."
)
END_DATE = column("end_date", "date", "Last day of that period, inclusive.")
CORRECTED_BY = column(
    "corrected_by",
    "string",
    "Key of the row of corrections.csv that changed this one last; null where none did. See docs/corrections.md.",
)


def mention_columns() -> tuple[Column, ...]:
    """The columns that every table of mentions begins with."""
    return (
        DOC_ID,
        PARAGRAPH,
        column("start", "int32", "First character in `documents.text`.", CHARACTERS, required=True),
        column(
            "end",
            "int32",
            "End in `documents.text`, exclusive: text[start:end] is the mention.",
            CHARACTERS,
            required=True,
        ),
        column("text", "string", "The mention as it is written.", required=True),
        SENTENCE,
        FIRST,
        SCORE,
    )

"""Dates as the press writes them, to their exact first and last day.

`scan_dates` reads a text and needs no publication date; `resolve_dates` gives the days; `find_dates` does both. The
conventions (what a week, a season or "il y a trois ans" covers) are in `extract.dates.calendar` and `docs/lexicons.md`.
"""

from __future__ import annotations

from datetime import date

from extract.dates.records import DateContext, DateExpression, DateMention
from extract.dates.resolve import date_context, resolve_dates
from extract.dates.scan import scan_dates
from extract.dates.words import DATE_WORDS

__all__ = [
    "DATE_WORDS",
    "DateContext",
    "DateExpression",
    "DateMention",
    "date_context",
    "find_dates",
    "resolve_dates",
    "scan_dates",
]


def find_dates(
    text: str,
    language: str = "fr",
    published: date | None = None,
    prefer: str = "past",
    *,
    context: DateContext | None = None,
    published_precision: str = "day",
) -> list[DateMention]:
    """The dates of `text`, in order, never overlapping, with their first and last day.

    A named period is whole ("fin 2026" is the year 2026 with modifier `end`), a range is one mention, and what neither the
    text nor `published` resolves has null days. A weekday, month or day without a year is the nearest past one unless
    the words around it say that it is to come; `prefer="future"` turns that round. Durations and clock times are no dates.

    >>> [mention.timex for mention in find_dates("les 10 et 11 février", published=date(2025, 2, 12))]
    ['2025-02-10/2025-02-11']

    Raises LexiconError for a language without a lexicon, ValueError for an unknown `prefer` or `published_precision`.
    """
    expressions = scan_dates(text, language)
    return resolve_dates(expressions, published, prefer, context, published_precision) if expressions else []

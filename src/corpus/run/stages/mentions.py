"""What each distinct text holds, brought into the documents it stands in: rows with offsets, dates and euros of the document.

In: a marked piece and the findings its texts lie in. Out: a mention piece. Its key: both.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from corpus.euros import euro_rates
from corpus.events import Telling, is_correction, tell, totals_apply
from corpus.records import Problem
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.guard import guarded
from corpus.run.pieces import FindingsPiece, MarkedPiece, MentionPiece, names_of, read_piece, write_piece
from corpus.run.rows import (
    AmountRow,
    CompanyRow,
    DateRow,
    DocumentRow,
    MentionRow,
    NameRow,
    ParagraphRow,
    SentenceRow,
    StatementRow,
    problem_row,
)
from corpus.run.stages.texts import KEYS, Findings, load_findings, nothing_in
from corpus.schemas import ENTITY_TABLES, PROBLEMS, SENTENCES
from corpus.store import from_rows, write_json

if TYPE_CHECKING:
    from extract import Amount, Company, DateMention, Fact, Name, ParagraphEntities

FORMS = "forms.json"
Forms = dict[str, dict[str, int]]
"""For each kind of name, how often which form is written; and the PARTIES of facts, which are companies."""
PARTIES = "parties of facts"
HEADLINE = 100
"""Characters below which a paragraph is as short as a headline: its wording comes back with the next event of its kind."""
SECONDS = 60
"""A document whose mentions take longer to place (they take milliseconds) has met a fault."""


@dataclass(slots=True)
class MentionRows:
    """The rows of a piece, table by table."""

    sentences: list[SentenceRow] = field(default_factory=list)
    companies: list[CompanyRow] = field(default_factory=list)
    amounts: list[AmountRow] = field(default_factory=list)
    dates: list[DateRow] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)
    facts: list[StatementRow] = field(default_factory=list)

    def extend(self, other: MentionRows) -> None:
        """Add the rows of `other`."""
        self.sentences += other.sentences
        self.companies += other.companies
        self.amounts += other.amounts
        self.dates += other.dates
        self.names += other.names
        self.facts += other.facts


def place(run: Run, pieces: Sequence[MarkedPiece], findings: Findings) -> list[MentionPiece]:
    """The mentions of every document of `pieces`."""
    folders = [
        MentionPiece(run.work("mentions", names_of([piece, *sources])))
        for piece, sources in zip(pieces, findings.needed, strict=True)
    ]
    run.make("mentions", place_mentions, list(zip(pieces, folders, findings.needed, strict=True)))
    return folders


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a document, and where its sentences are numbered from."""

    doc_id: str
    paragraph: int
    start: int
    first: bool
    sentences: Sequence[tuple[int, int]]
    sentence_base: int

    def sentence(self, offset: int) -> int:
        """Number in the document of the sentence that holds a character of the paragraph."""
        before = bisect.bisect_right([start for start, _ in self.sentences], offset) - 1
        return self.sentence_base + max(before, 0)

    def sentence_rows(self, length: int) -> list[SentenceRow]:
        """The sentences of the paragraph, of `length` characters: all of it where none is told apart."""
        return [
            {
                "doc_id": self.doc_id,
                "sentence": number,
                "paragraph": self.paragraph,
                "start": self.start + start,
                "end": self.start + end,
            }
            for number, (start, end) in enumerate(self.sentences or [(0, length)], self.sentence_base)
        ]

    def place(self, start: int, end: int, text: str, score: float | None = None) -> MentionRow:
        """The columns that every mention has."""
        return {
            "doc_id": self.doc_id,
            "paragraph": self.paragraph,
            "start": self.start + start,
            "end": self.start + end,
            "text": text,
            "sentence": self.sentence(start),
            "first": self.first,
            "score": score,
        }


def place_mentions(
    piece: MarkedPiece, folder: Path, sources: Sequence[FindingsPiece], care: Care = NO_CARE
) -> None:
    """Write sentences, companies, amounts, dates, names and facts of a piece to `folder`; `sources` hold what its texts hold.

    Beside them stands how often each company and name that no list knows was written in which form.
    """
    keys = read_piece(piece, KEYS)
    known = load_findings(sources, frozenset(keys["key"].to_pylist()))
    documents: list[DocumentRow] = read_piece(
        piece, "documents", ["doc_id", "source", "outlet", "published", "published_precision"]
    ).to_pylist()
    paragraphs: dict[str, list[tuple[ParagraphRow, ParagraphEntities]]] = {
        row["doc_id"]: [] for row in documents
    }
    failed: dict[str, set[tuple[str, str]]] = {}
    for row, key in zip(read_piece(piece, "paragraphs").to_pylist(), keys.to_pylist(), strict=True):
        entities = known.entities.get(key["key"]) or nothing_in(row["text"], key["language"])
        paragraphs[row["doc_id"]].append((row, entities))
        if key["key"] in known.failed:
            failed.setdefault(row["doc_id"], set()).add(known.failed[key["key"]])
    rows = MentionRows()
    problems = [
        problem_row(Problem(document["source"], "entities", kind, message, recovered=True))
        for document in documents
        for kind, message in sorted(failed.get(document["doc_id"], ()))
    ]
    with beacon(folder) as light, finishing(folder) as temporary:
        for document in documents:
            source = document["source"]
            light.at(source)
            placed = _placed(document, paragraphs[document["doc_id"]], care)
            if isinstance(placed, Problem):
                problems.append(problem_row(placed))
            else:
                rows.extend(placed)
        tables = {
            table.name: from_rows(table, getattr(rows, table.name)) for table in (SENTENCES, *ENTITY_TABLES)
        }
        tables[PROBLEMS.name] = from_rows(PROBLEMS, problems)
        write_piece(temporary, tables)
        write_json(temporary / FORMS, _forms(rows))


def _placed(
    document: DocumentRow, paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]], care: Care
) -> MentionRows | Problem:
    """The rows of one document; a problem where it cannot be done."""
    source = document["source"]
    if source in care.left_out:
        return care.problem(source, "entities")
    return guarded(
        lambda: _place_document(document, paragraphs), source, "entities", SECONDS, SECONDS, recovered=True
    )


def _forms(rows: MentionRows) -> Forms:
    companies = Counter(row["company"] for row in rows.companies if row["company_id"] is None)
    forms = {"company": dict(sorted(companies.items()))}
    for kind in sorted({row["type"] for row in rows.names}):
        counted = Counter(row["name"] for row in rows.names if row["type"] == kind)
        forms[kind] = dict(sorted(counted.items()))
    parties = Counter(party for row in rows.facts for party in (row["company"], row["counterparty"]) if party)
    forms[PARTIES] = dict(sorted(parties.items()))
    return forms


def _place_document(
    document: DocumentRow, paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]]
) -> MentionRows:
    """The rows of one document."""
    from extract import DateContext, date_context, resolve_dates, settle_document

    settled = settle_document(
        [row["text"] for row, _ in paragraphs], [entities for _, entities in paragraphs]
    )
    rows = MentionRows()
    context: DateContext | None = None
    sentence_base = 0
    told = [
        tell(row["text"], entities.language, entities.sentences, found.amounts)
        for (row, entities), found in zip(paragraphs, settled, strict=True)
    ]
    corrections = _corrections(paragraphs, told)
    for (row, entities), found, sums in zip(paragraphs, settled, told, strict=True):
        first = row["first_doc_id"] is None or bool(row["changed_facts"])
        spot = Spot(
            document["doc_id"], row["paragraph"], row["start"], first, entities.sentences, sentence_base
        )
        precision = document["published_precision"] or "day"
        dates = resolve_dates(
            entities.dates, document["published"], "past", context, published_precision=precision
        )
        context = date_context(dates, context)
        rows.companies.extend(_company_row(spot, company) for company in found.companies)
        rows.names.extend(_name_row(spot, name) for name in found.names)
        amounts = {amount.start: _amount_row(spot, amount, document) for amount in found.amounts}
        days = {date.start: _date_row(spot, date) for date in dates}
        rows.amounts.extend(amounts.values())
        rows.dates.extend(days.values())
        teller = Teller(document, row, sums, corrections)
        rows.facts.extend(_fact_row(spot, fact, amounts, days, teller) for fact in found.facts)
        sentences = spot.sentence_rows(len(row["text"]))
        rows.sentences.extend(sentences)
        sentence_base += len(sentences)
    return rows


def _company_row(spot: Spot, company: Company) -> CompanyRow:
    return {
        **spot.place(company.start, company.end, company.text, company.score),
        "company": company.company,
        "company_id": company.company_id,
        "country": company.country,
        "sector": company.sector,
        "found_by": company.found_by,
        "role": company.role,
        "rule": company.rule,
        "corrected_by": None,
    }


def _name_row(spot: Spot, name: Name) -> NameRow:
    return {
        **spot.place(name.start, name.end, name.text, name.score),
        "type": name.type,
        "name": name.name,
    }


def _amount_row(spot: Spot, amount: Amount, document: DocumentRow) -> AmountRow:
    low, high, fx_date = _euros(amount, document)
    return {
        **spot.place(amount.start, amount.end, amount.text),
        "low": amount.low,
        "high": amount.high,
        "currency": amount.currency,
        "modifier": amount.modifier,
        "per": amount.per,
        "rule": amount.rule,
        "eur_low": low,
        "eur_high": high,
        "fx_date": fx_date,
    }


def _euros(amount: Amount, document: DocumentRow) -> tuple[float | None, float | None, dt.date | None]:
    rates = euro_rates()
    day, precision = document["published"], document["published_precision"]
    low = rates.convert(amount.low, amount.currency, day, precision)
    high = rates.convert(amount.high, amount.currency, day, precision)
    return low.value, high.value, low.fx_date or high.fx_date


def _date_row(spot: Spot, date: DateMention) -> DateRow:
    resolved = date.start_date is not None
    return {
        **spot.place(date.start, date.end, date.text),
        "timex": date.timex if resolved else None,
        "start_date": date.start_date,
        "end_date": date.end_date,
        "precision": date.precision,
        "modifier": date.modifier,
        "anchored_to": date.anchored_to,
        "rule": date.rule,
    }


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a document says of sums that were wrong: whether it is a correction, and each sum, with the right one if it says."""

    said: bool
    wrong: tuple[tuple[float, float | None], ...]

    def replaced_by(self, low: float | None) -> float | None:
        """The wrong sum that `low` stands for; where the document does not say, any of its sums may stand for it."""
        fitting = [wrong for wrong, right in self.wrong if low != wrong and right in (None, low)]
        return fitting[0] if fitting else None


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells the facts of a paragraph: its document, what it repeats, and what its words say of each sum."""

    document: DocumentRow
    paragraph: ParagraphRow
    told: Mapping[int, Telling]
    corrections: Corrections


def _corrections(
    paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]], told: Sequence[Mapping[int, Telling]]
) -> Corrections:
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
    return Corrections(said or bool(wrong), tuple(wrong))


def _fact_row(
    spot: Spot,
    fact: Fact,
    amounts: Mapping[int, AmountRow],
    dates: Mapping[int, DateRow],
    teller: Teller,
) -> StatementRow:
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
        "headline": teller.paragraph["kind"] in ("title", "heading")
        or len(teller.paragraph["text"]) < HEADLINE,
        "looks_back": told.looks_back,
        "corrects": told.corrects or teller.corrections.said,
        "round_letter": told.round_letter if fact.kind == "funding_round" else None,
        "replaces": teller.corrections.replaced_by(amount["low"]),
        "beside": spot.start + told.beside if told.beside is not None else None,
        "converts": told.converts,
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

"""What each distinct text holds, brought into the documents it stands in: rows with offsets, dates and euros of the document.

In: a marked piece and the findings its texts lie in. Out: a mention piece. Its key: both, and the names that the user says are
companies there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.config import CORRECTIONS_FILE
from corpus.corrections import Correction, Ledger, PlacedText, told_about, told_by, with_told
from corpus.euros import euro_rates
from corpus.events import tell
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
    NameRow,
    ParagraphRow,
    SentenceRow,
    StatementRow,
    problem_row,
)
from corpus.run.stages.fact_rows import Teller, fact_row, wrong_sums
from corpus.run.stages.spots import Spot
from corpus.run.stages.texts import KEYS, Findings, load_findings, nothing_in
from corpus.schemas import ENTITY_TABLES, PROBLEMS, SENTENCES
from corpus.store import from_rows, read_json, write_json

if TYPE_CHECKING:
    from extract import Amount, Company, DateMention, Name, ParagraphEntities

FORMS = "forms.json"
MATCHED = "matched.json"
Forms = dict[str, dict[str, int]]
"""For each kind of name, how often which form is written; the PARTIES of facts, which are companies; names GIVEN by the user."""
PARTIES = "parties of facts"
GIVEN = "given names"
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


def place(run: Run, pieces: Sequence[MarkedPiece], findings: Findings, ledger: Ledger) -> list[MentionPiece]:
    """The mentions of every document of `pieces`."""
    corrections = ledger.of("is_company")
    told = [told_about(corrections, _texts_of(piece)) if corrections else [] for piece in pieces]
    folders = [
        MentionPiece(run.work("mentions", names_of([piece, *sources]), [asdict(one) for one in own] or None))
        for piece, sources, own in zip(pieces, findings.needed, told, strict=True)
    ]
    run.make("mentions", place_mentions, list(zip(pieces, folders, findings.needed, told, strict=True)))
    for folder, own in zip(folders, told, strict=True):
        if own:
            ledger.matched(read_json(folder / MATCHED))
    return folders


def _texts_of(piece: MarkedPiece) -> dict[str, list[str]]:
    """The paragraphs of each document."""
    texts: dict[str, list[str]] = {}
    for row in read_piece(piece, "paragraphs", ["doc_id", "text"]).to_pylist():
        texts.setdefault(row["doc_id"], []).append(row["text"])
    return texts


def place_mentions(
    piece: MarkedPiece,
    folder: Path,
    sources: Sequence[FindingsPiece],
    told: Sequence[Correction] = (),
    care: Care = NO_CARE,
) -> None:
    """Write sentences, companies, amounts, dates, names and facts of a piece to `folder`; `sources` hold what its texts hold,
    and `told` are the names that the user says are companies.

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
    matched = _add_told(paragraphs, told)
    rows = MentionRows()
    problems = [
        problem_row(Problem(document["source"], "entities", kind, message, recovered=True))
        for document in documents
        for kind, message in sorted(failed.get(document["doc_id"], ()))
    ]
    with beacon(folder, SECONDS) as light, finishing(folder) as temporary:
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
        write_json(temporary / MATCHED, sorted(matched))


def _add_told(
    paragraphs: dict[str, list[tuple[ParagraphRow, ParagraphEntities]]], told: Sequence[Correction]
) -> set[str]:
    """Put the companies that are told among what the paragraphs hold; the keys of those that stand there."""
    matched: set[str] = set()
    for doc_id, held in paragraphs.items():
        own = [one for one in told if one.holds_in(doc_id)]
        if own:
            placed = [PlacedText(row["start"], row["text"], entities) for row, entities in held]
            found, keys = with_told(placed, own)
            paragraphs[doc_id] = [(row, entities) for (row, _), entities in zip(held, found, strict=True)]
            matched |= keys
    return matched


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
    own = [row for row in rows.companies if row["company_id"] is None]
    companies = Counter(row["company"] for row in own if row["corrected_by"] is None)
    forms = {"company": dict(sorted(companies.items()))}
    for kind in sorted({row["type"] for row in rows.names}):
        counted = Counter(row["name"] for row in rows.names if row["type"] == kind)
        forms[kind] = dict(sorted(counted.items()))
    parties = Counter(party for row in rows.facts for party in (row["company"], row["counterparty"]) if party)
    forms[PARTIES] = dict(sorted(parties.items()))
    forms[GIVEN] = dict(sorted(Counter(row["company"] for row in own if row["corrected_by"]).items()))
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
    wrong = wrong_sums(paragraphs, told)
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
        teller = Teller(document, row, sums, wrong)
        rows.facts.extend(fact_row(spot, fact, amounts, days, teller) for fact in found.facts)
        sentences = spot.sentence_rows(len(row["text"]))
        rows.sentences.extend(sentences)
        sentence_base += len(sentences)
    return rows


def _company_row(spot: Spot, company: Company) -> CompanyRow:
    key = told_by(company.company_id)
    return {
        **spot.place(company.start, company.end, company.text, company.score),
        "company": company.company,
        "company_id": company.company_id if key is None else None,
        "country": company.country,
        "sector": company.sector,
        "found_by": company.found_by if key is None else "user",
        "role": company.role,
        "rule": company.rule if key is None else CORRECTIONS_FILE,
        "corrected_by": key,
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

"""What each distinct text holds, brought into the documents it stands in: rows with offsets, dates and euros of the document.

In: a marked piece and the findings its texts lie in. Out: a mention piece. Its key: both, and the names that the user says are
companies there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.config import CORRECTIONS_FILE
from corpus.corrections import Correction, Ledger, told_about, told_by
from corpus.euros import euro_rates
from corpus.events import tell
from corpus.records import Problem
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.guard import guarded
from corpus.run.pieces import (
    FindingsPiece,
    KeyPiece,
    MarkedPiece,
    MentionPiece,
    names_of,
    read_piece,
    write_piece,
)
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
from corpus.run.stages.answers import ANSWERS, Answers
from corpus.run.stages.fact_rows import Teller, fact_row, headline_again, wrong_sums
from corpus.run.stages.reuse import MADE_FROM, PLACED, Reading, earlier_homes, in_order, taken_up
from corpus.run.stages.spots import Spot
from corpus.run.stages.texts import KEYS, Findings, load_marks, load_payloads
from corpus.run.together import ids_of
from corpus.schemas import COMPANIES, NAMES, PROBLEMS, STATEMENTS
from corpus.store import from_rows, read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

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
    """The mentions of every document of `pieces`; those of a document that an earlier run placed are taken from there."""
    corrections = ledger.of("is_company")
    told = [told_about(corrections, _texts_of(piece)) if corrections else [] for piece in pieces]
    kind = run.kind("mentions")
    folders = [
        MentionPiece(run.work(kind, names_of([piece, *sources]), keys, [asdict(one) for one in own] or None))
        for piece, sources, keys, own in zip(pieces, findings.needed, findings.hashes, told, strict=True)
    ]
    homes = earlier_homes(run, kind, pieces, folders, lambda piece: ids_of([piece]))
    tasks = list(zip(pieces, folders, findings.keys, findings.needed, told, homes, strict=True))
    run.make("mentions", place_mentions, tasks)
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
    keyed: KeyPiece,
    sources: Sequence[FindingsPiece],
    told: Sequence[Correction] = (),
    homes: Sequence[MentionPiece] = (),
    care: Care = NO_CARE,
) -> None:
    """Write sentences, companies, amounts, dates, names and facts of a piece to `folder`; `sources` hold what its texts hold
    by the keys in `keyed`, `told` are the names that the user says are companies, `homes` hold what earlier runs placed in its
    documents.

    Beside them stands how often each company and name that no list knows was written in which form.
    """
    from extract import remembering

    keys = read_piece(keyed, KEYS)
    known = load_marks(sources, frozenset(keys["key"].to_pylist()))
    columns = ["doc_id", "source", "url", "outlet", "published", "published_precision"]
    readings = {row["doc_id"]: Reading(row) for row in read_piece(piece, "documents", columns).to_pylist()}
    for row, key in zip(read_piece(piece, "paragraphs").to_pylist(), keys.to_pylist(), strict=True):
        readings[row["doc_id"]].paragraphs.append((row, key["key"], key["language"]))
    for reading in readings.values():
        texts = [row["text"] for row, *_ in reading.paragraphs]
        reading.told = told_about(told, {reading.document["doc_id"]: texts})
    hashes = {doc_id: reading.made_from(known) for doc_id, reading in readings.items()}
    earlier = taken_up(homes, hashes)
    new = [reading for doc_id, reading in readings.items() if doc_id not in earlier.doc_ids]
    load_payloads(known, sources, frozenset(key for reading in new for _, key, _ in reading.paragraphs))
    rows, problems, answers = MentionRows(), list[Problem](), Answers(homes, readings)
    with (
        beacon(folder, SECONDS) as light,
        finishing(folder) as temporary,
        remembering(answers.known) as memory,
    ):
        for reading in new:
            light.at(reading.document["source"])
            met = reading.failures(known)
            placed = _placed(reading.document, reading.entities(known), care)
            answers.note(reading.document["doc_id"], memory.asked)
            if isinstance(placed, Problem):
                met.append(placed)
            else:
                rows.extend(placed)
            problems += met
            if met:
                del hashes[reading.document["doc_id"]]
        light.at()
        tables = {
            table.name: in_order(
                [*earlier.tables[table.name], from_rows(table, getattr(rows, table.name))], list(readings)
            )
            for table in PLACED
        }
        problem_rows = from_rows(PROBLEMS, [problem_row(one) for one in problems])
        write_piece(
            temporary, tables | {PROBLEMS.name: problem_rows, ANSWERS: answers.table(earlier.doc_ids)}
        )
        write_json(temporary / FORMS, _forms(tables))
        write_json(temporary / MATCHED, _matched(tables))
        write_json(temporary / MADE_FROM, hashes)


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


def _forms(tables: Mapping[str, pa.Table]) -> Forms:
    import pyarrow.compute as pc

    def counted(rows: pa.Table, *columns: str) -> dict[str, int]:
        values = [value for column in columns for value in rows[column].to_pylist() if value is not None]
        return dict(sorted(Counter(values).items()))

    own = tables[COMPANIES.name].select(["company", "company_id", "corrected_by"])
    own = own.filter(pc.is_null(own["company_id"]))
    told = pc.is_valid(own["corrected_by"])
    forms = {"company": counted(own.filter(pc.invert(told)), "company")}
    names = tables[NAMES.name].select(["type", "name"])
    for kind in sorted(set(names["type"].to_pylist())):
        forms[kind] = counted(names.filter(pc.equal(names["type"], kind)), "name")
    forms[PARTIES] = counted(tables[STATEMENTS.name], "company", "counterparty")
    forms[GIVEN] = counted(own.filter(told), "company")
    return forms


def _matched(tables: Mapping[str, pa.Table]) -> list[str]:
    """The keys of the corrections that made a company."""
    return sorted({key for key in tables[COMPANIES.name]["corrected_by"].to_pylist() if key is not None})


def _place_document(
    document: DocumentRow, paragraphs: Sequence[tuple[ParagraphRow, ParagraphEntities]]
) -> MentionRows:
    """The rows of one document."""
    from extract import DateContext, date_context, resolve_dates, settle_document

    settled = settle_document(
        [row["text"] for row, _ in paragraphs],
        [entities for _, entities in paragraphs],
        address=document.get("url") or document.get("outlet"),
    )
    rows = MentionRows()
    context: DateContext | None = None
    sentence_base = 0
    told = [
        tell(row["text"], entities.language, entities.sentences, found.amounts)
        for (row, entities), found in zip(paragraphs, settled, strict=True)
    ]
    wrong, again = wrong_sums(paragraphs, told), headline_again(paragraphs)
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
        teller = Teller(document, row, sums, wrong, again)
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

"""The cheap part of the third stage: what each distinct paragraph holds, settled in the documents it stands in, as rows."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.euros import euro_rates
from corpus.run.entities import KEYS, load_entities
from corpus.run.parts import read_piece
from corpus.schemas import AMOUNTS, COMPANIES, DATES, FACTS, NAMES
from corpus.store import from_rows, read_json, replacing_folder, write_json

if TYPE_CHECKING:
    from extract.amounts import Amount
    from extract.dates import DateMention
    from extract.documents import SettledParagraph
    from extract.entities import ParagraphEntities
    from extract.facts import Fact

Row = dict[str, Any]
FORMS = "forms.json"


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

    def place(self, start: int, end: int, text: str) -> Row:
        """The columns that every mention has."""
        return {
            "doc_id": self.doc_id,
            "paragraph": self.paragraph,
            "start": self.start + start,
            "end": self.start + end,
            "text": text,
            "sentence": self.sentence(start),
            "first": self.first,
        }


def settle_mentions(piece: Path, folder: Path, sources: Sequence[Path]) -> None:
    """Write companies, amounts, dates, names and facts of a piece to `folder`; `sources` hold what its texts were read as.

    Beside them stands how often each company and name that no list knows was written in which form.
    """
    from corpus.run.parts import write_piece

    keys = read_piece(piece, KEYS, ["key"])["key"].to_pylist()
    entities = load_entities(sources, frozenset(keys))
    documents = read_piece(piece, "documents", ["doc_id", "published", "published_precision"]).to_pylist()
    paragraphs: dict[str, list[tuple[Row, ParagraphEntities]]] = {row["doc_id"]: [] for row in documents}
    for row, key in zip(read_piece(piece, "paragraphs").to_pylist(), keys, strict=True):
        paragraphs[row["doc_id"]].append((row, entities[key]))
    rows: dict[str, list[Row]] = {table.name: [] for table in (COMPANIES, AMOUNTS, DATES, NAMES, FACTS)}
    for document in documents:
        _settle(document, paragraphs[document["doc_id"]], rows)
    tables = {
        table.name: from_rows(table, rows[table.name]) for table in (COMPANIES, AMOUNTS, DATES, NAMES, FACTS)
    }
    with replacing_folder(folder) as temporary:
        write_piece(temporary, tables)
        write_json(temporary / FORMS, _forms(rows))


def _forms(rows: Mapping[str, Sequence[Row]]) -> dict[str, dict[str, int]]:
    companies = Counter(row["company"] for row in rows["companies"] if row["company_id"] is None)
    forms = {"company": dict(sorted(companies.items()))}
    for kind in sorted({row["type"] for row in rows["names"]}):
        counted = Counter(row["name"] for row in rows["names"] if row["type"] == kind)
        forms[kind] = dict(sorted(counted.items()))
    return forms


def _settle(
    document: Row, paragraphs: Sequence[tuple[Row, ParagraphEntities]], rows: dict[str, list[Row]]
) -> None:
    """Add the rows of one document."""
    from extract.dates import DateContext, date_context, resolve_dates
    from extract.documents import settle_document

    settled = settle_document(
        [row["text"] for row, _ in paragraphs], [entities for _, entities in paragraphs]
    )
    context: DateContext | None = None
    sentence_base = 0
    for (row, entities), found in zip(paragraphs, settled, strict=True):
        first = row["first_doc_id"] is None or bool(row["changed_facts"])
        spot = Spot(
            document["doc_id"], row["paragraph"], row["start"], first, entities.sentences, sentence_base
        )
        precision = document["published_precision"] or "day"
        dates = resolve_dates(
            entities.dates, document["published"], "past", context, published_precision=precision
        )
        context = date_context(dates, context)
        _add_names(spot, found, rows)
        amounts = {amount.start: _amount_row(spot, amount, document) for amount in entities.amounts}
        days = {date.start: _date_row(spot, date) for date in dates}
        rows["amounts"].extend(amounts.values())
        rows["dates"].extend(days.values())
        rows["facts"].extend(_fact_row(spot, fact, amounts, days) for fact in found.facts)
        sentence_base += max(len(entities.sentences), 1)


def _add_names(spot: Spot, found: SettledParagraph, rows: dict[str, list[Row]]) -> None:
    for company in found.companies:
        rows["companies"].append(
            spot.place(company.start, company.end, company.text)
            | {
                "score": company.score,
                "company": company.company,
                "company_id": company.company_id,
                "country": company.country,
                "sector": company.sector,
                "found_by": company.found_by,
            }
        )
    for name in found.names:
        rows["names"].append(
            spot.place(name.start, name.end, name.text)
            | {"score": name.score, "type": name.type, "name": name.name}
        )


def _amount_row(spot: Spot, amount: Amount, document: Row) -> Row:
    low, high, fx_date = _euros(amount, document)
    return spot.place(amount.start, amount.end, amount.text) | {
        "low": amount.low,
        "high": amount.high,
        "currency": amount.currency,
        "modifier": amount.modifier,
        "per": amount.per,
        "eur_low": low,
        "eur_high": high,
        "fx_date": fx_date,
    }


def _euros(amount: Amount, document: Row) -> tuple[float | None, float | None, Any]:
    rates = euro_rates()
    day, precision = document["published"], document["published_precision"]
    low = rates.convert(amount.low, amount.currency, day, precision)
    high = rates.convert(amount.high, amount.currency, day, precision)
    return low.value, high.value, low.fx_date or high.fx_date


def _date_row(spot: Spot, date: DateMention) -> Row:
    resolved = date.start_date is not None
    return spot.place(date.start, date.end, date.text) | {
        "timex": date.timex if resolved else None,
        "start_date": date.start_date,
        "end_date": date.end_date,
        "precision": date.precision,
        "modifier": date.modifier,
        "anchored_to": date.anchored_to,
    }


def _fact_row(spot: Spot, fact: Fact, amounts: Mapping[int, Row], dates: Mapping[int, Row]) -> Row:
    amount = amounts[fact.amount_start]
    date = dates.get(fact.date_start) if fact.date_start is not None else None
    money = {key: amount[key] for key in ("low", "high", "currency", "eur_low", "eur_high")}
    return (
        spot.place(fact.start, fact.end, fact.text)
        | money
        | {
            "kind": fact.kind,
            "company": fact.company,
            "company_start": spot.start + fact.company_start if fact.company_start is not None else None,
            "company_role": fact.company_role,
            "counterparty": fact.counterparty,
            "amount_start": amount["start"],
            "date_start": date["start"] if date else None,
            "start_date": date["start_date"] if date else None,
            "end_date": date["end_date"] if date else None,
            "certainty": fact.certainty,
            "trigger": fact.trigger,
            "score": fact.score,
        }
    )


def canonical_names(folders: Sequence[Path]) -> dict[str, dict[str, str]]:
    """For each kind of name the canonical form of every form that all pieces together wrote, where it is another one."""
    from extract.canonical import canonical_forms

    counts: dict[str, Counter[str]] = {}
    for folder in folders:
        for kind, forms in read_json(folder / FORMS).items():
            counts.setdefault(kind, Counter()).update(forms)
    mapping = {kind: canonical_forms(counts[kind]) for kind in sorted(counts)}
    return {
        kind: {form: name for form, name in sorted(forms.items()) if form != name}
        for kind, forms in mapping.items()
    }


def rename(folder: Path, target: Path, names: Mapping[str, Mapping[str, str]]) -> None:
    """Write the tables of `folder` to `target` with the names' canonical forms."""
    from corpus.run.parts import write_piece

    companies = names.get("company", {})
    tables = {}
    for table in (COMPANIES, AMOUNTS, DATES, NAMES, FACTS):
        rows = read_piece(folder, table.name).to_pylist()
        for row in rows:
            if table is COMPANIES and row["company_id"] is None:
                row["company"] = companies.get(row["company"], row["company"])
            elif table is NAMES:
                row["name"] = names.get(row["type"], {}).get(row["name"], row["name"])
            elif table is FACTS:
                row["company"] = companies.get(row["company"], row["company"])
                row["counterparty"] = companies.get(row["counterparty"], row["counterparty"])
        tables[table.name] = from_rows(table, rows)
    with replacing_folder(target) as temporary:
        write_piece(temporary, tables)

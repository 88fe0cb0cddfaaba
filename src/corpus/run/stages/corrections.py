"""What the user put right, written into the rows of the pieces that it is about.

In: all named pieces and `corrections.csv`. Out: a named piece for each; one that no correction is about is handed on as it is.
Its key: the piece, the corrections that may be about it, and what is known of the companies they name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.config import Config
from corpus.corrections import ROW_ACTIONS, Correction, KnownCompany, Ledger, correct_rows, read_corrections
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.options import StageOptions, path_option
from corpus.run.pieces import NamedPiece, names_of, read_piece, write_with
from corpus.run.stages.outlets import Named
from corpus.run.stages.reuse import in_order, of_documents
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import COMPANIES, ENTITY_TABLES, PROBLEMS, SENTENCES, STATEMENTS
from corpus.store import from_rows, read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

MATCHED = "matched.json"
PLACED_TABLES = tuple(table.name for table in (SENTENCES, *ENTITY_TABLES))


@dataclass(frozen=True, slots=True)
class CorrectionOptions(StageOptions):
    """The user's file of corrections, which counts by its bytes."""

    corrections: str | None = path_option()


def ledger_of(config: Config) -> Ledger:
    """The corrections of a run. Raises ConfigError for a file that is none of corrections."""
    path = CorrectionOptions.of(config).corrections
    return read_corrections(Path(path) if path is not None else None)


def correct(run: Run, pieces: Sequence[NamedPiece], ledger: Ledger, outlets: Named) -> list[NamedPiece]:
    """The pieces, with the corrections of their rows, and facts of the outlets that documents have now."""
    corrections = ledger.of(*ROW_ACTIONS)
    if not corrections and not outlets:
        return list(pieces)
    held = [_held(piece) for piece in pieces]
    known = {name: fields for one in held for name, fields in one.companies.items()}
    wanted = {one.to: known[one.to] for one in corrections if one.to in known}
    # Mentions that are told are there already: they lack only what a list knows.
    corrections = [one for one in corrections if one.action != "is_company" or one.to in wanted]
    folders, tasks = [], []
    for piece, holds in zip(pieces, held, strict=True):
        own = _about(corrections, holds)
        papers = {doc_id: outlets[doc_id][0] for doc_id in sorted(holds.telling & outlets.keys())}
        if not own and not papers:
            folders.append(piece)
            continue
        names = {one.to: asdict(wanted[one.to]) for one in own if one.to in wanted}
        key = [asdict(one) for one in own], names, papers
        folder = NamedPiece(run.work("corrected", names_of([piece]), key))
        folders.append(folder)
        tasks.append((piece, folder, own, wanted, papers))
    run.make("corrections", correct_piece, tasks)
    for _, folder, *_ in tasks:
        ledger.matched(read_json(folder / MATCHED))
    return folders


@dataclass(frozen=True, slots=True)
class _Held:
    """Which documents a piece holds, which of them tell facts, and which companies it names."""

    doc_ids: frozenset[str]
    telling: frozenset[str]
    names: frozenset[str]
    companies: dict[str, KnownCompany]


def _held(piece: NamedPiece) -> _Held:
    columns = ["doc_id", "text", "company", "company_id", "country", "sector"]
    rows = read_piece(piece, COMPANIES.name, columns).to_pylist()
    facts = read_piece(piece, STATEMENTS.name, ["doc_id", "company", "counterparties"]).to_pylist()
    doc_ids = {row["doc_id"] for row in (*rows, *facts)}
    for name in ("amounts", "dates", "names"):
        doc_ids.update(read_piece(piece, name, ["doc_id"])["doc_id"].to_pylist())
    names = {name for row in rows for name in (row["company"], row["text"])}
    names |= {name for row in facts for name in (row["company"], *(row["counterparties"] or ()))}
    known = {
        row["company"]: KnownCompany(row["company_id"], row["country"], row["sector"])
        for row in rows
        if row["company_id"] is not None
    }
    return _Held(frozenset(doc_ids), frozenset(row["doc_id"] for row in facts), frozenset(names), known)


def _about(corrections: Sequence[Correction], holds: _Held) -> list[Correction]:
    """The corrections that may change a row of the piece: a name may be what another correction makes of it."""
    names = set(holds.names)
    own = []
    for one in corrections:
        if one.doc_id in holds.doc_ids if one.doc_id else one.text in names:
            own.append(one)
            names.add(one.to)
    return own


def correct_piece(
    piece: NamedPiece,
    folder: Path,
    corrections: Sequence[Correction],
    known: dict[str, KnownCompany],
    papers: Mapping[str, str],
    care: Care = NO_CARE,
) -> None:
    """Write the tables of `piece` to `folder`, corrected, and which corrections changed something; `papers` are the outlets of
    some documents."""
    with beacon(folder) as light:
        documents = ids_of([piece], SENTENCES.name)
        chosen = choose(
            documents, care, light, lambda one: _corrected(piece, corrections, known, papers, one)
        )
        tables, matched = _corrected(piece, corrections, known, papers, chosen)
        with finishing(folder) as temporary:
            write_with(
                temporary, piece, chosen.all_of(piece, tables, PLACED_TABLES), (*PLACED_TABLES, PROBLEMS.name)
            )
            write_json(temporary / MATCHED, sorted(matched))
            chosen.note(temporary, "corrections")


def _corrected(
    piece: NamedPiece,
    corrections: Sequence[Correction],
    known: dict[str, KnownCompany],
    papers: Mapping[str, str],
    chosen: Chosen,
) -> tuple[dict[str, pa.Table], frozenset[str]]:
    tables = {table.name: chosen.read(piece, table.name) for table in (SENTENCES, *ENTITY_TABLES)}
    # Who writes a name has rows of companies and facts changed; what is said of a place may be about any mention there.
    there = {one.doc_id for one in corrections if one.doc_id is not None}
    named = _naming(tables, corrections) | there | papers.keys()
    meant = {table.name: named if table in (COMPANIES, STATEMENTS) else there for table in ENTITY_TABLES}
    rows: dict[str, list[dict[str, Any]]] = {
        name: of_documents(tables[name], doc_ids).to_pylist() if doc_ids else []
        for name, doc_ids in meant.items()
    }
    touched = {name for name, own in rows.items() if own}
    matched = correct_rows(rows, corrections, known)
    for fact in rows[STATEMENTS.name]:
        fact["outlet"] = papers.get(fact["doc_id"], fact["outlet"])
    order = list(dict.fromkeys(tables[SENTENCES.name]["doc_id"].to_pylist()))
    changed: dict[str, pa.Table] = {}
    for table in ENTITY_TABLES:
        if table.name in touched or rows[table.name]:
            others = of_documents(tables[table.name], meant[table.name], others=True)
            changed[table.name] = in_order([others, from_rows(table, rows[table.name])], order)
    return changed, matched


def _naming(tables: Mapping[str, pa.Table], corrections: Sequence[Correction]) -> set[str]:
    """The documents that write a name of which a correction speaks."""
    names = {name for one in corrections for name in (one.text, one.to)}
    found = set[str]()
    companies, facts = tables[COMPANIES.name], tables[STATEMENTS.name]
    for doc_id, *written in _columns(companies, "doc_id", "company", "text"):
        if not names.isdisjoint(written):
            found.add(doc_id)
    for doc_id, company, parties in _columns(facts, "doc_id", "company", "counterparties"):
        if company in names or not names.isdisjoint(parties or ()):
            found.add(doc_id)
    keys = {one.key for one in corrections}
    found.update(doc_id for doc_id, key in _columns(companies, "doc_id", "corrected_by") if key in keys)
    return found


def _columns(rows: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].to_pylist() for name in names), strict=True)

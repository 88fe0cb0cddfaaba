"""The events that the facts of the corpus tell of: from facts alone, kind by kind, since no event is of two kinds. Which kind
a fact is of for its event is settled before, document by document.

In: all named pieces. Out: pieces with `facts` as they are handed out, and `events`. Its key: the named pieces, and what the
user decided of events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.corrections import EVENT_ACTIONS, PLACE, Correction, Ledger, decide
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import EventPiece, NamedPiece, names_of, rows_file, write_piece
from corpus.run.row_files import rows_in
from corpus.run.together import Chosen, choose, ids_of
from corpus.schemas import EVENTS, FACTS, STATEMENTS
from corpus.store import from_rows, plain_schema, read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.events import Placed, Statement

Place = tuple[str, int, int, str]
MATCHED = "matched.json"
AT_ONCE = 100_000
"""Facts that are worked on together whatever their kind; more are parted by it, so that a worker holds one kind at a time."""


def find_all(run: Run, pieces: Sequence[NamedPiece], ledger: Ledger) -> list[EventPiece]:
    """The facts and events of the whole corpus."""
    decided = ledger.of(*EVENT_ACTIONS)
    key = [asdict(one) for one in decided] or None
    kinds: tuple[str, ...] = STATEMENTS.column("kind").values
    parts = [kinds] if _facts_of(pieces) <= AT_ONCE else [(kind,) for kind in kinds]
    folders = [EventPiece(run.work("events", names_of(pieces), part, key)) for part in parts]
    run.make(
        "events", find, [(pieces, folder, part, decided) for folder, part in zip(folders, parts, strict=True)]
    )
    for folder in folders:
        ledger.matched(read_json(folder / MATCHED))
    return folders


def _facts_of(pieces: Sequence[NamedPiece]) -> int:
    return sum(rows_in(rows_file(piece, STATEMENTS.name)) for piece in pieces)


def find(
    pieces: Sequence[NamedPiece],
    folder: Path,
    kinds: Sequence[str],
    decided: Sequence[Correction],
    care: Care = NO_CARE,
) -> None:
    """Write the facts of `kinds` with their events, and those events, to `folder`; and which corrections found theirs."""
    with beacon(folder) as light:
        documents = ids_of(pieces, STATEMENTS.name)
        chosen = choose(documents, care, light, lambda one: _found(pieces, kinds, decided, one))
        tables, matched = _found(pieces, kinds, decided, chosen)
        with finishing(folder) as temporary:
            write_piece(temporary, tables)
            write_json(temporary / MATCHED, matched)
            chosen.note(temporary, "events")


def _found(
    pieces: Sequence[NamedPiece], kinds: Sequence[str], decided: Sequence[Correction], chosen: Chosen
) -> tuple[dict[str, pa.Table], list[str]]:
    import pyarrow as pa

    from corpus.events import Settled, Told, find_events, settle

    parts = [plain_schema(STATEMENTS).empty_table()]
    standing: list[Settled] = []
    for piece in pieces:
        rows = chosen.read(piece, STATEMENTS.name)
        settled = settle([Told(**row) for row in rows.select(Told._fields).to_pylist()])
        parts.append(rows.filter(pa.array([one.kind in kinds for one in settled], pa.bool_())))
        standing += [one for one in settled if one.kind in kinds]
    facts = pa.concat_tables(parts)
    told = decide(facts.select(PLACE).to_pylist() if decided else [], decided)
    statements = (one.over(each) for one, each in zip(standing, statements_of(facts), strict=True))
    found = find_events(statements, told.decisions, settled=True)
    events = [asdict(event) for event in found.events]
    tables = {
        FACTS.name: _with_events(facts, found.placed, told.changed),
        EVENTS.name: from_rows(EVENTS, events),
    }
    return tables, sorted(set(told.changed.values()))


def statements_of(facts: pa.Table) -> Iterator[Statement]:
    """The rows of a table of statements as the events need them; the texts are not read."""
    from corpus.events import Statement

    names = [each.name for each in fields(Statement) if each.name in facts.column_names]
    for row in facts.select(names).to_pylist():
        row["counterparties"] = tuple(row["counterparties"] or ())
        yield Statement(**row)


def _with_events(facts: pa.Table, placed: Mapping[Place, Placed], changed: Mapping[Place, str]) -> pa.Table:
    import pyarrow as pa

    places = list(zip(*(facts[name].to_pylist() for name in PLACE[:4]), strict=True))
    becomes = [placed[place] for place in places]
    before = facts["corrected_by"].to_pylist()
    columns: dict[str, list[Any]] = {
        "corrected_by": [changed.get(place, key) for place, key in zip(places, before, strict=True)],
        "relation": [each.relation for each in becomes],
        "event": [each.event for each in becomes],
        "event_rule": [each.rule for each in becomes],
        "event_rank": [each.rank for each in becomes],
        "counted": [each.rank == 1 for each in becomes],
    }
    schema = plain_schema(FACTS)
    return pa.Table.from_arrays(
        [
            pa.array(columns[field.name], field.type) if field.name in columns else facts[field.name]
            for field in schema
        ],
        schema=schema,
    )

"""The events that the facts of the corpus tell of: from facts alone, kind by kind, since no event is of two kinds. Which kind
a fact is of for its event is settled before, document by document.

In: all named pieces. Out: pieces with `facts` as they are handed out, and `events`. Its key: the named pieces, and what the
user decided of events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.corrections import EVENT_ACTIONS, PLACE, Correction, Ledger, decide
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import finishing
from corpus.run.pieces import EventPiece, NamedPiece, names_of, rows_file, write_piece
from corpus.run.row_files import rows_in
from corpus.run.stages.earlier_events import (
    NO_EARLIER,
    Earlier,
    Standing,
    Standings,
    mark_of,
    read_earlier,
    write_standing,
)
from corpus.run.together import EVERYTHING, NOTE, Chosen, choose, ids_of
from corpus.schemas import EVENTS, FACTS, STATEMENTS
from corpus.store import plain_schema, read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.events import Event, Placed, Statement

Place = tuple[str, int, int, str]
MATCHED = "matched.json"
AT_ONCE = 100_000
"""Facts that are worked on together whatever their kind; more are parted by it, so that a worker holds one kind at a time."""


def find_all(run: Run, pieces: Sequence[NamedPiece], ledger: Ledger) -> list[EventPiece]:
    """The facts and events of the whole corpus. Where nothing was decided, those of the run before that no change can reach are
    taken from there."""
    decided = ledger.of(*EVENT_ACTIONS)
    key = [asdict(one) for one in decided] or None
    kinds: tuple[str, ...] = STATEMENTS.column("kind").values
    tasks = []
    for part in [kinds] if _facts_of(pieces) <= AT_ONCE else [(kind,) for kind in kinds]:
        kind = run.kind("events", part, key)
        folder = EventPiece(run.work(kind, names_of(pieces)))
        before = [] if decided else [one for one in run.finished(kind) if not (one / NOTE).is_file()]
        earlier = EventPiece(before[0]) if len(before) == 1 else None
        tasks.append((pieces, folder, part, decided, earlier))
    run.make("events", find, tasks)
    folders = [folder for _, folder, *_ in tasks]
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
    earlier: EventPiece | None = None,
    care: Care = NO_CARE,
) -> None:
    """Write the facts of `kinds` with their events, and those events, to `folder`; and which corrections found theirs. `earlier`
    is what the run before made, where it can be taken up."""
    with beacon(folder) as light:
        documents = ids_of(pieces, STATEMENTS.name)
        chosen = choose(documents, care, light, lambda one: _found(_read(pieces, kinds, one), decided))
        before = read_earlier(earlier) if earlier is not None and chosen == EVERYTHING else NO_EARLIER
        read = _read(pieces, kinds, chosen, before)
        tables, matched = _found(read, decided, before)
        with finishing(folder) as temporary:
            write_piece(temporary, tables)
            write_standing(temporary, read.pieces, read.repeats)
            write_json(temporary / MATCHED, matched)
            chosen.note(temporary, "events")


@dataclass(frozen=True, slots=True)
class _Read:
    """The facts of some kinds, in the order of the pieces: their rows, what each is for its event, and the statements that had to
    be made to tell; and of all facts by piece the same, and the documents that they repeat."""

    facts: pa.Table
    standing: list[Standing]
    statements: dict[int, Statement]
    pieces: list[tuple[str, Standings]]
    repeats: list[str | None]


def _read(
    pieces: Sequence[NamedPiece], kinds: Sequence[str], chosen: Chosen, before: Earlier = NO_EARLIER
) -> _Read:
    import pyarrow as pa

    parts = [plain_schema(STATEMENTS).empty_table()]
    read = _Read(parts[0], [], {}, [], [])
    for name, piece in zip(names_of(pieces), pieces, strict=True):
        rows = chosen.read(piece, STATEMENTS.name)
        known = before.pieces.get(name)
        own = known if known is not None else _standings(rows, kinds, len(read.standing), read.statements)
        parts.append(rows.filter(pa.array([one is not None for one in own], pa.bool_())))
        read.standing.extend(one for one in own if one is not None)
        read.pieces.append((name, own))
        read.repeats.extend(rows["repeats_doc"].to_pylist())
    return replace(read, facts=pa.concat_tables(parts))


def _standings(
    rows: pa.Table, kinds: Sequence[str], first: int, statements: dict[int, Statement]
) -> Standings:
    """What the facts `rows`, all that some documents tell, are for their events; the statements of those of `kinds` are numbered
    from `first` on."""
    import pyarrow as pa

    from corpus.events import Told, settle

    settled = settle([Told(**row) for row in rows.select(Told._fields).to_pylist()])
    meant = [one.kind in kinds for one in settled]
    own = statements_of(rows.filter(pa.array(meant, pa.bool_())))
    found: Standings = []
    for one, wanted in zip(settled, meant, strict=True):
        if not wanted:
            found.append(None)
            continue
        statements[first] = statement = one.over(next(own))
        found.append(Standing(one, mark_of(statement)))
        first += 1
    return found


def _found(
    read: _Read, decided: Sequence[Correction], before: Earlier = NO_EARLIER
) -> tuple[dict[str, pa.Table], list[str]]:
    import pyarrow as pa

    from corpus.events import find_events

    facts, marks = read.facts, [one.mark for one in read.standing]
    told = decide(facts.select(PLACE).to_pylist() if decided else [], decided)
    again = _reached(read, before)
    unread = [number for number in again if number not in read.statements]
    rest = zip(unread, statements_of(facts.take(pa.array(unread, pa.int64()))), strict=True)
    read.statements.update((number, read.standing[number].settled.over(one)) for number, one in rest)
    statements = [read.statements[number] for number in again]
    found = find_events(statements, told.decisions, settled=True)
    becomes = {marks[n]: found.placed[one.place] for n, one in zip(again, statements, strict=True)}
    placed = [becomes.get(mark) or before.placed[mark] for mark in marks]
    standing = {mark for mark in marks if mark not in becomes}
    gone = {place.event for mark, place in before.placed.items() if mark not in standing}
    tables = {
        FACTS.name: _with_events(facts, placed, told.changed),
        EVENTS.name: _events(before, gone, found.events),
    }
    return tables, sorted(set(told.changed.values()))


def _reached(read: _Read, before: Earlier) -> Sequence[int]:
    """The numbers of the facts whose events what is new or gone may change."""
    from corpus.events import Bond, touched

    if not before.placed:
        return range(len(read.standing))
    bonds, changed = [], []
    for number, one in enumerate(read.standing):
        bond = before.bonds.get(one.mark)
        if bond is None:
            bond = Bond(*(getattr(read.statements[number], name) for name in Bond._fields))
            changed.append(bond)
        bonds.append(bond)
    here = {one.mark for one in read.standing}
    changed += [bond for mark, bond in before.bonds.items() if mark not in here]
    return touched(bonds, changed)


def _events(before: Earlier, gone: set[str | None], found: Sequence[Event]) -> pa.Table:
    """The rows of `events`: those `before` that are not gone, and those `found`, by their keys."""
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = plain_schema(EVENTS)
    columns = [pa.array([getattr(one, field.name) for one in found], field.type) for field in schema]
    new = pa.Table.from_arrays(columns, schema=schema)
    if before.events is None:
        return new
    lost = pa.array(sorted(filter(None, gone)), pa.string())
    kept = before.events.filter(pc.invert(pc.is_in(before.events["event"], lost)))
    return pa.concat_tables([kept, new]).sort_by("event")


def statements_of(facts: pa.Table) -> Iterator[Statement]:
    """The rows of a table of statements as the events need them; the texts are not read."""
    from corpus.events import Statement

    names = [each.name for each in fields(Statement) if each.name in facts.column_names]
    for row in facts.select(names).to_pylist():
        row["counterparties"] = tuple(row["counterparties"] or ())
        yield Statement(**row)


def _with_events(facts: pa.Table, becomes: Sequence[Placed], changed: Mapping[Place, str]) -> pa.Table:
    import pyarrow as pa

    corrected = facts["corrected_by"]
    if changed:
        places = zip(*(facts[name].to_pylist() for name in PLACE[:4]), strict=True)
        keys = zip(places, corrected.to_pylist(), strict=True)
        corrected = pa.array([changed.get(place, key) for place, key in keys], pa.string())
    columns: dict[str, list[Any]] = {
        "relation": [each.relation for each in becomes],
        "event": [each.event for each in becomes],
        "event_rule": [each.rule for each in becomes],
        "event_rank": [each.rank for each in becomes],
        "counted": [each.rank == 1 for each in becomes],
    }
    schema = plain_schema(FACTS)
    arrays = {name: pa.array(values, schema.field(name).type) for name, values in columns.items()}
    arrays["corrected_by"] = corrected
    return pa.Table.from_arrays(
        [arrays[field.name] if field.name in arrays else facts[field.name] for field in schema], schema=schema
    )

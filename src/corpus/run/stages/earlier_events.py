"""What the run before made of the facts: of those that no change can reach, the events are taken from there.

Beside the facts and events of a run stand a mark of each fact, which is a hash of all that events are made from, and of which
kind it is for its event. A piece of the same name holds the same facts; of one that was made anew the facts are told by their
marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xxhash

from corpus.events import Bond, Placed, Settled, Statement
from corpus.run.pieces import EventPiece, read_piece, write_piece
from corpus.schemas import EVENTS, FACTS
from corpus.store import read_json, write_json

if TYPE_CHECKING:
    import pyarrow as pa

STANDING = "standing"
PIECES = "pieces.json"
_ALL_OF = attrgetter(*(each.name for each in fields(Statement)))


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact of one of the kinds in hand: what it is for its event, and its mark."""

    settled: Settled
    mark: bytes


Standings = list["Standing | None"]
"""One for each fact of a piece; None for those of other kinds."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """By piece what its facts were; by mark what became of each and what binds it; the rows of `events`."""

    pieces: dict[str, Standings] = field(default_factory=dict)
    placed: dict[bytes, Placed] = field(default_factory=dict)
    bonds: dict[bytes, Bond] = field(default_factory=dict)
    events: pa.Table | None = None


NO_EARLIER = Earlier()


def mark_of(statement: Statement) -> bytes:
    """A hash of all that its event depends on."""
    return xxhash.xxh3_128_digest(repr(_ALL_OF(statement)).encode("utf-8", "surrogatepass"))


def read_earlier(folder: EventPiece) -> Earlier:
    """What `write_standing` and the stage left in `folder`."""
    facts = read_piece(folder, FACTS.name, ["doc_id", "company", "counterparties", *_PLACED])
    rows = read_piece(folder, STANDING)
    standings: Standings = [
        None if mark is None else Standing(Settled(kind, yields, own), mark)
        for kind, yields, own, mark in _columns(rows, *Settled._fields, "mark")
    ]
    repeats = [doc for doc, mark in _columns(rows, "repeats_doc", "mark") if mark is not None]
    of_facts = [one for one in standings if one is not None]
    earlier = Earlier(events=read_piece(folder, EVENTS.name))
    begin = 0
    for name, count in read_json(folder / PIECES):
        earlier.pieces[name] = standings[begin : begin + count]
        begin += count
    places = _columns(facts, *_PLACED)
    for one, place in zip(of_facts, places, strict=True):
        earlier.placed[one.mark] = Placed(*place)
    told = _columns(facts, "doc_id", "company", "counterparties")
    for one, repeated, (doc_id, company, others) in zip(of_facts, repeats, told, strict=True):
        earlier.bonds[one.mark] = Bond(one.settled.kind, doc_id, repeated, company, others)
    return earlier


_PLACED = ("relation", "event", "event_rule", "event_rank")
"""The columns of `facts` that `Placed` holds, in its order."""


def write_standing(
    folder: Path, pieces: Iterable[tuple[str, Standings]], repeats: Sequence[str | None]
) -> None:
    """Write what `read_earlier` needs beside the tables; `repeats` are the documents that the facts of all pieces repeat."""
    import pyarrow as pa

    listed = list(pieces)
    rows = [one for _, own in listed for one in own]
    settled = [one.settled if one is not None else Settled("", False, False) for one in rows]
    columns = {name: [getattr(one, name) for one in settled] for name in Settled._fields}
    marks = pa.array([one.mark if one is not None else None for one in rows], pa.binary(16))
    table = pa.table({"repeats_doc": pa.array(repeats, pa.string()), **columns, "mark": marks})
    write_piece(folder, {STANDING: table})
    write_json(folder / PIECES, [[name, len(own)] for name, own in listed])


def _columns(rows: pa.Table, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(rows[name].to_pylist() for name in names), strict=True)

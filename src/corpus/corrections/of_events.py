"""Corrections of events: which facts they mean. A fact is addressed by its document, text and start; the nearest one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.corrections.records import Correction
from corpus.events import Decisions

EVENT_ACTIONS: Final = ("split_event", "merge_events")
PLACE: Final = ["doc_id", "start", "amount_start", "company", "kind", "text"]
"""The columns of a fact that tell which one is meant; the first four are its place among statements."""
ADDRESS: Final = re.compile(r"(?P<doc_id>[0-9a-f]{16}):(?P<start>\d{1,9})(?:\s+(?P<text>.+))?", re.DOTALL)
"""What `to` of merge_events is: the place of a fact of the other event, and its text."""
Place = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions as the room of events takes them, and by the place of each fact that was meant the key of its correction."""

    decisions: Decisions
    changed: dict[Place, str]


def decide(facts: Iterable[Mapping[str, Any]], corrections: Sequence[Correction]) -> Decided:
    """What `corrections` decide of `facts`, rows with the columns of PLACE; those that find none change nothing.

    >>> from corpus.corrections import Correction, decide
    >>> fact = {"doc_id": "a", "start": 0, "amount_start": 9, "company": "Galet", "kind": "fine", "text": "3 M€"}
    >>> decide([fact], [Correction(1, "k1", "split_event", "a", 0, "3 M€", "")]).changed
    {('a', 0, 9, 'Galet'): 'k1'}
    """
    rows = list(facts)
    alone: set[Place] = set()
    together: list[tuple[Place, Place]] = []
    changed: dict[Place, str] = {}
    for one in corrections:
        found = _meant(rows, one.doc_id, one.start, one.text)
        if one.action == "split_event":
            meant = [_place(row) for row in found]
            alone.update(meant)
        else:
            pairs = [(_place(row), _place(other)) for row in found for other in _others(rows, one.to, row)]
            together += pairs
            meant = [place for pair in pairs for place in pair]
        changed |= dict.fromkeys(meant, one.key)
    return Decided(Decisions(frozenset(alone), tuple(together)), changed)


def _others(rows: Sequence[Mapping[str, Any]], to: str, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The fact at `to`; of another kind it cannot be of the event of `row`."""
    address = ADDRESS.fullmatch(to)
    if address is None:
        return []
    alike = [each for each in rows if each["kind"] == row["kind"]]
    return _meant(alike, address["doc_id"], int(address["start"]), address["text"])


def _meant(
    rows: Sequence[Mapping[str, Any]], doc_id: str | None, start: int | None, text: str | None
) -> list[Mapping[str, Any]]:
    """The facts told by the same words: of those with that text the nearest to `start`."""
    found = [row for row in rows if row["doc_id"] == doc_id and text in (None, row["text"])]
    if not found:
        return []
    nearest = min(found, key=lambda row: (abs(row["start"] - (start or 0)), row["start"]))
    return [row for row in found if (row["start"], row["text"]) == (nearest["start"], nearest["text"])]


def _place(row: Mapping[str, Any]) -> Place:
    return row["doc_id"], row["start"], row["amount_start"], row["company"]

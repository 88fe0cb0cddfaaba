"""One correction, and all those of a run while it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from corpus.config import CORRECTIONS_FILE
from corpus.corrections.actions import ACTIONS
from corpus.records import Problem


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the file. `doc_id` None: the whole corpus; `start` None: all of the document; `row` counts the rows from 1.

    >>> from corpus.corrections import Correction
    >>> everywhere = Correction(1, "k1", "rename", None, None, "Galet", "Galet SA")
    >>> everywhere.holds_in("some-document")
    True
    """

    row: int
    key: str
    action: str
    doc_id: str | None
    start: int | None
    text: str
    to: str

    def holds_in(self, doc_id: str) -> bool:
        """Whether rows of that document may be meant."""
        return self.doc_id is None or self.doc_id == doc_id


@dataclass(slots=True)
class Ledger:
    """The corrections of a run: a stage takes its own and tells which of them changed something; the others become problems.

    >>> from corpus.corrections import Correction, Ledger
    >>> ledger = Ledger([Correction(1, "k1", "rename", None, None, "Galet", "Galet SA")])
    >>> [problem.kind for problem in ledger.told(lambda stage: True)]
    ['no_match']
    >>> ledger.matched(["k1"])
    >>> ledger.told(lambda stage: True)
    []
    """

    corrections: Sequence[Correction] = ()
    problems: list[Problem] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def of(self, *actions: str) -> list[Correction]:
        """Those with one of these actions, in the order of the file."""
        return [one for one in self.corrections if one.action in actions]

    def matched(self, keys: Iterable[str]) -> None:
        """Remember the keys of corrections that changed something."""
        self.changed.update(keys)

    def told(self, reached: Callable[[str], bool]) -> list[Problem]:
        """All problems once the stages that are `reached` are done: with those that matched nothing there."""
        idle = [
            one
            for one in self.corrections
            if one.key not in self.changed and reached(ACTIONS[one.action].stage)
        ]
        return [*self.problems, *(problem(one.row, "no_match", _no_match(one)) for one in idle)]


def problem(row: int, kind: str, message: str) -> Problem:
    """A row of `problems` about a row of the file; every input is read all the same.

    >>> from corpus.corrections import problem
    >>> problem(3, "unknown_action", "There is no action 'rname'.").source
    'corrections.csv#3'
    """
    return Problem(f"{CORRECTIONS_FILE}#{row}", "corrections", kind, message, recovered=True)


def _no_match(one: Correction) -> str:
    return (
        f"{one.action} of {one.text!r} matches nothing here. Delete the row, or put its scope and text right."
    )

"""One correction, and the actions that a run applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Where = Literal["anywhere", "place"]

APPLIED: Final[dict[str, Where]] = {
    "merge": "anywhere",
    "rename": "anywhere",
    "not_company": "anywhere",
    "split": "place",
    "wrong_mention": "place",
    "wrong_fact": "place",
}
"""The actions that change rows, and whether one needs a place. `anywhere`: the scope may be the corpus, a document or a place."""
NEEDS_TO: Final = frozenset({"merge", "rename", "split"})


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the file. `doc_id` None: the whole corpus; `start` None: all of the document; `row` counts the rows from 1."""

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

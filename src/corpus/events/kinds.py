"""Of which kind each statement is for its event: a part that is of another kind than its whole, one sum told as two kinds.

Both ask for what one document says of every kind, so this is settled before statements are parted by kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.events.records import Statement

SURER = 0.2
"""By how much a kind is surer than another that one document gives one sum of one company, to stand for both. A choice: two
things that happened of one size are told as surely as each other, a misread headline is not."""


class Told(NamedTuple):
    """What of a statement its kind is settled by; named as in `Statement`.

    >>> from corpus.events.kinds import Told
    >>> Told("a", 12, "Galet", 8e6, 8e6, "EUR", "fine", 0.9, "statement", None).sum
    ('a', 'Galet', 8000000.0, 8000000.0, 'EUR')
    """

    doc_id: str
    amount_start: int
    company: str
    low: float | None
    high: float | None
    currency: str | None
    kind: str
    score: float
    relation: str
    beside: int | None

    @property
    def sum(self) -> tuple[object, ...]:
        """Its company's sum in its document."""
        return self.doc_id, self.company, self.low, self.high, self.currency


class Settled(NamedTuple):
    """What became of it: its kind, whether that is another's, and whether it is a part that stands for itself.

    >>> from corpus.events.kinds import Settled
    >>> Settled("fine", yields=True, own=False).kind
    'fine'
    """

    kind: str
    yields: bool
    own: bool

    def over(self, statement: Statement) -> Statement:
        """`statement` with that."""
        if self.own:
            statement = replace(statement, relation="statement", beside=None)
        return replace(statement, kind=self.kind, yields=True) if self.yields else statement


def settle(told: Sequence[Told]) -> list[Settled]:
    """The kind of each of `told`, which are all that some documents say.

    A part of another kind than its whole is a statement of its own: the debt in a round is all the debt there is. One sum of one
    company in a document is of the kind that is surest there: "Avenio paiera 8 millions" is the fine that the text below tells.

    >>> from corpus.events.kinds import Told, settle
    >>> fine = Told("a", 40, "Galet", 8e6, 8e6, "EUR", "fine", 0.9, "statement", None)
    >>> title = fine._replace(amount_start=12, kind="spending", score=0.4)
    >>> [(one.kind, one.yields) for one in settle([title, fine])]
    [('fine', True), ('fine', False)]
    """
    kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
    sums: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told:
        kinds[one.doc_id, one.amount_start].add(one.kind)
        sums[one.sum].append(one)
    best = {key: max(same, key=lambda one: (one.score, one.kind)) for key, same in sums.items()}

    def settled(one: Told) -> Settled:
        whole = kinds.get((one.doc_id, one.beside)) if one.beside is not None else None
        own = one.relation == "part" and whole is not None and one.kind not in whole
        surest = best[one.sum]
        yields = one.low is not None and surest.kind != one.kind and surest.score - one.score >= SURER
        return Settled(surest.kind if yields else one.kind, yields, own)

    return [settled(one) for one in told]


def of_their_kinds(statements: Iterable[Statement]) -> list[Statement]:
    """Statements, all that some documents say, each of the kind that it is for its event."""
    given = list(statements)
    told = [Told(*(getattr(one, name) for name in Told._fields)) for one in given]
    return [settled.over(one) for settled, one in zip(settle(told), given, strict=True)]

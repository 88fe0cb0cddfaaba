"""Statements that may be of one event, held together; two such groups become one only where every member agrees with every other.

So nothing chains: a rounded sum that fits two exact ones joins one of them, and a name or a date that is told once parts what a
text without them would have brought together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.events.parties import Face, conflicting, face_of, linked
from corpus.events.records import Rule, Statement
from corpus.events.sums import Likeness, Sum, likeness, sum_of
from corpus.events.times import SLACK, WINDOWS, Time, looks_back, time_of, together

_BOTH_SIDES = 2
_WORST: dict[Likeness, int] = {"same": 0, "rounded": 1, "converted": 2}


@dataclass(slots=True, eq=False)
class Cluster:
    """Statements of one event so far, with the rule that joined each, and what they say in few values.

    `order` is the place of the earliest. `wrong` are those whose sum a correction replaces: their sums no longer count. `drawn`
    are parts and totals beside it.
    """

    kind: str
    order: tuple[dt.date, str, int, int, str]
    members: list[Statement]
    rules: dict[tuple[str, int, int, str], Rule]
    wrong: set[tuple[str, int, int, str]] = field(default_factory=set)
    drawn: list[tuple[Statement, Rule]] = field(default_factory=list)
    faces: set[Face] = field(default_factory=set)
    sums: set[Sum] = field(default_factory=set)
    dated: set[Time] = field(default_factory=set)
    told: tuple[Time, ...] = ()
    backward: set[Time] = field(default_factory=set)

    @classmethod
    def of(cls, statement: Statement) -> Cluster:
        """A group of one."""
        made = cls(statement.kind, statement.order, [], {})
        made.add(statement, "first")
        return made

    def add(self, statement: Statement, rule: Rule) -> None:
        """Take in a statement."""
        self.members.append(statement)
        self.order = min(self.order, statement.order)
        self.rules[statement.place] = rule
        self.faces.add(face_of(statement))
        if not statement.converts:  # what a paper makes of a sum is no sum that another has to agree with
            self.sums.add(sum_of(statement))
        self._note(time_of(statement))

    def add_wrong(self, statement: Statement) -> None:
        """Take in a sum that one of its statements corrects."""
        self.members.append(statement)
        self.order = min(self.order, statement.order)
        self.rules[statement.place] = "correction"
        self.wrong.add(statement.place)

    def _note(self, time: Time) -> None:
        if time.dated:
            self.dated.add(replace(time, told_from=None, told_until=None, looks_back=False))
        elif time.told_from is not None and time.looks_back:
            self.backward.add(time)
        elif time.told_from is not None:
            first = min((*self.told, time), key=lambda one: (one.told_from, one.ahead))
            last = max((*self.told, time), key=lambda one: (one.told_until, not one.ahead))
            self.told = (first, last) if first != last else (first,)

    def absorb(self, other: Cluster, rule: Rule, *, corrected: bool = False) -> None:
        """Take in another group by `rule`; where that was `corrected`, its sums are those that were wrong."""
        for statement in other.members:
            before = other.rules[statement.place]
            self.members.append(statement)
            self.rules[statement.place] = rule if before == "first" else before
        self.order = min(self.order, other.order)
        self.wrong |= other.wrong
        self.drawn += other.drawn
        self.faces |= other.faces
        self.dated |= other.dated
        self.backward |= other.backward
        for time in other.told:
            self._note(time)
        if corrected:
            self.wrong |= {statement.place for statement in other.members}
        else:
            self.sums |= other.sums

    @property
    def times(self) -> list[Time]:
        """The times that its statements give, those that cannot matter left out."""
        return [*self.dated, *self.told, *self.backward]

    @property
    def documents(self) -> set[str]:
        """The documents that tell it."""
        return {statement.doc_id for statement in self.members}

    @property
    def only_back(self) -> bool:
        """Whether nothing tells it but recaps."""
        return all(looks_back(statement) for statement in self.members)

    def linked_to(self, other: Cluster) -> bool:
        """Whether they share a company as one event would."""
        return any(linked(mine, theirs) for mine in self.faces for theirs in other.faces)

    def conflicts_with(self, other: Cluster) -> bool:
        """Whether any name of one speaks against any of the other."""
        return any(conflicting(mine, theirs) for mine in self.faces for theirs in other.faces)

    def parted_from(self, other: Cluster, slack: int = SLACK) -> bool:
        """Whether any name or date of one speaks against any of the other."""
        if self.kind == "acquisition" and self.shared(other) >= _BOTH_SIDES:
            slack = WINDOWS[self.kind]  # who buys whom is bought once: agreed on one day, closed on another
        return self.conflicts_with(other) or not all(
            together(self.kind, mine, theirs, slack) for mine in self.times for theirs in other.times
        )

    def likeness_to(self, other: Cluster) -> Likeness | None:
        """How their sums agree, by the pair that agrees least; None where any pair does not, or one has none."""
        if not self.sums or not other.sums:
            return None
        return worst(likeness(mine, theirs) for mine in self.sums for theirs in other.sums)

    def distance(self, other: Cluster) -> int:
        """Days between their earliest tellings."""
        mine, theirs = self.order[0], other.order[0]
        return abs((mine - theirs).days)

    def shared(self, other: Cluster) -> int:
        """How many companies both name."""
        mine = frozenset().union(*(one.named for one in self.faces))
        return len(mine & frozenset().union(*(one.named for one in other.faces)))


def parties_of(one: Cluster) -> set[str]:
    """The first word of every company that a group names: two that can be one event share one."""
    return {key for face in one.faces for key in face.keys}


def worst(likenesses: Iterable[Likeness | None]) -> Likeness | None:
    """The loosest of some likenesses; None where one is."""
    found: Likeness = "same"
    for one in likenesses:
        if one is None:
            return None
        if _WORST[one] > _WORST[found]:
            found = one
    return found

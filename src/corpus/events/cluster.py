"""Statements that may be of one event, held together; two such groups become one only where every member agrees with every other.

So nothing chains: a rounded sum that fits two exact ones joins one of them, and a name or a date that is told once parts what a
text without them would have brought together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from corpus.events.parties import Face, conflicting, face_of, linked, same_authority
from corpus.events.records import ONCE, Rule, Statement
from corpus.events.sums import Likeness, Sum, likeness, sum_of
from corpus.events.times import SLACK, TOLD_AGAIN, WINDOWS, Time, first_told, looks_back, time_of, together

_BOTH_SIDES = 2
_WORST: dict[Likeness, int] = {"same": 0, "rounded": 1, "converted": 2}


@dataclass(slots=True, eq=False)
class Cluster:
    """Statements of one event so far, with the rule that joined each, and what they say in few values.

    `order` is the place of the earliest. `wrong` are those whose sum a correction replaces: their sums no longer count. `drawn`
    are parts and totals beside it. `since` is the day before which it cannot have been told, as it is another than one before;
    `before` the first on which it was.
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
    documents: set[str] = field(default_factory=set)
    since: dt.date | None = None
    before: dt.date | None = None
    closes: bool = False

    @classmethod
    def of(cls, statement: Statement) -> Cluster:
        """A group of one."""
        made = cls(statement.kind, statement.order, [], {})
        made.add(statement, "first")
        return made

    def add(self, statement: Statement, rule: Rule) -> None:
        """Take in a statement."""
        self.members.append(statement)
        self.documents.add(statement.doc_id)
        self.order = min(self.order, statement.order)
        self.rules[statement.place] = rule
        self.closes |= statement.closes
        self._note_days(_another_since(statement), first_told(statement))
        self.faces.add(face_of(statement))
        if not statement.converts:  # what a paper makes of a sum is no sum that another has to agree with
            self.sums.add(sum_of(statement))
        self._note(time_of(statement))

    def add_wrong(self, statement: Statement) -> None:
        """Take in a sum that one of its statements corrects."""
        self.members.append(statement)
        self.documents.add(statement.doc_id)
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

    def _note_days(self, since: dt.date | None, before: dt.date | None) -> None:
        self.since = max((day for day in (self.since, since) if day), default=None)
        self.before = min((day for day in (self.before, before) if day), default=None)

    def absorb(self, other: Cluster, rule: Rule, *, corrected: bool = False) -> None:
        """Take in another group by `rule`; where that was `corrected`, its sums are those that were wrong."""
        for statement in other.members:
            before = other.rules[statement.place]
            self.members.append(statement)
            self.rules[statement.place] = rule if before == "first" else before
        self.order = min(self.order, other.order)
        self.documents |= other.documents
        self.closes |= other.closes
        self._note_days(other.since, other.before)
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
        if self.kind == "acquisition" and (self.closes or other.closes or self.shared(other) >= _BOTH_SIDES):
            slack = WINDOWS[self.kind]  # who buys whom is bought once: agreed on one day, closed on another
        elif self.told_before(other) or other.told_before(self):
            return True
        return self.conflicts_with(other) or not all(
            together(self.kind, mine, theirs, slack) for mine in self.times for theirs in other.times
        )

    def told_before(self, other: Cluster) -> bool:
        """Whether this was told when the other, which is another than one before, was not yet."""
        return bool(self.before and other.since and (other.since - self.before).days > TOLD_AGAIN)

    def likeness_to(self, other: Cluster) -> Likeness | None:
        """How their sums agree, by the pair that agrees least; None where any pair does not, or one has none."""
        if not self.sums or not other.sums:
            return None
        return worst(likeness(mine, theirs) for mine in self.sums for theirs in other.sums)

    def distance(self, other: Cluster) -> int:
        """Days between their earliest tellings."""
        mine, theirs = self.order[0], other.order[0]
        return abs((mine - theirs).days)

    def away(self, other: Cluster) -> int:
        """Days between when they say it was: between the dates that they name, else those of their earliest tellings."""
        start, end = self._days()
        first, last = other._days()
        return max((first - end).days, (start - last).days, 0)

    def _days(self) -> tuple[dt.date, dt.date]:
        named = [(time.start, time.end or time.start) for time in self.dated if time.start]
        if not named:
            return self.order[0], self.order[0]
        return max(start for start, _ in named), min(end for _, end in named)

    def shared(self, other: Cluster) -> int:
        """How many companies both name."""
        mine = frozenset().union(*(one.named for one in self.faces))
        return len(mine & frozenset().union(*(one.named for one in other.faces)))

    def share_authority(self, other: Cluster) -> bool:
        """Whether both name one institution."""
        return any(
            same_authority(mine.authority, theirs.authority)
            for mine in self.faces
            for theirs in other.faces
            if mine.authority and theirs.authority
        )


def _another_since(statement: Statement) -> dt.date | None:
    """The day before which nobody told of what is another than one before; None where the words do not say so."""
    if not statement.again or statement.kind not in ONCE or statement.certainty != "stated":
        return None
    if looks_back(statement) or statement.wording != (statement.doc_id, statement.paragraph):
        return None  # a recap, or a copy, which may be late
    days = [day for day in (statement.start_date, statement.published) if day]
    return min(days, default=None)


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

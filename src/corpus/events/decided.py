"""What a user decided of events: a statement that tells of one of its own, two that tell of one whatever speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.events.cluster import Cluster
from corpus.events.records import Statement

Place = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Places of statements: those that are `alone`, and pairs that are `together`, applied in that order.

    >>> from corpus.events import Decisions
    >>> Decisions(alone=frozenset({("a", 0, 9, "Galet")})).together
    ()
    """

    alone: frozenset[Place] = frozenset()
    together: tuple[tuple[Place, Place], ...] = ()


UNDECIDED = Decisions()


def set_apart(statements: Sequence[Statement], decisions: Decisions) -> tuple[list[Statement], list[Cluster]]:
    """The statements without those that are alone, and a group of one for each of these."""
    rest = [one for one in statements if one.place not in decisions.alone]
    return rest, [_decided(one) for one in statements if one.place in decisions.alone]


def unite(
    groups: Sequence[Cluster], loose: Sequence[Statement], decisions: Decisions
) -> tuple[list[Cluster], list[Statement]]:
    """The groups with those in one that hold the two places of a pair; a statement of no event becomes one for it."""
    wanted = {place for pair in decisions.together for place in pair}
    kept = [*groups, *(_decided(one) for one in loose if one.place in wanted)]
    for one, other in decisions.together:
        mine, theirs = _home(kept, one), _home(kept, other)
        if mine is not None and theirs is not None and mine is not theirs:
            first, second = sorted((mine, theirs), key=lambda each: each.order)
            first.absorb(second, "user")
            kept = [each for each in kept if each is not second]
    return kept, [one for one in loose if one.place not in wanted]


def _decided(statement: Statement) -> Cluster:
    made = Cluster.of(replace(statement, relation="statement", converts=False, beside=None))
    made.rules[statement.place] = "user"
    return made


def _home(groups: Sequence[Cluster], place: Place) -> Cluster | None:
    for one in groups:
        if place in one.rules or any(drawn.place == place for drawn, _ in one.drawn):
            return one
    return None

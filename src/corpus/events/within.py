"""The events of one document: title, lead and body tell one sum; totals, parts and wrong sums stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.events.cluster import Cluster
from corpus.events.parties import face_of, linked
from corpus.events.records import Rule, Statement
from corpus.events.sums import converts, sum_of


def group(statements: Sequence[Statement]) -> tuple[list[Cluster], list[Statement]]:
    """The groups of a document's statements of one kind, and those statements that are of no event.

    `statements` are all of one document and kind, in the order of the text. A total of what no statement of the document tells
    is of no event.
    """
    plain = [one for one in statements if one.relation == "statement" and not one.converts]
    groups: list[Cluster] = []
    for statement in plain:
        _join(groups, Cluster.of(statement))
    beside = [one for one in statements if one.relation != "statement" or one.converts]
    for statement in [one for one in beside if one.in_all and not _has_smaller(groups, one)]:
        beside.remove(statement)
        _join(groups, Cluster.of(statement))
    return groups, [statement for statement in beside if not _settle(groups, statement)]


def _has_smaller(groups: Sequence[Cluster], statement: Statement) -> bool:
    """Whether the document tells a smaller sum of the same company: then "au total" adds it to others."""
    face, low = face_of(statement), statement.low
    sums = [
        money.low for one in groups if any(linked(each, face) for each in one.faces) for money in one.sums
    ]
    return low is not None and any(each is not None and each < low for each in sums)


def _join(groups: list[Cluster], alone: Cluster) -> None:
    """Into the group that it agrees with best, the nearest before it; a group of its own where it agrees with none."""
    fitting = [
        (number, one, how)
        for number, one in enumerate(groups)
        if one.linked_to(alone) and not one.parted_from(alone) and (how := one.likeness_to(alone))
    ]
    if fitting:
        _, best, _ = min(fitting, key=lambda each: (each[2] != "same", -each[0]))
        best.absorb(alone, "same_document")
    else:
        groups.append(alone)


def _settle(groups: list[Cluster], statement: Statement) -> bool:
    """Where a total, a part, a wrong sum or a conversion belongs; whether there is such a place."""
    near = [one for one in groups if any(linked(face, face_of(statement)) for face in one.faces)]
    beside = [one for one in near if any(member.amount_start == statement.beside for member in one.members)]
    alone = Cluster.of(statement)
    told = [one for one in near if one.likeness_to(alone) == "same" and not one.parted_from(alone)]
    if statement.relation == "corrected":
        chosen = beside or sorted(near, key=lambda one: _steps(one, statement))
        if chosen:
            chosen[0].add_wrong(statement)
        return bool(chosen)
    if statement.converts and statement.relation == "statement":
        if beside and any(converts(sum_of(statement), money) for money in beside[0].sums):
            beside[0].add(statement, "same_document")
        else:  # another sum that only stands in brackets
            _join(groups, Cluster.of(replace(statement, converts=False)))
        return True
    if told and statement.relation == "cumulative":
        # "Au total, 64 millions" beside "lève 64 millions" is the round itself.
        told[0].add(statement, "same_document")
        return True
    rule: Rule = "part" if statement.relation == "part" else "total"
    chosen = beside or sorted(near, key=lambda one: _steps(one, statement))
    if not chosen:
        return False
    chosen[0].drawn.append((statement, rule))
    return True


def _steps(one: Cluster, statement: Statement) -> tuple[bool, int]:
    """How far a group is from a statement: what only looks back comes last, the nearest before it first."""
    away = [statement.amount_start - member.amount_start for member in one.members]
    return one.only_back, min(each if each > 0 else 1_000_000 - each for each in away)

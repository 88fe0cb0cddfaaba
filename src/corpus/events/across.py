"""The events of a corpus: what each document tells brought together, over repeats first, then over other words, then corrections.

Every step takes the groups in one order (the earliest first, recaps last) that no input order, worker or piece decides, and asks
of two groups that all their members agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby

from corpus.events.cluster import Cluster
from corpus.events.records import Rule, Statement
from corpus.events.sums import Likeness
from corpus.events.within import group

CORRECTED_WITHIN = 30
"""Days within which a correction comes that says so."""
REWORDED_WITHIN = 14
"""Days within which the same paragraph with another sum is a correction: later it is the next event in the last one's words."""
ONCE = frozenset({"funding_round", "acquisition", "fine", "contract", "investment", "debt", "grant"})
"""Kinds that a correction without the old sum can be of: market values and quarters change without having been wrong."""
RULES: dict[Likeness, Rule] = {"same": "same_sum", "rounded": "rounded_sum", "converted": "converted_sum"}


def bring_together(statements: Sequence[Statement]) -> tuple[list[Cluster], list[Statement]]:
    """The events that `statements`, all of one kind, tell of, and those statements that are of none."""
    groups: list[Cluster] = []
    loose: list[Statement] = []
    ordered = sorted(statements, key=lambda one: (one.doc_id, one.start, one.amount_start, one.company))
    for _, document in groupby(ordered, key=lambda one: one.doc_id):
        found, alone = group(list(document))
        groups += found
        loose += alone
    groups = _join(groups, _wordings, _by_repeat)
    groups = _join(groups, _exact_sums, _by_same_sum)
    groups = _join(groups, _parties, _by_any_sum)
    return _correct(groups), loose


Fit = tuple[Rule, tuple[int, ...]]
"""The rule by which two groups become one, and how well they do: the smaller the better."""


def _join(
    groups: Sequence[Cluster],
    keys: Callable[[Cluster], Iterable[Hashable]],
    fit: Callable[[Cluster, Cluster], Fit | None],
) -> list[Cluster]:
    """One pass: each group into the group before it that shares a key and fits best."""
    kept: list[Cluster] = []
    index: dict[Hashable, list[int]] = defaultdict(list)
    for one in sorted(groups, key=lambda each: (each.only_back, each.order)):
        near = sorted({number for key in keys(one) for number in index[key]})
        fitting = [(found, number) for number in near if (found := fit(kept[number], one))]
        if fitting:
            (rule, _), number = min(fitting, key=lambda each: (each[0][1], each[1]))
            kept[number].absorb(one, rule)
        else:
            number = len(kept)
            kept.append(one)
        for key in keys(one):
            if number not in index[key]:
                index[key].append(number)
    return kept


def _parties(one: Cluster) -> set[Hashable]:
    return {name for face in one.faces for name in face.named}


def _exact_sums(one: Cluster) -> set[Hashable]:
    return {
        (name, money.low, money.high, money.currency)
        for face in one.faces
        for name in face.named
        for money in one.sums
    }


def _wordings(one: Cluster) -> set[Hashable]:
    return {
        (*member.paragraph_key, member.low, member.high, member.currency)
        for member in one.members
        if member.place not in one.wrong and not member.headline
    }


def _by_repeat(kept: Cluster, one: Cluster) -> Fit | None:
    """A paragraph that was copied tells the same event however late it is printed, unless a date it names speaks against it.

    A headline is too short for that: the next round has the headline of the last one.
    """
    if not kept.linked_to(one) or kept.likeness_to(one) is None:
        return None
    if kept.conflicts_with(one) or (kept.dated and one.dated and kept.parted_from(one)):
        return None
    return "repeat", (kept.distance(one),)


def _by_same_sum(kept: Cluster, one: Cluster) -> Fit | None:
    fit = _by_any_sum(kept, one)
    return fit if fit and fit[0] == "same_sum" else None


def _by_any_sum(kept: Cluster, one: Cluster) -> Fit | None:
    if not kept.linked_to(one) or kept.parted_from(one):
        return None
    how = kept.likeness_to(one)
    if how is None:
        return None
    return RULES[how], (how != "same", how == "converted", -kept.shared(one), kept.distance(one))


def _correct(groups: Sequence[Cluster]) -> list[Cluster]:
    """Groups whose sum a later one corrects, taken into that one."""
    index: dict[Hashable, list[Cluster]] = defaultdict(list)
    ordered = sorted(groups, key=lambda each: each.order)
    for one in ordered:
        for key in _parties(one):
            index[key].append(one)
    gone: set[int] = set()
    for one in reversed(ordered):  # the last correction first: it replaces what the one before it put right
        if id(one) in gone:
            continue
        near = {id(each): each for key in sorted(_parties(one), key=str) for each in index[key]}
        others = [each for number, each in near.items() if number != id(one) and number not in gone]
        others = [each for each in others if each.linked_to(one) and not each.parted_from(one)]
        for wrong in _corrected_by(one, others):
            one.absorb(wrong, "correction", corrected=True)
            gone.add(id(wrong))
    return [one for one in ordered if id(one) not in gone]


def _corrected_by(one: Cluster, others: Sequence[Cluster]) -> list[Cluster]:
    """Those of `others` whose sum `one` corrects: it names it, says that it corrects, or has the words with another sum."""
    named = {member.replaces for member in one.members if member.replaces is not None}
    found = [
        each
        for each in others
        if each.distance(one) <= CORRECTED_WITHIN and any(money.low in named for money in each.sums)
    ]
    if found or one.kind not in ONCE:
        return found
    apart = [each for each in others if each.order < one.order and not each.documents & one.documents]
    if any(member.corrects for member in one.members):
        said = [each for each in apart if each.distance(one) <= CORRECTED_WITHIN]
        if len(said) == 1:
            return said
    wordings = {
        member.wording: member.changed for member in sorted(one.members, key=lambda each: each.changed)
    }
    return [
        each
        for each in apart
        if each.distance(one) <= REWORDED_WITHIN
        and any(
            member.wording in wordings and (member.changed or wordings[member.wording])
            for member in each.members
        )
    ][:1]

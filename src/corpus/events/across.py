"""The events of a corpus: what each document tells brought together, over repeats first, then over other words, then corrections.

Every step takes the groups in one order (the earliest first, recaps last) that no input order, worker or piece decides, and asks
of two groups that all their members agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby

from corpus.events.cluster import Cluster, parties_of
from corpus.events.corrections import correct, wordings_of
from corpus.events.decided import UNDECIDED, Decisions, set_apart, unite
from corpus.events.records import Rule, Statement
from corpus.events.sums import Likeness, steps_of
from corpus.events.within import group

RULES: dict[Likeness, Rule] = {"same": "same_sum", "rounded": "rounded_sum", "converted": "converted_sum"}


def bring_together(
    statements: Sequence[Statement], decisions: Decisions = UNDECIDED
) -> tuple[list[Cluster], list[Statement]]:
    """The events that `statements`, all of one kind, tell of, and those statements that are of none."""
    statements, alone = set_apart(statements, decisions)
    groups, loose = _grouped(statements)
    return unite([*groups, *alone], loose, decisions)


def _grouped(statements: Sequence[Statement]) -> tuple[list[Cluster], list[Statement]]:
    groups: list[Cluster] = []
    loose: list[Statement] = []
    ordered = sorted(statements, key=lambda one: (one.doc_id, one.start, one.amount_start, one.company))
    for _, document in groupby(ordered, key=lambda one: one.doc_id):
        found, alone = group(list(document))
        groups += found
        loose += alone
    groups = _join(groups, _wordings, _by_repeat)
    groups = _join(groups, _exact_sums, _by_same_sum)
    # Before sums are rounded: 97 that was put right to 100 is no rounding of it.
    groups = correct(groups, wordings_of(ordered))
    return _join(groups, _sums_about, _by_any_sum), loose


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


def _exact_sums(one: Cluster) -> set[Hashable]:
    return {
        (name, money.low, money.high, money.currency)
        for face in one.faces
        for name in face.keys
        for money in one.sums
    }


def _sums_about(one: Cluster) -> set[Hashable]:
    return {(name, step) for name in parties_of(one) for money in one.sums for step in steps_of(money)}


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
    if kept.documents & one.documents:
        return None  # a document that tells two of one sum in one paragraph
    return "repeat", (kept.dated != one.dated, kept.distance(one))


def _by_same_sum(kept: Cluster, one: Cluster) -> Fit | None:
    fit = _by_any_sum(kept, one)
    return fit if fit and fit[0] == "same_sum" else None


def _by_any_sum(kept: Cluster, one: Cluster) -> Fit | None:
    if not kept.linked_to(one) or kept.parted_from(one):
        return None
    how = kept.likeness_to(one)
    if how is None:
        return None
    agreed = kept.shared(one) + kept.share_authority(one)
    return RULES[how], (how != "same", how == "converted", -agreed, kept.away(one))

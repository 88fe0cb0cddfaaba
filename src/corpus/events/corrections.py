"""Sums that were wrong: which statements a correction replaces, be it said, or seen in the same words with another sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from corpus.events.cluster import Cluster, parties_of
from corpus.events.records import ONCE, Statement
from corpus.events.times import WINDOWS

CORRECTED_WITHIN = 30
"""Days within which a correction comes that does not name the wrong sum."""
REWORDED_WITHIN = 14
"""Days within which the same paragraph with another sum is a correction: later it is the next event in the last one's words."""

Paragraph = tuple[str, int]


def wordings_of(statements: Iterable[Statement]) -> dict[Paragraph, Paragraph]:
    """For the paragraph of each statement the first with its wording, whatever that one says; over several steps where the first
    repeats yet another."""
    before = {(one.doc_id, one.paragraph): one.wording for one in statements}
    found: dict[Paragraph, Paragraph] = {}
    for paragraph in before:
        steps = [paragraph]
        while (ahead := before.get(steps[-1], steps[-1])) not in steps and ahead not in found:
            steps.append(ahead)
        first = found.get(ahead, steps[-1])
        found |= dict.fromkeys(steps, first)
    return found


def correct(groups: Sequence[Cluster], wordings: Mapping[Paragraph, Paragraph]) -> list[Cluster]:
    """The groups, those whose sum a later one corrects taken into that one."""
    index: dict[Hashable, list[Cluster]] = defaultdict(list)
    ordered = sorted(groups, key=lambda each: each.order)
    for one in ordered:
        for key in _keys(one, wordings):
            index[key].append(one)
    gone: set[int] = set()
    for one in reversed(ordered):  # the last correction first: it replaces what the one before it put right
        if id(one) in gone:
            continue
        near = {id(each): each for key in _asked(one, wordings) for each in index[key]}
        others = [each for number, each in near.items() if number != id(one) and number not in gone]
        others = [each for each in others if each.linked_to(one) and not each.parted_from(one)]
        for wrong in _corrected_by(one, sorted(others, key=lambda each: each.order), wordings):
            one.absorb(wrong, "correction", corrected=True)
            gone.add(id(wrong))
    return [one for one in ordered if id(one) not in gone]


def _keys(one: Cluster, wordings: Mapping[Paragraph, Paragraph]) -> set[Hashable]:
    """By what a group can be found that another corrects: its sums, the months it is told in, its wordings."""
    about: set[Hashable] = {("sum", money.low) for money in one.sums}
    about |= {("month", one.order[0].toordinal() // CORRECTED_WITHIN)}
    about |= {("words", each) for each in _worded(one, wordings)}
    return {(name, key) for name in parties_of(one) for key in about}


def _asked(one: Cluster, wordings: Mapping[Paragraph, Paragraph]) -> set[Hashable]:
    """The keys of what a group may correct: the sums that it names; of what happens once the months about it, the same words."""
    about: set[Hashable] = {("sum", member.replaces) for member in one.members if member.replaces is not None}
    if one.kind in ONCE:
        about |= {("words", each) for each in _worded(one, wordings)}
        if any(member.corrects for member in one.members):
            month = one.order[0].toordinal() // CORRECTED_WITHIN
            about |= {("month", month), ("month", month - 1)}
    return {(name, key) for name in parties_of(one) for key in about}


def _corrected_by(
    one: Cluster, others: Sequence[Cluster], wordings: Mapping[Paragraph, Paragraph]
) -> list[Cluster]:
    """Those of `others` whose sum `one` corrects: it names it, says that it corrects, or has the words with another sum."""
    named = {member.replaces for member in one.members if member.replaces is not None}
    found = [
        each
        for each in others
        if each.distance(one) <= WINDOWS[one.kind] and any(money.low in named for money in each.sums)
    ]
    if found or one.kind not in ONCE:
        return found
    apart = [each for each in others if each.order < one.order and not each.documents & one.documents]
    if any(member.corrects for member in one.members):
        said = [each for each in apart if each.distance(one) <= CORRECTED_WITHIN]
        if len(said) == 1:
            return said
    mine = _worded(one, wordings)
    return [
        each for each in apart if each.distance(one) <= REWORDED_WITHIN and mine & _worded(each, wordings)
    ][-1:]


def _worded(one: Cluster, wordings: Mapping[Paragraph, Paragraph]) -> set[Paragraph]:
    return {wordings[member.doc_id, member.paragraph] for member in one.members}

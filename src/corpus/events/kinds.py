"""Of which kind each statement is for its event: a part that is of another kind than its whole, one sum told as two kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.events.records import Statement

SURER = 0.2
"""By how much a kind is surer than another that one document gives one sum of one company, to stand for both. A choice: two
things that happened of one size are told as surely as each other, a misread headline is not."""


def parts_of_their_kind(statements: Sequence[Statement]) -> list[Statement]:
    """A part of another kind than its whole is a statement of its own: the debt in a round is all the debt there is."""
    kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in statements:
        kinds[one.doc_id, one.amount_start].add(one.kind)

    def is_own(one: Statement) -> bool:
        whole = kinds.get((one.doc_id, one.beside)) if one.beside is not None else None
        return one.relation == "part" and whole is not None and one.kind not in whole

    return [replace(one, relation="statement", beside=None) if is_own(one) else one for one in statements]


def surest_kinds(statements: Sequence[Statement]) -> list[Statement]:
    """One sum of one company in a document is of the kind that is surest there.

    "Avenio paiera 8 millions" is the fine that the text below tells.
    """
    told: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for one in statements:
        told[_sum_in_document(one)].append(one)
    best = {
        key: max(same, key=lambda one: (one.score, one.kind))
        for key, same in told.items()
        if len({one.kind for one in same}) > 1
    }

    def settled(one: Statement) -> Statement:
        surest = best.get(_sum_in_document(one))
        if surest is None or one.low is None or surest.kind == one.kind or surest.score - one.score < SURER:
            return one
        return replace(one, kind=surest.kind, yields=True)

    return [settled(one) for one in statements]


def _sum_in_document(one: Statement) -> tuple[object, ...]:
    return one.doc_id, one.company, one.low, one.high, one.currency

"""Repeats across documents: exact groups, verified pairs, and for each repeat the earliest paragraph it repeats."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedupe.boilerplate import find_boilerplate, masked_words
from dedupe.candidates import masked_keys, pairs_across, selected
from dedupe.fingerprint import Fingerprints
from dedupe.pairs import PairMemory, Related
from dedupe.paragraphs import Paragraphs
from dedupe.relations import Relation, Rows
from dedupe.verification import relate_pairs

Ints = npt.NDArray[np.int64]

EXACT, TRUNCATED, NEAR, BOILERPLATE, VARIANT = 0, 3, 4, 5, 6
# Two articles may open with the same eight words; a cut copy from elsewhere needs more.
MIN_CUT_ACROSS = 15


@dataclass(slots=True)
class AcrossRepeat:
    """Whole-paragraph repeats, one entry each: parallel arrays. `starts` gives those with a dateline its words."""

    row: Ints
    of: Ints
    kind: Ints
    similarity: npt.NDArray[np.float32]
    same_facts: npt.NDArray[np.bool_]
    start: Ints
    starts: dict[int, int]


def find_across(
    compared: Rows,
    rows: Paragraphs,
    kept: npt.NDArray[np.bool_],
    executor: Executor | None,
    partitions: int,
    memory: PairMemory | None = None,
) -> AcrossRepeat:
    """Return the repeats among the rows that `kept` marks; `memory` spares comparing what was compared before."""
    prints = compared.fingerprints
    alive = np.flatnonzero(kept & (np.diff(prints.starts) > 0))
    leader = exact_leaders(prints.keys[alive], rows.rank[alive])
    leader = alive[leader]
    # `first` are the distinct paragraphs, by place in the table; everything below compares these.
    first = np.flatnonzero(_mask(leader, len(rows)))
    part = selected(prints, first)
    by_time = np.argsort(np.argsort(rows.rank[first]))
    masked = masked_keys(part, masked_words(rows.languages))
    pairs = first[pairs_across(part, by_time, masked)]
    target: dict[int, tuple[int, int, Relation | None]] = {}
    family = np.arange(len(rows))
    for row, of, similarity in find_boilerplate(compared, rows, alive, leader, first, masked):
        target[row] = (of, BOILERPLATE, Relation("near", similarity, False))
        family[row] = of
    if len(pairs):
        pairs = pairs[family[pairs[:, 0]] != family[pairs[:, 1]]]

    def compare(some: Ints) -> list[Related]:
        return compare_pairs(compared, some, executor, partitions)

    relations = compare(pairs) if memory is None else memory.related(compared, pairs, compare)
    # Two paragraphs that one document keeps side by side have been judged there; only their facts are compared here.
    documents = rows.documents
    relations = [one for one in relations if not one[2].same_facts or documents[one[0]] != documents[one[1]]]
    choose_targets(target, relations, rows.rank)
    return _gathered(alive, leader, target, rows, relations)


def _mask(rows: Ints, size: int) -> npt.NDArray[np.bool_]:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return mask


def exact_leaders(keys: npt.NDArray[np.uint64], rank: Ints) -> Ints:
    """Return for each row the row of the same key that comes first in `rank`."""
    if not len(keys):
        return np.zeros(0, np.int64)
    order = np.lexsort((rank, keys[:, 1], keys[:, 0]))
    ordered = keys[order]
    head = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(1)])
    leader = np.empty(len(keys), np.int64)
    leader[order] = order[np.flatnonzero(head)][np.cumsum(head) - 1]
    return leader


def compare_pairs(
    compared: Rows, pairs: Ints, executor: Executor | None, partitions: int
) -> list[tuple[int, int, Relation]]:
    """Return the pairs that are related: later row, earlier row, how. On an executor, in `partitions` tasks."""
    if executor is None or partitions < 2 or len(pairs) < partitions:
        return _compared(compared, pairs)
    tasks = [_Task.of(compared, part) for part in np.array_split(pairs, partitions)]
    return [relation for found in executor.map(_run, tasks) for relation in found]


@dataclass(frozen=True, slots=True)
class _Task:
    """Pairs with all that comparing them takes; pairs name places in `rows`."""

    rows: Ints
    prints: Fingerprints
    texts: list[str]
    languages: list[str]
    pairs: Ints

    @classmethod
    def of(cls, compared: Rows, pairs: Ints) -> _Task:
        rows, places = np.unique(pairs, return_inverse=True)
        texts = [compared.text(row) for row in rows.tolist()]
        languages = [compared.language(row) for row in rows.tolist()]
        return cls(rows, selected(compared.fingerprints, rows), texts, languages, places.reshape(-1, 2))


def _run(task: _Task) -> list[tuple[int, int, Relation]]:
    compared = Rows(task.prints, task.texts.__getitem__, task.languages.__getitem__)
    rows = task.rows.tolist()
    return [
        (rows[later], rows[earlier], how._replace(shorter=rows[how.shorter] if how.shorter >= 0 else -1))
        for later, earlier, how in _compared(compared, task.pairs)
    ]


def _compared(compared: Rows, pairs: Ints) -> list[tuple[int, int, Relation]]:
    return [
        (later, earlier, relation)
        for later, earlier, relation in relate_pairs(compared, pairs[:, ::-1])
        if relation is not None
        and (relation.kind != "cut" or compared.length(relation.shorter) >= MIN_CUT_ACROSS)
    ]


def choose_targets(
    target: dict[int, tuple[int, int, Relation | None]],
    relations: list[tuple[int, int, Relation]],
    rank: Ints,
) -> None:
    """Give each row the earliest row that it repeats with the same facts, or else the earliest it varies."""
    variants: dict[int, tuple[int, int, Relation]] = {}
    for later, earlier, relation in relations:
        row, of = later, earlier
        if relation.kind == "cut" and relation.shorter == earlier:
            row, of = earlier, later
        kind = {"same": EXACT, "near": NEAR, "cut": TRUNCATED}[relation.kind]
        if relation.same_facts:
            known = target.get(row)
            if known is None or known[1] == BOILERPLATE or _better(kind, of, known, rank):
                target[row] = (of, kind, relation)
        else:
            known_variant = variants.get(row)
            if known_variant is None or rank[of] < rank[known_variant[0]]:
                variants[row] = (of, VARIANT, relation)
    for row, found in variants.items():
        target.setdefault(row, found)


def _better(kind: int, of: int, known: tuple[int, int, Relation | None], rank: Ints) -> bool:
    # A copy of the whole says more than a cut one.
    return (kind == TRUNCATED, rank[of]) < (known[1] == TRUNCATED, rank[known[0]])


def _gathered(
    alive: Ints,
    leader: Ints,
    target: dict[int, tuple[int, int, Relation | None]],
    rows: Paragraphs,
    relations: list[tuple[int, int, Relation]],
) -> AcrossRepeat:
    """Return the targets of all rows: a copy of a repeat repeats what that repeats."""
    size = len(rows)
    of = np.arange(size)
    kind = np.zeros(size, np.int64)
    similarity = np.ones(size, np.float32)
    same = np.ones(size, bool)
    starts_of: dict[int, int] = {}
    for row, (aim, what, relation) in target.items():
        of[row], kind[row] = aim, what
        if relation is not None:
            similarity[row], same[row] = relation.similarity, relation.same_facts
    for later, earlier, relation in relations:
        if relation.skip[0] and target.get(later, (-1,))[0] == earlier:
            starts_of[later] = relation.skip[0]
    copies = leader != alive
    # A copy of a variant is an exact copy of that variant; a copy of a near copy repeats what is earliest.
    inherit = copies & (of[leader] != leader) & same[leader] & (kind[leader] != BOILERPLATE)
    row_of = np.where(inherit, of[leader], np.where(copies, leader, of[alive]))
    out = row_of != alive
    row_kind = np.where(inherit, kind[leader], np.where(copies, EXACT, kind[alive]))
    row_similarity = np.where(inherit, similarity[leader], np.where(copies, np.float32(1), similarity[alive]))
    row_same = np.where(copies, True, same[alive])
    found = alive[out]
    return AcrossRepeat(
        found,
        row_of[out],
        row_kind[out],
        row_similarity[out].astype(np.float32),
        row_same[out],
        np.zeros(len(found), np.int64),
        starts_of,
    )

"""Many pairs of paragraphs compared at once: what `relations.relate` says of each, in arrays over all their words.

Shared beginnings and ends, and the longest common subsequence of what stands between them, are counted for thousands of
pairs together; Python sees the pairs that are related, and those with a dateline or too short to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from dedupe.dateline import MOST_TOKENS
from dedupe.fingerprint import FACT, Fingerprints
from dedupe.marked import OTHER, SAME, UNSURE, told
from dedupe.relations import (
    CUT_SIMILARITY,
    MIN_CUT,
    MIN_LENGTH_RATIO,
    MIN_NEAR,
    MIN_NEAR_UNFINISHED,
    NEAR,
    Relation,
    Rows,
    common_words,
    dateline_words,
    read_changed,
    relate,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# About so many words are compared at a time: some megabytes of temporaries.
_BLOCK_WORDS = 1 << 18
_PAIR_WORDS = 16
_BLOCK_CELLS = 1 << 22
# Up to so many words the common subsequence is counted for many pairs at once, two 64-bit words a state.
_MOST_BITS = 128
_MOST_STEPS = 4096
# Paragraphs that share so many words at their front differ by no dateline.
_ALIKE = 6
_WORD = 64


def relate_pairs(rows: Rows, pairs: Ints, parts: bool = True) -> Iterator[tuple[int, int, Relation | None]]:
    """Yield (i, j, relation) for the pairs (i, j), in their order: what `relate` returns for each.

    Pairs that are not related may be left out. A paragraph without words is related to none. Without `parts` each pair
    has its answer, but for those of which one begins or ends with all of the other.
    """
    counts = np.diff(rows.fingerprints.starts)
    ends = np.cumsum(counts[pairs].min(1) + _PAIR_WORDS) if len(pairs) else np.zeros(0, np.int64)
    begin = 0
    while begin < len(pairs):
        reached = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, reached + _BLOCK_WORDS)), begin + 1)
        yield from _related(rows, pairs[begin:end], parts)
        begin = end


def _related(rows: Rows, pairs: Ints, parts: bool) -> Iterator[tuple[int, int, Relation | None]]:
    prints = rows.fingerprints
    i, j = pairs[:, 0], pairs[:, 1]
    n, m = (np.diff(prints.starts)[side] for side in (i, j))
    short, long = np.minimum(n, m), np.maximum(n, m)
    front, back = shared_edges(prints, pairs)
    alone = _with_dateline(rows, pairs, front)
    left_out = (short < long) & ((front == short) | (back == short)) & ~alone & (not parts)
    back = np.minimum(back, short - front)
    ratio = ~(short < MIN_LENGTH_RATIO * long)
    open_ = (short > 0) & ~(front == long) & ~alone & ~left_out
    cut = open_ & (short >= MIN_CUT) & (short < long)
    begins = cut & (front >= short - 1)
    fuzzy = cut & ~begins & ~(short > MIN_LENGTH_RATIO * long)
    near = open_ & (short >= MIN_NEAR) & ratio
    brief = near & (short < MIN_NEAR_UNFINISHED)
    # Whether a paragraph ends like a sentence is read from its text, so for as few as possible.
    shorter = np.where(n < m, i, j)
    asked = np.unique(np.concatenate([shorter[begins | fuzzy], pairs[brief].ravel()]))
    finished = _finished(rows, asked)
    begins[begins] = ~finished(shorter[begins])
    fuzzy[fuzzy] = ~finished(shorter[fuzzy])
    near &= ~begins
    numbered = brief & near
    numbered[numbered] = ~(finished(i[numbered]) & finished(j[numbered]))
    near &= ~numbered
    if fuzzy.any():
        alone[fuzzy] |= _may_be_cut(rows, pairs[fuzzy], front[fuzzy], short[fuzzy])
    near &= ~alone
    numbered &= n == m
    numbered[numbered] = _differ_in_facts_only(prints, pairs[numbered])
    near |= numbered
    similarity = np.zeros(len(pairs))
    middle = front[near], back[near]
    common = middle[0] + middle[1] + common_between(prints, pairs[near], *middle, n[near], m[near])
    similarity[near] = 2 * common / (n[near] + m[near])
    near &= ~(similarity < NEAR)
    facts = np.full(len(pairs), SAME, np.int8)
    facts[near] = told(prints, pairs[near], rows.language)
    for k in np.flatnonzero(facts == UNSURE).tolist():
        a, b = int(i[k]), int(j[k])
        if (a, b) not in rows.known:
            facts[k] = OTHER if read_changed(rows, a, b, (int(front[k]), int(back[k]))) else SAME
    # Of short lines only the variants of each other are related.
    near &= ~(numbered & (facts == SAME))
    same = (front == long) & (short > 0) & ~alone
    wanted = np.flatnonzero(same | alone | begins | near if parts else ~left_out)
    for k, (a, b) in zip(wanted.tolist(), pairs[wanted].tolist(), strict=True):
        if (a, b) in rows.known:
            yield a, b, rows.known[a, b]
        elif alone[k]:
            yield a, b, relate(rows, a, b)
        elif same[k]:
            yield a, b, Relation("same", 1.0, True)
        elif begins[k]:
            words = int(short[k])
            share = 1.0 if front[k] == words else (words - 1) / words
            yield a, b, Relation("cut", share, True, shorter=int(shorter[k]))
        elif near[k]:
            yield a, b, Relation("near", float(similarity[k]), bool(facts[k] == SAME))
        else:
            yield a, b, None


def _differ_in_facts_only(prints: Fingerprints, pairs: Ints) -> Bools:
    """Return the pairs, of as many words each, of which every word that differs may carry a fact on one side."""
    counts = prints.starts[pairs[:, 0] + 1] - prints.starts[pairs[:, 0]]
    pair = np.repeat(np.arange(len(pairs)), counts)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    here, there = (prints.starts[pairs[:, side]][pair] + step for side in (0, 1))
    wide = pair.astype(np.uint64) << np.uint64(32)
    words, other = (wide | prints.tokens[at] for at in (here, there))
    fact, other_fact = ((prints.marks[at] & np.uint8(FACT)) > 0 for at in (here, there))
    facts = np.concatenate([words[fact], other[other_fact]])
    differ = words != other
    # Mostly a word has its mark where it stands; else it may have it elsewhere in the two.
    loose = np.concatenate([words[differ & ~fact], other[differ & ~other_fact]])
    loose = loose[~np.isin(loose, facts)]
    found = np.ones(len(pairs), bool)
    found[(loose >> np.uint64(32)).astype(np.int64)] = False
    return found


def _finished(rows: Rows, asked: Ints) -> Callable[[Ints], Bools]:
    """Return a function that says which of its rows, all of them `asked`, end like a sentence."""
    ends = np.fromiter((rows.finished(row) for row in asked.tolist()), bool, len(asked))
    return lambda some: ends[np.searchsorted(asked, some)]


def shared_edges(prints: Fingerprints, pairs: Ints) -> tuple[Ints, Ints]:
    """Return how many words the two of each pair share at their beginning, and how many at their end."""
    starts, ends = prints.starts[:-1][pairs], prints.starts[1:][pairs]
    size = (ends - starts).min(1)
    full = np.flatnonzero(size)
    front, back = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
    if not len(full):
        return front, back
    starts, ends, size = starts[full], ends[full], size[full]
    heads = np.cumsum(size) - size
    step = np.arange(size.sum()) - np.repeat(heads, size)
    for out, edge, sign in ((front, starts, 1), (back, ends - 1, -1)):
        here, there = (np.repeat(edge[:, side], size) + sign * step for side in (0, 1))
        equal = prints.tokens[here] == prints.tokens[there]
        out[full] = np.minimum(
            np.minimum.reduceat(np.where(equal, np.iinfo(np.int64).max, step), heads), size
        )
    return front, back


def _with_dateline(rows: Rows, pairs: Ints, front: Ints) -> Bools:
    """Return the pairs of which one begins with a dateline."""
    prints = rows.fingerprints
    reach = MOST_TOKENS + 2
    found = np.zeros(len(pairs), bool)
    starts, ends = prints.starts[:-1][pairs], prints.starts[1:][pairs]
    last = len(prints.tokens) - 1
    if last < 1:
        return found
    place = np.arange(reach - 1)
    couples = []
    for side in (0, 1):
        at = np.minimum(starts[:, side, None] + np.arange(reach), last)
        head = prints.tokens[at].astype(np.uint64)
        couple = head[:, :-1] << np.uint64(32) | head[:, 1:]
        # Past the end of a paragraph stands what equals nothing on the other side.
        outside = starts[:, side, None] + place + 1 >= ends[:, side, None]
        couple[outside] = side
        couples.append(couple)
    equal = couples[0][:, :, None] == couples[1][:, None, :]
    aligned = equal[:, place, place].copy()
    equal[:, place, place] = False
    first = prints.tokens[np.minimum(starts, last)]
    shifted = equal.any((1, 2)) | ((first[:, 0] != first[:, 1]) & aligned.any(1))
    shifted &= (front < _ALIKE) & (ends > starts).all(1)
    asked = np.flatnonzero(shifted)
    begun, place = np.unique(pairs[asked], return_inverse=True)
    dated = np.fromiter((rows.dateline(row) is not None for row in begun.tolist()), bool, len(begun))
    asked = asked[dated[place.reshape(-1, 2)].any(1)]
    for k, (i, j) in zip(asked.tolist(), pairs[asked].tolist(), strict=True):
        a, b = (prints.row(row)[:reach].tolist() for row in (i, j))
        found[k] = dateline_words(rows, i, j, a, b) != (0, 0)
    return found


def _may_be_cut(rows: Rows, pairs: Ints, front: Ints, short: Ints) -> Bools:
    """Return the pairs of which the shorter one is nearly how the longer one begins."""
    nothing = np.zeros(len(pairs), np.int64)
    common = front + common_between(rows.fingerprints, pairs, front, nothing, short, short)
    return np.asarray(common / short >= CUT_SIMILARITY)


def common_between(prints: Fingerprints, pairs: Ints, front: Ints, back: Ints, n: Ints, m: Ints) -> Ints:
    """Return the longest common subsequences of the first `n` and `m` words of each pair, `front` and `back` words aside."""
    a, b = prints.starts[pairs[:, 0]] + front, prints.starts[pairs[:, 1]] + front
    n, m = n - front - back, m - front - back
    # The shorter side becomes the bits of the state.
    swap = n > m
    a, b, n, m = np.where(swap, b, a), np.where(swap, a, b), np.minimum(n, m), np.maximum(n, m)
    out = np.zeros(len(pairs), np.int64)
    for k in np.flatnonzero((n > _MOST_BITS) | (m > _MOST_STEPS)).tolist():
        here, there = (prints.tokens[at[k] : at[k] + size[k]].tolist() for at, size in ((a, n), (b, m)))
        out[k] = common_words(here, there)
    for least, most in ((1, 8), (9, 32), (33, _WORD), (_WORD + 1, _MOST_BITS)):
        some = np.flatnonzero((n >= least) & (n <= most) & (m <= _MOST_STEPS))
        some = some[np.argsort(m[some], kind="stable")]
        begin = 0
        while begin < len(some):
            fits = _BLOCK_CELLS // (m[some[begin:]] * most)
            end = begin + max(int(np.count_nonzero(np.arange(1, len(fits) + 1) <= fits)), 1)
            part = some[begin:end]
            out[part] = _common(prints.tokens, a[part], b[part], n[part], m[part], most)
            begin = end
    return out


def _common(tokens: npt.NDArray[np.uint32], a: Ints, b: Ints, n: Ints, m: Ints, most: int) -> Ints:
    """Return the same for stretches of words that begin at `a` and `b`; no `n` is above `most`."""
    longest = int(m.max())
    last = len(tokens) - 1
    here = tokens[np.minimum(a[:, None] + np.arange(most), last)]
    there = tokens[np.minimum(b[:, None] + np.arange(longest), last)]
    equal = here[:, None, :] == there[:, :, None]
    equal &= (np.arange(most) < n[:, None])[:, None, :]
    packed = np.packbits(equal, axis=2, bitorder="little")
    words = -(-most // _WORD)
    places = np.zeros((len(a), longest, words * 8), np.uint8)
    places[:, :, : packed.shape[2]] = packed
    # One contiguous row a step.
    masks = np.ascontiguousarray(places.view("<u8").transpose(1, 2, 0))
    masks *= np.arange(longest)[:, None, None] < m
    state = np.full((words, len(a)), np.iinfo(np.uint64).max, np.uint64)
    for mask in masks:
        carry = None
        for word in range(words):
            held = state[word]
            shared = held & mask[word]
            total = held + shared
            if carry is not None:
                total += carry
            if word + 1 < words:
                carry = (total < held).astype(np.uint64)
            state[word] = total | (held & ~mask[word])
    # The bits of the state that fell are the words in common; those beyond `n` never do.
    fallen = np.unpackbits(np.ascontiguousarray((~state).T).view(np.uint8), axis=1)
    return np.asarray(fallen.sum(1), np.int64)

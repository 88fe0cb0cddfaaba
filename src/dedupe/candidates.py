"""Which paragraphs are worth comparing: those that share word 3-shingles, a beginning, an end, or all but their numbers.

Inside a document every shingle counts. Across documents a paragraph of n shingles keeps about `SAMPLE` of them, those
with the smallest hashes: the same ones in every paragraph (Broder 1997, "On the resemblance and containment of documents",
with a threshold in place of a fixed number). A shingle that many paragraphs share pairs each with the one before it only,
so the number of pairs is linear in the number of shingles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dedupe.fingerprint import DIGIT, Fingerprints, mixed, row_hashes
from dedupe.inline import MIN_UNIT

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]

# With a fifth of the words edited at random half of the shingles survive, in bad cases a third: of 24 kept ones at
# least one is then shared but once in ten thousand.
SAMPLE = 24
# Groups up to this size give every pair, larger ones a chain and a star.
SMALL_GROUP = 8
# A shingle that two or three paragraphs share, and no other, counts for several: little of what they share may be rare.
RARE_GROUP = 3
RARE_WEIGHT = 2
STAR_GROUP = 200
# The least share of the shorter paragraph's shingles that a pair must share to be compared.
SHARED = 0.12
SHARED_IN_DOCUMENT = 0.2
KEY_WORDS = 8
# A shorter paragraph is compared only where all of it stands in the other.
MIN_COMPARED = 8

# A line with numbers is compared with what it is without them; a longer paragraph shares shingles.
MIN_MASKED = 4
MAX_MASKED = 60

_MIX = [np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
_NO_PAIRS: Pairs = np.zeros((0, 2), np.int64)


def shingles(prints: Fingerprints) -> tuple[Hashes, Ints]:
    """Return the 64-bit hashes of all word 3-shingles, row by row, and the position of their first word."""
    tokens = prints.tokens
    if len(tokens) < 3:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    wide = tokens.astype(np.uint64)
    hashes = wide[:-2] * _MIX[0]
    hashes += wide[1:-1] * _MIX[1]
    hashes += wide[2:] * _MIX[2]
    inside = np.ones(len(tokens), bool)
    ends = prints.starts[1:][np.diff(prints.starts) > 0]
    inside[ends - 1] = False
    inside[np.maximum(ends - 2, 0)] = False
    where = np.flatnonzero(inside)
    return mixed(hashes[where]), where


def _rows_of(prints: Fingerprints, where: Ints) -> Ints:
    """Return the row of each of the sorted token positions `where`."""
    counts = np.diff(np.searchsorted(where, prints.starts))
    return np.repeat(np.arange(len(prints)), counts)


def _grouped_pairs(packed: Hashes, bits: int, weight: int = 1) -> Pairs:
    """Return pairs of rows that share a group; `packed` is sorted and distinct, the row in its lowest `bits` bits.

    A pair comes once for each group that it shares, `weight` times for a rare group.
    """
    if len(packed) < 2:
        return _NO_PAIRS
    mask = np.uint64((1 << bits) - 1)
    same = (packed[1:] ^ packed[:-1]) <= mask

    def row(at: Ints) -> Ints:
        found: Ints = (packed[at] & mask).astype(np.int64)
        return found

    heads = np.flatnonzero(np.concatenate([[True], ~same]))
    sizes = np.diff(np.append(heads, len(packed)))
    several = sizes > 1
    heads, sizes = heads[several], sizes[several]
    rare = heads[sizes <= RARE_GROUP]
    follow = np.flatnonzero(same) + 1
    found = [np.stack([row(follow - 1), row(follow)], 1)]
    found += [np.stack([row(rare), row(rare + 1)], 1)] * (weight - 1)
    largest = int(sizes.max(initial=0))
    for step in range(2, min(largest, SMALL_GROUP)):
        wide = (sizes > step) & (sizes <= SMALL_GROUP)
        begin, size = heads[wide], sizes[wide] - step
        at = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(size.sum())
        found.append(np.stack([row(at), row(at + step)], 1))
    if largest <= SMALL_GROUP:
        return np.concatenate(found)
    star = (sizes > SMALL_GROUP) & (sizes <= STAR_GROUP)
    begin, size = heads[star], sizes[star] - 2
    at = np.repeat(begin + 2 - np.cumsum(size) + size, size) + np.arange(size.sum())
    found.append(np.stack([row(np.repeat(begin, size)), row(at)], 1))
    return np.concatenate(found)


def _counted(pairs: Pairs, rows: int) -> tuple[Pairs, Ints]:
    """Return the distinct pairs, smaller row first, sorted, and how often each occurs."""
    if not len(pairs):
        return _NO_PAIRS, np.zeros(0, np.int64)
    low, high = pairs.min(1), pairs.max(1)
    code = low * rows + high
    code.sort()
    heads = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    counts = np.diff(np.append(heads, len(code)))
    code = code[heads]
    return np.stack([code // rows, code % rows], 1), counts


def pairs_in_documents(prints: Fingerprints, documents: Ints) -> tuple[Ints, Pairs]:
    """Return the rows that may be doubled, and pairs of rows of one document worth comparing.

    `documents` numbers the document of each row from 0 on and does not decrease.
    """
    doubled: list[Ints] = []
    found: list[Pairs] = []
    for begin, end in _document_blocks(prints, documents):
        part = Fingerprints(
            prints.keys[begin:end],
            prints.starts[begin : end + 1] - prints.starts[begin],
            prints.tokens[prints.starts[begin] : prints.starts[end]],
            prints.marks[:0],
        )
        hashes, where = shingles(part)
        if not len(hashes):
            continue
        row = _rows_of(part, where)
        bits = max(int(end - begin).bit_length(), 1)
        # The document number makes shingles of different documents different; the row stands in the lowest bits.
        document = mixed(documents[begin:end].astype(np.uint64) * _MIX[1] + _MIX[0])
        packed = hashes
        packed ^= document[row]
        packed &= ~np.uint64((1 << bits) - 1)
        packed |= row.astype(np.uint64)
        packed.sort()
        again = packed[1:] == packed[:-1]
        if again.any():
            mask = np.uint64((1 << bits) - 1)
            repeated = np.bincount((packed[1:][again] & mask).astype(np.int64), minlength=end - begin)
            often = repeated >= np.where(np.diff(part.starts) < 2 * MIN_UNIT, 1, MIN_UNIT - 2)
            doubled.append(np.flatnonzero(often) + begin)
            packed = packed[np.concatenate([[True], ~again])]
        pairs, counts = _counted(_grouped_pairs(packed, bits), end - begin)
        if len(pairs):
            length = np.diff(part.starts)
            shorter = length[pairs].min(1)
            worth = counts >= np.maximum(1, SHARED_IN_DOCUMENT * (shorter - 2))
            worth &= (shorter >= MIN_COMPARED) | (counts >= shorter - 2)
            found.append(pairs[worth] + begin)
    return (
        doubled_rows(prints, np.concatenate(doubled)) if doubled else np.zeros(0, np.int64),
        np.concatenate(found) if found else _NO_PAIRS,
    )


_BLOCK_TOKENS = 200_000


def _document_blocks(prints: Fingerprints, documents: Ints) -> list[tuple[int, int]]:
    """Return ranges of rows of about `_BLOCK_TOKENS` tokens that split no document."""
    if not len(prints):
        return []
    edges = np.append(np.flatnonzero(np.diff(documents)) + 1, len(prints))
    blocks, begin = [], 0
    weights = prints.starts[edges]
    while begin < len(prints):
        at = int(np.searchsorted(weights, prints.starts[begin] + _BLOCK_TOKENS))
        end = int(edges[min(at, len(edges) - 1)])
        blocks.append((begin, end))
        begin = end
    return blocks


def sampled_shingles(prints: Fingerprints) -> tuple[Hashes, Ints]:
    """Return the shingles that each row keeps for comparison across documents, and their rows."""
    kept_hashes: list[Hashes] = []
    kept_rows: list[Ints] = []
    count = np.maximum(np.diff(prints.starts) - 2, 1)
    limit = np.minimum(SAMPLE / count * 2.0**24, 2.0**24).astype(np.uint64)
    step = 1 << 14
    for begin in range(0, len(prints), step):
        end = min(begin + step, len(prints))
        part = Fingerprints(
            prints.keys[begin:end],
            prints.starts[begin : end + 1] - prints.starts[begin],
            prints.tokens[prints.starts[begin] : prints.starts[end]],
            prints.marks[:0],
        )
        hashes, where = shingles(part)
        row = _rows_of(part, where)
        keep = (hashes & np.uint64((1 << 24) - 1)) < limit[begin:end][row]
        kept_hashes.append(hashes[keep])
        kept_rows.append((row[keep] + begin).astype(np.int32))
    if not kept_hashes:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.concatenate(kept_hashes), np.concatenate(kept_rows)


def masked_keys(prints: Fingerprints, masked: npt.NDArray[np.uint32]) -> tuple[Hashes, Ints]:
    """Return a hash of the words of short rows with numbers, each number and each word in `masked` read as the same one.

    Second come the rows that the hashes are of.
    """
    counts = np.diff(prints.starts)
    numbers = np.concatenate([[0], np.cumsum(prints.marks & np.uint8(DIGIT), dtype=np.int64)])
    with_number = numbers[prints.starts[1:]] > numbers[prints.starts[:-1]]
    rows = np.flatnonzero(with_number & (counts >= MIN_MASKED) & (counts <= MAX_MASKED))
    part = selected(prints, rows)
    tokens = part.tokens.astype(np.uint64)
    hidden = (part.marks & DIGIT) > 0
    if len(masked):
        some = np.flatnonzero(part.marks > 0)
        hidden[some[np.isin(part.tokens[some], masked)]] = True
    tokens[hidden] = 1
    return row_hashes(tokens, part.starts), rows


def selected(prints: Fingerprints, rows: Ints) -> Fingerprints:
    """Return the fingerprints of `rows`, which increase."""
    if len(rows) == len(prints):
        return prints
    counts = np.diff(prints.starts)
    mask = np.zeros(len(prints), bool)
    mask[rows] = True
    tokens = np.repeat(mask, counts)
    return Fingerprints(
        prints.keys[rows],
        np.concatenate([[0], np.cumsum(counts[rows])]),
        prints.tokens[tokens],
        prints.marks[tokens],
    )


def doubled_rows(prints: Fingerprints, likely: Ints) -> Ints:
    """Return those of the rows `likely` that say the same `MIN_UNIT` words twice, or are short and say three."""
    if not len(likely):
        return likely
    part = selected(prints, likely)
    counts = np.diff(part.starts)
    runs = np.maximum(counts - MIN_UNIT + 1, 0)
    row = np.repeat(np.arange(len(part)), runs)
    at = np.repeat(part.starts[:-1] - np.cumsum(runs) + runs, runs) + np.arange(runs.sum())
    hashes = np.zeros(len(at), np.uint64)
    for k in range(MIN_UNIT):
        hashes = hashes * _MIX[0] + part.tokens[at + k]
    packed = mixed(hashes) >> np.uint64(24) << np.uint64(24) | row.astype(np.uint64)
    packed.sort()
    again = packed[1:][packed[1:] == packed[:-1]] & np.uint64((1 << 24) - 1)
    found = counts < 2 * MIN_UNIT
    found[again.astype(np.int64)] = True
    return likely[found]


def edge_keys(prints: Fingerprints) -> tuple[Hashes, Hashes, Ints]:
    """Return hashes of the first and of the last `KEY_WORDS` words of the rows that have as many, and those rows."""
    rows = np.flatnonzero(np.diff(prints.starts) >= KEY_WORDS)
    first = np.zeros(len(rows), np.uint64)
    last = np.zeros(len(rows), np.uint64)
    for k in range(KEY_WORDS):
        factor = np.uint64((2 * k + 1) * 0x9E3779B97F4A7C15 & (1 << 64) - 1)
        first += mixed(prints.tokens[prints.starts[rows] + k].astype(np.uint64) * factor)
        last += mixed(prints.tokens[prints.starts[rows + 1] - 1 - k].astype(np.uint64) * factor)
    return first, last, rows


def pairs_across(prints: Fingerprints, rank: Ints, masked: tuple[Hashes, Ints]) -> Pairs:
    """Return pairs of rows worth comparing across documents, earlier row first, sorted.

    `rank` orders the rows from the earliest on, and `masked` is what `masked_keys` gives for them.
    """
    rows = len(prints)
    if rows < 2:
        return _NO_PAIRS
    bits = max(rows.bit_length(), 1)
    hashes, row = sampled_shingles(prints)
    pairs, counts = _counted(_pairs_of(hashes, rank[row], bits, RARE_WEIGHT), rows)
    del hashes
    kept = np.zeros(rows, np.int64)
    kept[rank] = np.bincount(row, minlength=rows)
    least = np.maximum(1, SHARED * kept[pairs].min(1)) if len(pairs) else counts
    length = np.zeros(rows, np.int64)
    length[rank] = np.diff(prints.starts)
    found: list[Any] = (
        [pairs[(counts >= least) & (length[pairs].min(1) >= MIN_COMPARED)]] if len(pairs) else []
    )
    first, last, long_rows = edge_keys(prints)
    for keys, of in ((first, long_rows), (last, long_rows), masked):
        found.append(_pairs_of(keys, rank[of], bits))
    every, _ = _counted(np.concatenate(found), rows)
    row_at = np.empty(rows, np.int64)
    row_at[rank] = np.arange(rows)
    return row_at[every]


def _pairs_of(hashes: Hashes, ranks: Ints, bits: int, weight: int = 1) -> Pairs:
    packed = hashes >> np.uint64(bits)
    packed <<= np.uint64(bits)
    packed |= ranks.astype(np.uint64)
    packed.sort()
    if len(packed) > 1:
        packed = packed[np.concatenate([[True], packed[1:] != packed[:-1]])]
    return _grouped_pairs(packed, bits, weight)

"""Fingerprints of many paragraphs at once: folded tokens as 32-bit hashes, a 128-bit key a paragraph, marks of facts.

The same tokens as `dedupe.fold.Tokens`, computed by numpy on the UTF-8 bytes of a block of paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from dedupe.byte_fold import ROW, SIGNS, SPACE, Bytes, Ints, fold_rows, lower, token_edges
from dedupe.fold import SYMBOLS
from dedupe.lexicon import fact_words

# Marks of a token: what may carry a fact. WHOLE and DECIMAL are numbers in digits that have one way to be written: two that
# differ have different values. SIGN is added where a sign of money or percent stands with the digits.
DIGIT, CAPITAL, WORD, WHOLE, OPPOSITE, DECIMAL, SIGN = 1, 2, 4, 8, 16, 32, 64
FACT = DIGIT | CAPITAL | WORD
# About what fits the second-level cache with its temporaries.
BLOCK_BYTES = 1 << 20
# The C library of Linux holds on to freed memory up to twice the largest block freed so far; without one, each temporary
# array of each block is fetched from the system anew, a fifth of the cost of the first blocks. It is never written to.
_HELD_BYTES = 16 * BLOCK_BYTES

_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [(1 << 64) - 1], np.uint64)
_ODD = [
    np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Rows of tokens: row i holds `tokens[starts[i]:starts[i + 1]]`.

    `keys` is (n, 2) uint64, xxh3-128 of the folded paragraph (0, 0 for one without tokens); `tokens` uint32 hashes;
    `marks` uint8, the sum of the marks above that hold for a token.
    """

    keys: npt.NDArray[np.uint64]
    starts: Ints
    tokens: npt.NDArray[np.uint32]
    marks: Bytes

    def __len__(self) -> int:
        return len(self.keys)

    def row(self, i: int) -> npt.NDArray[np.uint32]:
        """Return the token hashes of row `i`."""
        return self.tokens[self.starts[i] : self.starts[i + 1]]

    def marked(self, i: int, mark: int) -> npt.NDArray[np.uint32]:
        """Return the hashes of the tokens of row `i` that have one of the marks in `mark`, in order."""
        part = slice(self.starts[i], self.starts[i + 1])
        return self.tokens[part][(self.marks[part] & mark) > 0]


def mixed(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return each hash with its bits spread."""
    hashes = hashes ^ (hashes >> np.uint64(32))
    hashes *= _ODD[1]
    hashes ^= hashes >> np.uint64(29)
    return hashes


def row_hashes(tokens: npt.NDArray[np.uint64], starts: Ints) -> npt.NDArray[np.uint64]:
    """Return a hash of each row's tokens in their order, 0 for an empty row."""
    counts = np.diff(starts)
    position = (np.arange(len(tokens)) - np.repeat(starts[:-1], counts)).astype(np.uint64)
    spread = mixed((tokens + np.uint64(1)) * _ODD[0] + position * _ODD[2])
    out = np.zeros(len(counts), np.uint64)
    full = counts > 0
    if full.any():
        out[full] = np.add.reduceat(spread, starts[:-1][full])
    return out


def fingerprint(rows: Iterable[bytes], languages: tuple[str, ...] = ("fr",)) -> Fingerprints:
    """Return the fingerprints of paragraphs given as UTF-8 bytes, in order; `languages` are those whose words mark facts."""
    blocks: list[Fingerprints] = []
    block: list[bytes] = []
    size = 0
    for row in rows:
        block.append(row)
        size += len(row)
        if size >= BLOCK_BYTES:
            if not blocks:
                np.empty(_HELD_BYTES, np.uint8)
            blocks.append(_block(block, languages))
            block, size = [], 0
    if block or not blocks:
        blocks.append(_block(block, languages))
    return joined(blocks)


def joined(blocks: Sequence[Fingerprints]) -> Fingerprints:
    """Return the rows of several fingerprints as one."""
    if len(blocks) == 1:
        return blocks[0]
    counts = np.concatenate([np.diff(block.starts) for block in blocks])
    return Fingerprints(
        np.concatenate([block.keys for block in blocks]),
        np.concatenate([[0], np.cumsum(counts)]),
        np.concatenate([block.tokens for block in blocks]),
        np.concatenate([block.marks for block in blocks]),
    )


def rows_taken(prints: Fingerprints, rows: Ints) -> Fingerprints:
    """Return the fingerprints of `rows`, in any order, at a cost that their own words set."""
    counts = prints.starts[rows + 1] - prints.starts[rows]
    starts = np.concatenate([[0], np.cumsum(counts)])
    at = np.arange(starts[-1]) + np.repeat(prints.starts[rows] - starts[:-1], counts)
    return Fingerprints(prints.keys[rows], starts, prints.tokens[at], prints.marks[at])


def hash_words(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the token hash of each word; each must be one folded token."""
    if not words:
        return np.zeros(0, np.uint32)
    for sign, byte in SIGNS.items():
        words = [word.replace(sign, chr(byte)) for word in words]
    data = np.frombuffer(b"\n" + "\n".join(words).encode() + b"\n", np.uint8)
    starts, ends = token_edges(data)
    return (_hashes(data, starts, ends) >> np.uint64(32)).astype(np.uint32)


def _block(rows: list[bytes], languages: tuple[str, ...]) -> Fingerprints:
    data = fold_rows(rows)
    row_starts = np.flatnonzero(data == ROW)[:-1] + 1
    starts, ends = token_edges(data)
    first, second = data[starts], data[np.minimum(starts + 1, len(data) - 1)]
    marks = _number_marks(data, starts, ends, first)
    capital = (first - np.uint8(0x41)) < 26
    capital |= (first == 0xC3) & ((second - np.uint8(0x80)) < 0x1F)
    # Letters beyond Latin-1 have lost their case; they may all begin a name.
    capital |= (first >= 0xC4) & ~((first == 0xC5) & (second == 0x93))
    marks[capital] |= CAPITAL
    # A sign of money or percent at either end: "€", "$2m", "k€".
    marks[((first - np.uint8(0x22)) < 5) | ((data[ends - 1] - np.uint8(0x22)) < 5)] |= WORD
    lower(data)
    hashes = _hashes(data, starts, ends)
    tokens = (hashes >> np.uint64(32)).astype(np.uint32)
    for mark, (words, likely) in _marked_words(languages).items():
        # The table settles nearly all tokens with one look-up each; the few that pass are compared with the words.
        some = np.flatnonzero(likely[tokens >> np.uint32(16)])
        at = np.minimum(np.searchsorted(words, tokens[some]), len(words) - 1)
        marks[some[words[at] == tokens[some]]] |= mark
    offsets = np.append(np.searchsorted(starts, row_starts), len(starts)).astype(np.int64)
    return Fingerprints(_keys(hashes, offsets), offsets, tokens, marks)


def _keys(hashes: npt.NDArray[np.uint64], offsets: Ints) -> npt.NDArray[np.uint64]:
    """Return xxh3-128 over the 64-bit token hashes of each row, (0, 0) for a row without tokens."""
    digest = xxhash.xxh3_128_digest
    view = memoryview(hashes.tobytes())
    edges = (offsets * 8).tolist()
    written = b"".join([digest(view[a:b]) for a, b in pairwise(edges)])
    keys = np.frombuffer(written, "<u8").reshape(-1, 2).copy()
    keys[offsets[1:] == offsets[:-1]] = 0
    return keys


def _hashes(data: Bytes, starts: Ints, ends: Ints) -> npt.NDArray[np.uint64]:
    """Return a 64-bit hash of each token: of three words of eight bytes, or of xxh3 where it is longer."""
    lengths = ends - starts
    padded = np.zeros(len(data) + 32, np.uint8)
    padded[: len(data)] = data
    words: Any = np.ndarray((len(data) + 24,), "<u8", padded, strides=(1,))
    hashes: npt.NDArray[np.uint64] = words[starts]
    hashes &= _MASKS[np.minimum(lengths, 8)]
    hashes ^= lengths.astype(np.uint64)
    hashes *= _ODD[0]
    hashes ^= hashes >> np.uint64(29)
    for n, odd in ((8, _ODD[1]), (16, _ODD[2])):
        longer = np.flatnonzero(lengths > n)
        if len(longer):
            part = words[starts[longer] + n] & _MASKS[np.minimum(lengths[longer] - n, 8)]
            mixed = (hashes[longer] ^ part) * odd
            hashes[longer] = mixed ^ (mixed >> np.uint64(31))
    long = np.flatnonzero(lengths > 24)
    if len(long):
        view = padded.tobytes()
        digest = xxhash.xxh3_64_intdigest
        spans = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
        hashes[long] = np.fromiter((digest(view[a:b]) for a, b in spans), np.uint64, len(long))
    hashes *= _ODD[3]
    return hashes


def _number_marks(data: Bytes, starts: Ints, ends: Ints, first: Bytes) -> Bytes:
    """Return the marks DIGIT, WHOLE, DECIMAL and SIGN of each token."""
    digit = (data - np.uint8(0x30)) < 10
    begins = (first - np.uint8(0x30)) < 10
    marks = begins.view(np.uint8) * np.uint8(DIGIT)
    whole = begins & (first != 0x30)
    word = data > SPACE
    # Where a word goes from something else to a digit, or back: "G42", "1er", "1,5", "-3", "5%".
    into = np.flatnonzero(digit[1:] & ~digit[:-1] & word[:-1]) + 1
    out = np.flatnonzero(digit[:-1] & ~digit[1:] & word[1:]) + 1
    marks[np.searchsorted(starts, into, side="right") - 1] |= DIGIT
    owner = np.searchsorted(starts, out, side="right") - 1
    signed = (data[out] - np.uint8(0x22) < 5) & (ends[owner] == out + 1)
    point = (data[out] == 0x2C) | (data[out] == 0x2E)
    # One or two decimals, the last not 0; "1.234" may be grouped.
    tail = np.append(digit, [False, False])
    more = tail[out + 2].astype(np.int64)
    last = out + 1 + more
    point &= ~(tail[out + 3] & (more > 0)) & (data[last] != 0x30)
    point &= (ends[owner] == last + 1) | (
        (ends[owner] == last + 2) & (data[np.minimum(last + 1, len(data) - 1)] < 0x27)
    )
    count = np.bincount(owner, minlength=len(starts))[owner] if len(owner) else owner
    decimal = np.zeros(len(starts), bool)
    decimal[owner[point & (count == 1 + (ends[owner] == last + 2))]] = True
    whole[owner[~signed | (count > 1)]] = False
    marks[whole] |= WHOLE
    marks[decimal & begins] |= DECIMAL
    marks[owner[signed]] |= SIGN
    return marks


@lru_cache(maxsize=32)
def _marked_words(
    languages: tuple[str, ...],
) -> dict[int, tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]]:
    lexicons = [fact_words(language) for language in languages]
    found = {}
    for mark, words in (
        (WORD, set().union(*(words.marked() for words in lexicons)) - set(SYMBOLS)),
        (OPPOSITE, set().union(*(words.opposites for words in lexicons))),
    ):
        if not words:
            continue
        hashes = np.unique(hash_words(sorted(words)))
        likely = np.zeros(1 << 16, bool)
        likely[hashes >> np.uint32(16)] = True
        found[mark] = hashes, likely
    return found


def replaced(
    prints: Fingerprints, texts: Mapping[int, str], languages: tuple[str, ...] = ("fr",)
) -> Fingerprints:
    """Return `prints` with the rows of `texts` fingerprinted anew."""
    if not texts:
        return prints
    rows = sorted(texts)
    fresh = fingerprint([texts[row].encode("utf-8", "replace") for row in rows], languages)
    pieces: list[Any] = []
    marks: list[Any] = []
    position = 0
    counts = np.diff(prints.starts)
    for k, row in enumerate(rows):
        for whole, part, out in ((prints.tokens, fresh.tokens, pieces), (prints.marks, fresh.marks, marks)):
            out.append(whole[position : prints.starts[row]])
            out.append(part[fresh.starts[k] : fresh.starts[k + 1]])
        position = prints.starts[row + 1]
    keys = prints.keys.copy()
    keys[rows] = fresh.keys
    counts[rows] = np.diff(fresh.starts)
    return Fingerprints(
        keys,
        np.concatenate([[0], np.cumsum(counts)]),
        np.concatenate([*pieces, prints.tokens[position:]]),
        np.concatenate([*marks, prints.marks[position:]]),
    )

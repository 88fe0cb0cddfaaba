"""Fingerprints of many paragraphs at once: folded tokens as 32-bit hashes, a 128-bit key a paragraph, marks of facts.

The same tokens as `dedupe.fold.tokenize`, computed by numpy on the UTF-8 bytes of a block of paragraphs. A paragraph
with an alphabet beyond Latin-1 takes a detour through `plain_alphabet`; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import xxhash

from dedupe.fold import SYMBOLS, plain_alphabet
from dedupe.lexicon import fact_words

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

# Marks of a token: what may carry a fact.
DIGIT, CAPITAL, WORD, WHOLE_NUMBER, OPPOSITE = 1, 2, 4, 8, 16
FACT = DIGIT | CAPITAL | WORD
# About what fits the second-level cache with its temporaries.
BLOCK_BYTES = 1 << 20

_ROW, _SPACE, _BREAK, _DROP = 0x0A, 0x20, 0x1F, 0xFF
_SYMBOL_OF = {0xA3: 0x05, 0xA5: 0x06}
_EURO = 0x04


def _read_table() -> tuple[bytes, bytes]:
    """Return the table of the first pass over bytes (break, space, keep) and the one that lowers ASCII letters."""
    table = bytearray(range(256))
    for byte in range(0x80):
        if not (chr(byte).isalnum() or byte in b".,-%$"):
            table[byte] = _SPACE if byte in b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f" else _BREAK
    for byte in (_EURO, 0x05, 0x06):
        table[byte] = _BREAK
    lower = bytearray(range(256))
    for byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        lower[byte] = byte + 0x20
    lower[_BREAK] = _SPACE
    return bytes(table), bytes(lower)


_FIRST, _LOWER = _read_table()
_CLASS = np.ones(256, np.uint8)
_CLASS[[_ROW, _SPACE, _BREAK, _DROP]] = 0
_CLASS[list(b"%$\x04\x05\x06")] = 2
_IS_DIGIT = np.zeros(256, bool)
_IS_DIGIT[list(b"0123456789")] = True
# In a Latin-1 letter's second byte after C2: what is a letter or a digit there, the rest separates.
_C2_LETTERS = (0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0xBC, 0xBD, 0xBE)
_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [(1 << 64) - 1], np.uint64)
_ODD = [
    np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Rows of tokens: row i holds `tokens[starts[i]:starts[i + 1]]`.

    `keys` is (n, 2) uint64, xxh3-128 of the folded paragraph (0, 0 for one without tokens); `tokens` uint32 hashes;
    `marks` uint8, the sum of DIGIT, CAPITAL, WORD, WHOLE_NUMBER and OPPOSITE that hold for a token.
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


def fingerprint(rows: Iterable[bytes], languages: tuple[str, ...] = ("fr",)) -> Fingerprints:
    """Return the fingerprints of paragraphs given as UTF-8 bytes, in order; `languages` are those whose words mark facts."""
    blocks: list[Fingerprints] = []
    block: list[bytes] = []
    size = 0
    for row in rows:
        block.append(row)
        size += len(row)
        if size >= BLOCK_BYTES:
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


def hash_words(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the token hash of each word; each must be one token. Nothing is marked."""
    return _tokens(b"\n" + "\n".join(words).encode() + b"\n")[2] if words else np.zeros(0, np.uint32)


def _block(rows: list[bytes], languages: tuple[str, ...]) -> Fingerprints:
    folded, row_starts = _fold(rows)
    starts, lengths, tokens, text = _tokens(folded)
    first = np.searchsorted(starts, row_starts)
    offsets = np.append(first, len(starts)).astype(np.int64)
    marks = _marks(text, starts, lengths, tokens, languages)
    lowered = _lowered(folded)
    has = offsets[1:] > offsets[:-1]
    keys = np.zeros((len(rows), 2), np.uint64)
    if has.any():
        begin = starts[offsets[:-1][has]].tolist()
        last = offsets[1:][has] - 1
        end = (starts[last] + lengths[last]).tolist()
        digest = xxhash.xxh3_128_digest
        written = b"".join([digest(lowered[a:b]) for a, b in zip(begin, end, strict=True)])
        keys[has] = np.frombuffer(written, "<u8").reshape(-1, 2)
    return Fingerprints(keys, offsets, tokens, marks)


def _fold(rows: list[bytes]) -> tuple[bytes, Ints]:
    """Return the rows as one buffer, case kept, each after a row mark, single breaks between tokens; and row starts."""
    data = np.frombuffer(b"\n" + b"\n".join(rows) + b"\n", np.uint8)
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    begins = np.cumsum(sizes + 1) - sizes
    high = np.flatnonzero(data >= 0x80)
    exotic = _exotic_rows(data, high, begins)
    if len(exotic):
        rows = list(rows)
        for i in exotic.tolist():
            rows[i] = plain_alphabet(rows[i].decode("utf-8", "replace")).encode()
        data = np.frombuffer(b"\n" + b"\n".join(rows) + b"\n", np.uint8)
        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        begins = np.cumsum(sizes + 1) - sizes
        high = np.flatnonzero(data >= 0x80)
    table = np.frombuffer(data.tobytes().translate(_FIRST), np.uint8).copy()
    _fold_high(data, table, high)
    marks_of_rows = np.append(begins - 1, len(table) - 1)
    table[marks_of_rows] = _ROW
    data = np.frombuffer(table.tobytes().translate(None, bytes([_DROP])), np.uint8).copy()
    _separate(data)
    folded = data.tobytes().translate(None, bytes([_DROP]))
    row_starts = np.flatnonzero(np.frombuffer(folded, np.uint8) == _ROW)[:-1] + 1
    return folded, row_starts


def _exotic_rows(data: Bytes, high: Ints, begins: Ints) -> Ints:
    lead = data[high]
    odd = (lead >= 0xC4) & (lead != 0xE2)
    where = high[odd]
    second = data[where + 1]
    where = where[~((lead[odd] == 0xC5) & ((second == 0x92) | (second == 0x93)))]
    three = high[lead == 0xE2]
    second, third = data[three + 1], data[np.minimum(three + 2, len(data) - 1)]
    plain = (second == 0x80) | ((second == 0x81) & (third < 0xB0)) | ((second == 0x82) & (third == 0xAC))
    where = np.concatenate([where, three[~plain]])
    return np.unique(np.searchsorted(begins, where, side="right") - 1)


def _fold_high(data: Bytes, table: Bytes, high: Ints) -> None:
    """Write into `table` what the bytes beyond ASCII become: a space, a break, a symbol, nothing, or themselves."""
    lead = data[high]
    two = high[lead == 0xC2]
    if len(two):
        second = data[two + 1]
        keep = np.isin(second, _C2_LETTERS)
        second, two = second[~keep], two[~keep]
        becomes = np.full(256, _BREAK, np.uint8)
        becomes[[0xA0, 0x85]] = _SPACE
        becomes[0xAD] = _DROP
        for byte, symbol in _SYMBOL_OF.items():
            becomes[byte] = symbol
        table[two], table[two + 1] = becomes[second], _DROP
    latin = high[lead == 0xC3]
    if len(latin):
        signs = latin[np.isin(data[latin + 1], (0x97, 0xB7))]
        table[signs], table[signs + 1] = _BREAK, _DROP
    three = high[lead == 0xE2]
    second, third = data[three + 1], data[np.minimum(three + 2, len(data) - 1)]
    code = (second.astype(np.int64) & 0x3F) << 6 | (third & 0x3F)
    general = (second < 0x83) & ((code < 0x70) | (code == 0xAC))
    three, code = three[general], code[general]
    if len(three):
        becomes = np.full(0xC0, _BREAK, np.uint8)
        becomes[[*range(0x0B), 0x28, 0x29, 0x2F, 0x5F]] = _SPACE
        becomes[[*range(0x0B, 0x10), *range(0x2A, 0x2F), *range(0x60, 0x70)]] = _DROP
        becomes[list(range(0x10, 0x16))] = ord("-")
        becomes[0xAC] = _EURO
        table[three], table[three + 1], table[three + 2] = becomes[code], _DROP, _DROP


def _separate(data: Bytes) -> None:
    """Settle in place, by their neighbours, points, commas, dashes and spaces between digits; mark what goes."""
    digit = _IS_DIGIT[data]
    kind = _CLASS[data]
    points = np.flatnonzero((data == 0x2E) | (data == 0x2C))
    stay = digit[points - 1] & digit[points + 1]
    loose = points[~stay]
    data[loose], kind[loose] = _BREAK, 0
    dashes = np.flatnonzero(data == 0x2D)
    # A dash that stands after another one is judged by what is before it: only the last before a digit can stay.
    before = kind[dashes - 1]
    before[data[dashes - 1] == 0x2D] = 0
    stay = digit[dashes + 1] & (before != 1)
    loose = dashes[~stay]
    data[loose], kind[loose] = _BREAK, 0
    spaces = np.flatnonzero((data[1:-1] == _SPACE) & digit[:-2] & digit[2:]) + 1
    if len(spaces):
        padded = np.concatenate([digit, np.zeros(4, bool)])
        three = padded[spaces + 2] & padded[spaces + 3] & ~padded[spaces + 4]
        spaces = spaces[three]
        run = np.ones(len(spaces), np.int64)
        for n in (2, 3, 4):
            run += (run == n - 1) & digit[np.maximum(spaces - n, 0)]
        before = np.maximum(spaces - run - 1, 0)
        letter = (kind[before] == 1) & (data[before] != 0x2D)
        data[spaces[(run <= 3) & ~letter]] = _DROP
        kind[spaces] = 0
    gone = np.flatnonzero((kind[1:] == 0) & (kind[:-1] == 0) & (data[1:] != _ROW) & (data[1:] != _DROP)) + 1
    # A joined space is no break: what follows it is a digit, so nothing after it is lost here.
    data[gone] = _DROP


def _tokens(folded: bytes) -> tuple[Ints, Ints, npt.NDArray[np.uint32], Bytes]:
    """Return starts, lengths and hashes of the tokens of a folded buffer, and the buffer (case kept)."""
    text = np.frombuffer(folded, np.uint8)
    kind = _CLASS[text]
    edges = np.flatnonzero(kind[1:] != kind[:-1]) + 1
    runs = kind[edges] != 0
    starts = edges[runs]
    ends = np.append(edges, len(text))[1:][runs]
    lengths = ends - starts
    lowered = _lowered(folded)
    padded = lowered + bytes(8)
    words: Any = np.ndarray((len(lowered) + 1,), "<u8", padded, strides=(1,))
    hashes = words[starts] & _MASKS[np.minimum(lengths, 8)]
    hashes = (hashes ^ lengths.astype(np.uint64)) * _ODD[0]
    hashes ^= hashes >> np.uint64(29)
    for n, odd in ((8, _ODD[1]), (16, _ODD[2])):
        longer = np.flatnonzero(lengths > n)
        if len(longer):
            part = words[starts[longer] + n] & _MASKS[np.minimum(lengths[longer] - n, 8)]
            mixed = (hashes[longer] ^ part) * odd
            hashes[longer] = mixed ^ (mixed >> np.uint64(31))
    for i in np.flatnonzero(lengths > 24).tolist():
        hashes[i] = xxhash.xxh3_64_intdigest(lowered[starts[i] : ends[i]])
    hashes *= _ODD[3]
    return starts, lengths, (hashes >> np.uint64(32)).astype(np.uint32), text


def _lowered(folded: bytes) -> bytes:
    """Return the buffer with its Latin letters in lower case, byte for byte."""
    lowered = folded.translate(_LOWER)
    if b"\xc3" not in lowered and b"\xc5" not in lowered:
        return lowered
    data = np.frombuffer(lowered, np.uint8).copy()
    where = np.flatnonzero((data == 0xC3) | (data == 0xC5))
    second = data[where + 1]
    capital = (data[where] == 0xC3) & (second >= 0x80) & (second <= 0x9E)
    data[where[capital] + 1] += 0x20
    data[where[(data[where] == 0xC5) & (second == 0x92)] + 1] = 0x93
    return data.tobytes()


def _marks(
    text: Bytes, starts: Ints, lengths: Ints, tokens: npt.NDArray[np.uint32], languages: tuple[str, ...]
) -> Bytes:
    marks = np.zeros(len(tokens), np.uint8)
    if not len(tokens):
        return marks
    first, second = text[starts], text[np.minimum(starts + 1, len(text) - 1)]
    capital = (first >= 0x41) & (first <= 0x5A)
    capital |= (first == 0xC3) & (second >= 0x80) & (second <= 0x9E)
    # Letters beyond Latin-1 have lost their case; they may all begin a name.
    capital |= (first >= 0xC4) & ~((first == 0xC5) & (second == 0x93))
    marks[capital] |= CAPITAL
    marks[_CLASS[first] == 2] |= WORD
    digits = np.flatnonzero(_IS_DIGIT[text])
    owner = np.searchsorted(starts, digits, side="right") - 1
    count = np.bincount(owner, minlength=len(tokens))
    marks[count > 0] |= DIGIT
    marks[(count == lengths) & (first != 0x30)] |= WHOLE_NUMBER
    for mark, (words, likely) in _marked_words(languages).items():
        # The table settles nearly all tokens with one look-up each; the few that pass are compared with the words.
        some = np.flatnonzero(likely[tokens >> np.uint32(16)])
        marks[some[np.isin(tokens[some], words)]] |= mark
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
    pieces, marks, position = [], [], 0
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

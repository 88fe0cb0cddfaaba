"""Folding by bytes: the tokens of `dedupe.fold` as numpy finds them in the UTF-8 of a block of paragraphs.

A paragraph with an alphabet beyond Latin-1 takes a detour through `plain_alphabet`; nothing else does.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dedupe.fold import plain_alphabet

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

# Bytes that never occur in UTF-8: between rows, and for what is dropped.
_BETWEEN, _DROP = 0xFE, 0xFF
# In the folded buffer everything up to the space separates, and signs of money and percent stand below the digits.
ROW, SPACE, _BREAK = 0x0A, 0x20, 0x1F
_EURO, _POUND, _YEN = 0x22, 0x23, 0x26
SIGNS = {"€": _EURO, "£": _POUND, "¥": _YEN}


# F8 to FD never occur in UTF-8 either; they stand for the signs until the first pass.
_SIGN_BYTE = {sign: sign - 0x22 + 0xF8 for sign in (_EURO, _POUND, _YEN)}


def _first_table() -> bytes:
    """Return what each byte becomes in the first pass: a space, a break or itself."""
    table = bytearray(range(256))
    for byte in range(0x80):
        if not (chr(byte).isalnum() or byte in b".,-%$"):
            table[byte] = SPACE if byte in b" \t\n\r\x0b\x0c\x1c\x1d\x1e" else _BREAK
    table[_BETWEEN] = ROW
    for sign, byte in _SIGN_BYTE.items():
        table[byte] = sign
    return bytes(table)


_FIRST = _first_table()
# After C2, the letters and digits; the rest separates.
_C2_LETTERS = (0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0xBC, 0xBD, 0xBE)


def fold_rows(rows: list[bytes]) -> Bytes:
    """Return the rows as one buffer, case kept, a row mark before each and at the end, what separates up to 0x20."""
    data = _joined(rows)
    high = np.flatnonzero(data >= 0x80)
    exotic = _exotic_rows(data, high)
    if len(exotic):
        rows = list(rows)
        for i in exotic.tolist():
            rows[i] = plain_alphabet(rows[i].decode("utf-8", "replace")).encode()
        data = _joined(rows)
        high = np.flatnonzero(data >= 0x80)
    _fold_high(data, high)
    folded = bytearray(data.tobytes().translate(_FIRST, bytes([_DROP])))
    data = np.frombuffer(folded, np.uint8)
    spaces = _separate(data)
    if len(spaces):
        edges = [0, *(spaces + 1).tolist()]
        pieces = [folded[a : b - 1] for a, b in pairwise(edges)]
        pieces.append(folded[edges[-1] :])
        data = np.frombuffer(bytearray().join(pieces), np.uint8)
    return data


def _joined(rows: list[bytes]) -> Bytes:
    between = bytes([_BETWEEN])
    return np.frombuffer(bytearray(between).join([b"", *rows, b""]), np.uint8)


def _exotic_rows(data: Bytes, high: Ints) -> Ints:
    """Return the rows with characters that small tables cannot fold."""
    lead = data[high]
    odd = (lead >= 0xC4) & (lead != 0xE2) & (lead < _BETWEEN)
    where = high[odd]
    second = data[where + 1]
    where = where[~((lead[odd] == 0xC5) & ((second == 0x92) | (second == 0x93)))]
    three = high[lead == 0xE2]
    second, third = data[three + 1], data[three + 2]
    plain = (second == 0x80) | ((second == 0x81) & (third < 0xB0)) | ((second == 0x82) & (third == 0xAC))
    where = np.concatenate([where, three[~plain]])
    return np.unique(np.searchsorted(high[lead == _BETWEEN], where) - 1) if len(where) else where


def _fold_high(data: Bytes, high: Ints) -> None:
    """Write in place what the characters beyond ASCII become: a space, a break, a sign, nothing, or themselves."""
    lead = data[high]
    two = high[lead == 0xC2]
    if len(two):
        second = data[two + 1]
        becomes = np.full(256, _BREAK, np.uint8)
        becomes[[0xA0, 0x85]] = SPACE
        becomes[0xAD] = _DROP
        becomes[0xA3], becomes[0xA5] = _SIGN_BYTE[_POUND], _SIGN_BYTE[_YEN]
        becomes[list(_C2_LETTERS)] = 0
        becomes = becomes[second]
        fold = becomes > 0
        data[two[fold]], data[two[fold] + 1] = becomes[fold], _DROP
    latin = high[lead == 0xC3]
    second = data[latin + 1]
    signs = latin[(second == 0x97) | (second == 0xB7)]
    data[signs], data[signs + 1] = _BREAK, _DROP
    three = high[lead == 0xE2]
    if len(three):
        second, third = data[three + 1], data[three + 2]
        code = (second.astype(np.int64) & 0x3F) << 6 | (third & 0x3F)
        general = (second < 0x83) & ((code < 0x70) | (code == 0xAC))
        three, code = three[general], code[general]
        becomes = np.full(0xC0, _BREAK, np.uint8)
        becomes[[*range(0x0B), 0x28, 0x29, 0x2F, 0x5F]] = SPACE
        becomes[[*range(0x0B, 0x10), *range(0x2A, 0x2F), *range(0x60, 0x70)]] = _DROP
        becomes[list(range(0x10, 0x16))] = ord("-")
        becomes[0xAC] = _SIGN_BYTE[_EURO]
        data[three], data[three + 1], data[three + 2] = becomes[code], _DROP, _DROP


def _separate(data: Bytes) -> Ints:
    """Settle in place, by their neighbours, points, commas and dashes; return the spaces inside numbers, which go."""
    digit = (data - np.uint8(0x30)) < 10
    before, here, after = digit[:-2], data[1:-1], digit[2:]
    loose = ((here == 0x2E) | (here == 0x2C)) & ~(before & after)
    loose |= (here == 0x2D) & ~(after & (data[:-2] < 0x30))
    where = np.flatnonzero(loose) + 1
    data[where] = _BREAK
    spaces = np.flatnonzero((here == SPACE) & before & ((after) | ((data[2:] - np.uint8(0x22)) < 5))) + 1
    sign = ~digit[spaces + 1]
    padded = np.concatenate([digit, np.zeros(4, bool)])
    group = padded[spaces + 2] & padded[spaces + 3] & ~padded[spaces + 4] & ~sign
    run = np.ones(len(spaces), np.int64)
    for n in (2, 3, 4):
        run += (run == n - 1) & digit[np.maximum(spaces - n, 0)]
    ahead = data[np.maximum(spaces - run - 1, 0)]
    group &= (run <= 3) & (ahead < 0x30) & (ahead != 0x2E) & (ahead != 0x2C)
    inside: Ints = spaces[group | sign]
    return inside


def token_edges(data: Bytes) -> tuple[Ints, Ints]:
    """Return where tokens start and end in a buffer that begins and ends with a break."""
    inside = data > SPACE
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def lower(data: Bytes) -> None:
    """Write Latin letters in lower case, in place."""
    data += ((data - np.uint8(0x41)) < 26).view(np.uint8) << np.uint8(5)
    lead, second = data[:-1], data[1:]
    second |= ((lead == 0xC3) & ((second - np.uint8(0x80)) < 0x1F)).view(np.uint8) << np.uint8(5)
    second |= ((lead == 0xC5) & (second == 0x92)).view(np.uint8)

"""The foldings: the forms in which texts and words are compared. There are no others but the tokens of `dedupe.fold`.

| | lower case | accents | œ | apostrophes, hyphens, spaces | other marks | length |
|---|---|---|---|---|---|---|
| `fold_typography` | yes | kept | œ | one of each kind | kept | the same |
| `fold_in_place` | yes | off | œ | spaces | spaces | the same |
| `fold_name` | yes | off | œ | one space for a run | one space for a run | may shrink |
| `fold_phrase` | yes | off | oe | one of each kind | kept | may change |
| `without_accents` | no | off | œ | kept | kept | may shrink |

Grammars of numbers, sums and dates read `fold_typography`, where an accent may tell words apart; names are looked for in
`fold_in_place` and compared by `fold_name`; lists of phrases (cleaning, headers, readers) are compared by `fold_phrase`.
Where the length stays the same, offsets in the folded text are offsets in the text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Every sign that the press uses for an apostrophe, a space inside a line, or a hyphen, and what the grammars call it.
_SAME = (
    ("\u2019", "'"), ("\u02bc", "'"), ("\u2032", "'"), ("\u2018", "'"), ("\u00b4", "'"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2007", " "), ("\u2008", " "), ("\u200a", " "), ("\t", " "),
    ("\u2011", "-"), ("\u2010", "-"), ("\u2013", "-"), ("\u2014", "-"), ("\u2012", "-"), ("\u2212", "-"),
)  # fmt: skip
_SPACES = re.compile(r" +")
_LAST_FOLDED = 0x24F  # Latin Extended-B: what the languages and the names in their press are written in
# What `fold_phrase` may change: all but ASCII, the grave accent and the tab.
_FOLDED_IN_PHRASES = re.compile(r"[^\x00-\x08\x0a-\x5f\x61-\x7f]+")
_LONG = 64  # characters from which an array pays for its making
_APART = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"}


def fold_typography(text: str) -> str:
    """`text` in lower case with one kind of apostrophe, space and hyphen; the same length, so offsets hold."""
    folded = text.lower()
    if len(folded) != len(text):  # "İ" grows when lowered
        folded = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    if not folded.isascii():
        for written, plain in _SAME:
            folded = folded.replace(written, plain)
    return folded.replace("\t", " ")


@cache
def _letters_alone() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in [
        *range(_LAST_FOLDED + 1),
        *range(0x1E00, 0x1F00),
        *range(0x2000, 0x2070),
        0x2212,
        0x202F,
        0x20AC,
    ]:
        char = chr(code)
        if not char.isalnum():
            table[code] = " "
            continue
        base = unicodedata.normalize("NFKD", char)[0]
        folded = base.lower() if base.isalnum() else char.lower()
        if len(folded) == 1 and folded != char:
            table[code] = folded
    return table


@cache
def _codes_alone() -> npt.NDArray[np.uint32]:
    """For every code point the code point that `_letters_alone` gives it."""
    import numpy as np

    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    table = _letters_alone()
    codes[list(table)] = [ord(letter) for letter in table.values()]
    return codes


def fold_in_place(text: str) -> str:
    """`text` in lower case without accents, every mark a space; the same length, so offsets hold.

    >>> from extract import fold_in_place
    >>> fold_in_place("L’Élysée, à Paris")
    'l elysee  a paris'
    """
    return text.translate(_letters_alone()) if len(text) < _LONG else as_text(folded_codes(text))


def folded_codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of `fold_in_place(text)`."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: npt.NDArray[np.uint32] = _codes_alone()[codes]
    return folded


def as_text(codes: npt.NDArray[np.uint32]) -> str:
    """Code points as a text."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1 << 16)
def fold_name(name: str) -> str:
    """`name` as `fold_in_place` gives it, with one space for a run of marks and spaces: the key under which names are compared.

    >>> fold_name("L’Oréal"), fold_name("Saint‑Gobain"), fold_name("Character.AI")
    ('l oreal', 'saint gobain', 'character ai')
    """
    return _SPACES.sub(" ", fold_in_place(name)).strip()


@cache
def _phrase_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0xA0, _LAST_FOLDED + 1):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            table[code] = base
    table |= {ord(letter): apart for letter, apart in _APART.items()}
    table |= {ord(mark): "'" for mark in "’‘ʼ´`"} | {ord(space): " " for space in "\u00a0\u202f\u2009\t"}
    return table | {ord(dash): "-" for dash in "–—‑"}


def fold_phrase(text: str) -> str:
    """`text` (NFC) in lower case, without accents, ligatures apart, apostrophes, dashes and spaces in one shape.

    >>> fold_phrase("L’Élysée à l’œuvre")
    "l'elysee a l'oeuvre"
    """
    return (text if text.isascii() else _FOLDED_IN_PHRASES.sub(_folded_run, text)).lower()


@lru_cache(maxsize=1 << 12)
def _folded(run: str) -> str:
    return run.translate(_phrase_table())


def _folded_run(found: re.Match[str]) -> str:
    return _folded(found[0])


def without_accents(text: str) -> str:
    """`text` without its accents, all else as it is.

    >>> without_accents("Déc. à Nîmes")
    'Dec. a Nimes'
    """
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))

"""Text folded for comparison: lower case, without accents, every mark a space, one character for one character.

Offsets into the folded text are offsets into the text, which is what lets a match be reported where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SPACES = re.compile(r" +")
_LAST_FOLDED = 0x24F  # Latin Extended-B: what the five languages and the names in their press are written in


@cache
def _table() -> dict[int, str]:
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


def fold_in_place(text: str) -> str:
    """Return `text` folded, of exactly the same length."""
    return text.translate(_table())


def fold(name: str) -> str:
    """Return `name` folded with its runs of marks and spaces as one space: the key under which names are compared.

    >>> fold("L’Oréal"), fold("Saint‑Gobain"), fold("Character.AI")
    ('l oreal', 'saint gobain', 'character ai')
    """
    return _SPACES.sub(" ", fold_in_place(name)).strip()

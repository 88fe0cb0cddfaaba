"""What the marks of words tell about the facts of two paragraphs: mostly all there is to say, before any text is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dedupe.fingerprint import (
    DECIMAL,
    DIGIT,
    FACT,
    OPPOSITE,
    SIGN,
    WHOLE,
    WORD,
    Fingerprints,
    hash_words,
    row_hashes,
    rows_taken,
)
from dedupe.lexicon import fact_words

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SAME, OTHER, UNSURE = 0, 1, 2
_FORM = np.uint8(WHOLE | DECIMAL | SIGN)
_PLAIN = np.uint8(WHOLE | DECIMAL)


def told(prints: Fingerprints, pairs: Ints, language: Callable[[int], str]) -> npt.NDArray[np.int8]:
    """Return for each pair of rows SAME, OTHER or UNSURE facts; where they are UNSURE the texts have to be read.

    `language` is that of a row.
    """
    rows, place = np.unique(pairs, return_inverse=True)
    part, (i, j) = rows_taken(prints, rows), place.reshape(-1, 2).T
    facts, opposites = _keys(part, FACT, FACT), _keys(part, OPPOSITE, OPPOSITE)
    said = np.full(len(pairs), UNSURE, np.int8)
    alike = facts[i] == facts[j]
    settled = alike & (opposites[i] == opposites[j])
    said[settled] = SAME
    said[_other_numbers(part, i, j, np.flatnonzero(~alike))] = OTHER
    for k in np.flatnonzero(alike & ~settled).tolist():
        here, there = (part.marked(int(row[k]), OPPOSITE).tolist() for row in (i, j))
        if not _opposed(here, there, language(int(pairs[k, 0]))):
            said[k] = SAME
    return said


def _keys(prints: Fingerprints, mask: int, marks: int) -> npt.NDArray[np.uint64]:
    """Return a hash of the tokens of each row whose marks among `mask` are some of `marks` and no other, in order."""
    own = prints.marks & np.uint8(mask)
    where = np.flatnonzero((own > 0) & (own & ~np.uint8(marks) == 0))
    return row_hashes(prints.tokens[where].astype(np.uint64), np.searchsorted(where, prints.starts))


def _other_numbers(prints: Fingerprints, i: Ints, j: Ints, asked: Ints) -> Ints:
    """Return those of the pairs `asked` whose numbers certainly differ: as many, the same number words, and two forms with
    one reading."""
    words = _keys(prints, DIGIT | WORD, WORD)
    where = np.flatnonzero(prints.marks & np.uint8(DIGIT))
    numbers, forms = prints.tokens[where], prints.marks[where] & _FORM
    starts = np.searchsorted(where, prints.starts)
    counts = np.diff(starts)
    asked = asked[(words[i[asked]] == words[j[asked]]) & (counts[i[asked]] == counts[j[asked]])]
    many = counts[i[asked]]
    pair = np.repeat(np.arange(len(asked)), many)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
    here, there = (starts[side[asked]][pair] + step for side in (i, j))
    other = (numbers[here] != numbers[there]) & (forms[here] == forms[there]) & (forms[here] & _PLAIN > 0)
    found: Ints = asked[np.unique(pair[other])]
    return found


def _opposed(here: list[int], there: list[int], language: str) -> bool:
    """Return whether a word is only here and its opposite only there, by hash."""
    opposites = _opposite_hashes(language)
    only_there = Counter(there) - Counter(here)
    sides = {place for word in only_there for place in opposites.get(word, ())}
    return bool(sides) and any(
        (pair, 1 - side) in sides
        for word in Counter(here) - Counter(there)
        for pair, side in opposites.get(word, ())
    )


@lru_cache(maxsize=32)
def _opposite_hashes(language: str) -> dict[int, tuple[tuple[int, int], ...]]:
    opposites = fact_words(language).opposites
    return dict(zip(hash_words(list(opposites)).tolist(), opposites.values(), strict=True))

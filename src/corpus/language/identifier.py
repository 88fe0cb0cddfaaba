"""py3langid's identifier with its walk over bytes as a few steps over arrays: the same features in the same order.

py3langid (Lui and Baldwin 2012) goes through an automaton byte by byte in Python. The automaton finds byte n-grams, so its state
depends on the last few bytes alone (Aho and Corasick 1975): all states of a text are found together, a step for each of those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from py3langid.langid import LanguageIdentifier

_BYTES = 256
_BLOCK = 1 << 10  # states at a time: their rows fit the caches


class ArrayIdentifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid has no types
    """An identifier among `languages` with the model of `full`; it is not changed afterwards, so threads may share it."""

    def __init__(self, full: LanguageIdentifier, languages: Sequence[str]) -> None:
        weights, priors, classes = full._full_model
        super().__init__(
            weights, priors, classes, full.tk_nextmove, full.tk_output, norm_probs=True, tk_row=full.tk_row
        )
        self._next = np.frombuffer(self.tk_nextmove, dtype=f"u{self.tk_nextmove.itemsize}")
        self._rows = np.asarray(self._rowbase, dtype=np.uint32)
        self._features = np.asarray(self.tk_output, dtype=np.int32)
        self._longest = _longest(self._next, self._rows)
        self.set_languages(languages)

    def _raw_score(self, text: bytes) -> Any:
        visits = self._visits(text)
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")

    def _visits(self, text: bytes) -> Counter[int]:
        """How often each n-gram of the model stands in `text`, in the order in which they come up."""
        codes = np.frombuffer(text, dtype=np.uint8)
        states = np.zeros(len(codes), dtype=np.uint32)
        for back in range(min(self._longest, len(codes)) - 1, -1, -1):
            states[back:] = self._next[self._rows[states[back:]] + codes[: len(codes) - back]]
        found = self._features[states]
        return Counter(found[found >= 0].tolist())


def _longest(following: npt.NDArray[Any], rows: npt.NDArray[np.uint32]) -> int:
    """The bytes of the longest n-gram: so many steps lead from the first state to the farthest."""
    seen = np.zeros(len(rows), dtype=bool)
    front, steps = np.zeros(1, dtype=np.int64), 0
    while len(front):
        seen[front] = True
        reached = np.zeros(len(rows), dtype=bool)
        for start in range(0, len(front), _BLOCK):
            reached[
                following[rows[front[start : start + _BLOCK], None] + np.arange(_BYTES, dtype=np.uint32)]
            ] = True
        front, steps = np.flatnonzero(reached & ~seen), steps + 1
    return steps - 1

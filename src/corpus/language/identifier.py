"""py3langid's identifier with its walk over bytes as a few steps over arrays: the same features in the same order.

py3langid (Lui and Baldwin 2012) goes through an automaton byte by byte in Python. The automaton finds byte n-grams, so its state
depends on the last few bytes alone (Aho and Corasick 1975): all states of a text are found together, a step for each of those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from py3langid.langid import LanguageIdentifier

from corpus.language.unpacked import Unpacked


class ArrayIdentifier(LanguageIdentifier):  # type: ignore[misc]  # py3langid has no types
    """An identifier among `languages` with a whole model; it is not changed afterwards, so threads may share it."""

    def __init__(self, model: Unpacked, languages: Sequence[str]) -> None:
        # What py3langid would walk through byte by byte it is not given.
        super().__init__(
            model.weights, model.priors, model.classes.tolist(), (), (), norm_probs=True, tk_row=()
        )
        self._model = model
        self._rows = model.rows.astype(np.intp)
        self._longest = int(model.longest[0])
        self.set_languages(languages)

    def _raw_score(self, text: bytes) -> Any:
        visits = self._visits(text)
        if visits:
            return self._sparse_score(visits, self.nb_ptc)
        return np.zeros(len(self.nb_classes), dtype=np.float32)  # as there: all languages alike

    def _visits(self, text: bytes) -> Counter[int]:
        """How often each n-gram of the model stands in `text`, in the order in which they come up."""
        model = self._model
        codes = np.frombuffer(text, dtype=np.uint8).astype(np.intp)
        states = np.zeros(len(codes), dtype=np.intp)
        for back in range(min(self._longest, len(codes)) - 1, -1, -1):
            places = self._rows.take(states[back:])
            places += codes[: len(codes) - back]
            states[back:] = model.following.take(places)
        found = model.features.take(states)
        return Counter(found[found >= 0].tolist())

"""Which texts a model was fitted on, told by the hashes of their paragraphs.

A topic holds the words of the documents it was fitted on: what is theirs is taken out before the two are compared
(`corpus.topics.membership`). From a new document nothing may be taken out, as nothing of it is there. A text is one of the fit
where most of it was read then, whatever else stands in it and beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import xxhash

from corpus.topics.memory import BETWEEN

# Four bytes a paragraph: of the paragraphs that a model of a million has not read it takes one in four thousand for its own.
Hashes = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]
MOST = 0.5


def hashes_of(texts: Sequence[str]) -> Hashes:
    """The hashes of all paragraphs of some texts, in order, each once."""
    return np.array(sorted({_hash(part) for text in texts for part in text.split(BETWEEN)}), dtype=np.uint32)


def were_fitted(texts: Sequence[str], known: Hashes) -> Bools:
    """Whether most characters of each text stand in paragraphs that are known."""
    parts = [text.split(BETWEEN) for text in texts]
    hashes = np.array([_hash(part) for own in parts for part in own], dtype=np.uint32)
    lengths = np.array([len(part) for own in parts for part in own], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in parts])
    read = np.bincount(owner, lengths * np.isin(hashes, known), minlength=len(texts))
    found: Bools = read > MOST * np.bincount(owner, lengths, minlength=len(texts))
    return found


def _hash(part: str) -> int:
    return xxhash.xxh32_intdigest(part.encode("utf-8", "surrogatepass"))

"""The words of many texts as numbers, in four bytes a word.

Texts are cut at spaces and distinct pieces numbered by Arrow; what words a piece holds ("l'été," holds "été") is then looked up
once for each, in half of the time that looking for words in every text takes.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

WORD = re.compile(r"[^\W\d_]{2,}")
_WORD_OR_SPACE = re.compile(WORD.pattern + "| ")
# Pieces are numbered anew after so many characters, which bounds memory.
CHARACTERS_AT_ONCE = 32_000_000

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The words of texts, compact: those of text i are `forms[starts[i]:starts[i + 1]]`, numbers into `names`.

    The number of a stop word is -1.
    """

    names: list[str]
    starts: array[int]
    forms: array[int]

    def without(self, dropped: Sequence[bool]) -> Occurrences:
        """The same, some of the names being those of stop words."""
        kept = ~np.array(dropped, dtype=bool)
        numbers = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        names = [name for name, gone in zip(self.names, dropped, strict=True) if not gone]
        return Occurrences(names, self.starts, array("i", numbers[np.asarray(self.forms)].tobytes()))


def number_words(texts: Iterable[str]) -> Occurrences:
    """The words of texts, lower-cased, numbered as they are met; stop words are words like any other.

    >>> from corpus.topics import number_words
    >>> read = number_words(["Le pont ferme.", "Le pont rouvre."])
    >>> read.names, list(read.forms), list(read.starts)
    (['le', 'pont', 'ferme', 'rouvre'], [0, 1, 2, 0, 1, 3], [0, 3, 6])
    """
    met: defaultdict[str, int] = defaultdict(count().__next__)
    starts, forms = array("q", [0]), array("i")
    for block in _blocks(texts):
        ends, numbers = _words_of(block, met)
        starts.extend((ends + len(forms)).tolist())
        forms.frombytes(numbers.tobytes())
    return Occurrences(list(met), starts, forms)


def _blocks(texts: Iterable[str]) -> Iterator[list[bytes]]:
    """Texts in UTF-8, CHARACTERS_AT_ONCE together at most, or one."""
    block: list[bytes] = []
    characters = 0
    for text in texts:
        if block and characters + len(text) > CHARACTERS_AT_ONCE:
            yield block
            block, characters = [], 0
        block.append(text.encode("utf-8", "surrogatepass"))
        characters += len(text)
    if block:
        yield block


def _words_of(block: Sequence[bytes], met: defaultdict[str, int]) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Where the words of each text end, and the number of each word."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # A lone surrogate is no UTF-8, but no space either, and Arrow looks for these only.
    cut = pc.ascii_split_whitespace(pa.array(block, pa.binary()).view(pa.string()))
    pieces = cut.flatten().dictionary_encode()
    size, words = _words_in(pieces.dictionary.view(pa.binary()).to_pylist(), met)
    read = pieces.indices.to_numpy()
    held = size[read]
    ends = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
    places = np.repeat((np.cumsum(size) - size).astype(np.int32)[read] - ends[:-1], held)
    places += np.arange(len(places), dtype=np.int32)
    return ends[cut.offsets.to_numpy()[1:]].astype(np.int64), words[places]


def _words_in(pieces: Sequence[bytes], met: defaultdict[str, int]) -> tuple[Numbers, Numbers]:
    """How many words each piece holds, and their numbers one after the other."""
    # Looked for in all pieces at once, each with a space behind it: a call for each would cost as much as the search.
    joined = b" ".join([*pieces, b""]).decode("utf-8", "surrogatepass").lower()
    found = _WORD_OR_SPACE.findall(joined)
    ends = [place for place, word in enumerate(found) if word == " "]
    size: Numbers = np.diff(ends, prepend=-1).astype(np.int32) - np.int32(1)
    words = filter(" ".__ne__, found)
    return size, np.fromiter(map(met.__getitem__, words), dtype=np.int32, count=len(found) - len(ends))

"""Text as the pieces of words that the encoder was taught with.

SentencePiece's unigram model (T. Kudo, "Subword regularization", ACL 2018): of all ways to cut a word into known pieces the
likeliest one, found by Viterbi's algorithm. Words are cut alone, as no piece reaches over a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"\S+")
_MARK = "▁"  # stands for the space before a word
_UNKNOWN_COSTS = 10.0  # below the least likely piece, as SentencePiece has it
_KEPT = 200_000  # words whose pieces are remembered

BEGIN, END = 0, 2
"""The pieces before a text, and behind each of its parts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a word: its number, and its characters' place in the text."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class PieceModel:
    """Pieces with their numbers, the log probability of each number; `unknown` is the number of a character that is no piece."""

    numbers: Mapping[str, int]
    scores: Sequence[float]
    unknown: int
    _longest: int = field(init=False)
    _unknown_score: float = field(init=False)
    _cut: dict[str, tuple[tuple[int, int, int], ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._longest = max(map(len, self.numbers), default=1)
        self._unknown_score = min(self.scores, default=0.0) - _UNKNOWN_COSTS

    def pieces(self, text: str) -> list[Piece]:
        """The pieces of a text in order, compatibility forms of letters taken as the letters.

        >>> model = PieceModel({"▁le": 1, "ver": 2, "▁": 3}, [0.0, -1.0, -2.0, -3.0], unknown=0)
        >>> [(piece.number, piece.start, piece.end) for piece in model.pieces("le ver")]
        [(1, 0, 2), (3, 3, 3), (2, 3, 6)]
        """
        found: list[Piece] = []
        for word in _WORD.finditer(text):
            letters = [unicodedata.normalize("NFKC", letter) for letter in word.group()]
            if any(len(letter) != 1 for letter in letters):
                places = [word.start() + k for k, letter in enumerate(letters) for _ in letter]
            else:
                places = list(range(word.start(), word.end()))
            places.insert(0, word.start())
            places.append(word.end())
            for number, start, end in self._best(_MARK + "".join(letters).replace(" ", _MARK)):
                found.append(Piece(number, places[start], places[end - 1] + 1 if end > 1 else places[0]))
        return found

    def _best(self, word: str) -> tuple[tuple[int, int, int], ...]:
        cut = self._cut.get(word)
        if cut is None:
            if len(self._cut) >= _KEPT:
                self._cut.clear()
            cut = self._cut[word] = self._viterbi(word)
        return cut

    def _viterbi(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Number, start and end of each piece of the likeliest cut; work grows with the length of the word."""
        totals = [0.0] + [float("-inf")] * len(word)
        ends: list[tuple[int, int]] = [(self.unknown, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self.numbers.get(word[start:end])
                if number is not None and totals[start] + self.scores[number] > totals[end]:
                    totals[end], ends[end] = totals[start] + self.scores[number], (number, start)
            if totals[start] + self._unknown_score > totals[start + 1]:
                totals[start + 1] = totals[start] + self._unknown_score
                ends[start + 1] = (self.unknown, start)
        found: list[tuple[int, int, int]] = []
        end = len(word)
        while end:
            number, start = ends[end]
            found.append((number, start, end))
            end = start
        return tuple(reversed(found))

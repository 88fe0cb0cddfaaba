"""A text that is typical of a topic, as words and gaps: what labels are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.topics.words import CHARACTERS_READ, WordReader

# Read of each text: enough for case and phrases.
CHARACTERS_OF_TYPICAL = 4_000
# Words and what stands between them, by turns.
_WORDS = re.compile(r"([^\W\d_]+)")
SPACES = (" ", "\u00a0")
JOINTS = (" ", "’", "'", "-", "\u00a0")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text, in lower case and as lemmas too (None: a stop word), the gap before each word, and gaps and words by
    turns."""

    words: list[str]
    lowered: list[str]
    lemmas: list[str | None]
    gaps: list[str]
    pieces: list[str]

    @classmethod
    def of(cls, text: str, reader: WordReader) -> Text:
        """The beginning of a text, as a reader knows its words."""
        pieces = _WORDS.split(text[: min(CHARACTERS_OF_TYPICAL, CHARACTERS_READ)])
        words = pieces[1::2]
        lowered = [word.lower() for word in words]
        return cls(words, lowered, reader.lemmas(lowered), pieces[::2], pieces)

    def written(self, start: int, end: int) -> str:
        """The words from one place to another as they are written."""
        return "".join(self.pieces[2 * start + 1 : 2 * end + 2]).replace("\u00a0", " ")

    def places(self, wanted: set[str]) -> list[int]:
        """Where wanted words stand."""
        return [place for place, lowered in enumerate(self.lowered) if lowered in wanted]

    def hangs(self, place: int) -> bool:
        """Whether a word hangs on another or on a figure."""
        before, behind = self.gaps[place], self.gaps[place + 1]
        return before[-1:].isdigit() or behind[:1].isdigit() or "-" in (before, behind)

    def is_content(self, place: int) -> bool:
        """Whether a word stands there that is no stop word and more than a letter."""
        return self.lemmas[place] is not None and len(self.words[place]) > 1

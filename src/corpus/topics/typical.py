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
NAME_JOINTS = (*SPACES, "-")
# What a sentence, a line or a quotation begins behind: a capital there is no name's.
OPENINGS = re.compile(r"[.!?…:\n\r«»“”\"•|>*–—]")


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
        read = text[: min(CHARACTERS_OF_TYPICAL, CHARACTERS_READ)]
        # A text all in capitals tells no case: neither names nor abbreviations.
        pieces = _WORDS.split(read.lower() if read.isupper() else read)
        words = pieces[1::2]
        lowered = " ".join(words).lower().split(" ") if words else []
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

    def opens(self, place: int) -> bool:
        """Whether a sentence, a line or a quotation begins with a word."""
        return place == 0 or OPENINGS.search(self.gaps[place]) is not None

    def is_counted(self, place: int) -> bool:
        """Whether a figure stands before a word, as before units."""
        return self.gaps[place].rstrip()[-1:].isdigit()

    def joins(self, place: int) -> bool:
        """Whether a capitalised word of content goes with a capitalised one before it, as the parts of a name do."""
        if place == 0 or place == len(self.words) or not self.words[place - 1][0].isupper():
            return False
        beside = self.gaps[place] in NAME_JOINTS and self.words[place][0].isupper()
        return beside and self.is_content(place - 1)

    def is_content(self, place: int) -> bool:
        """Whether a word stands there that is no stop word and more than a letter."""
        return self.lemmas[place] is not None and len(self.words[place]) > 1

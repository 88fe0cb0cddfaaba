"""Where in a document a paragraph's findings stand: offsets, sentence numbers and the columns that every mention has."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.run.rows import MentionRow, SentenceRow


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a document, and where its sentences are numbered from."""

    doc_id: str
    paragraph: int
    start: int
    first: bool
    sentences: Sequence[tuple[int, int]]
    sentence_base: int

    def sentence(self, offset: int) -> int:
        """Number in the document of the sentence that holds a character of the paragraph."""
        before = bisect.bisect_right([start for start, _ in self.sentences], offset) - 1
        return self.sentence_base + max(before, 0)

    def sentence_rows(self, length: int) -> list[SentenceRow]:
        """The sentences of the paragraph, of `length` characters: all of it where none is told apart."""
        return [
            {
                "doc_id": self.doc_id,
                "sentence": number,
                "paragraph": self.paragraph,
                "start": self.start + start,
                "end": self.start + end,
            }
            for number, (start, end) in enumerate(self.sentences or [(0, length)], self.sentence_base)
        ]

    def place(self, start: int, end: int, text: str, score: float | None = None) -> MentionRow:
        """The columns that every mention has."""
        return {
            "doc_id": self.doc_id,
            "paragraph": self.paragraph,
            "start": self.start + start,
            "end": self.start + end,
            "text": text,
            "sentence": self.sentence(start),
            "first": self.first,
            "score": score,
        }

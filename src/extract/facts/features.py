"""What every step of the engine sees of words: their beginnings and the steps in which a distance is counted."""

from __future__ import annotations

from extract.facts.sentences import Sentence
from extract.facts.words import fact_words

STEM = 5
"""Letters of a word that count as its stem: long enough to part meanings, short enough to join inflections."""
_STEPS = (
    (3, 3),
    (5, 4),
    (9, 5),
    (16, 6),
)  # distances of at least this many items, and the step that stands for them


def stem(word: str) -> str:
    """The beginning of a folded word that its inflections share."""
    return word[:STEM]


def step(distance: int) -> int:
    """A distance in items as one of seven steps, the far ones wide."""
    if distance < _STEPS[0][0]:
        return max(distance, 0)
    return next((s for limit, s in reversed(_STEPS) if distance >= limit), 3)


def is_content(sentence: Sentence, k: int) -> bool:
    """Whether item `k` is a word that carries a meaning of its own."""
    item = sentence.items[k]
    return (
        item.kind == "word"
        and len(item.word) > 1
        and item.word not in fact_words(sentence.language).lists["grammar"]
    )

"""Which repeats inside a document stay: what says more than the paragraph it repeats, an item of two lists, a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.clean.lexicon import STEM, fold, lexicon
from corpus.records import ParagraphKind, RemovalReason

if TYPE_CHECKING:
    from dedupe import WithinRepeat

REPEAT_REASONS: dict[str, RemovalReason] = {
    "exact": "repeat",
    "inline": "inline_repeat",
    "contained": "contained_repeat",
    "truncated": "truncated_repeat",
    "near": "near_repeat",
}
"""What a removal is for, by how a paragraph repeats another."""

_LONGEST_ITEM = 100
# A label is shorter than a headline, and an article that has it so many times more means it.
_LONGEST_LABEL = 30
_FEWEST_COPIES = 2
# Kinds of repeats whose words need not all stand in the paragraph that stays.
_INEXACT = ("near", "truncated")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copies:
    """The exact copies of a document: for each the number of the paragraph it repeats, and for that how many there are."""

    origins: Mapping[int, int]
    counts: Mapping[int, int]


def copies_among(repeats: Sequence[WithinRepeat]) -> Copies:
    """The exact copies among a document's repeats."""
    origins = {repeat.paragraph: repeat.of_paragraph for repeat in repeats if repeat.kind == "exact"}
    return Copies(origins, Counter(origins.values()))


def stays(repeat: WithinRepeat, text: str, kept: str, marked: ParagraphKind | None, copies: Copies) -> bool:
    """Whether a paragraph that repeats another one stays in its article all the same.

    `text` and `kept` are the two paragraphs, `marked` what markup made of the first.
    """
    if repeat.kind == "exact":
        return _stands_alone(repeat, copies) and (_is_item(repeat, marked) or _is_label(repeat, text, copies))
    return repeat.kind in _INEXACT and (
        repeat.paragraph == 0 or _says_more(text[repeat.start : repeat.end], kept)
    )


def _is_item(repeat: WithinRepeat, marked: ParagraphKind | None) -> bool:
    """Whether a copy is an item or a heading, which two lists of a page may have in common."""
    return marked in ("list_item", "heading") and repeat.end <= _LONGEST_ITEM


def _is_label(repeat: WithinRepeat, text: str, copies: Copies) -> bool:
    """Whether an article has a short label several times ("Points forts")."""
    return len(text) <= _LONGEST_LABEL and copies.counts[repeat.of_paragraph] >= _FEWEST_COPIES


def _stands_alone(repeat: WithinRepeat, copies: Copies) -> bool:
    """Whether the paragraphs beside a copy are no copies of those beside its origin: what is copied in one piece has them too."""
    at, origin = repeat.paragraph, repeat.of_paragraph
    return copies.origins.get(at - 1) != origin - 1 and copies.origins.get(at + 1) != origin + 1


def _says_more(text: str, kept: str) -> bool:
    """Whether a word of `text`, other than a function word, does not stand in `kept`: the two may tell two things apart."""
    return not _stems(text) <= _stems(kept)


def _stems(text: str) -> set[str]:
    functional = lexicon().stopwords
    return {
        word if word.isdigit() else word[:STEM]
        for word in _WORD.findall(fold(text))
        if word not in functional
    }

"""Which repeats inside a document stay: what says more than the paragraph it repeats, an item of two lists, a headline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from corpus.clean.lexicon import fold, lexicon
from corpus.records import ParagraphKind

if TYPE_CHECKING:
    from dedupe import WithinRepeat

_LONGEST_ITEM = 100
# Kinds of repeats whose words need not all stand in the paragraph that stays.
_INEXACT = ("near", "truncated")
# Words are told apart by so many letters: "reported" and "reporting" say the same.
_STEM = 6
_WORD = re.compile(r"\w+")


def stays(
    repeat: WithinRepeat, text: str, kept: str, marked: ParagraphKind | None, origins: Mapping[int, int]
) -> bool:
    """Whether a paragraph that repeats another one stays in its article all the same.

    `text` and `kept` are the two paragraphs, `marked` what markup made of the first, `origins` has for each exact copy of the
    document the number of the paragraph it repeats.
    """
    if repeat.kind == "exact":
        return _is_shared_item(repeat, marked, origins)
    return repeat.kind in _INEXACT and (
        repeat.paragraph == 0 or _says_more(text[repeat.start : repeat.end], kept)
    )


def _is_shared_item(repeat: WithinRepeat, marked: ParagraphKind | None, origins: Mapping[int, int]) -> bool:
    """Whether two lists of a page have one item in common: a list that is copied has its neighbours copied too."""
    if marked not in ("list_item", "heading") or repeat.end > _LONGEST_ITEM:
        return False
    at, origin = repeat.paragraph, repeat.of_paragraph
    return origins.get(at - 1) != origin - 1 and origins.get(at + 1) != origin + 1


def _says_more(text: str, kept: str) -> bool:
    """Whether a word of `text`, other than a function word, does not stand in `kept`: the two may tell two things apart."""
    return not _stems(text) <= _stems(kept)


def _stems(text: str) -> set[str]:
    functional = lexicon().stopwords
    return {
        word if word.isdigit() else word[:_STEM]
        for word in _WORD.findall(fold(text))
        if word not in functional
    }

"""What each kept paragraph is: title, heading, body, list item or quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean.lexicon import fold
from corpus.records import ParagraphKind

_BULLET = re.compile(r"[•*·‣▪●◦■]\s|[-–]\s|\d{1,2}[.)]\s|[a-z]\)\s")
_STOPS = (".", "!", "?", "…", ",", ";", ":", "»", "”")
_LONGEST_HEADING = 130
_LONGEST_TITLE = 250


def paragraph_kinds(
    texts: Sequence[str], marked: Sequence[ParagraphKind | None], title: str | None
) -> list[ParagraphKind]:
    """One kind for each paragraph: the markup's where it says one, otherwise read from shape and neighbours.

    The title is the first paragraph when it equals the document's known title or is a headline above longer text.
    """
    kinds: list[ParagraphKind] = []
    titled = False
    known = fold(title).strip() if title else None
    for i, text in enumerate(texts):
        following = texts[i + 1] if i + 1 < len(texts) else ""
        is_known = not titled and known and len(text) <= _LONGEST_TITLE and fold(text) == known
        opens = i == 0 and marked[0] in (None, "heading") and _is_headline(text, following, _LONGEST_TITLE)
        if marked[i] == "title" or is_known or (opens and not titled):
            kinds.append("title")
            titled = True
        elif (kind := marked[i]) is not None:
            kinds.append("body" if kind == "heading" and len(text) > _LONGEST_TITLE else kind)
        elif _BULLET.match(text):
            kinds.append("list_item")
        elif _is_quoted(text):
            kinds.append("quote")
        elif _is_headline(text, following, _LONGEST_HEADING):
            kinds.append("heading")
        else:
            kinds.append("body")
    return kinds


def _is_headline(text: str, following: str, longest: int) -> bool:
    return (
        len(text) <= longest
        and not text.endswith((".", "…", ",", ";"))
        and not (text.endswith(_STOPS) and len(text) > _LONGEST_HEADING)
        and not text[0].islower()
        and len(following) > len(text)
    )


def _is_quoted(text: str) -> bool:
    inside = text[1:-1]
    return (text[0] == "«" and text[-1] == "»" and "«" not in inside) or (
        text[0] == "“" and text[-1] == "”" and "“" not in inside
    )

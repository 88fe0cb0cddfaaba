"""The words of a text: runs of letters and digits, as written and folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.companies import legal_forms
from extract.folding import fold_in_place

# Legal forms with dots are one word: "S.p.A.", "Inc."
_DOTTED_FORMS = sorted(
    (form for form in legal_forms() if "." in form and " " not in form), key=lambda f: (-len(f), f)
)
_TOKEN = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, _DOTTED_FORMS))})(?!\w)|[^\W_]+(?:(?<=\w)\+(?![\w+]))?"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: `starts`, `ends` in code points; `words` as written, `folded` without case and accents."""

    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    folded: Sequence[str]


def tokenize(text: str) -> Tokens:
    """Return the runs of letters and digits of `text`."""
    folded_text = fold_in_place(text)
    starts, ends, words, folded = [], [], [], []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        starts.append(start)
        ends.append(end)
        words.append(found.group())
        folded.append(folded_text[start:end].rstrip())
    return Tokens(starts, ends, words, folded)

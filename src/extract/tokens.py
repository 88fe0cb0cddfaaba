"""The words of a text: runs of letters and digits, as written and folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.companies import legal_forms
from extract.folding import fold_in_place
from extract.tickers import tickers

# Legal forms with dots are one word: "S.p.A.", "Inc."
_DOTTED_FORMS = sorted(
    (form for form in legal_forms() if "." in form and " " not in form), key=lambda f: (-len(f), f)
)
_WORD = r"[^\W_]+(?:(?<=\w)\+(?![\w+]))?"
_PLAIN = re.compile(_WORD)
_WITH_FORMS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _DOTTED_FORMS))})(?!\w)|{_WORD}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: `starts`, `ends` in code points; `words` as written, `folded` without case and accents."""

    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    folded: Sequence[str]


def tokenize(text: str) -> Tokens:
    """Return the runs of letters and digits of `text`; the codes of stocks in it are no words."""
    folded_text = fold_in_place(text)
    pattern = _WITH_FORMS if any(form in text for form in _DOTTED_FORMS) else _PLAIN
    spans = [found.span() for found in pattern.finditer(text)]
    codes = list(tickers(text))
    if codes:
        spans = list(_outside(spans, codes))
    return Tokens(
        [start for start, _ in spans],
        [end for _, end in spans],
        [text[start:end] for start, end in spans],
        [folded_text[start:end].rstrip() for start, end in spans],
    )


def _outside(spans: Iterable[tuple[int, int]], codes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that share no character with a code; both are in order."""
    k = 0
    for start, end in spans:
        while k < len(codes) and codes[k][1] <= start:
            k += 1
        if k == len(codes) or end <= codes[k][0]:
            yield start, end

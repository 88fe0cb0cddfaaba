"""Codes of stocks inside a text: "Meta (META.O)", "(NASDAQ: NVDA)", "Mnémo : ALOVA". They are no words of its sentences.
A word that does nothing but lead one, such as "Mnémo", goes with it.

The codes of markets, the names of exchanges and the words that a code follows are data: `data/exchanges.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

_SPACE = r"[ \u00a0\u202f]"
_CODE = r"[A-Z0-9]{1,12}(?:[.-][A-Z]{1,3})?"
# A text without one of these, or a label, has no ticker: nearly all have none, and a search for the mark that each begins with is
# several times as fast as the whole pattern.
_MARKS = (
    re.compile(rf"\.(?<=[A-Z0-9]\.){_SPACE}?[A-Z]{{1,3}}(?![\w'’])"),
    re.compile(rf":{_SPACE}{{0,2}}[A-Z0-9]{{1,12}}(?![^\W_])"),
    re.compile(rf"\([^\W\d_][\w.-]*(?:{_SPACE}[\w.-]+)?{_SPACE}[A-Z0-9]{{1,12}}[.),;-]"),
)


def tickers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the codes of stocks in `text` begin and end, in order. Linear in the text.

    >>> from extract.tickers import tickers
    >>> text = "Meta (META.O), GigaDevice 603986.SS et Atos (Euronext Paris : ATO) reculent."
    >>> [text[start:end] for start, end in tickers(text)]
    ['META.O', '603986.SS', 'ATO']
    """
    if any(mark.search(text) for mark in _MARKS) or any(label in text for label in _words()["labels"]):
        for found in _pattern().finditer(text):
            yield found.span(found.lastgroup or 0)


@cache
def _words() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((files("extract") / "data" / "exchanges.toml").read_text(encoding="utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    def either(name: str) -> str:
        return "|".join(sorted(map(re.escape, _words()[name]), key=lambda word: (-len(word), word)))

    dotted = rf"(?:[A-Z][A-Z0-9]{{1,5}}|[0-9]{{4,6}})\.(?:{either('markets')})"
    bracketed = rf"[A-Z0-9]{{1,6}}\.{_SPACE}?(?:{either('markets')})"
    return re.compile(
        rf"(?<![\w.@/])(?P<dotted>{dotted})(?![\w@/'’]|\.\w)"
        rf"|(?<=[(<])(?P<bracketed>{bracketed})(?=[)>,;])"
        rf"|(?<!\w)(?:{either('exchanges')}){_SPACE}{{0,2}}:{_SPACE}{{0,2}}(?P<quoted>{_CODE})(?!\w)"
        rf"|(?<=\()(?:{either('exchanges')}){_SPACE}(?P<inside>{_CODE})(?=[),;])"
        rf"|(?<!\w)(?P<labelled>(?:{either('labels')}){_SPACE}{{0,2}}:?{_SPACE}{{0,2}}[A-Z0-9]{{2,12}})(?!\w)"
    )

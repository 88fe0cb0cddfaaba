"""What opens a text beside bylines: a date before the title, labelled fields, the title, an agency's dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.metadata.dates import HeaderDate, find_dates, match_date
from corpus.metadata.lexicon import any_of, header_lexicon
from corpus.metadata.lines import LONGEST_LINE
from corpus.metadata.records import HeaderSpan

TITLE_LINES: Final = 12
SHORTEST_TITLE: Final = 15
MENU_WORDS: Final = 6
LONGEST_TITLE: Final = 200
LONGEST_TITLE_SENTENCE: Final = 14
"""Words: a first line that ends with a full stop and is longer is the article's first sentence."""
ADDRESS_LINES: Final = 3
"""Lines from the top of which one alone may say the text's address."""
DATELINE: Final = 120
"""Characters within which an agency's dateline ends: place, date, agency, dash."""

BULLET = re.compile(r"^[\s]*[•·▪●◦*+–—-]+[\s]+")
_LABEL = re.compile(r"^[\s]*(?P<label>[^\W\d_][\w()\s]{1,24}?)[\s]*:[\s]*(?=\S)")
_URL_VALUE = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text with words in it: `start` is where it begins; `text` has no line break."""

    start: int
    text: str


@lru_cache(maxsize=1)
def _prefix() -> re.Pattern[str]:
    words = any_of(word for word, slot in header_lexicon().labels.items() if slot == "date")
    return re.compile(rf"[\s\ufeff]*(?:{words})[\s]*:?[\s]*(?=\d{{4}}-\d\d)", re.IGNORECASE)


def read_prefix(line: Line, language: str | None) -> tuple[HeaderDate, HeaderSpan] | None:
    """A first line "date 2024-02 Title": the date, and the span before the title."""
    match = _prefix().match(line.text)
    date = match_date(line.text, match.end(), language) if match else None
    if date is None:
        return None
    rest = line.text[date.end :]
    title = rest.lstrip(" \t\u00a0\u202f:|–—-")
    return date, HeaderSpan(line.start, line.start + date.end + len(rest) - len(title), "date_prefix")


def read_labels(lines: list[Line]) -> dict[int, tuple[str, int]]:
    """Fields at the top of an export ("Titre : …", "Date : …"): place to slot and where the value begins; two
    that touch, or the address of the text in its first lines."""
    labels = header_lexicon().labels
    found: dict[int, tuple[str, int]] = {}
    for at, line in enumerate(lines[:10]):
        match = _LABEL.match(line.text) if len(line.text) <= LONGEST_LINE else None
        slot = labels.get(" ".join(match["label"].lower().split())) if match else None
        if match and slot and slot not in {slot for slot, _ in found.values()}:
            value = line.text[match.end() :]
            if (slot == "date" and not find_dates(value)) or (slot == "url" and not _URL_VALUE.match(value)):
                continue
            found[at] = (slot, match.end())
    return {
        at: (slot, value)
        for at, (slot, value) in found.items()
        if at - 1 in found or at + 1 in found or (slot == "url" and at < ADDRESS_LINES)
    }


def find_title(lines: list[Line], taken: set[int]) -> str | None:
    """The first line that can be a title: three words or more, a sentence at most, something longer after it.

    Short lines before it are menus, which come in runs: a short line before another one is no title.
    """
    for at, line in enumerate(lines[:TITLE_LINES]):
        text = " ".join(line.text.split()).lstrip("#").strip()
        if at in taken or BULLET.match(line.text) or _is_short(text) or _credit().search(text):
            continue
        sentence = text.endswith(".") and len(text.split()) > LONGEST_TITLE_SENTENCE
        if sentence or len(text) > LONGEST_TITLE or text.endswith((";", ",", ":")):
            return None
        in_menu = len(text.split()) < MENU_WORDS and at + 1 < len(lines) and at + 1 not in taken
        if in_menu and _is_short(lines[at + 1].text):
            continue
        return text if any(len(other.text) > len(text) for other in lines[at + 1 :]) else None
    return None


def _is_short(text: str) -> bool:
    return len(text.strip()) < SHORTEST_TITLE or len(text.split()) < 3


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    """A picture's credit, which ends its caption: "… / AFP", "(AP Photo)", "©"."""
    agencies = "|".join(re.escape(name) for name in sorted(header_lexicon().agencies))
    return re.compile(rf"©|[/(][\s]*(?:{agencies})(?!\w)[^/]{{0,30}}$", re.IGNORECASE)


_PLACE = re.compile(
    r"[\s]*(?:\([^()]{2,20}\)[\s]*)?[^\W\d_][\w’'.\-]*(?:[\s][^\W\d_][\w’'.\-]*){0,3}(?:[\s]?\([^()]{2,30}\))?[,\s]"
)
_DASH_SIGN = re.compile(r"[-–—:][\s]")
_DASH = re.compile(rf"[\s]*(?:\([^()]{{2,40}}\)|[^\W\d_][\w.]{{1,15}})?[\s]*{_DASH_SIGN.pattern}")


def find_dateline(lines: list[Line], language: str | None) -> HeaderDate | None:
    """The date of an agency's dateline that opens a paragraph: "PARIS, 3 mars (Reuters) -". It is evidence and stays."""
    for line in lines[:8]:
        opening = line.text[:DATELINE]
        if not any(character in "0123456789" for character in opening):
            continue
        if "," not in opening or _DASH_SIGN.search(opening) is None:
            continue  # what is asked of every date below
        if _PLACE.match(opening) is None or not opening.lstrip(" (")[:1].isupper():
            continue
        for date in find_dates(opening, language)[:1]:
            words = opening[: date.start].strip(" ,()").split()
            if len(words) <= 5 and _DASH.match(opening, date.end) and "," in opening[: date.start + 1]:
                return date
    return None

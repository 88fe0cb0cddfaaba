"""The dateline of a dispatch, which is no fact of it: "PARIS, 20 mars 2024 (AFP) –".

A place of one to three capitalised words, perhaps a date, an agency in brackets, a dash. Undated, an agency that no list names
is taken for one only after a place in capitals; without an agency there has to be a date. So a sentence that begins with a
name and a dash ("Orange – le groupe") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dedupe.fold import Tokens
from dedupe.lexicon import FactWords, fact_words

# A dateline stands within so many characters of a text and holds so many words.
REACH = 160
MOST_TOKENS = 18
_MOST_PLACES = 3
_MOST_DATE = 7
_MOST_AGENCY = 5
_DASHES = "\\-\u2010-\u2015\u2212"
_DASH = re.compile(f"\\s*\\.?\\s*[{_DASHES}]+\\s")
_DASH_AFTER = re.compile(f"\\s*\\)\\s*\\.?\\s*[{_DASHES}]+\\s")
_ANY_DASH = re.compile(f"[).\\s][{_DASHES}]+\\s")
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile("[0-9]+")
# Numbers in a date without a name of a month: "03/03/2024".
_WRITTEN_DATE = 3
_BESIDE = frozenset(("-", "\u2010", "\u2011", "'", "’", "/"))
_BETWEEN_PLACES = re.compile(r"(?:,? |\. |, ?)\Z")
_BETWEEN_DATES = re.compile(r"[\s.,/º°-]{1,3}\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The first `end` tokens are a dateline; `sure` unless its agency is one that no list names and no date stands with it."""

    end: int
    sure: bool


def dateline_end(tokens: Tokens, language: str = "fr") -> int:
    """Return how many tokens of a text are a dateline ("PARIS, 3 mai (AFP) –"); 0 without one."""
    found = _read(tokens, fact_words(language))
    return found.end if found else 0


def dateline_of(text: str, language: str = "fr") -> Dateline | None:
    """Return the dateline that a text begins with; None without one."""
    return _read(Tokens(text[:REACH]), fact_words(language)) if _ANY_DASH.search(text, 0, REACH) else None


def datelines(first: Dateline | None, second: Dateline | None) -> tuple[int, int]:
    """Return how many tokens at the front of two texts are datelines, and no facts of theirs; at most `MOST_TOKENS`.

    Where both begin alike but with other words ("GEMINI (Google) – Le modèle", "CLAUDE (Anthropic) – Le modèle"), only what is
    surely a dateline is one.
    """
    if first and second and not (first.sure or second.sure):
        return 0, 0
    return (first.end if first else 0), (second.end if second else 0)


def shifted(a: Sequence[int], b: Sequence[int]) -> bool:
    """Return whether the beginnings of two paragraphs of words may differ by a dateline: one says later what the other says."""
    head, other = a[: MOST_TOKENS + 2], b[: MOST_TOKENS + 2]
    if head[:6] == other[:6]:
        return False
    places = dict(zip(pairwise(other), range(len(other)), strict=False))
    if head[:1] != other[:1]:
        return not places.keys().isdisjoint(pairwise(head))
    return any(places.get(pair, k) != k for k, pair in enumerate(pairwise(head)))


def _read(tokens: Tokens, words: FactWords) -> Dateline | None:
    place = _place_end(tokens, words)
    if not place:
        return None
    end = _date_end(tokens, place, words)
    dated = end > place
    gap = tokens.before(end)
    if dated and _DASH.fullmatch(gap) and _opens(tokens, end):
        return Dateline(end, True)
    if not gap.rstrip().endswith("(") or gap.strip(" ,.\u00a0\u202f\n\t") != "(":
        return None
    for last in range(end + 1, min(end + _MOST_AGENCY + 1, len(tokens))):
        after = tokens.before(last)
        if ")" not in after:
            continue
        if not _DASH_AFTER.fullmatch(after.rstrip('«"“„» \u00a0\u202f') + " ") or not _opens(tokens, last):
            return None
        known = tuple(tokens.words(end, last)) in words.agencies
        if known or dated:
            return Dateline(last, True)
        capitals = tokens.text[tokens.start(0) : tokens.end(place - 1)].isupper()
        if capitals and tokens.text[tokens.start(end)].isupper():
            return Dateline(last, False)
        return None
    return None


def _place_end(tokens: Tokens, words: FactWords) -> int:
    """Return how many tokens are a place: one to three capitalised words, hyphens and small words inside them."""
    if not len(tokens) or tokens.before(0).strip():
        return 0
    places = 0
    end = 0
    for i in range(min(len(tokens) - 1, MOST_TOKENS)):
        word = tokens.word(i)
        gap = tokens.before(i) if i else ""
        if _DIGIT.search(word) or (i and _is_calendar(word, words)):
            break
        if i and gap in _BESIDE:
            end = i + 1
            continue
        if i and not _BETWEEN_PLACES.match(gap.replace("\u00a0", " ")):
            break
        if tokens.text[tokens.start(i)].isupper():
            places += not (i and word in words.place_words)
            if places > _MOST_PLACES:
                return 0
            end = i + 1
        elif not i or word not in words.place_words:
            break
    # "Le 3 mars" names no place.
    return 0 if words.openers.issuperset(tokens.words(0, end)) else end


def _is_calendar(word: str, words: FactWords) -> bool:
    return word in words.months or word in words.weekdays


def _date_end(tokens: Tokens, start: int, words: FactWords) -> int:
    """Return where the date that begins at token `start` ends; `start` where none does."""
    end = start
    numbers, named = 0, False
    if not _BETWEEN_DATES.match(tokens.before(start)):
        return start
    for i in range(start, min(start + _MOST_DATE, len(tokens))):
        word = tokens.word(i)
        if i > start and not _BETWEEN_DATES.match(tokens.before(i)):
            break
        if _DIGIT.search(word):
            numbers += len(_NUMBER.findall(word))
        elif _is_calendar(word, words):
            named = True
        elif word in words.date_words:
            continue
        else:
            break
        end = i + 1
    # "En 2024 –" and "Article 3 –" are no dates: a month or weekday, or three numbers.
    return end if named or numbers >= _WRITTEN_DATE else start


def _opens(tokens: Tokens, i: int) -> bool:
    """Return whether a sentence may begin with token `i`."""
    if i >= len(tokens):
        return False
    letter = tokens.text[tokens.start(i)]
    return not letter.islower()

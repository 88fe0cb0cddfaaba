"""What abbreviations stand for, where the texts say it: "la haute bande passante (HBM)", "HBM (High Bandwidth Memory)"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress
from unicodedata import combining, normalize

from corpus.topics.alone import is_abbreviation
from corpus.topics.typical import JOINTS, Text

# Words of a written-out form whose initials are the abbreviation, and of one that has others ("haute bande passante (HBM)").
MOST_WORDS, MOST_WORDS_UNLIKE = 8, 4
# So many texts say the latter: one may say what else stands there ("les activités (SFR)").
LEAST_UNLIKE = 2


class Abbreviations:
    """Counts, text by text, the forms that stand written out beside the abbreviations among some words."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = {}
        self._others: dict[str, Counter[str]] = {}

    def count(self, text: Text, places: Iterable[int]) -> None:
        """Count a text, in which terms of a topic stand at `places`."""
        alike: set[tuple[str, str]] = set()
        others: set[tuple[str, str]] = set()
        for place in places:
            if not (text.words[place][1:].isupper() and is_abbreviation(text.words[place])):
                continue
            own = _before(text, place) or _behind(text, place)
            span = own or _of_other_initials(text, place)
            if span is not None:
                (alike if own else others).add((text.words[place], text.written(*span)))
        # However often a text says one, it counts once.
        for counts, found in ((self._forms, alike), (self._others, others)):
            for abbreviation, form in found:
                counts.setdefault(abbreviation, Counter())[form] += 1

    def written_out(self, abbreviation: str) -> str | None:
        """The commonest written-out form of an abbreviation, of its initials if there is one; None where no text has any."""
        others = self._others.get(abbreviation, Counter())
        found = self._forms.get(abbreviation) or {form: n for form, n in others.items() if n >= LEAST_UNLIKE}
        return min(found, key=lambda form: (-found[form], form), default=None)


def _is_bracketed(text: Text, place: int) -> bool:
    return text.gaps[place].strip() == "(" and text.gaps[place + 1][:1] == ")"


def _before(text: Text, place: int) -> tuple[int, int] | None:
    """The form of its initials before an abbreviation in brackets."""
    if not _is_bracketed(text, place):
        return None
    last = start = place - 1
    while start >= 0 and place - start <= MOST_WORDS:
        if text.is_content(start) and _has_initials(text, start, last, text.words[place]):
            return start, last
        if text.gaps[start] not in JOINTS:
            break
        start -= 1
    return None


def _behind(text: Text, place: int) -> tuple[int, int] | None:
    """The form of its initials in brackets behind an abbreviation."""
    first = last = place + 1
    if first >= len(text.words) or text.gaps[first].strip() != "(":
        return None
    while last - first < MOST_WORDS and last + 1 < len(text.words) and text.gaps[last + 1] in JOINTS:
        last += 1
    closed = text.gaps[last + 1][:1] in (")", ",")
    return (first, last) if closed and _has_initials(text, first, last, text.words[place]) else None


def _of_other_initials(text: Text, place: int) -> tuple[int, int] | None:
    """A few words in lower case before an abbreviation in brackets: behind a name stands what that is, or where it is from."""
    if not _is_bracketed(text, place):
        return None
    last = place - 1
    first = last
    while (
        place - first < MOST_WORDS_UNLIKE
        and first > 0
        and text.gaps[first] in JOINTS
        and text.is_content(first - 1)
    ):
        first -= 1
    plain = all(word[0].islower() for word in text.words[first : last + 1])
    return (first, last) if plain and first < last and text.is_content(last) else None


def _has_initials(text: Text, first: int, last: int, abbreviation: str) -> bool:
    content = [text.is_content(place) for place in range(first, last + 1)]
    return has_initials(text.lowered[first : last + 1], content, abbreviation)


def has_initials(words: Sequence[str], content: Sequence[bool], abbreviation: str) -> bool:
    """Whether words begin with the letters of an abbreviation: all of them, or those that are words of content.

    >>> from corpus.topics.abbreviations import has_initials
    >>> has_initials(["musées", "et", "théâtres"], [True, False, True], "MT")
    True
    """
    initials = ["".join(_bare(word)[:1] for word in some) for some in (words, compress(words, content))]
    return _bare(abbreviation) in initials


@lru_cache(maxsize=10_000)
def _bare(word: str) -> str:
    """A word in lower case without accents, in whatever script."""
    return "".join(letter for letter in normalize("NFD", word.lower()) if not combining(letter))

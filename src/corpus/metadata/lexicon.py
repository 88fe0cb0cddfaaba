"""The words of headers, from `languages/<code>/headers.toml`, and from the lists in `lexicons/` that all languages share.

All languages are read at once: a French page may carry an English byline, and the words do not contradict one another where
they matter (a month stands beside a number).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from extract.languages import WORDS, LexiconError, Room, calendar_words, known_languages

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?[\s]?[kK]?"
_SPACE = r"[\s]+"

_SLOTS = (
    "ordinals", "before_date", "inside_date", "before_time", "time_words", "published", "updated", "by",
    "interview", "with", "and", "at", "reading", "relative", "counters", "desk", "not_names", "press_words", "roles", "filed",
    "credit", "title_label", "author_label", "date_label", "source_label", "url_label",
)  # fmt: skip
HEADER_WORDS = Room("corpus", "headers.toml", dict.fromkeys(_SLOTS, WORDS))


@dataclass(frozen=True, slots=True)
class HeaderLexicon:
    """Words by slot, lower case, all languages together; phrases as one regular expression a slot.

    `date_starts` and `phrase_starts` are the first words of dates and of phrases; one of `telling_words`, a digit or an "@"
    stands in every header line.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    with_words: frozenset[str]
    and_words: frozenset[str]
    at_words: frozenset[str]
    not_names: frozenset[str]
    press_words: frozenset[str]
    sources: dict[str, str]
    agencies: frozenset[str]
    places: frozenset[str]
    networks: frozenset[str]
    particles: frozenset[str]
    labels: dict[str, str]
    date_starts: frozenset[str]
    phrase_starts: frozenset[str]
    telling_words: frozenset[str]
    patterns: dict[str, str]


@lru_cache(maxsize=1)
def header_lexicon() -> HeaderLexicon:
    """The lexicon of all languages, read once a process."""
    files = [HEADER_WORDS.read(language) for language in known_languages()]
    calendars = [calendar_words(language) for language in known_languages()]

    months = _numbered([calendar.written_months() for calendar in calendars], "months")
    weekdays = _numbered([calendar.written_weekdays() for calendar in calendars], "weekdays")

    def words(slot: str) -> list[str]:
        return [word.lower() for file in files for word in file.words(slot)]

    sources, agencies = {}, set()
    for line in _lines("sources.txt"):
        name, _, written = (part.strip() for part in line.lstrip("+").partition(">"))
        sources[name.lower()] = written or name
        if line.startswith("+"):
            agencies.add(name.lower())
    labels: dict[str, str] = {}
    for slot in ("title", "author", "date", "source", "url"):
        for word in words(f"{slot}_label"):
            labels.setdefault(word, slot)
    phrases = (
        "roles",
        "filed",
        "credit",
        "published",
        "updated",
        "by",
        "interview",
        "reading",
        "relative",
        "counters",
        "desk",
    )
    patterns = {slot: any_of(words(slot)) for slot in phrases}
    patterns |= {
        slot: any_of(words(slot)) for slot in ("before_date", "inside_date", "before_time", "time_words")
    }
    patterns["ordinals"] = any_of(words("ordinals"))
    patterns["source"] = any_of(sources)
    return HeaderLexicon(
        months=months,
        weekdays=weekdays,
        with_words=frozenset(words("with")),
        and_words=frozenset([*words("and"), "&"]),
        at_words=frozenset(words("at")),
        not_names=frozenset(words("not_names")),
        press_words=frozenset(words("press_words")),
        sources=sources,
        agencies=frozenset(agencies),
        places=frozenset(line.lower() for line in _lines("places.txt")),
        networks=frozenset(line.lower() for line in _lines("networks.txt")),
        particles=frozenset(_lines("particles.txt")),
        labels=labels,
        date_starts=_first_words([*words("before_date"), *months, *weekdays]),
        telling_words=_longest_words(
            [*(word for slot in (*phrases, "with") for word in words(slot)), *agencies]
        ),
        phrase_starts=_first_words(
            [*sources, *(word for slot in (*phrases, "before_time", "time_words") for word in words(slot))]
        ),
        patterns=patterns,
    )


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for any of `phrases`, longest first: `{n}` is a number, a colon optional, ' also ’."""
    return "|".join(
        _pattern(phrase) for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    )


def _pattern(phrase: str) -> str:
    parts: list[str] = []
    for word in phrase.split():
        if word == ":":
            parts[-1] += r"(?:[\s]?:)?"
        else:
            parts.append(re.escape(word).replace(r"\{n\}", _NUMBER).replace("'", "['’]"))
    # A number may touch the word after it: "3min".
    return _SPACE.join(parts).replace(_NUMBER + _SPACE, _NUMBER + r"[\s]*")


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    """The letters that phrases begin with: a word with other letters begins none of them, which is quicker to see."""
    return frozenset(match.group() for phrase in phrases if (match := re.match(r"[^\W\d_]+", phrase)))


def _longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """The longest word of each phrase, which tells most: a line without any of them holds none of the phrases."""
    found = (re.findall(r"[^\W\d_]+", phrase) for phrase in phrases)
    return frozenset(max(words, key=len) for words in found if words)


def _numbered(calendars: Iterable[dict[str, int]], slot: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for calendar in calendars:
        for form, number in calendar.items():
            if found.setdefault(form, number) != number:
                raise LexiconError(f"'{form}' stands for two different {slot} in the calendars: keep one.")
    return found


def _lines(name: str) -> list[str]:
    return [line.strip() for line in _text(name).splitlines() if line.strip() and not line.startswith("#")]


def _text(name: str) -> str:
    return resources.files("corpus.metadata").joinpath("lexicons", name).read_text(encoding="utf-8")

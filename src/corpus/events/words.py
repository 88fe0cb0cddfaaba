"""The words around a sum that tell of its event, from `languages/<code>/events.toml`, as one pattern a slot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.languages import WORDS, Room, known_languages

_SLOTS = (
    "total_before",
    "total",
    "in_all",
    "no_total",
    "part_before",
    "instead_before",
    "wrong",
    "correction",
    "look_back",
    "round_before",
    "seed",
)
EVENT_WORDS = Room("corpus", "events.toml", dict.fromkeys(_SLOTS, WORDS))
_GAP = r"(?: +\w+){0,6}"
_LITTLE = r"(?: +\w+){0,3} *$"
"""Between such words and their sum stand its article and its modifier at most: "dont un peu plus de 80 millions"."""
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class EventWords:
    """Patterns over text as `extract.folding.fold_in_place` gives it; those that end in `before` end where the sum begins."""

    total_before: re.Pattern[str]
    total: re.Pattern[str]
    in_all: re.Pattern[str]
    no_total: re.Pattern[str]
    part_before: re.Pattern[str]
    instead_before: re.Pattern[str]
    wrong: re.Pattern[str]
    correction: re.Pattern[str]
    look_back: re.Pattern[str]
    round_letter: re.Pattern[str]
    seed: re.Pattern[str]


@cache
def event_words(language: str) -> EventWords | None:
    """The words of `language`; None where there are none. Raises LexiconError for a file with a fault."""
    if language not in known_languages():
        return None
    table = EVENT_WORDS.read(language)
    plain = {slot: _any_of(table.words(slot)) for slot in _SLOTS}
    patterns = {slot: _compiled(plain[slot], "") for slot in _SLOTS if slot != "round_before"}
    for slot in ("total_before", "part_before", "instead_before"):
        patterns[slot] = _compiled(plain[slot], _LITTLE)
    patterns["round_letter"] = _compiled(plain["round_before"], r" +(?P<letter>[a-k])\b")
    return EventWords(**patterns)


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(
        _phrase(phrase) for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    )


def _phrase(phrase: str) -> str:
    written = ""
    for word in phrase.split():
        if word == "…":
            written += _GAP
        else:
            written += (r" +" if written else "") + re.escape(word).replace(r"\*", r"\w*")
    return written


def _compiled(phrases: str, behind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{phrases})\b{behind}") if phrases else _NEVER

"""The words around a sum that tell of its event, from `languages/<code>/events.toml`, as one pattern a slot."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
    "former",
    "another",
    "fines",
    "rounds",
    "contracts",
    "purchases",
    "loans",
    "again",
    "again_before",
    "closing",
)
_KINDS = {
    "fines": "fine",
    "rounds": "funding_round",
    "contracts": "contract",
    "purchases": "acquisition",
    "loans": "debt",
}
"""The slots that name what happens once, and its kind."""
_BEFORE = ("total_before", "part_before", "instead_before", "former")
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
    former: re.Pattern[str]
    another: re.Pattern[str]
    """Its one group that took part is called as the kind."""
    again: re.Pattern[str]
    again_before: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def event_words(language: str) -> EventWords | None:
    """The words of `language`; None where there are none. Raises LexiconError for a file with a fault."""
    if language not in known_languages():
        return None
    table = EVENT_WORDS.read(language)
    plain = {slot: _any_of(table.words(slot)) for slot in _SLOTS}
    whole = [slot for slot in _SLOTS if slot not in ("round_before", "another", *_BEFORE, *_KINDS)]
    patterns = {slot: _compiled(plain[slot], "") for slot in whole}
    patterns |= {slot: _compiled(plain[slot], _LITTLE) for slot in _BEFORE}
    patterns["again_before"] = _compiled(plain["again_before"], " *$")
    patterns["another"] = _another(plain)
    patterns["round_letter"] = _compiled(plain["round_before"], r" +(?P<letter>[a-k])\b")
    return EventWords(**patterns)


def _another(plain: Mapping[str, str]) -> re.Pattern[str]:
    """What tells another one of a kind, an adjective between them at most: "une deuxième lourde amende"."""
    kinds = "|".join(f"(?P<{kind}>{plain[slot]})" for slot, kind in _KINDS.items() if plain[slot])
    return (
        re.compile(rf"\b(?:{plain['another']})(?: +\w+)? +(?:{kinds})\b")
        if kinds and plain["another"]
        else _NEVER
    )


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

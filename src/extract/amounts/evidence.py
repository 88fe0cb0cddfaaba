"""What speaks for and against a number being a sum of money, as named features that a linear scorer weighs.

Features name classes of words, never words, so that weights learnt on one language hold for the others; which words belong to a
class stands in `languages/<code>/amounts.toml`. A feature of a scaled number ("40 millions") begins with "scaled ".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extract.amounts.records import Sum
from extract.amounts.window import MILLION, Window
from extract.folding import fold_in_place
from extract.numbers import NumberPhrase
from extract.word_groups import word_groups

# How far words before and behind a number are looked at, in characters.
_BEFORE, _BEHIND, _MODIFIER = 90, 30, 48
_NEAR = 60
_LAST_WORD = re.compile(r"(?:[^\W\d_][\w-]*'?|[^\w\s])\Z")
_WORD = re.compile(r"[^\W\d_]")
_SIGNS = {":": "colon", "(": "open", ",": "comma", ";": "semicolon", "-": "dash"}
_STOPS = {**dict.fromkeys(".!?;:", "stop"), ",": "comma", **dict.fromkeys(')»"”]', "close")}
_WORDS = re.compile(r"[^\W\d_]{3,}")
# What the evidence must say of a number that counts things, in log-odds: on hands that were not learnt from 40 of 43 above it
# were money ("rachètera pour 50 milliards d'actions"), 66 of 74 above nothing.
_OF_THINGS = 1.0
_WORDS_BEHIND, _WORDS_BEFORE = 2, 4  # words with a group that are looked at
_WEIGHTS = "bare_weights.toml"


@dataclass(slots=True)
class Surroundings:
    """What was read around a number: sums before and behind it in its sentence, the one that `before` tells again in another
    currency, the last of the sentence before, and the quantity just before it (`money`, `things`, `few` things, `share`), which
    ends at `quantity_end`."""

    before: Sum | None = None
    original: Sum | None = None
    several: bool = False
    after: Sum | None = None
    previous: Sum | None = None
    earlier: bool = False
    quantity: str = ""
    quantity_end: int = 0


def evidence(window: Window, text: str, phrase: NumberPhrase, around: Surroundings) -> tuple[str, ...]:
    """The names of the features of a number, sorted."""
    scaled = phrase.scale >= MILLION
    left, right = _left(window, text, phrase), follower(window, text, phrase)
    names = {f"left {left}", f"right {right}", *_around(phrase, around), *_money(window, phrase, around)}
    closed = "end" if right in ("end", "stop", "comma", "close", "dash") else right
    names |= {f"left {left} right {closed}", f"left {left} behind {around.quantity or 'nothing'}"}
    if window.words.things.search(
        window.folded, max(window.start, around.quantity_end, phrase.start - _BEFORE), phrase.start
    ):
        names.add("things before")
    if window.words.things.search(window.folded, phrase.end, min(window.end, phrase.end + _BEHIND)):
        names.add("things behind")
    names |= set(_groups(window, phrase))
    if scaled:
        return tuple(sorted({"scaled", *(f"scaled {name}" for name in names)}))
    return tuple(sorted(names | set(_form(window, phrase))))


def _left(window: Window, text: str, phrase: NumberPhrase) -> str:
    """The class of the word before the number, modifiers ("près de") left out."""
    words, at = window.words, phrase.start
    modifier = words.before.search(window.folded, max(window.start, at - _MODIFIER), at)
    if modifier is not None:
        at = modifier.start()
    elif (before := window.folded[max(window.start, at - _MODIFIER) : at]) and (
        found := words.before.search(before)
    ):
        at = at - len(before) + found.start()
    before = window.folded[max(window.start, at - _BEFORE) : at].rstrip()
    found_word = _LAST_WORD.search(before)
    if not before:
        return "start"
    if found_word is None:
        return "digit"
    word = found_word.group()
    if word in words.classes:
        return words.classes[word]
    if not _WORD.match(word):
        return _SIGNS.get(word, "sign")
    if words.money.fullmatch(word):
        return "money"
    place = max(window.start, at - _BEFORE) + found_word.start()
    if text[place].isupper():
        return "name"
    return "verb" if word.endswith(words.verb_endings) else "word"


def follower(window: Window, text: str, phrase: NumberPhrase) -> str:
    """The class of what stands behind the number: an end, a word of a closed class, a thing it counts, money."""
    words, folded = window.words, window.folded
    rest = folded[phrase.end : min(window.end, phrase.end + _BEHIND)]
    mark = rest.lstrip()
    if not mark:
        return "end"
    if mark[0] in _STOPS:
        return _STOPS[mark[0]]
    if mark[0] == "-" and rest[0] == " ":
        return "dash"
    if mark[0].isdigit():
        return "digit"
    if not mark[0].isalpha():
        return "sign"
    if words.count_of is not None and (noun := words.count_of.match(folded, phrase.end, window.end)):
        return "things" if counted(window, text, noun) else "of money"
    if words.follow.match(folded, phrase.end) is not None:
        return "closed"
    place = phrase.end + len(rest) - len(mark)
    if words.money.match(folded, place) is not None:
        return "money"
    name = text[place].isupper()
    if words.count_of is None and phrase.scale >= MILLION and (name or not words.noun_capitals):
        return "things"  # "3 million users", "3 Millionen Kunden"
    return "name" if name else "open"


def counted(window: Window, text: str, noun: re.Match[str]) -> bool:
    """Is the noun behind "millions de" a thing that is counted? Then it is in the plural: "3 millions de clients".

    A singular is a mass, which no newspaper measures in bare millions but money: "3 millions d'avance".
    """
    if window.words.money.match(window.folded, noun.start("noun")) is not None:
        return False
    written = text[noun.start("noun") : noun.end("noun")]
    name_or_unit = len(written) < 4 or written[:1].isupper() or not written.isalpha()
    return name_or_unit or written.endswith(window.words.plural_endings)


def _groups(window: Window, phrase: NumberPhrase) -> Iterator[str]:
    """Groups of the words beside the number: what it may count, what is done with it, whose it is."""
    groups = word_groups(window.words.language)
    if not groups:
        return
    behind = _WORDS.findall(window.folded, phrase.end, min(window.end, phrase.end + _BEHIND))
    before = _WORDS.findall(window.folded, max(window.start, phrase.start - _NEAR), phrase.start)
    for side, words, reach in (("behind", behind, _WORDS_BEHIND), ("before", before[::-1], _WORDS_BEFORE)):
        known = [groups[word] for word in map(fold_in_place, words) if word in groups]
        yield from (f"{side} {group}" for group in known[:reach])
        yield f"first {side} {known[0] if known else 'unknown'}"


def _around(phrase: NumberPhrase, around: Surroundings) -> Iterator[str]:
    if around.quantity:
        yield f"behind {around.quantity}"
    if around.before is not None:
        yield "sum before"
        yield "sum near" if phrase.start - around.before.end < _NEAR else "sum far"
        if around.several:
            yield "sums before"
        source = around.before.phrase.scale if around.before.phrase is not None else 1
        size = "thousands" if (phrase.value or 0) >= 1000 else "units"
        yield f"{size} beside {'scaled' if source >= MILLION else 'plain'}"
    if around.after is not None:
        yield "sum behind"
        if around.after.start - phrase.end < _NEAR:
            yield "sum near behind"
    if around.previous is not None:
        yield "sum in sentence before"
    if around.earlier:
        yield "sum earlier"
    if around.before is None and around.after is None and around.previous is None:
        yield "no sum beside"


def _money(window: Window, phrase: NumberPhrase, around: Surroundings) -> Iterator[str]:
    money, folded = window.words.money, window.folded
    start = max(window.start, phrase.start - _BEFORE)
    if money.search(folded, start, phrase.start):
        yield "money before"
        if money.search(folded, max(start, around.quantity_end), phrase.start):
            yield "money in clause"
    if money.search(folded, phrase.end, min(window.end, phrase.end + _BEHIND)):
        yield "money behind"


def _form(window: Window, phrase: NumberPhrase) -> Iterator[str]:
    if not phrase.digits:
        yield "in words"
        return
    value = phrase.value or 0
    if value != int(value):
        yield "decimal"
    elif value >= 1000:
        yield "thousands"
    elif value <= 31:
        yield "small"


@cache
def bare_weights() -> Mapping[str, float]:
    """The weight of each feature, in log-odds; what is absent weighs nothing."""
    text = resources.files(__package__).joinpath(_WEIGHTS).read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


def is_money(names: tuple[str, ...]) -> bool:
    """Does the evidence say that a number is a sum?"""
    weights = bare_weights()
    asked = _OF_THINGS if "scaled right things" in names else 0.0
    return sum(weights.get(name, 0.0) for name in names) + weights.get("", 0.0) > asked

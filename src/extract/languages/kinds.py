"""What a slot of a language's file may hold. A kind says what it expects, and what is wrong with a value."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

_SHOWN = 60  # characters of a wrong value in a message


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of slot: `expected` completes "should be …"; `fits` tells whether a value is of it.

    >>> from extract.languages import WORDS
    >>> list(WORDS.faults("names.toml: slot 'articles'", "le"))
    ["names.toml: slot 'articles' should be a list of non-empty strings, not 'le'."]
    """

    expected: str
    fits: Callable[[Any], bool]
    required: bool = True

    def faults(self, where: str, value: Any) -> Iterator[str]:
        """What is wrong with `value`, one sentence each."""
        if not self.fits(value):
            written = repr(value)
            shortened = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
            yield f"{where} should be {self.expected}, not {shortened}."


@dataclass(frozen=True, slots=True)
class Section:
    """A table with slots of its own.

    >>> from extract.languages import TEXT, Section
    >>> for fault in Section({"name": TEXT}).faults("language.toml", {"nmae": "French"}):
    ...     print(fault)
    language.toml 'name' is missing; it should be a string.
    language.toml 'nmae' is no slot of this file; did you mean 'name'?
    """

    slots: Mapping[str, Kind | Section | Tables]
    expected: str = "a table with slots of its own"
    required: bool = True

    def faults(self, where: str, value: Any) -> Iterator[str]:
        """What is wrong with the table: slots that are missing, unknown or of the wrong kind."""
        if not isinstance(value, Mapping):
            yield f"{where} should be {self.expected}."
            return
        for name, kind in self.slots.items():
            if name in value:
                yield from kind.faults(f"{where} '{name}'", value[name])
            elif kind.required:
                yield f"{where} '{name}' is missing; it should be {kind.expected}."
        for name in value:
            if name not in self.slots:
                near = difflib.get_close_matches(name, self.slots, n=1)
                hint = f"; did you mean '{near[0]}'?" if near else "."
                yield f"{where} '{name}' is no slot of this file{hint}"


@dataclass(frozen=True, slots=True)
class Tables:
    """An array of tables, each with the same slots.

    >>> from extract.languages import TEXT, Tables
    >>> list(Tables({"name": TEXT}).faults("scales", [{"name": "million"}, {"name": 6}]))
    ["scales no. 2 'name' should be a string, not 6."]
    """

    slots: Mapping[str, Kind | Section | Tables]
    expected: str = "an array of tables"
    required: bool = True

    def faults(self, where: str, value: Any) -> Iterator[str]:
        """What is wrong with each table."""
        if not isinstance(value, list):
            yield f"{where} should be {self.expected}."
            return
        for place, row in enumerate(value, 1):
            yield from Section(self.slots).faults(f"{where} no. {place}", row)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _is_lists(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_words, value.values()))


def _is_counted(value: Any) -> bool:
    return _is_lists(value) and all(name.removeprefix("-").isdecimal() for name in value)


def _is_bundles(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, dict)
        and set(entry) == {"code", "value"}
        and isinstance(entry["code"], str)
        and _is_number(entry["value"])
        for entry in value.values()
    )


def _is_opposites(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(_is_words, pair)) for pair in value
    )


TEXT = Kind("a string", lambda value: isinstance(value, str))
FLAG = Kind("true or false", lambda value: isinstance(value, bool))
NUMBER = Kind("a number", _is_number)
WORDS = Kind("a list of non-empty strings", _is_words)
SOME_WORDS = Kind("a list of at least one word", lambda value: _is_words(value) and bool(value))
CONNECTORS = Kind(
    "a list of strings", lambda value: isinstance(value, list) and all(isinstance(w, str) for w in value)
)
NUMBERS = Kind(
    "a table from words to numbers",
    lambda value: isinstance(value, dict) and all(map(_is_number, value.values())),
)
CODES = Kind(
    "a table from words to codes",
    lambda value: isinstance(value, dict) and all(isinstance(code, str) for code in value.values()),
)
LISTS = Kind("a table of lists of non-empty strings", _is_lists)
COUNTED = Kind("a table of lists of words under whole numbers, such as -1", _is_counted)
BUNDLES = Kind('a table from words to { code = "USD", value = 1_000_000 }', _is_bundles)
OPPOSITES = Kind("a list of pairs of lists of words", _is_opposites)


def numbered(last: int, *, all_of_them: bool = False) -> Kind:
    """Lists of words under the numbers 1 to `last`; under every one of them when `all_of_them`.

    >>> from extract.languages import numbered
    >>> numbered(12).fits({"1": ["janvier"]}), numbered(12, all_of_them=True).fits({"1": ["janvier"]})
    (True, False)
    """
    keys = {str(number) for number in range(1, last + 1)}

    def fits(value: Any) -> bool:
        return _is_lists(value) and (set(value) == keys if all_of_them else set(value) <= keys)

    every = "each of " if all_of_them else ""
    return Kind(f"a table of lists of words under {every}1 to {last}", fits)


def named(*names: str) -> Kind:
    """Lists of words under some of `names`.

    >>> from extract.languages import named
    >>> named("tens", "hundreds").fits({"tens": ["et"]}), named("tens", "hundreds").fits({"ones": ["et"]})
    (True, False)
    """
    return Kind(
        f"a table of lists of words under names among {', '.join(names)}",
        lambda value: _is_lists(value) and set(value) <= set(names),
    )


def one_of(*values: str) -> Kind:
    """One of some strings.

    >>> from extract.languages import one_of
    >>> list(one_of("dmy", "mdy").faults("calendar.toml: slot 'order'", "ymd"))
    ["calendar.toml: slot 'order' should be one of dmy, mdy, not 'ymd'."]
    """
    return Kind(f"one of {', '.join(values)}", lambda value: value in values)


def some_of(*values: str) -> Kind:
    """A list of some of these words.

    >>> from extract.languages import some_of
    >>> some_of("tens", "hundreds").fits(["tens"]), some_of("tens").fits(["ones"])
    (True, False)
    """
    return Kind(
        f"a list of some of {', '.join(values)}",
        lambda value: _is_words(value) and set(value) <= set(values),
    )


def optional(kind: Kind) -> Kind:
    """The same kind, for a slot that may be left out.

    >>> from extract.languages import FLAG, optional
    >>> optional(FLAG).required
    False
    """
    return replace(kind, required=False)

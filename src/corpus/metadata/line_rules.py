"""When a line that has been read as a whole is header furniture: a table of rules, the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.names import is_name, is_particle
from corpus.metadata.scan import Reading

GLUED_NAME: Final = 3
"""Words of a name that a date follows without a cue or separator: longer ones are titles ("Assemblée générale du mardi…")."""

READING_TIME_LENGTH: Final = 120
MOST_NAMES: Final = 4
DATED_BYLINE_WORDS: Final = 16
AGENCY_BYLINE_WORDS: Final = 10
HANDLE_WORDS: Final = 6
DESK_WORDS: Final = 4
"""Names and words beyond which a line is a sentence that happens to hold them."""


@dataclass(frozen=True)
class Said:
    """What a fully read line says, as the rules ask for it. `first` is true for a text's first line, more likely its title."""

    reading: Reading
    text: str
    first: bool

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds of tokens it holds."""
        return self.reading.kinds

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @cached_property
    def numbered(self) -> bool:
        """Whether it has a digit."""
        return any(letter.isdigit() for letter in self.text)

    @cached_property
    def dated(self) -> bool:
        """Whether it gives a date, or words for one ("hier")."""
        return "date" in self.kinds or "relative" in self.kinds

    @cached_property
    def names(self) -> list[str]:
        """Its runs of words that may be names."""
        return [name for name, _ in self.reading.names]

    @cached_property
    def authors(self) -> list[str]:
        """The names that can be an author's: names by their form, agencies, and the one word behind a cue."""
        sources = header_lexicon().sources
        return [
            name
            for name, cued in self.reading.names
            if is_name(name, cued) or name.lower() in sources or (cued and is_alone(name, self.reading))
        ]

    @cached_property
    def sources(self) -> list[str]:
        """Its agencies and publications."""
        return [name for name in self.names if name.lower() in header_lexicon().sources]

    @cached_property
    def plausible(self) -> bool:
        """Whether each run of words is a name, a place or a single word."""
        places = header_lexicon().places
        return all(
            cued or is_name(name) or len(name.split()) == 1 or name.lower() in places
            for name, cued in self.reading.names
        )


def rule_of(reading: Reading, text: str, first: bool) -> str | None:
    """The rule by which a fully read line is header furniture, or None."""
    said = Said(reading, text, first)
    return next((rule for rule, holds in RULES if holds(said)), None)


def is_alone(name: str, reading: Reading) -> bool:
    """Whether `name` is the one word that a byline gives for its author, as "Par Camille"; a second word is a place."""
    lexicon = header_lexicon()
    people = [other for other, _ in reading.names if other.lower() not in lexicon.sources]
    alone = len(name.split()) == 1 and people == [name]
    return alone and name.lower() not in lexicon.not_names and not is_particle(name)


def _is_sentence(said: Said) -> bool:
    ends = said.text.endswith((".", "!", "?", ":", "»"))
    return "role" in said.kinds and ends and not said.dated


def _heads_a_menu(said: Said) -> bool:
    """ "Hier" or "Today" alone heads a list in a menu."""
    return said.kinds <= {"relative", "word"} and not said.numbered


def _is_dated_by_cue(said: Said) -> bool:
    return said.dated and ("published" in said.kinds or "updated" in said.kinds)


def _is_interview(said: Said) -> bool:
    return "interview" in said.kinds and bool(said.authors)


def _is_byline(said: Said) -> bool:
    sure = not said.first or said.dated or any(is_name(name) for name in said.authors)
    return "by" in said.kinds and bool(said.authors) and sure


def _is_placed(said: Said) -> bool:
    named = bool(said.names) and len(said.authors) == len(said.names) <= MOST_NAMES
    return "placed" in said.kinds and named and not said.first


def _is_reading_time(said: Said) -> bool:
    return "reading" in said.kinds and len(said.text) < READING_TIME_LENGTH


def _is_bare_date(said: Said) -> bool:
    return said.dated and not said.names


def _is_dated_title(said: Said) -> bool:
    if not (said.dated and said.reading.glued):
        return False
    return not (is_name(said.names[0]) and len(said.names[0].split()) <= GLUED_NAME)


def _is_dated_byline(said: Said) -> bool:
    short = len(said.names) <= MOST_NAMES and said.words <= DATED_BYLINE_WORDS
    return said.dated and said.plausible and not said.first and short


def _are_sources(said: Said) -> bool:
    return bool(said.sources) and len(said.sources) == len(said.names) and not said.first


def _are_agencies(said: Said) -> bool:
    agencies = header_lexicon().agencies
    known = "with" in said.kinds or any(name.lower() in agencies for name in said.sources)
    return _are_sources(said) and known


def _is_desk(said: Said) -> bool:
    return "desk" in said.kinds and not said.first and said.words <= DESK_WORDS


def _is_with_agency(said: Said) -> bool:
    named = bool(said.sources) and bool(said.authors)
    return "with" in said.kinds and named and said.words <= AGENCY_BYLINE_WORDS and not said.first


def _is_handle(said: Said) -> bool:
    return "handle" in said.kinds and bool(said.authors) and not said.first and said.words <= HANDLE_WORDS


def _is_counter(said: Said) -> bool:
    return said.kinds == {"counters"} and said.numbered


# What speaks against a line stands before the rules that would take it.
RULES: Final[tuple[tuple[str | None, Callable[[Said], bool]], ...]] = (
    (None, _is_sentence),
    (None, _heads_a_menu),
    ("date_line", _is_dated_by_cue),
    ("byline", _is_interview),
    ("byline", _is_byline),
    ("byline", _is_placed),
    ("reading_time", _is_reading_time),
    ("date_line", _is_bare_date),
    (None, _is_dated_title),
    ("byline", _is_dated_byline),
    ("byline", _are_agencies),
    (None, _are_sources),
    ("byline", _is_desk),
    ("byline", _is_with_agency),
    ("byline", _is_handle),
    ("counter", _is_counter),
)

"""A header line as tokens: dates, times, set phrases, separators, and runs of words that may be names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus.metadata.dates import HeaderDate, match_date
from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.names import LONGEST_PLACE, is_name_word, is_particle

EDGE: Final = r"(?!\w)"
LONGEST_INITIAL: Final = 2
"""A word of at most a letter and a full stop keeps it ("J. Roche"); after a longer one it ends a sentence."""

LONGEST_ROLE: Final = 12
"""Words of a role after a byline's name ("professeur de droit public à l'université de Lille")."""

_PARTS: Final = "|•·–—"
"""Separators that end what belongs to a byline; a comma does not."""

_WORD = re.compile(r"[^\W_][\w’'\-.]*|&")
_LETTERS = re.compile(r"[^\W\d_]+")
_BRACKET = re.compile(r"\([^()]{2,80}\)")


@dataclass(slots=True)
class Reading:
    """What has been read of a line. `names` tells of each whether it stood behind a byline's cue or is known (`known`: agencies,
    publications, editorial desks, handles); `glued` that a date followed a run of words without a separator."""

    published: list[HeaderDate] = field(default_factory=list)
    updated: list[HeaderDate] = field(default_factory=list)
    names: list[tuple[str, bool]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    relative: str | None = None
    after_update: bool = False
    byline: bool = False
    filed: bool = False
    glued: bool = False
    role_words: int = 0

    def close_run(self) -> None:
        """End a run of words: it becomes a name."""
        if self.run:
            self.names.append((" ".join(self.run), self.byline))
            self.run = []

    def take_date(self, date: HeaderDate) -> None:
        """Add a date: of the update when that word stood before it."""
        self.glued = self.glued or (bool(self.run) and not self.byline)
        self.close_run()
        (self.updated if self.after_update else self.published).append(date)
        self.kinds.add("date")
        self.byline = self.byline and not self.names

    def is_handle(self, word: str) -> bool:
        """Whether a last word is how a blog's author signs: "Mis en ligne le 3 mai 2025 par jroche"."""
        signed = "by" in self.kinds and "date" in self.kinds and self.byline and not self.run
        return signed and word.islower() and not any(cued for _, cued in self.names)

    def take(self, kind: str, value: str) -> bool:
        """Add a token; False when no header has it there."""
        if kind == "space":
            return True
        if kind == "word":
            return self.filed or self._take_word(value)
        self.close_run()
        if kind == "separator":
            if any(mark in value for mark in _PARTS):
                self.byline, self.role_words, self.filed = False, 0, False
            return True
        self.kinds.add(kind)
        if kind in ("published", "updated"):
            self.after_update = kind == "updated"
            self.byline = self.filed = False
        elif kind in ("by", "interview"):
            self.byline, self.role_words, self.filed = True, 0, False
        elif kind == "filed":
            self.filed = True
        elif kind == "credit":
            self.byline = False
        elif kind in ("source", "desk", "handle") and not self.filed:
            if value.lower() not in header_lexicon().not_names:
                self.names.append((value, True))
                self.known.add(value)
        elif kind == "relative":
            self.relative = self.relative or value
        return True

    def _take_word(self, word: str) -> bool:
        lexicon = header_lexicon()
        lower = word.lower()
        if word == "&" and not self.run:
            return True
        if lower in lexicon.and_words and (self.run or self.names):
            self.close_run()
            return True
        if lower in lexicon.with_words and not (self.run and is_name_word(word)):
            self.close_run()
            self.kinds.add("with")
            return True
        if not self.role_words and (is_name_word(word) or is_particle(word)):
            self.run.append(word)
            return True
        # A role follows a byline's name: "Par Jean Dupont, professeur à Lille".
        named = any(cued for _, cued in self.names) or bool(self.run)
        if not (self.byline and named):
            return False
        self.close_run()
        self.role_words += 1
        self.kinds.add("role")
        return self.role_words <= LONGEST_ROLE


def scan(line: str, start: int, end: int, language: str | None) -> Reading | None:
    """`line[start:end]` read token by token; None at the first word that no header has."""
    reading, position, boundary = Reading(), start, True
    while position < end:
        date = _date_at(line, position, end, language)
        if date is not None:
            reading.take_date(date)
            position, boundary = date.end, True
            continue
        bracket = _role_at(line, position, end, reading)
        if bracket is not None:
            reading.close_run()
            position, boundary = bracket, True
            continue
        token = _token_at(line, position, end, reading, boundary)
        if token is None or not reading.take(*token):
            return None
        kind, value = token
        boundary = kind != "word" and (kind != "space" or boundary)
        position += len(value)
    reading.close_run()
    return reading


def _date_at(line: str, position: int, end: int, language: str | None) -> HeaderDate | None:
    """The date that begins at `position`: at a digit, or at a word with which dates begin."""
    letters = _LETTERS.match(line, position, end)
    starts = letters is not None and letters.group().lower() in header_lexicon().date_starts
    may_be = starts or (letters is None and line[position].isdigit())
    date = match_date(line, position, language) if may_be else None
    return date if date is not None and date.end <= end else None


def _role_at(line: str, position: int, end: int, reading: Reading) -> int | None:
    """The end of the place or role in brackets that stands at `position`, behind a byline's name; behind another name it signs
    where its first word says that it is one: "Jean Dupont (à Lille)"."""
    bracket = _BRACKET.match(line, position, end) if reading.run or reading.names else None
    if bracket is None or not _is_role(bracket.group()):
        return None
    if reading.byline:
        return bracket.end()
    if not _is_place(bracket.group()):
        return None
    reading.kinds.add("placed")
    return bracket.end()


def _token_at(line: str, position: int, end: int, reading: Reading, boundary: bool) -> tuple[str, str] | None:
    """The kind and the words of the token at `position`; None where there is none."""
    letters = _LETTERS.match(line, position, end)
    plain = letters is not None and letters.group().lower() not in header_lexicon().phrase_starts
    match = (_WORD if plain else _tokens()).match(line, position, end)
    kind = "word" if plain else str(match.lastgroup) if match else ""
    if match is not None and _is_misplaced(kind, match.group(), reading, boundary):
        kind, match = "word", _WORD.match(line, position, end)
    if match is None:
        return None
    value = match.group()
    if kind == "word" and reading.is_handle(value) and not line[match.end() : end].strip():
        kind = "handle"
    return kind, value.rstrip(".") if kind == "word" and len(value) > LONGEST_INITIAL else value


def _is_misplaced(kind: str, value: str, reading: Reading, boundary: bool) -> bool:
    """Whether a set phrase stands where it is a word like others."""
    if kind == "by":
        return not boundary
    if kind == "filed":
        return not reading.kinds & {"date", "published"}
    return kind == "source" and not _is_source(value)


def _is_role(bracket: str) -> bool:
    """Whether what stands in brackets after a name is a place or a role, no agency and no date."""
    words = bracket.strip("()").split()
    lexicon = header_lexicon()
    if words and words[0].lower() in lexicon.with_words:
        return False
    known = " ".join(words).lower() in lexicon.sources or any(
        word.lower() in lexicon.agencies for word in words
    )
    return not known and not any(letter.isdigit() for letter in bracket)


def _is_place(bracket: str) -> bool:
    """Whether brackets hold "at" with a place, a known place, or a role: what stands behind the name of who wrote."""
    words = bracket.strip("()")
    first, _, rest = words.partition(" ")
    lexicon = header_lexicon()
    if first.lower() in lexicon.at_words:
        return is_name_word(rest.lstrip() or "-") and len(words.split()) <= LONGEST_PLACE
    return words.partition(",")[0].strip().lower() in lexicon.places or _role().match(words) is not None


@lru_cache(maxsize=1)
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?:{header_lexicon().patterns['roles']}){EDGE}", re.IGNORECASE)


def _is_source(value: str) -> bool:
    """Whether letter case fits: "MAP" is an agency, "map" is none."""
    name = header_lexicon().sources.get(value.lower(), value)
    return (
        value.isupper()
        if name.isupper() and len(name) == len(value)
        else not value[0].islower() or name[0].islower()
    )


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    ampm = patterns["time_words"]
    clock = (
        rf"(?:(?:{patterns['before_time']})[\s]+)?(?:[0-2]?\d[\s]?[hH:.][\s]?[0-5]\d(?::[0-5]\d|min(?!\w))?|[0-2]?\d[\s]?h|[01]?\d(?=[\s]?[ap]\.?m))"
        rf"(?:[\s]?\(?(?:{ampm})(?!\w)(?:[+-]\d{{1,2}}(?::?\d\d)?)?\)?)*"
    )
    groups = [
        ("reading", patterns["reading"]),
        ("counters", patterns["counters"]),
        ("relative", patterns["relative"]),
        ("time", clock),
        ("updated", patterns["updated"]),
        ("published", patterns["published"]),
        ("interview", patterns["interview"]),
        ("desk", patterns["desk"]),
        ("source", patterns["source"]),
        ("by", patterns["by"]),
        ("filed", patterns["filed"]),
        ("credit", patterns["credit"]),
    ]
    # A time may touch the next cue: "18:02Modifié le".
    after = {"time": r"(?!\d)"}
    alternatives = [rf"(?P<{name}>(?:{pattern}){after.get(name, EDGE)})" for name, pattern in groups]
    alternatives += [
        r"(?P<handle>@\w{2,30}(?!\w))",
        r"(?P<space>[\s]+)",
        r"(?P<separator>(?:[•·|—–\-‐−,/:;()\[\]>…●▪◦*«»“”\"⏱🕒🕐📅✍+\ufe0f]|\.(?![\w.]))+)",
        r"(?P<word>[^\W\d_][\w’'\-.]*|&)",
    ]
    return re.compile("|".join(alternatives), re.IGNORECASE)

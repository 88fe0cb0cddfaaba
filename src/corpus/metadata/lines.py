"""One line of a header: the whole of it is read as dates, names, times and set phrases, or it is no header line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus.metadata.dates import HeaderDate, match_date
from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.names import is_name, is_name_word, is_particle

LONGEST_LINE: Final = 220
LONGEST_ROLE: Final = 12
"""Words of a role after a byline's name ("professeur de droit public à l'université de Lille")."""


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """What a line says: dates of publication, dates of an update, names, and the words of a date that gives no day."""

    start: int
    end: int
    rule: str
    published: tuple[HeaderDate, ...] = ()
    updated: tuple[HeaderDate, ...] = ()
    authors: tuple[str, ...] = ()
    relative: str | None = None
    cued: bool = False


@dataclass(slots=True)
class _Reading:
    """The state while a line is read from left to right."""

    published: list[HeaderDate] = field(default_factory=list)
    updated: list[HeaderDate] = field(default_factory=list)
    names: list[tuple[str, bool]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    relative: str | None = None
    after_update: bool = False
    byline: bool = False
    role_words: int = 0

    def close_run(self) -> None:
        """End a run of name words: it becomes a name."""
        if self.run:
            self.names.append((" ".join(self.run), self.byline))
            self.run = []


def read_line(line: str, language: str | None = None, first: bool = False) -> HeaderLine | None:
    """What `line` says if all of it, or its cued part, is header; None otherwise.

    `first` is true for a text's first line, which is more likely a title: it needs a cue. "Par Jean Dupont, le 1er avril
    2023" gives one date and one author.
    """
    if len(line) > LONGEST_LINE:
        return _leading(line, language)
    stripped = line.strip()
    if not stripped:
        return None
    start = line.index(stripped)
    whole = _whole(line, start, start + len(stripped), language, first)
    if whole is not None:
        return whole
    return _trailing(line, language) or _leading(line, language)


def _whole(line: str, start: int, end: int, language: str | None, first: bool) -> HeaderLine | None:
    reading = _scan(line, start, end, language)
    if reading is None:
        return None
    reading.close_run()
    rule = _rule(reading, line[start:end], first)
    return _line(reading, start, end, rule) if rule else None


def _scan(line: str, start: int, end: int, language: str | None) -> _Reading | None:
    """Read `line[start:end]` token by token; None at the first word that no header has."""
    reading, tokens, position = _Reading(), _tokens(), start
    boundary = True
    while position < end:
        date = match_date(line, position, language)
        if date is not None and date.end <= end:
            reading.close_run()
            (reading.updated if reading.after_update else reading.published).append(date)
            reading.kinds.add("date")
            reading.byline = reading.byline and not reading.names
            position, boundary = date.end, True
            continue
        match = tokens.match(line, position, end)
        if match is None:
            return None
        kind, value = str(match.lastgroup), match.group()
        if kind == "by" and not boundary:
            kind = "word"
            match = _WORD.match(line, position, end)
            if match is None:
                return None
            value = match.group()
        if not _take(reading, kind, value):
            return None
        boundary = kind not in ("word", "space") or (kind == "space" and boundary)
        position = match.end()
    return reading


def _take(reading: _Reading, kind: str, value: str) -> bool:
    """Put one token into `reading`; False when no header has it there."""
    if kind == "space":
        return True
    if kind == "word":
        return _take_word(reading, value)
    reading.close_run()
    if kind == "separator":
        if any(mark in value for mark in "|•·–—"):
            reading.byline, reading.role_words = False, 0
        return True
    reading.kinds.add(kind)
    if kind in ("published", "updated"):
        reading.after_update = kind == "updated"
        reading.byline = False
    elif kind in ("by", "interview"):
        reading.byline, reading.role_words = True, 0
    elif kind in ("source", "desk", "handle"):
        reading.names.append((value, True))
    elif kind == "relative":
        reading.relative = reading.relative or value
    return True


def _take_word(reading: _Reading, word: str) -> bool:
    lexicon = header_lexicon()
    lower = word.lower()
    if lower in lexicon.and_words and (reading.run or reading.names):
        reading.close_run()
        return True
    if (
        lower in lexicon.with_words
        and not reading.run
        or lower in lexicon.with_words
        and not is_name_word(word)
    ):
        reading.close_run()
        reading.kinds.add("with")
        return True
    if not reading.role_words and (
        is_name_word(word) or (reading.run and is_particle(word)) or is_particle(word)
    ):
        reading.run.append(word)
        return True
    # A role follows a byline's name: "Par Jean Dupont, professeur à Lille".
    named = any(cued for _, cued in reading.names) or (reading.byline and bool(reading.run))
    if not (reading.byline and named):
        return False
    reading.close_run()
    reading.role_words += 1
    reading.kinds.add("role")
    return reading.role_words <= LONGEST_ROLE


def _rule(reading: _Reading, text: str, first: bool) -> str | None:
    """The rule by which a fully read line is header furniture, or None."""
    kinds = reading.kinds
    lexicon = header_lexicon()
    names = [name for name, _ in reading.names]
    good = [name for name, cued in reading.names if is_name(name) or (cued and _single(name))]
    sources = [name for name in names if name.lower() in lexicon.sources]
    dated = "date" in kinds or "relative" in kinds
    if "role" in kinds and text.endswith((".", "!", "?", ":", "»")) and not dated:
        return None
    if ("published" in kinds or "updated" in kinds) and dated:
        return "date_line"
    if "interview" in kinds and good:
        return "byline"
    if "by" in kinds and good and (not first or any(is_name(name) for name in good) or dated):
        return "byline"
    if "reading" in kinds and len(text) < 120:
        return "reading_time"
    if dated and not names:
        return "date_line"
    if dated and not first and len(names) <= 4 and len(text.split()) <= 16:
        return "byline"
    if sources and len(sources) == len(names) and not first:
        cued = "with" in kinds or any(name.lower() in lexicon.agencies for name in sources)
        return "byline" if cued else None
    if "desk" in kinds and not first and len(text.split()) <= 4:
        return "byline"
    if "with" in kinds and sources and good and len(text.split()) <= 10 and not first:
        return "byline"
    return "counter" if kinds == {"counters"} else None


def _single(name: str) -> bool:
    return bool(name) and len(name.split()) == 1 and name.lower() not in header_lexicon().not_names


def _line(reading: _Reading, start: int, end: int, rule: str) -> HeaderLine:
    lexicon = header_lexicon()
    cued = bool(reading.kinds & {"published", "updated", "by", "interview", "reading"})
    bylined = bool(reading.kinds & {"by", "interview"})
    authors = []
    for name, after_cue in reading.names:
        known = name.lower() in lexicon.sources or "@" in name
        if (is_name(name) and (after_cue or not bylined)) or known or (after_cue and _single(name)):
            authors.append(name)
    if reading.kinds & {"desk"}:
        authors += [
            name for name, _ in reading.names if name not in authors and name.lower() not in lexicon.places
        ]
    return HeaderLine(
        start,
        end,
        rule,
        tuple(reading.published),
        tuple(reading.updated),
        tuple(authors),
        reading.relative,
        cued,
    )


def _trailing(line: str, language: str | None) -> HeaderLine | None:
    """A cue that ends a line after other words: "Économie - Publié le 10 février 2025"; the words before stay."""
    for match in _cue_after_separator().finditer(line):
        begin = match.start("cue")
        found = _whole(line, begin, len(line.rstrip()), language, first=False)
        if found is not None and found.cued and (found.published or found.updated):
            return HeaderLine(
                match.start(),
                found.end,
                found.rule,
                found.published,
                found.updated,
                found.authors,
                found.relative,
                True,
            )
    return None


def _leading(line: str, language: str | None) -> HeaderLine | None:
    """A date line that a paragraph is glued to: "Publié le 10 février 2025 à 18h02 Le ministre…"."""
    match = _cue_at_start().match(line)
    if match is None:
        return None
    cued, position = match.lastgroup, match.end()
    date = match_date(line, position, language)
    if date is None:
        return None
    tail = _time_after().match(line, date.end)
    end = tail.end() if tail else date.end
    rest = line[end:].lstrip()
    if not rest or not rest[0].isupper():
        return None
    dates = (date,)
    start = len(line) - len(line.lstrip())
    if cued == "updated":
        return HeaderLine(start, end, "date_line", updated=dates, cued=True)
    return HeaderLine(start, end, "date_line", published=dates, cued=True)


_WORD = re.compile(r"[^\W_][\w’'\-.]*|&")


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    ampm = patterns["time_words"]
    clock = (
        rf"(?:(?:{patterns['before_time']})[\s]+)?(?:[0-2]?\d[\s]?[hH:.][\s]?[0-5]\d(?::[0-5]\d)?|[0-2]?\d[\s]?h|[01]?\d(?=[\s]?[ap]\.?m))"
        rf"(?![\w])?(?:[\s]?(?:{ampm})(?!\w))*|(?:{ampm})(?!\w)"
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
    ]
    alternatives = [rf"(?P<{name}>(?:{pattern})(?!\w))" for name, pattern in groups]
    alternatives += [
        r"(?P<handle>@\w{2,30}(?!\w))",
        r"(?P<space>[\s]+)",
        r"(?P<separator>[•·|—–\-‐−,/:;()\[\]>…●▪◦*«»“”\"⏱🕒🕐📅✍️+]+)",
        r"(?P<word>[^\W\d_][\w’'\-.]*|&)",
    ]
    return re.compile("|".join(alternatives), re.IGNORECASE)


@lru_cache(maxsize=1)
def _cue_after_separator() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    cues = f"{patterns['published']}|{patterns['updated']}"
    return re.compile(rf"[\s]*[|•·–—,(\-.…][\s]*(?P<cue>(?:{cues})(?!\w))", re.IGNORECASE)


@lru_cache(maxsize=1)
def _cue_at_start() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    return re.compile(
        rf"[\s]*(?:(?P<updated>(?:{patterns['updated']})(?!\w))|(?P<published>(?:{patterns['published']})(?!\w)))[\s]*:?[\s]*",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _time_after() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    return re.compile(
        rf",?[\s]*(?:(?:{patterns['before_time']})[\s]+)?[0-2]?\d[\s]?[hH:][\s]?[0-5]\d(?:[\s]?(?:{patterns['time_words']})(?!\w))*[\s]*[.|–—-]?",
        re.IGNORECASE,
    )

"""One line of a header: the whole of it is read as dates, names, times and set phrases, or it is no header line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from corpus.metadata.dates import HeaderDate, find_dates, match_date
from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.line_rules import is_alone, rule_of
from corpus.metadata.names import is_name
from corpus.metadata.scan import Reading, scan

LONGEST_LINE: Final = 220
LONGEST_SECTION: Final = 80


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


def read_line(line: str, language: str | None = None, first: bool = False) -> HeaderLine | None:
    """What `line` says if all of it, or its cued part, is header; None otherwise.

    `first` is true for a text's first line, which is more likely a title: it needs a cue. "Par Jean Dupont, le 1er avril
    2023" gives one date and one author.
    """
    if len(line) > LONGEST_LINE:
        return _leading(line, language)
    stripped = line.strip()
    if not stripped or not _may_be_header(line) or _is_row(stripped, language):
        return None
    start = line.index(stripped)
    whole = _whole(line, start, start + len(stripped), language, first)
    if whole is not None:
        return whole
    return _trailing(line, language) or _leading(line, language)


def is_header_line(line: str) -> bool:
    """Whether a line is nothing but a byline or a date line.

    >>> from corpus.metadata import is_header_line
    >>> is_header_line("Par Jeanne Roche, le 10 février 2025"), is_header_line("Par Jeanne Roche, le bac repart.")
    (True, False)
    """
    read = read_line(line)
    return read is not None and read.rule in ("byline", "date_line") and read.end - read.start == len(line)


def _may_be_header(line: str) -> bool:
    """Whether a line holds a digit, a bracket or a word without which no rule applies: most lines do not, and need no reading."""
    if _SIGN.search(line):
        return True
    return not header_lexicon().telling_words.isdisjoint(_LETTERS.findall(line.lower()))


def _is_row(line: str, language: str | None) -> bool:
    """Whether a line is a row of data: one of its cells holds a number that no header has ("5,4 M€", "40 salariés")."""
    cells = line.split(CELL_MARK)
    return len(cells) > 1 and any(
        any(letter.isdigit() for letter in cell) and _no_header(cell.strip(), language) for cell in cells
    )


def _no_header(cell: str, language: str | None) -> bool:
    return scan(cell, 0, len(cell), language) is None and not find_dates(cell, language)


CELL_MARK: Final = " | "
_SIGN = re.compile(r"[\d@(]")
_LETTERS = re.compile(r"[^\W\d_]+")


def _whole(line: str, start: int, end: int, language: str | None, first: bool) -> HeaderLine | None:
    reading = scan(line, start, end, language)
    if reading is None:
        return None
    rule = rule_of(reading, line[start:end], first)
    return _line(reading, start, end, rule) if rule else None


def _line(reading: Reading, start: int, end: int, rule: str) -> HeaderLine:
    cued = bool(reading.kinds & {"published", "updated", "by", "interview", "reading"})
    bylined = bool(reading.kinds & {"by", "interview"})
    authors = []
    for name, after_cue in reading.names:
        known = name in reading.known
        if (
            (is_name(name, after_cue) and (after_cue or not bylined))
            or known
            or (after_cue and is_alone(name, reading))
        ):
            authors.append(name)
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
            return replace(found, start=match.start())
    return _bare_at_end(line, language)


def _bare_at_end(line: str, language: str | None) -> HeaderLine | None:
    """A full date behind a strong separator: "Intelligence artificielle | 10 février 2025"; the words before stay."""
    for match in _STRONG_SEPARATOR.finditer(line):
        date = match_date(line, match.end(), language)
        if date is not None and date.year is not None and not line[date.end :].strip():
            return HeaderLine(match.start(), date.end, "date_line", published=(date,))
    return None


def _leading(line: str, language: str | None) -> HeaderLine | None:
    """A date line that a paragraph is glued to: "Publié le 10 février 2025 à 18h02 Le ministre…"."""
    match = _cue_at_start().match(line)
    if match is None:
        return _bare_at_start(line, language)
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


def _bare_at_start(line: str, language: str | None) -> HeaderLine | None:
    """A full date before a strong separator and a few words: "10 février 2025 | Intelligence artificielle"."""
    start = len(line) - len(line.lstrip())
    date = match_date(line, start, language)
    match = _STRONG_SEPARATOR.match(line, date.end) if date is not None and date.year is not None else None
    if date is None or match is None or len(line) - match.end() > LONGEST_SECTION:
        return None
    return HeaderLine(start, match.end(), "date_line", published=(date,))


_STRONG_SEPARATOR = re.compile(r"[\s]*[|•·][\s]*")


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

"""The header of a text: where its furniture stands, and what it says of date, authors and title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.metadata.dates import HeaderDate, find_dates, match_date
from corpus.metadata.lexicon import header_lexicon
from corpus.metadata.lines import LONGEST_LINE, HeaderLine, read_line
from corpus.metadata.names import clean_authors, is_name
from corpus.metadata.records import HeaderSpan

DATELINE: Final = 120
"""Characters within which an agency's dateline ends: place, date, agency, dash."""

HEADER_LINES: Final = 40
"""Lines with words that are looked at from the top: menus and a standfirst may stand before the byline."""

PARAGRAPH: Final = 240
"""Characters from which a line is a paragraph of the article. Bylines without a cue stand above the first one, cued ones above
the third."""

CUED_PARAGRAPHS: Final = 3
FOOTER: Final = 2000
FOOTER_LINES: Final = 3
SHORT_PARAGRAPH: Final = 120
"""Characters and lines at the end of a text that may hold its byline, below a paragraph of so many characters."""

TITLE_LINES: Final = 12
SHORTEST_TITLE: Final = 15
MENU_WORDS: Final = 6
LONGEST_TITLE: Final = 200
LONGEST_TITLE_SENTENCE: Final = 14
"""Words: a first line that ends with a full stop and is longer is the article's first sentence."""
BARE_DATES: Final = 2
"""A text with more bare dates than this on lines of their own is a chronicle: they belong to it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text with words in it: `start` is where it begins; `text` has no line break."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """All that a text's own header says. `prefix` is a date that stands before the title on the first line."""

    spans: tuple[HeaderSpan, ...] = ()
    published: tuple[HeaderDate, ...] = ()
    updated: tuple[HeaderDate, ...] = ()
    dateline: HeaderDate | None = None
    relative: str | None = None
    authors: tuple[str, ...] = ()
    title: str | None = None
    source: str | None = None
    url: str | None = None


def read_header(text: str, language: str | None = None, title: str | None = None) -> Header:
    """The header of `text` (cleaned or not): spans of furniture in code points, dates, authors, a title that stands in it.

    `title` is what is known already: a line that repeats it is no furniture.
    """
    lines = list(_lines(text, HEADER_LINES))
    if not lines:
        return Header()
    prefix = _date_prefix(lines[0], language)
    labelled = {} if prefix else _labelled(lines)
    titles = {at for at, line in enumerate(lines) if title and line.text.strip() == title}
    found = _furniture(lines, language, skip=set(labelled) | titles | ({0} if prefix else set()))
    spans = [
        HeaderSpan(lines[at].start + line.start, lines[at].start + line.end, line.rule) for at, line in found
    ]
    named = _neighbours(lines, found)
    spans += [HeaderSpan(lines[at].start, lines[at].start + len(lines[at].text), "byline") for at in named]
    last = max([0, *labelled, *(at for at, _ in found), *named])
    footer = _footer(text, lines[last].start + len(lines[last].text), language)
    spans += [span for span, _ in footer]
    read = [line for _, line in found] + [line for _, line in footer]
    published = [date for line in read for date in line.published]
    authors = [name for line in read for name in line.authors]
    authors += [_bullet_free(lines[at].text) for at in named]
    title = _first_title(lines, found)
    source = url = None
    if prefix is not None:
        date, span = prefix
        published.insert(0, date)
        spans.insert(0, span)
        title = lines[0].text[span.end - lines[0].start :].strip() or None
    for at, (slot, value_start) in labelled.items():
        line, value = lines[at], lines[at].text[value_start:].strip()
        # The title's words stand in the source: its label goes, they stay.
        end = line.start + (value_start if slot == "title" else len(line.text))
        spans.append(HeaderSpan(line.start, end, f"{slot}_label"))
        if slot == "title":
            title = value
        elif slot == "author":
            authors.insert(0, value)
        elif slot == "date":
            published[:0] = find_dates(value, language)[:1]
        elif slot == "source":
            source = value
        else:
            url = value
    return Header(
        spans=tuple(sorted((span for span in spans if span.end > span.start), key=lambda span: span.start)),
        published=tuple(published),
        updated=tuple(date for line in read for date in line.updated),
        dateline=_dateline(lines, language),
        relative=next((line.relative for line in read if line.relative), None),
        authors=clean_authors(authors),
        title=title,
        source=source,
        url=url,
    )


def _lines(text: str, limit: int, start: int = 0) -> Iterator[Line]:
    """The first `limit` lines of `text` with a letter or digit in them, a long one cut."""
    position, found = start, 0
    while position < len(text) and found < limit:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + 2000)].rstrip("\r")
        if any(character.isalnum() for character in line):
            found += 1
            yield Line(position, line)
        position = end + 1


def _furniture(lines: list[Line], language: str | None, skip: set[int]) -> list[tuple[int, HeaderLine]]:
    """The lines, by their place, that are furniture, with what they say."""
    found: list[tuple[int, HeaderLine]] = []
    paragraphs = 0
    for at, line in enumerate(lines):
        if len(line.text) >= PARAGRAPH:
            paragraphs += 1
        if paragraphs > CUED_PARAGRAPHS:
            break
        if at in skip:
            continue
        read = read_line(line.text, language, first=at == 0)
        if read is not None and (read.cued or not paragraphs):
            found.append((at, read))
    bare = [at for at, read in found if not read.cued and read.published]
    if len(bare) > BARE_DATES:
        kept = bare[0] if bare[0] <= 2 else None
        found = [(at, read) for at, read in found if at not in bare or at == kept]
    return found


def _neighbours(lines: list[Line], found: list[tuple[int, HeaderLine]]) -> list[int]:
    """Lines beside a date line or reading time that hold a name alone: "Jean Dupont" above "10 février 2025"."""
    if any(read.authors for _, read in found):
        return []
    taken = {at for at, _ in found}
    for at, read in found:
        if read.rule not in ("date_line", "reading_time"):
            continue
        for beside in (at - 1, at + 1):
            if beside in taken or not 0 <= beside < len(lines):
                continue
            words = _bullet_free(lines[beside].text)
            if not _HANDLE.fullmatch(words) or words.lower() in header_lexicon().not_names:
                continue
            bulleted = _BULLET.match(lines[beside].text) and _BULLET.match(lines[at].text)
            if bulleted or (beside > 0 and is_name(words) and not words.isupper()):
                return [beside]
    return []


def _bullet_free(text: str) -> str:
    return _BULLET.sub("", text).strip()


_BULLET = re.compile(r"^[\s]*[•·▪●◦*–—-]+[\s]+")
_HANDLE = re.compile(r"[\w.’'-]{2,30}(?: [\w.’'-]{1,30}){0,3}")
_LABEL = re.compile(r"^[\s]*(?P<label>[^\W\d_][\w()\s]{1,24}?)[\s]*:[\s]*(?=\S)")
_URL_VALUE = re.compile(r"https?://\S+")


def _labelled(lines: list[Line]) -> dict[int, tuple[str, int]]:
    """Fields at the top of an export ("Titre : …", "Date : …"): place to slot and where the value begins; two at least."""
    labels = header_lexicon().labels
    found: dict[int, tuple[str, int]] = {}
    for at, line in enumerate(lines[:10]):
        match = _LABEL.match(line.text) if len(line.text) <= LONGEST_LINE else None
        slot = labels.get(" ".join(match["label"].lower().split())) if match else None
        if match and slot and slot not in {slot for slot, _ in found.values()}:
            value = line.text[match.end() :]
            if (slot == "date" and not find_dates(value)) or (slot == "url" and not _URL_VALUE.match(value)):
                continue
            found[at] = (slot, match.end())
    together = [at for at in found if at - 1 in found or at + 1 in found]
    return {at: found[at] for at in together}


@lru_cache(maxsize=1)
def _prefix() -> re.Pattern[str]:
    return re.compile(r"[\s\ufeff]*(?:date|Date|DATE)[\s]*:?[\s]*(?=\d{4}-\d\d)")


def _date_prefix(line: Line, language: str | None) -> tuple[HeaderDate, HeaderSpan] | None:
    """A first line "date 2024-02 Title": the date, and the span before the title."""
    match = _prefix().match(line.text)
    date = match_date(line.text, match.end(), language) if match else None
    if date is None:
        return None
    rest = line.text[date.end :]
    title = rest.lstrip(" \t\u00a0\u202f:|–—-")
    return date, HeaderSpan(line.start, line.start + date.end + len(rest) - len(title), "date_prefix")


def _first_title(lines: list[Line], found: list[tuple[int, HeaderLine]]) -> str | None:
    """The first line that can be a title: three words or more, a sentence at most, something longer after it.

    Short lines before it are menus, which come in runs: a short line before another one is no title.
    """
    taken = {at for at, _ in found}
    for at, line in enumerate(lines[:TITLE_LINES]):
        text = line.text.strip().lstrip("#").strip()
        if at in taken or _BULLET.match(line.text) or _is_short(text) or _credit().search(text):
            continue
        sentence = text.endswith(".") and len(text.split()) > LONGEST_TITLE_SENTENCE
        if sentence or len(text) > LONGEST_TITLE or text.endswith((";", ",", ":")):
            return None
        in_menu = len(text.split()) < MENU_WORDS and at + 1 < len(lines) and at + 1 not in taken
        if in_menu and _is_short(lines[at + 1].text):
            continue
        return text if any(len(other.text) > len(text) for other in lines[at + 1 :]) else None
    return None


def _is_short(text: str) -> bool:
    return len(text.strip()) < SHORTEST_TITLE or len(text.split()) < 3


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    """A picture's credit, which ends its caption: "… / AFP", "(AP Photo)", "©"."""
    agencies = "|".join(re.escape(name) for name in sorted(header_lexicon().agencies))
    return re.compile(rf"©|[/(][\s]*(?:{agencies})(?!\w)[^/]{{0,30}}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _place() -> re.Pattern[str]:
    source = header_lexicon().patterns["source"]
    return re.compile(
        r"[\s]*(?:\((?i:afp|reuters|ap|dpa|efe|ansa)\)[\s]*)?(?P<place>[^\W\d_][\w’'.\-]*(?:[\s][^\W\d_][\w’'.\-]*){0,3})"
        rf"(?:[\s]?\([^()]{{2,30}}\))?[,\s]+(?=\d|[^\W\d_])(?P<rest>)|[\s]*(?P<source>(?i:{source}))[\s,]+"
    )


_DASH = re.compile(r"[\s]*(?:\([^()]{2,40}\)|[^\W\d_][\w.]{1,15})?[\s]*[-–—:][\s]")


def _dateline(lines: list[Line], language: str | None) -> HeaderDate | None:
    """The date of an agency's dateline that opens a paragraph: "PARIS, 3 mars (Reuters) -". It is evidence and stays."""
    for line in lines[:8]:
        opening = line.text[:DATELINE]
        if not any(character in "0123456789" for character in opening):
            continue
        match = _place().match(opening)
        if match is None or not opening.lstrip(" (")[:1].isupper():
            continue
        for date in find_dates(opening, language)[:1]:
            words = opening[: date.start].strip(" ,()").split()
            if len(words) <= 5 and _DASH.match(opening, date.end) and "," in opening[: date.start + 1]:
                return date
    return None


def _footer(text: str, after: int, language: str | None) -> list[tuple[HeaderSpan, HeaderLine]]:
    """Cued date lines and bylines that end the article: they follow a paragraph, where a teaser's date follows a title."""
    tail = max(after, len(text) - FOOTER)
    if tail > after:
        tail = text.find("\n", tail) + 1 or len(text)
    lines = list(_lines(text, FOOTER, tail))
    found: list[tuple[HeaderSpan, HeaderLine]] = []
    follows = False
    for at, line in enumerate(lines):
        read = read_line(line.text, language) if follows and at >= len(lines) - FOOTER_LINES else None
        if read is not None and read.cued and read.rule in ("date_line", "byline"):
            found.append((HeaderSpan(line.start + read.start, line.start + read.end, read.rule), read))
        else:
            follows = len(line.text) >= SHORT_PARAGRAPH
    return found

"""What the readers of press databases share: author lists, publication names, ids with a date."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from corpus.readers.lexicon import fold, press
from corpus.readers.markup import squeeze
from corpus.readers.published import find_date_at
from corpus.records import Published

EMAIL = re.compile(r"\(?<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}>?\)?")
BRACKETS = re.compile(r"\([^()]{0,100}\)")
# More words than this are a sentence, not a signature (published parsers of these exports draw the line at ten spaces).
MAX_AUTHOR_WORDS = 10
# No byline, name or header line is longer; what claims to be one is not worked on beyond this.
MAX_LINE = 1000
DOMAIN_END = re.compile(r"\.(?:fr|com|be|ch|ca|org|net|eu)$", re.I)
# type·YYYYMMDD·SOURCE·number, parted by middle dots
DOCUMENT_ID = re.compile(r"\b([a-z]{2,10})\s?·\s?(\d{8})\s?·\s?([\w-]{1,12})\s?·\s?([\w-]{1,60})")


def authors_of(byline: str) -> tuple[str, ...]:
    """The names in a byline: without "Par", addresses, brackets and places after them; empty for what is no signature."""
    byline = byline[:MAX_LINE].replace("\n", ";").replace("\u00a0", " ")
    line = squeeze(BRACKETS.sub(" ", EMAIL.sub(" ", byline)))
    names: list[str] = []
    for part in _joints().split(line):
        name = _place().sub("", _introduction().sub("", part)).strip(" ,;:.-–—•/\u00a0")
        if name and len(name.split()) <= MAX_AUTHOR_WORDS and any(c.isalpha() for c in name):
            names.append(name)
    if len(line.split()) > MAX_AUTHOR_WORDS * max(1, len(names)):
        return ()
    return tuple(dict.fromkeys(names))


@cache
def _introduction() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in press("byline"))
    return re.compile(rf"^(?:(?:{words})\s*:?\s+)+", re.I)


@cache
def _place() -> re.Pattern[str]:
    """A place after a name: a preposition and a capital ("Zoé Ray à Bruxelles"); what follows a comma has been parted before."""
    words = "|".join(re.escape(word) for word in press("place", folded=False))
    return re.compile(rf"(?:^|(?<=\S) )(?:{words}) [A-ZÀ-Þ][^\s]*(?: [A-ZÀ-Þ][^\s]*){{0,3}}$")


@cache
def _joints() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in press("and"))
    return re.compile(rf"\s*[;,&|]\s*|\s+(?:{words})\s+")


def publication_name(raw: str) -> str | None:
    """A publication's name without its issue number, edition or the mark of its web site: "Le Monde, no. 24018" is "Le Monde"."""
    name = squeeze(raw[:MAX_LINE].replace("\u00a0", " "))
    name = _web_site().sub("", _issue().sub("", _web_site().sub("", name)))
    for dash in (" - ", " – ", " — "):
        head, found, tail = name.rpartition(dash)
        if found and head and _is_edition(tail):
            name = head
    # "Le Monde.fr" is a name; "lemonde.fr" is a site and stays one.
    if any(c.isupper() for c in name):
        name = DOMAIN_END.sub("", name)
    return name.strip(" ,;-") or None


@cache
def _web_site() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in press("web_site", folded=False))
    return re.compile(rf" ?(?:{words})$", re.I)


@cache
def _issue() -> re.Pattern[str]:
    """The number of an issue at the end of a name, and what follows it (", no. 24018", ", Vol. 14, no 4")."""
    words = "|".join(re.escape(word) for word in press("issue", folded=False))
    return re.compile(rf",? (?<!\w)(?:{words}) ?\d[\w-]{{0,12}}.{{0,40}}$", re.I)


def _is_edition(words: str) -> bool:
    folded = fold(words)
    return any(folded.startswith(edition) or folded.endswith(edition) for edition in press("editions"))


def dated_words(words: str, fallback: dt.date | None = None) -> Published | None:
    """The day that a header line states, or the one in the document's id; the words of the former are kept."""
    date, precision, place = find_date_at(words)
    if date and place:
        return Published(date, precision, "metadata", words[place[0] : place[1]].strip() or None)
    if fallback:
        return Published(fallback, "day", "metadata", squeeze(words)[:200] or fallback.isoformat())
    return Published(None, None, None, squeeze(words)[:200]) if words.strip() else None


def id_of(text: str) -> tuple[str, dt.date | None, str] | None:
    """The first document id in a text, with its date and its source code."""
    found = DOCUMENT_ID.search(text)
    if found is None:
        return None
    kind, day, code, number = found.groups()
    try:
        date = dt.datetime.strptime(day, "%Y%m%d").date()
    except ValueError:
        date = None
    return f"{kind}·{day}·{code}·{number}", date, code

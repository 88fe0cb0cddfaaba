"""The headline in a page's title: without the site's and the section's names around it, with its quotation marks whole.

A title element reads "Headline - Section | Site" or "Site » Section » Headline". What says which part is the headline: the
headings of the page, the site's name in its metadata and its address, the words of press names, and the parts' lengths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from corpus.metadata.dates import find_dates
from corpus.metadata.lexicon import header_lexicon

LONGEST_NAME: Final = 60
"""Characters of a site's or a section's name."""

SHORT_PART: Final = 4
"""Words of a part that may be a section: a headline has more."""

_SEPARATOR: Final = re.compile(r"\s+(?:\||•|·|–|—|-|»|«|::|>|›|/)(?=\s)")
_BREADCRUMB: Final = frozenset("»>›") | {"::"}
_PAIRS: Final = {"«": "»", "“": "”", "„": "“", "(": ")", "[": "]"}
_QUOTED = re.compile(r"[«“\"„].*[»”\"“]")


@dataclass(frozen=True, slots=True)
class Site:
    """What a page says of where it stands."""

    name: str | None
    url: str | None

    def is_named(self, words: str) -> bool:
        """Whether `words` are the site's name, in words or as its domain, or a date."""
        letters = _letters(words)
        labels = (urlsplit(self.url).hostname or "").split(".") if self.url and "[" not in self.url else []
        known = [_letters(self.name or ""), *(_letters(label) for label in labels), "".join(labels)]
        known.append("".join(labels[1:]) if labels[:1] == ["www"] else "")
        return letters in [name for name in known if name] or [date.text for date in find_dates(words)] == [
            words.strip()
        ]


def without_site(title: str, site: Site) -> str:
    """A headline of the metadata without the site's name at its end."""
    return _joined(_without_site(_parts(" ".join(title.split())), site))


def _without_site(parts: list[tuple[str, str]], site: Site) -> list[tuple[str, str]]:
    """The parts before the site's name, which may itself be of several ("AOC - Analyse | Opinion")."""
    for at in range(1, len(parts)):
        if site.is_named(_joined(parts[at:])):
            return _without_site(parts[:at], site)
    return parts


def shown_in(title: str, headings: Sequence[str]) -> str | None:
    """The part of a title that stands on the page as a heading, if one does.

    >>> from corpus.metadata import shown_in
    >>> shown_in("Le pont de Vaucelles est fermé - L'Exemple", ["Le pont de Vaucelles est fermé"])
    'Le pont de Vaucelles est fermé'
    """
    parts = _parts(" ".join(title.split()))
    return _shown(parts, headings) if len(parts) > 1 else None


def headline_of(title: str, headings: Sequence[str], site: Site) -> str:
    """The headline in a page's title element."""
    parts = _parts(" ".join(title.split()))
    if len(parts) == 1:
        return title
    if shown := _shown(parts, headings):
        return shown
    parts = _without_site(parts, site)
    while len(parts) > 1 and (site.is_named(parts[0][1]) or (_is_trail(parts) and _is_label(parts[0][1]))):
        parts.pop(0)
    while len(parts) > 1 and _may_go(parts):
        parts.pop()
    return _joined(parts)


def _parts(title: str) -> list[tuple[str, str]]:
    """The separators of a title, each with the words after it; none stands inside quotation marks or brackets, or
    opens a quotation ("Headline « Site" opens none)."""
    parts: list[tuple[str, str]] = []
    begin, separator = 0, ""
    for match in _SEPARATOR.finditer(title):
        mark = match[0].strip()
        if _is_open(title[begin : match.start()]) or (mark == "«" and "»" in title[match.end() :]):
            continue
        if words := title[begin : match.start()].strip():
            parts.append((separator, words))
            begin, separator = match.end(), match[0].strip()
    parts.append((separator, title[begin:].strip()))
    return [part for part in parts if part[1]]


def _is_open(before: str) -> bool:
    """Whether a pair that was opened is still open there."""
    waiting: list[str] = []
    for character in before:
        if waiting and character == waiting[-1]:
            waiting.pop()
        elif character in _PAIRS:
            waiting.append(_PAIRS[character])
    return bool(waiting)


def _joined(parts: Sequence[tuple[str, str]]) -> str:
    return "".join(
        (f" {separator} " if number else "") + words for number, (separator, words) in enumerate(parts)
    )


def _shown(parts: Sequence[tuple[str, str]], headings: Sequence[str]) -> str | None:
    """The longest run of parts that stands on the page as a heading."""
    shown = {_letters(heading): heading for heading in headings}
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            run = _joined(parts[start : start + length])
            if _letters(run) in shown and (length > 1 or len(run.split()) > 1):
                return run
    return None


def _is_trail(parts: Sequence[tuple[str, str]]) -> bool:
    """Whether the parts are a way through the site, which leads to the headline at its end."""
    signs = {separator for separator, _ in parts[1:]}
    return bool(signs & _BREADCRUMB) and len(parts[-1][1].split()) >= len(parts[0][1].split())


def _is_label(words: str) -> bool:
    return len(words.split()) <= SHORT_PART


def _may_go(parts: Sequence[tuple[str, str]]) -> bool:
    """Whether the last part is a site's or a section's name: it is no longer than what stays, and after a quotation alone, which
    is followed by who said it as well, it has a press name's words."""
    *rest, (_, last) = parts
    before = _joined(rest)
    # "Port de Sète - la grève continue": no name begins in lower case, but for a domain.
    if last[0].islower() and not is_press_name(last):
        return False
    if len(last) > LONGEST_NAME or len(last.split()) > max(SHORT_PART, len(before.split())):
        return False
    if len(rest) > 1 and len(before.split()) <= len(last.split()):
        return False
    if _QUOTED.fullmatch(before.strip()):
        return is_press_name(last)
    # A short first part is a section or a topic, and what follows it the headline.
    return not (_is_label(before) and len(last.split()) > len(before.split()))


def is_press_name(words: str) -> bool:
    """Whether words look like a publication's name: a known one, or one with a word that publications bear."""
    lexicon = header_lexicon()
    if words.lower() in lexicon.sources or re.search(r"\.[a-z]{2,5}$", words.lower()):
        return True
    return any(word.lower().strip(".,’'") in lexicon.press_words for word in re.split(r"[\s’'.-]+", words))


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())

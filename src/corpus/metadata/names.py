"""Authors' names: which words can be one, and how they are written in the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from corpus.metadata.lexicon import header_lexicon

LONGEST_NAME: Final = 6
"""Words in a name: "Marie-Anne de la Tour du Pin" has six."""

LONGEST_PLACE: Final = 5
"""Words of a publication or place after a name."""

_SIGNATURE = re.compile(r"([^,()|]{5,60}?)(?:, ([^,()|.!?:]{2,50})| \(([^()]{2,50})\))")
_BARRED = re.compile(r"([^,()|]{5,60}) \| ([^,()|.!?:\d]{3,40})")
_LONGEST_BARRED_PLACE = 2
_EMAIL = re.compile(r"[(<\[]?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}[)>\]]?")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_ADDRESS = re.compile(r"[\s]*(?:https?:|www\.)|[\w-]+(?:\.[a-z-]{2,15}){1,3}$", re.IGNORECASE)
_OUTER = ' \t\r\n\u00a0\u202f,;:|/•·–—-*"«»“”'


def is_particle(word: str) -> bool:
    """Whether `word` can stand inside a name in lower case ("de", "van der")."""
    return word.lower().rstrip("'’") in header_lexicon().particles or word.lower().startswith(
        ("d'", "d’", "l'", "l’")
    )


def is_name_word(word: str) -> bool:
    """Whether `word` begins like a part of a name: with a capital."""
    return word[0].isupper()


def is_name(text: str, cued: bool = False) -> bool:
    """Whether `text` looks like a name: two to six words, capitals, none of the words that head sections.

    Behind a byline's cue (`cued`) such a word may be a part of it: "Par Attac France".

    >>> from corpus.metadata import is_name
    >>> is_name("Odile Terrasson"), is_name("Le pont rouvre")
    (True, False)
    """
    words = text.split()
    if not 2 <= len(words) <= LONGEST_NAME:
        return False
    lexicon = header_lexicon()
    lower = text.lower()
    if lower in lexicon.places or (not cued and any(word.lower() in lexicon.not_names for word in words)):
        return False
    if any(any(letter.isdigit() for letter in word) for word in words):
        return False
    capitals = [word for word in words if is_name_word(word)]
    return (
        len(capitals) >= 2
        and is_name_word(words[-1])
        and all(is_name_word(word) or is_particle(word) for word in words)
    )


def signature(line: str) -> str | None:
    """The name in a line that is a name and, after a comma or in brackets, where they work or are: "Ana Roux, La Presse"."""
    found = _SIGNATURE.fullmatch(line.strip())
    if found is None or not is_name(found[1]) or found[1].isupper():
        return None
    rest = (found[2] or found[3]).split()
    return found[1] if len(rest) <= LONGEST_PLACE and not any(c.isdigit() for c in line) else None


def barred_signature(line: str) -> str | None:
    """The name in a line that is a name, a bar, and one or two words of where they are: "Ana Roux | Lille".

    >>> barred_signature("Ana Roux | Lille"), barred_signature("Le Monde | Idées"), barred_signature("Ana Roux | a dit non")
    ('Ana Roux', None, None)
    """
    found = _BARRED.fullmatch(line.strip())
    if found is None or not is_name(found[1]) or found[1].isupper() or is_source(found[1]):
        return None
    place = found[2].split()
    placed = len(place) <= _LONGEST_BARRED_PLACE and all(map(is_name_word, place))
    return found[1] if placed and found[2].lower() not in header_lexicon().not_names else None


def is_source(text: str) -> bool:
    """Whether `text` is an agency or publication of the list."""
    return text.lower() in header_lexicon().sources


def clean_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Authors as the table holds them: without "Par", addresses and roles, one entry a person, in their order."""
    found: dict[str, str] = {}
    for name in names:
        for part in _split(name):
            author = _clean(part)
            if author:
                found.setdefault(author.casefold(), author)
    return tuple(found.values())


def people(names: Iterable[str], site_name: str | None = None) -> tuple[str, ...]:
    """The authors among `names`, without sections; none where the publication alone is named."""
    found = without_sections(names)
    return found if any(not _is_house(name, site_name) for name in found) else ()


def without_sections(names: Iterable[str]) -> tuple[str, ...]:
    """The authors among `names`, a publication among them where nobody else signs; no section's name."""
    return tuple(name for name in clean_authors(names) if not _is_section(name))


def _is_house(name: str, site_name: str | None) -> bool:
    """Whether a name is the publication's, with words behind it or without ("Le Phare Mis à jour"), or its desk's."""
    house = _letters(site_name or "")
    return (bool(house) and _letters(name).startswith(house)) or _desk().fullmatch(name) is not None


def _is_section(name: str) -> bool:
    """Whether a name is the word of a section ("Actualités"), or two of them ("Actu économie")."""
    words = [word for word in name.lower().split() if word not in header_lexicon().and_words]
    return bool(words) and all(word in header_lexicon().not_names for word in words)


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


def _split(text: str) -> list[str]:
    """The people in one string: "Jean Dupont, Marie Curie et Paul Valéry" are three; what stands in lower case is a role."""
    if _ADDRESS.match(text):
        return []
    text = _BRACKETS.sub(_in_brackets, _EMAIL.sub(" ", _MARKUP.sub(" ", text)))
    text = _without_cue(" ".join(text.split()).strip(_OUTER))
    if text.lower() in header_lexicon().sources:
        return [text]
    parts = [part for part in _joint().split(text) if part and part.strip(_OUTER)]
    named = [part for part in parts if is_name_word(part.strip(_OUTER)) or is_particle(part.split()[0])]
    return named or parts[:1]


def _clean(text: str) -> str | None:
    text = _role().sub("", _without_cue(text.strip(_OUTER))).strip(_OUTER)
    if not any(letter.isalpha() for letter in text) or _ADDRESS.match(text) or ":" in text:
        return None
    source = header_lexicon().sources.get(text.lower())
    if source is not None:
        return source
    if text.lower() in header_lexicon().networks:
        return None
    words = text.split()
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        words = words[:half]
    if len(words) > LONGEST_NAME:
        return None
    text = " ".join(words)
    if len(words) > 1 and text.isupper() and all(len(word) > 2 for word in words):
        return text.title()
    return text


def _in_brackets(match: re.Match[str]) -> str:
    """What brackets hold is a role or a place, but for "(avec Jeanne Roche)"."""
    words = match.group()[1:-1].split()
    return f", {' '.join(words[1:])}" if words and words[0].lower() in header_lexicon().with_words else " "


def _without_cue(text: str) -> str:
    """`text` without "Par"; "Di Stefano" and "von Hayek" keep what is a part of the name."""
    rest = _cue().sub("", text).strip(_OUTER)
    if rest == text or not rest:
        return text
    return (
        text
        if is_particle(text.split()[0]) and not is_name(rest) and rest.lower() not in header_lexicon().sources
        else rest
    )


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    return re.compile(rf"^(?:(?:{patterns['interview']}|{patterns['by']})(?!\w)[\s:]*)+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _desk() -> re.Pattern[str]:
    return re.compile(header_lexicon().patterns["desk"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _joint() -> re.Pattern[str]:
    lexicon = header_lexicon()
    words = "|".join(sorted(re.escape(word) for word in (lexicon.and_words | lexicon.with_words)))
    return re.compile(rf"[\s]*[,;|/•·][\s]*(?:(?:{words})[\s]+)?|[\s]+(?:{words})[\s]+|[\s]+[–—-][\s]+")


@lru_cache(maxsize=1)
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,]+)(?:{header_lexicon().patterns['roles']})(?!\w).*$", re.IGNORECASE)

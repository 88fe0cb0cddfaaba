"""Authors' names: which words can be one, and how they are written in the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from corpus.metadata.lexicon import header_lexicon

LONGEST_NAME: Final = 6
"""Words in a name: "Marie-Anne de la Tour du Pin" has six."""

_EMAIL = re.compile(r"[(<\[]?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}[)>\]]?")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_OUTER = ' \t\r\n\u00a0\u202f,;:|/•·–—-*"«»“”'


def is_particle(word: str) -> bool:
    """Whether `word` can stand inside a name in lower case ("de", "van der")."""
    return word.lower().rstrip("'’") in header_lexicon().particles or word.lower().startswith(
        ("d'", "d’", "l'", "l’")
    )


def is_name_word(word: str) -> bool:
    """Whether `word` begins like a part of a name: with a capital."""
    return word[0].isupper()


def is_name(text: str) -> bool:
    """Whether `text` looks like a person's name: two to six words, capitals first and last, no word that names never have."""
    words = text.split()
    if not 2 <= len(words) <= LONGEST_NAME:
        return False
    lexicon = header_lexicon()
    lower = text.lower()
    if lower in lexicon.places or any(word.lower() in lexicon.not_names for word in words):
        return False
    if any(any(letter.isdigit() for letter in word) for word in words):
        return False
    capitals = [word for word in words if is_name_word(word)]
    return (
        len(capitals) >= 2
        and is_name_word(words[-1])
        and all(is_name_word(word) or is_particle(word) for word in words)
    )


def clean_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Authors as the table holds them: without "Par", addresses and roles, one entry a person, in their order."""
    found: dict[str, str] = {}
    for name in names:
        for part in _split(name):
            author = _clean(part)
            if author:
                found.setdefault(author.casefold(), author)
    return tuple(found.values())


def _split(text: str) -> list[str]:
    """The people in one string: "Jean Dupont, Marie Curie et Paul Valéry" are three."""
    text = _BRACKETS.sub(" ", _EMAIL.sub(" ", _MARKUP.sub(" ", text)))
    text = _cue().sub("", " ".join(text.split())).strip(_OUTER)
    if text.lower() in header_lexicon().sources:
        return [text]
    return [part for part in _joint().split(text) if part]


def _clean(text: str) -> str | None:
    text = _cue().sub("", text.strip(_OUTER)).strip(_OUTER)
    lexicon = header_lexicon()
    if (
        not text
        or text.lower().startswith(("http:", "https:", "www."))
        or not any(letter.isalpha() for letter in text)
    ):
        return None
    source = lexicon.sources.get(text.lower())
    if source is not None:
        return source
    words = text.split()
    if len(words) > LONGEST_NAME:
        return None
    if len(words) > 1 and text.isupper() and all(len(word) > 2 for word in words):
        return text.title()
    return text


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    patterns = header_lexicon().patterns
    return re.compile(rf"^(?:(?:{patterns['interview']}|{patterns['by']})(?!\w)[\s:]*)+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _joint() -> re.Pattern[str]:
    lexicon = header_lexicon()
    words = "|".join(sorted(re.escape(word) for word in (lexicon.and_words | lexicon.with_words)))
    return re.compile(rf"[\s]*[,;|/•·][\s]*(?:(?:{words})[\s]+)?|[\s]+(?:{words})[\s]+|[\s]+[–—-][\s]+")

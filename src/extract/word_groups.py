"""Words that belong together: forms of one word, and words that are used alike. What is learnt of one holds for the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from extract.languages import WordFile, known_languages, language_card

WORD_FORMS = WordFile("extract", "word_forms.txt", required=False)
"""Forms of one word ("compra", "comprada", "compraron"). Made by scripts/word_forms.py."""
WORD_CLUSTERS = WordFile("extract", "word_clusters.txt", required=False)
"""Words that are used alike. Made by scripts/word_clusters.py, or for several languages at once by scripts/shared_clusters.py."""


def _numbered(file: WordFile, language: str) -> dict[str, str]:
    """The group of each word of a file in which a number opens a group and its words follow."""
    found: dict[str, str] = {}
    group = ""
    for word in file.read(language) if language in known_languages() else ():
        if word.isdigit():
            group = word
        else:
            found[word] = group
    return found


@cache
def word_groups(language: str) -> Mapping[str, str]:
    """Return the group of each folded word of `language` whose use is known: "~17"."""
    return {word: f"~{number}" for word, number in _numbered(WORD_CLUSTERS, language).items()}


@cache
def word_forms(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the forms of each folded word of `language` that has others: {"comprada": ("compra", "comprada", …)}."""
    forms: dict[str, list[str]] = {}
    number = _numbered(WORD_FORMS, language)
    for word, group in number.items():
        forms.setdefault(group, []).append(word)
    return {word: tuple(forms[group]) for word, group in number.items()}


_LEAST_TAIL, _LEAST_HEAD = 4, 3
"""Letters of the last part of a compound and of what stands before it, at least."""


@cache
def joins_nouns(language: str) -> bool:
    """Whether nouns of `language` join into one word, which is what the last of them is ("Kabelhersteller")."""
    return language in known_languages() and language_card(language).flag("noun_capitals")


def compound_tails(word: str, nouns: Collection[str]) -> Iterator[str]:
    """The words of `nouns` that `word` ends with, behind something else, the longest first."""
    for start in range(_LEAST_HEAD, len(word) - _LEAST_TAIL + 1):
        if word[start:] in nouns:
            yield word[start:]

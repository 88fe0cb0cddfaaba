"""Words that are used alike, in numbered groups: what is learnt of one holds for the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extract.languages import WordFile, known_languages

WORD_CLUSTERS = WordFile("extract", "word_clusters.txt", required=False)
"""A number opens a group, its words follow. Made by scripts/word_clusters.py."""


@cache
def word_groups(language: str) -> Mapping[str, str]:
    """Return the group of each folded word of `language` whose use is known, as "~17"; empty for languages without groups."""
    found: dict[str, str] = {}
    group = ""
    for word in WORD_CLUSTERS.read(language) if language in known_languages() else ():
        if word.isdigit():
            group = f"~{word}"
        else:
            found[word] = group
    return found

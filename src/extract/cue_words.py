"""The words of a language that tell what a name beside them is, read from `languages/<code>/cues.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.folding import fold
from extract.languages import LexiconError, known_languages, language_table

FALLBACK_LANGUAGE = "en"  # for a language without cues: its press borrows more from English than from French
_WORD_LISTS = ("sentence_start", "articles", "connectors", "auxiliaries", "conjunctions", "pronouns")


@dataclass(frozen=True, slots=True)
class CueWords:
    """The cues of one language; every word folded.

    `classes` maps a word to the cue classes it belongs to; `heads` are the words that begin an institution's name.
    """

    language: str
    classes: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    sentence_start: frozenset[str]
    articles: frozenset[str]
    connectors: frozenset[str]
    auxiliaries: frozenset[str]
    conjunctions: frozenset[str]
    pronouns: tuple[str, ...]

    def classes_of(self, word: str, lemma: str) -> tuple[str, ...]:
        """The cue classes of a folded word, or of its lemma."""
        return self.classes.get(word) or self.classes.get(lemma, ())


@cache
def cue_table(language: str) -> Mapping[str, Any]:
    """Return the parsed cue file of `language`, or that of English where there is none. Raises LexiconError."""
    known = language if language in known_languages() else FALLBACK_LANGUAGE
    return language_table("extract", known, "cues.toml")


@cache
def cue_words(language: str) -> CueWords:
    """Return the typing cues of `language`. Raises LexiconError when a list is missing."""
    table = cue_table(language).get("typing", {})
    for key in _WORD_LISTS:
        if not isinstance(table.get(key), list):
            raise LexiconError(
                f"{language}/cues.toml: the list typing.{key} is missing; add it, if only as []."
            )
    classes: dict[str, list[str]] = {}
    for name in sorted(set(table) - set(_WORD_LISTS)):
        for word in table[name]:
            classes.setdefault(fold(word), []).append(name)
    return CueWords(
        language=language,
        classes={word: tuple(sorted(set(names))) for word, names in classes.items()},
        heads=frozenset(word for word, names in classes.items() if "institution_head" in names),
        sentence_start=frozenset(map(fold, table["sentence_start"])),
        articles=frozenset(map(fold, table["articles"])),
        connectors=frozenset(map(fold, table["connectors"])),
        auxiliaries=frozenset(map(fold, table["auxiliaries"])),
        conjunctions=frozenset(map(fold, table["conjunctions"])),
        pronouns=tuple(
            sorted({fold(word) for word in table["pronouns"]}, key=lambda word: (-len(word), word))
        ),
    )

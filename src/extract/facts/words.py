"""The words of statements about money, read from `languages/<code>/facts.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from extract.cue_words import FALLBACK_LANGUAGE
from extract.folding import fold_name
from extract.languages import LISTS, WORDS, Room, Table, known_languages
from extract.word_groups import compound_tails, joins_nouns, word_forms, word_groups

_LISTS = (
    "prepositions", "helpers", "grammar", "modifiers", "definite", "personal", "relative", "possessive", "anaphors", "planned",
    "possible", "denied", "negations", "passive", "by", "own_date", "accented", "planned_endings", "possible_endings",
)  # fmt: skip
FACT_WORDS = Room(
    "extract", "facts.toml", {**dict.fromkeys(_LISTS, WORDS), "classes": LISTS, "nationalities": LISTS}
)
_SHORTEST_PREFIX = 1


@dataclass(frozen=True, slots=True)
class WordSet:
    """Folded words; some of them stand for all words that begin so."""

    words: frozenset[str]
    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordSet:
        """The set of `words`, in which `lev*` stands for every word that begins so."""
        folded = [word.lower() for word in words]
        return cls(
            frozenset(word for word in folded if not word.endswith("*")),
            tuple(sorted(word[:-1] for word in folded if word.endswith("*"))),
        )

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self.words or word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class FactWords:
    """One language's words: `lists` by name, endings of verbs, nationalities (folded adjective to country codes)."""

    language: str
    lists: Mapping[str, WordSet]
    planned_endings: tuple[str, ...]
    possible_endings: tuple[str, ...]
    nationalities: Mapping[str, frozenset[str]]


def _read(language: str) -> Table:
    return FACT_WORDS.read(language if language in known_languages() else FALLBACK_LANGUAGE)


@cache
def fact_words(language: str) -> FactWords:
    """Return the words of `language`, English ones where there are none. Raises LexiconError for a broken file."""
    table = _read(language)
    return FactWords(
        language=language,
        lists={key: WordSet.of(table.words(key)) for key in _LISTS},
        planned_endings=table.words("planned_endings"),
        possible_endings=table.words("possible_endings"),
        nationalities={
            fold_name(word): frozenset(codes.split())
            for codes, words in table.lists("nationalities").items()
            for word in words
        },
    )


@cache
def _classes(language: str) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """The classes of whole words and of beginnings."""
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for name, words in sorted(_read(language).lists("classes").items()):
        for word in words:
            if word.endswith("*"):
                begun.setdefault(word[:-1], []).append(name)
            else:
                whole.setdefault(word, []).append(name)
    return {w: tuple(names) for w, names in whole.items()}, {w: tuple(names) for w, names in begun.items()}


@lru_cache(maxsize=100_000)
def classes_of(word: str, language: str) -> tuple[str, ...]:
    """Return the classes of a folded word, in alphabetical order: ("leverage", "fr") has that of "lev*" too.

    A form has the classes of all forms of its word, so that a list need not name each of them.
    """
    known = language if language in known_languages() else FALLBACK_LANGUAGE
    group = word_groups(known).get(word)
    found = set() if group is None else {group}
    for form in {word, *word_forms(known).get(word, ())}:
        found |= listed_classes(form, language)
    return tuple(sorted(found))


def listed_classes(word: str, language: str) -> set[str]:
    """Return the classes in whose lists a folded word stands, itself, by its beginning, or by the noun it ends with."""
    whole, begun = _classes(language)
    found = set(whole.get(word, ()))
    if joins_nouns(language):
        for tail in islice(compound_tails(word, whole.keys() | begun.keys()), 1):
            found.update((*whole.get(tail, ()), *begun.get(tail, ())))
    for length in range(_SHORTEST_PREFIX, len(word) + 1):
        found.update(begun.get(word[:length], ()))
    return found

"""Frames of facts: for each language the words that make an amount a fact, and where its company and counterparty stand.

Read from the `[facts]` table of `languages/<code>/cues.toml`. A frame's `company` and `counterparty` are slots, tried in order:

- `subject`: the company before the word, not governed by a preposition; `object`: the one after it
- `by`, `of`, `into`, `from`, `to`: the one after it that such a preposition governs; `led`: the one that leads a round
- `bearer`: the one that a participle stands beside ("Galet, valorisée …", "Valorisée …, Galet")
- `nearest`: the closest one; `topic`: the one that the sentence before is about; `second`: the second one before the word
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.cue_words import cue_table, cue_words
from extract.folding import fold
from extract.languages import LexiconError

DEFAULT_REACH = 25  # words between a trigger and its amount; a longer way round is another statement's
_LISTS = (
    "by", "of", "into", "from", "to", "prepositions", "led", "articles", "barriers", "definite", "personal", "planned",
    "planned_endings", "possible", "possible_endings", "denied", "negations", "negation_openers", "stake", "active", "passive",
)  # fmt: skip
_OPTIONAL_LISTS = (
    "relative", "reflexive", "equating", "comparing", "relative_openers", "definite_of", "more_anaphors", "owned",
    "possessive", "young", "partial", "respective", "on", "for", "at", "final_passive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordSet:
    """Folded words; some of them stand for all words that begin so."""

    words: frozenset[str]
    prefixes: tuple[str, ...]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self.words or word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say a fact. `reach` is in words; `sentence`, where not None, must meet a word of the sentence."""

    kind: str
    words: WordSet
    reflexive_words: WordSet
    company: tuple[str, ...]
    counterparty: tuple[str, ...]
    reach: int
    is_noun: bool
    sentence: WordSet | None
    gained: WordSet | None
    certainty: str | None
    not_after: WordSet  # "dépenses d'investissement" is no investment
    need: tuple[
        str, ...
    ]  # "company", "counterparty": what must stand in the sentence by itself, not by default
    not_before: WordSet
    after_article: bool  # the word counts as a noun only: "une offre", not "offre"


@dataclass(frozen=True, slots=True)
class FactGrammar:
    """The frames of a language, its word lists by name, and the nouns that stand for a company named before."""

    language: str
    frames: tuple[Frame, ...]
    lists: Mapping[str, WordSet]
    endings: Mapping[str, tuple[str, ...]]
    triggers: WordSet  # every word of every frame: most words of a sentence are none
    helpers: frozenset[str]  # helping verbs: what stands before one does not govern what stands behind it
    anaphors: frozenset[str]
    auxiliaries: frozenset[str]
    nationalities: Mapping[str, frozenset[str]]  # folded adjective to the country codes that it may mean
    conjunctions: frozenset[str]


def _word_set(words: Iterable[str]) -> WordSet:
    folded = [word.lower() for word in words]
    return WordSet(
        frozenset(word for word in folded if not word.endswith("*")),
        tuple(sorted(word[:-1] for word in folded if word.endswith("*"))),
    )


def _frame(row: Mapping[str, Any], language: str) -> Frame:
    for key in ("kind", "words", "company", "counterparty"):
        if key not in row:
            raise LexiconError(f"{language}/cues.toml: a frame of [facts] has no key {key!r}; add it.")
    return Frame(
        kind=row["kind"],
        words=_word_set(word for word in row["words"] if not word.startswith("~")),
        reflexive_words=_word_set(word[1:] for word in row["words"] if word.startswith("~")),
        company=tuple(row["company"]),
        counterparty=tuple(row["counterparty"]),
        reach=row.get("near", DEFAULT_REACH),
        is_noun="near" in row,
        sentence=_word_set(row["sentence"]) if "sentence" in row else None,
        gained=_word_set(row["gained"]) if "gained" in row else None,
        certainty=row.get("certainty"),
        not_after=_word_set(row.get("not_after", ())),
        need=tuple(row.get("need", ())),
        not_before=_word_set(row.get("not_before", ())),
        after_article=row.get("after_article", False),
    )


@cache
def fact_grammar(language: str) -> FactGrammar:
    """Return the fact grammar of `language`, or that of English where there is none. Raises LexiconError."""
    table = cue_table(language).get("facts", {})
    for key in _LISTS:
        if not isinstance(table.get(key), list):
            raise LexiconError(
                f"{language}/cues.toml: the list facts.{key} is missing; add it, if only as []."
            )
    lists = {key: _word_set(table.get(key, ())) for key in (*_LISTS, *_OPTIONAL_LISTS)}
    pronouns = (phrase.split() for phrase in cue_words(language).pronouns)
    frames = tuple(_frame(row, language) for row in table.get("frames", ()))
    return FactGrammar(
        language=language,
        frames=frames,
        triggers=WordSet(
            frozenset(word for f in frames for word in f.words.words | f.reflexive_words.words),
            tuple(
                sorted({prefix for f in frames for prefix in f.words.prefixes + f.reflexive_words.prefixes})
            ),
        ),
        lists=lists,
        endings={key: tuple(table[key]) for key in ("planned_endings", "possible_endings")},
        helpers=frozenset(lists["active"].words | lists["planned"].words) - lists["prepositions"].words,
        conjunctions=cue_words(language).conjunctions,
        anaphors=frozenset(words[-1] for words in pronouns if len(words) > 1),
        auxiliaries=cue_words(language).auxiliaries,
        nationalities={
            fold(word): frozenset(codes.split())
            for codes, words in table.get("nationalities", {}).items()
            for word in words
        },
    )

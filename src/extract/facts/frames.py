"""Frames of facts: for each language the words that make an amount a fact, and where its company and counterparty stand.

Read from `languages/<code>/facts.toml`. A frame's `company` and `counterparty` are slots, tried in order:

- `subject`: the company before the word, not governed by a preposition; `object`: the one after it
- `by`, `of`, `into`, `from`, `to`: the one after it that such a preposition governs; `led`: the one that leads a round
- `bearer`: the one that a participle stands beside ("Galet, valorisée …", "Valorisée …, Galet")
- `nearest`: the closest one; `topic`: the one that the sentence before is about; `second`: the second one before the word
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extract.cue_words import FALLBACK_LANGUAGE, cue_words
from extract.folding import fold_name
from extract.languages import (
    FLAG,
    LISTS,
    NUMBER,
    TEXT,
    WORDS,
    Room,
    Table,
    Tables,
    known_languages,
    one_of,
    optional,
)

DEFAULT_REACH = 25  # words between a trigger and its amount; a longer way round is another statement's
_LISTS = (
    "by", "of", "into", "from", "to", "prepositions", "led", "articles", "barriers", "definite", "personal", "planned",
    "planned_endings", "possible", "possible_endings", "denied", "negations", "negation_openers", "stake", "active", "passive",
    "relative", "reflexive", "equating", "comparing", "relative_openers", "definite_of", "more_anaphors", "owned",
    "possessive", "young", "partial", "respective", "on", "for", "at", "final_passive",
)  # fmt: skip

FACT_WORDS = Room(
    "extract",
    "facts.toml",
    {
        **dict.fromkeys(_LISTS, WORDS),
        "frames": Tables(
            {
                "kind": TEXT,
                "words": WORDS,
                "company": WORDS,
                "counterparty": WORDS,
                "near": optional(NUMBER),
                "sentence": optional(WORDS),
                "gained": optional(WORDS),
                "certainty": optional(one_of("stated", "planned", "possible", "denied")),
                "not_after": optional(WORDS),
                "need": optional(WORDS),
                "not_before": optional(WORDS),
                "after_article": optional(FLAG),
            }
        ),
        "nationalities": LISTS,
    },
)


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


def _frame(row: Table) -> Frame:
    def some(slot: str) -> WordSet | None:
        return _word_set(row.words(slot)) if slot in row.content else None

    return Frame(
        kind=row.text("kind"),
        words=_word_set(word for word in row.words("words") if not word.startswith("~")),
        reflexive_words=_word_set(word[1:] for word in row.words("words") if word.startswith("~")),
        company=row.words("company"),
        counterparty=row.words("counterparty"),
        reach=int(row.content.get("near", DEFAULT_REACH)),
        is_noun="near" in row.content,
        sentence=some("sentence"),
        gained=some("gained"),
        certainty=row.content.get("certainty"),
        not_after=_word_set(row.words("not_after")),
        need=row.words("need"),
        not_before=_word_set(row.words("not_before")),
        after_article=row.flag("after_article"),
    )


@cache
def fact_grammar(language: str) -> FactGrammar:
    """Return the fact grammar of `language`, or that of English where there is none. Raises LexiconError for a broken file."""
    table = FACT_WORDS.read(language if language in known_languages() else FALLBACK_LANGUAGE)
    lists = {key: _word_set(table.words(key)) for key in _LISTS}
    pronouns = (phrase.split() for phrase in cue_words(language).pronouns)
    frames = tuple(map(_frame, table.tables("frames")))
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
        endings={key: table.words(key) for key in ("planned_endings", "possible_endings")},
        helpers=frozenset(lists["active"].words | lists["planned"].words) - lists["prepositions"].words,
        conjunctions=cue_words(language).conjunctions,
        anaphors=frozenset(words[-1] for words in pronouns if len(words) > 1),
        auxiliaries=cue_words(language).auxiliaries,
        nationalities={
            fold_name(word): frozenset(codes.split())
            for codes, words in table.lists("nationalities").items()
            for word in words
        },
    )

"""The words of a language that tell what a name beside them is, read from `languages/<code>/names.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.folding import fold_name
from extract.languages import WORDS, Room, calendar_words, known_languages, optional
from extract.word_groups import compound_tails, joins_nouns

FALLBACK_LANGUAGE = "en"  # for a language without cues: its press borrows more from English than from French
_CLASSES = (
    "company_noun", "company_verb", "company_relation", "person_title", "person_verb", "institution_head", "product_noun",
    "law_noun", "event_noun", "programme_noun", "place_noun", "place_preposition", "media_source", "enumeration",
)  # fmt: skip
_WORD_LISTS = ("sentence_start", "articles", "connectors", "auxiliaries", "conjunctions")
_NOUNS = ("_noun", "_relation", "_head", "_title")  # classes that a compound takes from its last part
# Slots that a language may leave out.
_MAY_LACK = (
    "company_heads",
    "product_tails",
    "company_tails",
    "adverb_endings",
    "attribution",
    "reporting",
    "stating",
)
NAME_WORDS = Room(
    "extract",
    "names.toml",
    dict.fromkeys((*_CLASSES, *_WORD_LISTS), WORDS) | dict.fromkeys(_MAY_LACK, optional(WORDS)),
)


@dataclass(frozen=True, slots=True, eq=False)
class CueWords:
    """The cues of one language; every word folded.

    `classes` maps a word to the cue classes it belongs to; `heads` are the words that begin an institution's name, with a capital
    or without, `company_heads` those that with a capital begin a firm's full name (*Banque cantonale de Zurich*); the tails
    follow a firm's name in that of a product (*Tesla Model S*) or of another firm (*Orange Bank*). `adverb_endings` are given
    where a noun with a verb has an article, so that a bare word that acts is a name unless it ends so. `attribution` finds
    what stands before who is cited, `reporting` are verbs of who only reports, `stating` say no more than that of a medium.
    """

    language: str
    classes: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    company_heads: frozenset[str]
    sentence_start: frozenset[str]
    articles: frozenset[str]
    connectors: frozenset[str]
    auxiliaries: frozenset[str]
    conjunctions: frozenset[str]
    product_tails: frozenset[str]
    company_tails: frozenset[str]
    adverb_endings: tuple[str, ...]
    attribution: re.Pattern[str] | None
    reporting: frozenset[str]
    stating: frozenset[str]
    compounds: bool

    def classes_of(self, word: str, lemma: str = "") -> tuple[str, ...]:
        """The cue classes of a folded word, of its lemma, or of the noun that a compound ends with ("kabelhersteller")."""
        found = self.classes.get(word)
        if found is None and lemma:
            found = self.classes.get(lemma)
        return found or (_of_compound(self, word) if self.compounds else ())


@lru_cache(maxsize=1 << 14)
def _of_compound(cues: CueWords, word: str) -> tuple[str, ...]:
    """The cue classes of the longest noun that ends a compound, in a language that writes compounds as one word."""
    for tail in compound_tails(word, cues.classes):
        nouns = tuple(name for name in cues.classes[tail] if name.endswith(_NOUNS))
        if nouns:
            return nouns
    return ()


def _phrases(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for the last of `phrases` in a folded text; `*` behind a word stands for any ending. None without phrases."""
    if not phrases:
        return None
    written = (
        " ".join(fold_name(word) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
        for phrase in phrases
    )
    return re.compile(rf".*\b(?:{'|'.join(sorted(written, key=lambda one: (-len(one), one)))})\b(.*)")


@cache
def cue_words(language: str) -> CueWords:
    """Return the cues of `language`, or those of English where there is none. Raises LexiconError for a broken file."""
    known = language if language in known_languages() else FALLBACK_LANGUAGE
    table = NAME_WORDS.read(known)
    calendar = calendar_words(known)
    classes: dict[str, list[str]] = {}
    for name in sorted(_CLASSES):
        for word in table.words(name):
            classes.setdefault(fold_name(word), []).append(name)
    opening = (*table.words("sentence_start"), *calendar.months, *calendar.weekdays)
    return CueWords(
        language=language,
        classes={word: tuple(sorted(set(names))) for word, names in classes.items()},
        heads=frozenset(word for word, names in classes.items() if "institution_head" in names),
        company_heads=frozenset(map(fold_name, table.words("company_heads"))),
        sentence_start=frozenset(map(fold_name, opening)),
        articles=frozenset(map(fold_name, table.words("articles"))),
        connectors=frozenset(map(fold_name, table.words("connectors"))),
        auxiliaries=frozenset(map(fold_name, table.words("auxiliaries"))),
        conjunctions=frozenset(map(fold_name, table.words("conjunctions"))),
        product_tails=frozenset(map(fold_name, table.words("product_tails"))),
        company_tails=frozenset(map(fold_name, table.words("company_tails"))),
        adverb_endings=tuple(map(fold_name, table.words("adverb_endings"))),
        attribution=_phrases(table.words("attribution")),
        reporting=frozenset(map(fold_name, table.words("reporting"))),
        stating=frozenset(map(fold_name, table.words("stating"))),
        compounds=joins_nouns(known),
    )

"""Which words and phrases are nouns, read from the texts themselves: by the determiners around them.

A noun stands behind a determiner and before no further word of content. Verbs hardly ever do, nor do adjectives, be they before
their noun ("une forte croissance") or behind it ("la voiture autonome"). A phrase that determiners follow ends with a verb
("l'opération valorise la société"). A dictionary cannot tell, as half of the nouns are forms of verbs too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.topics.typical import JOINTS, SPACES, Text
from extract.languages import CARD, WordFile, known_languages

DETERMINERS = WordFile("corpus", "determiners.txt")
# A word that stands as a noun in this share of its places, and at least so often, is one, and so is a phrase behind determiners.
# Of the terms of news in French, Spanish and English verbs and adjectives do in 0 to 8 % of theirs, nouns in 10 to 100 %.
NOUN_SHARE = 0.1
NOUN_PLACES = 2
# Where all these determiners may be pronouns before a verb ("pour le remplacer"), more of its places are asked for.
UNSURE_SHARE = 0.25
# One that a determiner follows in this share of its places is a clause.
CLAUSE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the nouns of a language are told: by `determiners`, some of which are `contracted` with a preposition and some
    `pronouns` too, or by `capitals` alone; by nothing where there are no such words."""

    determiners: frozenset[str] = frozenset()
    contracted: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    capitals: bool = False

    def is_determined(self, text: Text, start: int) -> bool:
        """Whether a determiner stands before a place."""
        return start > 0 and text.lowered[start - 1] in self.determiners and text.gaps[start] in JOINTS

    def stands_as_noun(self, text: Text, place: int) -> bool:
        """Whether a word stands behind a determiner, and before no word of content; before a name it may be an adjective that
        stands for a noun ("le japonais SoftBank")."""
        if not self.is_determined(text, place):
            return False
        behind = place + 1
        return behind == len(text.words) or text.gaps[behind] not in SPACES or not text.is_content(behind)

    def is_sure(self, text: Text, place: int) -> bool:
        """Whether the determiner before a place is no pronoun."""
        return text.lowered[place - 1] not in self.pronouns

    def has_object(self, text: Text, place: int) -> bool:
        """Whether a determiner that no preposition is in follows a word of content in lower case."""
        behind = place + 1
        if behind == len(text.words) or text.gaps[behind] not in SPACES:
            return False
        if text.words[place][0].isupper() or not text.is_content(place):
            return False
        return text.lowered[behind] in self.determiners and text.lowered[behind] not in self.contracted

    def is_noun(self, written: str, as_noun: int, places: int, sure: bool = True) -> bool:
        """Whether words that stand as a noun in `as_noun` of their places are one (`sure`: behind no pronoun), or a name."""
        if self.capitals:
            return written.rpartition(" ")[2][0].isupper()
        if not self.determiners or written[0].isupper():
            return True
        return as_noun >= max(NOUN_PLACES, (NOUN_SHARE if sure else UNSURE_SHARE) * places)


@cache
def read_grammar(language: str) -> Grammar:
    """That of a language; for one that is not known nothing tells nouns."""
    if language not in known_languages():
        return Grammar()
    words = DETERMINERS.read(language)
    contracted = frozenset(word[1:] for word in words if word.startswith("+"))
    pronouns = frozenset(word[1:] for word in words if word.startswith("~"))
    capitals = CARD.read(language).flag("noun_capitals")
    return Grammar(frozenset(word.lstrip("+~") for word in words), contracted, pronouns, capitals)

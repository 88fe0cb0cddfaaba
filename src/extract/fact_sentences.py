"""A sentence as the fact rules see it: its words, the companies in it or meant by it, and what governs each of them."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.fact_frames import FactGrammar, WordSet
from extract.name_candidates import Tokens

if TYPE_CHECKING:
    from extract.companies import Company

_GOVERNED_WITHIN = 5  # words between a preposition and the name it governs: "auprès du fonds néerlandais Galet"
_CLAUSE_MARKS = ";:"
_STOPS = ",;:()«»–—"


@dataclass(frozen=True, slots=True)
class Party:
    """A company in a sentence, by name (`company` is its mention) or by a word that stands for one (`anaphor`)."""

    first: int
    last: int
    company: Company
    anaphor: bool


@dataclass(frozen=True, slots=True)
class FactSentence:
    """Tokens `first` to `last` (exclusive) of the text, and the parties in order."""

    text: str
    tokens: Tokens
    first: int
    last: int
    parties: tuple[Party, ...]
    grammar: FactGrammar

    def word(self, k: int) -> str:
        """The folded word at token `k`, empty outside the sentence."""
        return self.tokens.folded[k] if self.first <= k < self.last else ""

    def gap(self, k: int) -> str:
        """What stands between token `k` and the one before."""
        return self.text[self.tokens.ends[k - 1] : self.tokens.starts[k]] if k > 0 else ""

    def stops_between(self, a: int, b: int) -> int:
        """Commas and the like between tokens `a` and `b`."""
        return sum(1 for k in range(a + 1, b + 1) if any(mark in self.gap(k) for mark in _STOPS))

    def barrier_between(self, a: int, b: int) -> bool:
        """Whether another clause begins between tokens `a` and `b`."""
        barriers = self.grammar.lists["barriers"]
        for k in range(a + 1, b + 1):
            if any(mark in self.gap(k) for mark in _CLAUSE_MARKS) or (k < b and self.word(k) in barriers):
                return True
        return False

    def governors(self, party: Party) -> frozenset[str]:
        """The prepositions before the party, up to a mark or another party."""
        prepositions = self.grammar.lists["prepositions"]
        taken = {k for other in self.parties if other is not party for k in range(other.first, other.last + 1)}
        found: set[str] = set()
        k = party.first
        while k > self.first and party.first - k < _GOVERNED_WITHIN and k - 1 not in taken:
            if any(mark in self.gap(k) for mark in _STOPS):
                break
            k -= 1
            if self.word(k) in prepositions:
                found.add(self.word(k))
            elif found:
                break
        return frozenset(found)

    def enumeration_head(self, party: Party) -> Party:
        """The first of the parties that `party` is listed with ("Galet, Brume et Axa")."""
        position = self.parties.index(party)
        while position > 0:
            before = self.parties[position - 1]
            between = [self.word(k) for k in range(before.last + 1, party.first)]
            gap = self.text[self.tokens.ends[before.last] : self.tokens.starts[party.first]]
            articles = self.grammar.lists["articles"]
            listed = "," in gap or any(word in {"et", "and", "und", "y", "e", "ou"} for word in between)
            if before.anaphor or not listed or len(between) > 4:
                break
            if any(word not in articles and word not in {"et", "and", "und", "y", "e", "ou"} for word in between):
                break
            party, position = before, position - 1
        return party


def fact_sentence(
    text: str,
    tokens: Tokens,
    span: tuple[int, int],
    companies: Sequence[Company],
    topic: Company | None,
    grammar: FactGrammar,
) -> FactSentence:
    """Return the sentence `span` of `text`; words such as "la start-up" stand for `topic` where no name follows them."""
    first = bisect.bisect_left(tokens.starts, span[0])
    last = bisect.bisect_left(tokens.starts, span[1])
    parties = [
        Party(
            bisect.bisect_right(tokens.starts, company.start) - 1,
            bisect.bisect_left(tokens.ends, min(company.end, tokens.ends[-1])),
            company,
            anaphor=False,
        )
        for company in companies
        if span[0] <= company.start < span[1]
    ]
    if topic is not None:
        parties += _anaphors(tokens, first, last, parties, topic, grammar)
    parties.sort(key=lambda party: party.first)
    return FactSentence(text, tokens, first, last, tuple(parties), grammar)


def _anaphors(
    tokens: Tokens, first: int, last: int, named: Sequence[Party], topic: Company, grammar: FactGrammar
) -> list[Party]:
    definite, personal = grammar.lists["definite"], grammar.lists["personal"]
    found: list[Party] = []
    for k in range(first, last):
        word = tokens.folded[k]
        named_before = any(party.last < k for party in named)
        if word in personal and not named_before:
            found.append(Party(k, k, topic, anaphor=True))
        elif (
            word in grammar.anaphors
            and k > first
            and _after_definite(tokens, k, first, definite)
            and not any(k < party.first <= k + 3 for party in named)
        ):
            found.append(Party(k, k, topic, anaphor=True))
    return found


def _after_definite(tokens: Tokens, k: int, first: int, definite: WordSet) -> bool:
    """ "la start-up", "la jeune pousse": a definite article one or two words before."""
    return any(k - back >= first and tokens.folded[k - back] in definite for back in (1, 2))

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

_GOVERNED_WITHIN = (
    5  # words between a preposition and the name it governs: "auprès du fonds néerlandais Galet"
)
_LISTED_WITHIN = 4
_LONGEST_LIST = 30
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
    taken: frozenset[int]  # the tokens of the parties that are named
    words: frozenset[str]
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
        found: set[str] = set()
        k = party.first
        while k > self.first and party.first - k < _GOVERNED_WITHIN and k - 1 not in self.taken:
            if any(mark in self.gap(k) for mark in _STOPS):
                break
            k -= 1
            word = self.word(k)
            if word in prepositions:
                found.add(word)
            elif found or word in self.grammar.helpers:
                break
        return frozenset(found)

    def enumeration_head(self, party: Party) -> Party:
        """The first of the parties that `party` is listed with ("Galet, Brume et le fonds suédois Axa")."""
        position = start = bisect.bisect_left(self.parties, party.first, key=lambda other: other.first)
        while position > max(0, start - _LONGEST_LIST) and self._listed(
            self.parties[position - 1], self.parties[position]
        ):
            position -= 1
        return self.parties[position]

    def _listed(self, before: Party, party: Party) -> bool:
        between = [self.word(k) for k in range(before.last + 1, party.first)]
        gap = self.text[self.tokens.ends[before.last] : self.tokens.starts[party.first]]
        if (
            before.anaphor
            or party.anaphor
            or len(between) > _LISTED_WITHIN
            or any(m in gap for m in ".;:()«»–—")
        ):
            return False
        conjunctions, articles = self.grammar.conjunctions, self.grammar.lists["articles"]
        if between and between[0] in conjunctions:
            return not any(word in self.grammar.lists["barriers"] for word in between)
        return gap.lstrip().startswith(",") and all(
            word in articles or word in conjunctions for word in between
        )


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
    taken = frozenset(k for party in parties if not party.anaphor for k in range(party.first, party.last + 1))
    words = frozenset(tokens.folded[first:last])
    return FactSentence(text, tokens, first, last, tuple(parties), taken, words, grammar)


def _anaphors(
    tokens: Tokens, first: int, last: int, named: Sequence[Party], topic: Company, grammar: FactGrammar
) -> list[Party]:
    definite, personal = grammar.lists["definite"], grammar.lists["personal"]
    found: list[Party] = []
    starts = {party.first for party in named}
    first_named = min(starts, default=last)
    for k in range(first, last):
        word = tokens.folded[k]
        named_before = first_named < k
        if (word in personal and not named_before) or (
            word in grammar.anaphors
            and k > first
            and _after_definite(tokens, k, first, definite)
            and starts.isdisjoint((k + 1, k + 2, k + 3))
        ):
            found.append(Party(k, k, topic, anaphor=True))
    return found


def _after_definite(tokens: Tokens, k: int, first: int, definite: WordSet) -> bool:
    """ "la start-up", "la jeune pousse": a definite article one or two words before."""
    return any(k - back >= first and tokens.folded[k - back] in definite for back in (1, 2))

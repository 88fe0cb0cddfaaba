"""A sentence as the fact rules see it: its words, the companies in it or meant by it, and what governs each of them."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extract.companies import Company
from extract.facts.anaphors import Party, Topics, find_anaphors, is_company_noun
from extract.facts.frames import FactGrammar
from extract.tokens import Tokens

_GOVERNED_WITHIN = (
    5  # words between a preposition and the name it governs: "auprès du fonds néerlandais Galet"
)
_LISTED_WITHIN = 4
_LONGEST_LIST = 30
_CLAUSE_MARKS = ";:"
_ASIDE_WITHIN = 15
_LEADS_WITHIN = 4
_STOPS = ",;:()«»–—"


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

    def barrier_between(self, a: int, b: int, marks: str = _CLAUSE_MARKS) -> bool:
        """Whether another clause begins between tokens `a` and `b`; `marks` are those that begin one."""
        lists = self.grammar.lists
        for k in range(a + 1, b + 1):
            gap = self.gap(k)
            if any(mark in gap for mark in marks) and self.word(k) not in lists["equating"]:
                return True
            if k < b and self.word(k) in lists["barriers"]:
                return True
            if k < b and "," in gap and self.word(k) in lists["comparing"]:
                return True
        return False

    def in_aside(self, party: Party, trigger: int) -> bool:
        """Whether the party stands in a relative clause or an apposition that a comma closes before the trigger.

        "Galet, dont Brume a pris la moitié, lève 3 millions", "Galet, filiale de Brume, lève 3 millions".
        """
        opening = next(
            (
                k
                for k in range(party.first, max(self.first, party.first - _ASIDE_WITHIN), -1)
                if "," in self.gap(k)
            ),
            None,
        )
        if opening is None or not any("," in self.gap(k) for k in range(party.last + 1, trigger + 1)):
            return False
        return self.word(opening) in self.grammar.lists["relative_openers"] and opening - 1 in self.taken

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
                if not found and self._complements(k, party):
                    continue
                found.add(word)
            elif found or word in self.grammar.helpers or word in self.grammar.lists["reflexive"]:
                break
        return frozenset(found)

    def _complements(self, k: int, party: Party) -> bool:
        """Whether the preposition at `k` joins a noun to the one before, and not the name: "le géant des puces Galet"."""
        nouns = range(k + 1, party.first)
        if self.word(k) not in self.grammar.lists["of"] or not nouns or self.tokens.words[k + 1][0].isupper():
            return False
        if any(is_company_noun(self.word(n), self.grammar) for n in nouns):
            return False
        bare = (
            self.word(k) not in self.grammar.lists["definite_of"]
            and self.word(k + 1) not in self.grammar.lists["definite"]
        )
        return is_company_noun(self.word(k - 1), self.grammar) or (
            bare and self.word(k - 2) in self.grammar.lists["definite"]
        )

    def enumeration_head(self, party: Party) -> Party:
        """The first of the parties that `party` is listed with ("Galet, Brume et le fonds suédois Axa")."""
        position = start = bisect.bisect_left(self.parties, party.first, key=lambda other: other.first)
        while position > max(0, start - _LONGEST_LIST) and self._listed(
            self.parties[position - 1], self.parties[position]
        ):
            position -= 1
        return self.parties[position]

    def is_listed(self, party: Party) -> bool:
        """Whether the party is one of several that are listed: no singular word stands for them."""
        position = bisect.bisect_left(self.parties, party.first, key=lambda other: other.first)
        beside = self.parties[max(0, position - 1) : position + 2]
        return any(self._listed(a, b) and not self._fronted(a, b) for a, b in itertools.pairwise(beside))

    def _fronted(self, before: Party, party: Party) -> bool:
        """Whether `before` only stands in what opens the sentence: "Selon Brume, Galet lève …"."""
        joined = self.word(party.first - 1) in self.grammar.conjunctions
        return not joined and bool(self.governors(before)) and not self.governors(party)

    def leads(self, party: Party) -> bool:
        """Whether the party leads others' round ("Galet a mené le tour"): it lends a hand, and is not spoken of for long."""
        lists = self.grammar.lists
        for k in range(party.last + 1, party.last + 1 + _LEADS_WITHIN):
            if self.word(k) in lists["led"]:
                return self.word(k + 1) not in lists["by"] and self._names_round(k)
        return False

    def _names_round(self, k: int) -> bool:
        """Whether a word for a funding round stands closely behind token `k`."""
        rounds = [f.words for f in self.grammar.frames if f.kind == "funding_round" and f.is_noun]
        return any(self.word(n) in words for n in range(k + 1, k + 1 + _LEADS_WITHIN) for words in rounds)

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
    topics: Topics,
    grammar: FactGrammar,
) -> FactSentence:
    """Return the sentence `span` of `text`; words such as "la start-up" stand for one of `topics` where no name follows."""
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
    if topics:
        parties += find_anaphors(text, tokens, range(first, last), parties, topics, grammar)
    parties.sort(key=lambda party: party.first)
    taken = frozenset(k for party in parties if not party.anaphor for k in range(party.first, party.last + 1))
    words = frozenset(tokens.folded[first:last])
    return FactSentence(text, tokens, first, last, tuple(parties), taken, words, grammar)

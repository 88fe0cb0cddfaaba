"""A document as the fact engine sees it: sentences as rows of items, where a mention is one item and the rest are words.

A sum, a company, a date and a name stand for themselves whatever their letters, so what is learnt of "#C lève #S" holds for
all of them. Items are made when a sentence is first looked at: most sentences of an article have no sum near them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from extract.amounts.records import Amount
from extract.companies.records import Company
from extract.dates.records import DateExpression
from extract.facts.addresses import addresses
from extract.facts.records import FactParagraph
from extract.facts.syntax import NO_TREE, Tree, parse
from extract.facts.words import fact_words
from extract.folding import fold_in_place
from extract.names.records import Name

ItemKind = Literal["word", "mark", "company", "sum", "date", "name"]
Mention = Amount | Company | DateExpression | Name

_TOKEN = re.compile(r"[^\W_]+|[,;:()«»\"“”–—.!?%&\[\]]|-(?= )")
_GOVERNED_WITHIN = (
    5  # words between a preposition and the name it governs: "auprès du fonds néerlandais Galet"
)
_NUMBER = "#num"
LEAST_SUM = 10_000
"""In whole units: of the facts of real articles one in a hundred has a smaller sum, of their sums one in three."""


@dataclass(frozen=True, slots=True)
class Item:
    """One word, mark or mention of a sentence; offsets in the paragraph. `word` is folded, or the mask of a mention."""

    kind: ItemKind
    word: str
    start: int
    end: int
    mention: Mention | None = None


class Sentence:
    """A sentence with its items, and where among them the sums, companies, dates and names stand."""

    def __init__(self, paragraph: FactParagraph, number: int, index: int, span: tuple[int, int]) -> None:
        self.paragraph = paragraph
        self.paragraph_number = number
        self.index = index
        self.start, self.end = span
        self.language = paragraph.language
        self.tree: Tree = NO_TREE

    @cached_property
    def mentions(self) -> list[tuple[int, int, ItemKind, str, Mention]]:
        """Start, end, kind, mask and record of the sentence's mentions, in order, none overlapping another."""
        found: list[tuple[int, int, ItemKind, str, Mention]] = []
        groups: tuple[tuple[ItemKind, str, Sequence[Mention]], ...] = (
            ("company", "#C", self.paragraph.companies),
            ("sum", "#S", self.paragraph.amounts),
            ("date", "#D", self.paragraph.dates),
            ("name", "#N", self.paragraph.names),
        )
        for kind, mask, mentions in groups:
            taken = sorted((start, end) for start, end, *_ in found)
            for mention in _between(mentions, self.start, self.end):
                if _is_free(taken, mention.start, mention.end):
                    typed = mask + mention.type if isinstance(mention, Name) else mask
                    found.append((mention.start, mention.end, kind, typed, mention))
        return sorted(found, key=lambda row: row[:2])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The sentence's words, marks and mentions in order."""
        text = self.paragraph.text[self.start : self.end]
        folded = fold_in_place(text)
        accented = fact_words(self.language).lists["accented"]
        mentions = self.mentions
        items: list[Item] = []
        k = 0
        for token in _words(text):
            start, end = token.start() + self.start, token.end() + self.start
            while k < len(mentions) and mentions[k][0] < end:
                items.append(
                    Item(mentions[k][2], mentions[k][3], mentions[k][0], mentions[k][1], mentions[k][4])
                )
                k += 1
            if k and start < mentions[k - 1][1]:
                continue
            word = token.group()
            if not word[0].isalnum():
                items.append(Item("mark", word, start, end))
            elif word[0].isdigit():
                items.append(Item("word", _NUMBER, start, end))
            elif (lower := word.lower()) in accented:
                items.append(Item("word", lower, start, end))
            else:
                items.append(Item("word", folded[token.start() : token.end()].strip() or lower, start, end))
        items += [Item(kind, mask, start, end, record) for start, end, kind, mask, record in mentions[k:]]
        return tuple(items)

    @property
    def has_sum(self) -> bool:
        """Whether one of its mentions is a sum; its words need not be looked at for that."""
        return any(kind == "sum" for _, _, kind, _, _ in self.mentions)

    @property
    def has_weighty_sum(self) -> bool:
        """Whether one of its sums is one that facts have."""
        return any(kind == "sum" and may_be_fact(mention) for _, _, kind, _, mention in self.mentions)

    def positions(self, kind: ItemKind) -> list[int]:
        """Where the items of `kind` stand."""
        return self._positions.get(kind, [])

    @cached_property
    def _positions(self) -> dict[ItemKind, list[int]]:
        found: dict[ItemKind, list[int]] = {}
        for k, item in enumerate(self.items):
            found.setdefault(item.kind, []).append(k)
        return found

    @cached_property
    def companies(self) -> list[tuple[int, Company]]:
        """The companies that act in the sentence, by position; media that are only cited are no party."""
        if not any(kind == "company" for _, _, kind, _, _ in self.mentions):
            return []  # no words are needed to know that
        return [
            (k, item.mention)
            for k, item in enumerate(self.items)
            if isinstance(item.mention, Company) and is_party(item.mention)
        ]

    def company_at(self, k: int) -> str:
        """The canonical name of the company at `k`."""
        mention = self.items[k].mention
        if not isinstance(mention, Company):
            raise ValueError(f"item {k} is no company")
        return mention.company

    def word(self, k: int) -> str:
        """The word at `k`, "^" before the sentence and "$" behind it."""
        if k < 0:
            return "^"
        return self.items[k].word if k < len(self.items) else "$"

    @cached_property
    def _counts(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Running counts of companies, sums, commas and clause marks, so that any stretch is counted in two steps."""
        companies, sums, commas, clauses = [0], [0], [0], [0]
        for item in self.items:
            companies.append(companies[-1] + (item.kind == "company"))
            sums.append(sums[-1] + (item.kind == "sum"))
            commas.append(commas[-1] + (item.kind == "mark" and item.word in ",–—"))
            clauses.append(clauses[-1] + (item.kind == "mark" and item.word in ";:.!?"))
        return companies, sums, commas, clauses

    def between(self, a: int, b: int) -> tuple[int, int, int, int]:
        """How many companies, sums, commas and clause marks stand between the items `a` and `b`."""
        low, high = (a + 1, b) if a < b else (b + 1, a)
        if high <= low:
            return 0, 0, 0, 0
        companies, sums, commas, clauses = (counts[high] - counts[low] for counts in self._counts)
        return companies, sums, commas, clauses

    def governor(self, k: int) -> tuple[str, int]:
        """The preposition that governs the mention at `k` and the words between them; "-" where there is none."""
        words = fact_words(self.language)
        for distance in range(_GOVERNED_WITHIN):
            position = k - 1 - distance
            if position < 0:
                return "-", 0
            item = self.items[position]
            if item.kind == "mark":
                return ("(", 0) if item.word in "([" else ("-", 0)
            if item.kind != "word" or (distance and item.word in words.lists["helpers"]):
                return "-", 0
            if item.word in words.lists["prepositions"]:
                return item.word, distance
        return "-", 0

    @cached_property
    def turns(self) -> tuple[str, list[int]] | None:
        """The positions of sums and companies where they take turns, twice at least, and which comes first: "SC" or "CS"."""
        places = sorted([*self.positions("sum"), *(k for k, _ in self.companies)])
        kinds = "".join("S" if self.items[k].kind == "sum" else "C" for k in places)
        for order in ("SC", "CS"):
            if len(kinds) >= 2 * len(order) and kinds == order * (len(kinds) // 2):
                return order, places
        return None

    @cached_property
    def subject(self) -> int | None:
        """The position of the first company that no preposition governs."""
        return next((k for k, _ in self.companies if self.governor(k)[0] == "-"), None)

    @cached_property
    def company_names(self) -> frozenset[str]:
        """The canonical names of the companies that act in the sentence."""
        return frozenset(company.company for _, company in self.companies)


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words and marks of a text that stand in no address of the web."""
    free = 0
    for start, end in addresses(text):
        yield from _TOKEN.finditer(text, free, start)
        free = end
    yield from _TOKEN.finditer(text, free)


def may_be_fact(amount: Mention) -> bool:
    """Whether a sum is large enough and no rate: what a firm pays, gets or is worth is not said in less.

    >>> from extract import find_amounts
    >>> from extract.facts import may_be_fact
    >>> [may_be_fact(amount) for amount in find_amounts("30 millions d'euros, 20 euros, 30 000 euros par an")]
    [True, False, False]
    """
    return isinstance(amount, Amount) and amount.per is None and (not amount.low or amount.low >= LEAST_SUM)


def is_party(company: Company) -> bool:
    """Whether the company can be a party to a fact: a medium that is only cited cannot."""
    return company.role != "source"


def _between(mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
    k = bisect.bisect_left(mentions, start, key=lambda mention: mention.start)
    while k < len(mentions) and mentions[k].start < end:
        yield mentions[k]
        k += 1


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    k = bisect.bisect_left(taken, (start, start))
    return not (k < len(taken) and taken[k][0] < end) and not (k and taken[k - 1][1] > start)


@dataclass(slots=True)
class Document:
    """The sentences of a document, and how often and where first each company is named in it."""

    sentences: list[Sentence]
    counts: dict[str, int] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    countries: dict[str, str] = field(default_factory=dict)
    ranked: dict[str, int] = field(default_factory=dict)
    first_sentence: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, paragraphs: Sequence[FactParagraph]) -> Document:
        """The document made of `paragraphs`, of which the first is its title or its beginning."""
        sentences: list[Sentence] = []
        for number, paragraph in enumerate(paragraphs):
            for span in paragraph.sentences or ((0, len(paragraph.text)),):
                sentences.append(Sentence(paragraph, number, len(sentences), span))
        document = cls(sentences)
        for number, paragraph in enumerate(paragraphs):
            for company in paragraph.companies:
                if not is_party(company):
                    continue
                name = company.company
                document.counts[name] = document.counts.get(name, 0) + 1
                document.order.setdefault(name, len(document.order))
                if company.country is not None:
                    document.countries.setdefault(name, company.country)
                if number == 0 and len(paragraphs) > 1 and name not in document.title:
                    document.title.append(name)
                if number <= 1 and name not in document.lead:
                    document.lead.append(name)
        for sentence in sentences:
            for _, _, _, _, mention in sentence.mentions:
                if isinstance(mention, Company):
                    document.first_sentence.setdefault(mention.company, sentence.index)
        by_count = sorted(document.counts, key=lambda name: (-document.counts[name], document.order[name]))
        document.ranked = {name: rank for rank, name in enumerate(by_count)}
        if document.may_tell_facts():
            document.grow_trees()
        return document

    def may_tell_facts(self) -> bool:
        """Whether one of its sums may be a company's: one that is a party stands before it, or in its sentence or the next."""
        first = min((self.first_sentence.get(name, 0) for name in self.counts), default=None)
        return first is not None and any(one.has_sum for one in self.sentences[max(0, first - 1) :])

    def grow_trees(self) -> None:
        """Parse the sentences whose sum could be part of a fact."""
        for language in sorted({sentence.language for sentence in self.sentences}):
            asked = [s for s in self.sentences if s.language == language and s.has_weighty_sum]
            texts = [s.paragraph.text[s.start : s.end] for s in asked]
            for sentence, tree in zip(asked, parse(texts, language), strict=True):
                sentence.tree = tree

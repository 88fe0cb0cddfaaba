"""Facts: an amount tied to the company that pays it, receives it or is worth it.

Rules over one sentence, and the one before it for "la start-up" or "elle": each amount goes to the word nearby that makes it a
fact (`extract.facts.frames`), and that word says where its company stands. Precision comes before recall: what the rules do
not see clearly is no fact.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from extract.amounts import Amount
from extract.companies import Company
from extract.facts.anaphors import Party, Topics
from extract.facts.frames import DEFAULT_REACH, FactGrammar, Frame, fact_grammar
from extract.facts.records import ROLES, Certainty, Fact, FactKind, Role
from extract.facts.sentences import FactSentence, fact_sentence
from extract.facts.slots import fill
from extract.sentences import split_sentences
from extract.tokens import tokenize

# Added to the number of words between a trigger and an amount.
OTHER_AMOUNT_COST = 8
CLAUSE_COST = 30
MARK_COST = 2
BEHIND_COST = 2
BESIDE = 8  # amounts on each side that may stand between an amount and its trigger
# Sums for one person or a time of use are prices and wages.
UNIT_PRICES = frozenset({"month", "week", "day", "hour", "person", "share"})
# Slots of words that say nothing alone: "un appel d'offres évalué à …", "s'empare de Galet contre un chèque de …".
_PASSED_OVER = (("bearer",), ("for",))
_TAKES_IN = frozenset({"investment", "acquisition"})
# What a funding round brings: the company of the last one is what "l'opération" or "elle" speaks of.
_OF_A_ROUND = frozenset({"funding_round", "valuation"})
NO_TOPICS = Topics()
_BELONGS_WITHIN = (
    6  # words that may stand before the first company where a sentence begins with what is its own
)
_MODAL_WITHIN = 5  # words before a trigger in which "va", "pourrait", "dément" speak of it


def find_facts(
    text: str,
    companies: Sequence[Company],
    amounts: Sequence[Amount],
    dates: Sequence[tuple[int, int]],
    language: str = "fr",
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
    topics: Topics = NO_TOPICS,
) -> list[Fact]:
    """Return the facts of a paragraph, at most one an amount, in the order of their amounts.

    `dates` are the (start, end) of date expressions; `sentences` the paragraph's, split anew when None; `topics` what the
    paragraphs before spoke of, for a pronoun here.
    """
    return read_facts(text, companies, amounts, dates, language, sentences=sentences, topics=topics)[0]


def read_facts(
    text: str,
    companies: Sequence[Company],
    amounts: Sequence[Amount],
    dates: Sequence[tuple[int, int]],
    language: str = "fr",
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
    topics: Topics = NO_TOPICS,
) -> tuple[list[Fact], Topics]:
    """Return the facts of a paragraph as `find_facts` does, and the topics that hold behind it."""
    if not companies and not (amounts and topics):
        return [], topics
    grammar = fact_grammar(language)
    tokens = tokenize(text)
    facts: list[Fact] = []
    for span in sentences if sentences is not None else split_sentences(text, language):
        sentence = fact_sentence(text, tokens, span, companies, topics, grammar)
        here = [amount for amount in amounts if span[0] <= amount.start < span[1]]
        raised: Company | None = None
        known = len(facts)
        for k, amount in enumerate(here):
            beside = here[max(0, k - BESIDE) : k + BESIDE + 1]
            found = _fact(sentence, amount, beside, dates, topics, span)
            if found is not None:
                facts.append(found[0])
                raised = raised or found[1]
        subject = raiser(facts[known:], [party.company for party in sentence.parties]) or _topic(
            sentence, topics
        )
        named = [party.company for party in sentence.parties if not party.anaphor]
        topics = topics.after(named, subject, raised)
    return facts, topics


def raiser(facts: Sequence[Fact], companies: Sequence[Company]) -> Company | None:
    """Which of `companies` raised money, or got its worth, by the last such fact of `facts`: what "l'opération valorise la
    société" means, whoever else stands nearer."""
    raised = [fact.company for fact in facts if fact.kind in _OF_A_ROUND]
    return next((company for company in companies if raised and company.company == raised[-1]), None)


def _topic(sentence: FactSentence, topics: Topics) -> Company | None:
    """What the sentence is about: its first company that no preposition governs and that does not act with others.

    Where there is none, what the text was about before goes on; the first sentence is about its first company.
    """
    for party in sentence.parties:
        if not sentence.governors(party) and not (
            topics and (sentence.is_listed(party) or sentence.leads(party))
        ):
            return party.company
    concerned = next((p.company for p in sentence.parties if _is_addressed(sentence, p)), None)
    if concerned is not None:
        return concerned
    if topics.subject is not None and not _belongs(sentence):
        return topics.subject
    return sentence.parties[0].company if sentence.parties else None


def _is_addressed(sentence: FactSentence, party: Party) -> bool:
    """Whether something is done to the party: "une amende à Galet"."""
    governors = sentence.governors(party)
    return bool(governors) and all(word in sentence.grammar.lists["to"] for word in governors)


def _belongs(sentence: FactSentence) -> bool:
    """Whether the sentence begins with what belongs to its first company: "Le chiffre d'affaires de Galet …"."""
    if not sentence.parties:
        return False
    party = sentence.parties[0]
    of = sentence.grammar.lists["of"]
    governors = sentence.governors(party)
    near = party.first - sentence.first <= _BELONGS_WITHIN
    return near and bool(governors) and all(word in of for word in governors)


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount's tokens."""

    first: int
    last: int


def _place(sentence: FactSentence, amount: Amount) -> _Place:
    tokens = sentence.tokens
    # A sign before the figure ("$40 billion") is no token: the first one is that which ends behind the amount's start.
    first = max(sentence.first, bisect.bisect_right(tokens.ends, amount.start))
    return _Place(first, max(first, bisect.bisect_left(tokens.starts, amount.end) - 1))


def _fact(
    sentence: FactSentence,
    amount: Amount,
    amounts: Sequence[Amount],
    dates: Sequence[tuple[int, int]],
    topics: Topics,
    span: tuple[int, int],
) -> tuple[Fact, Company | None] | None:
    """The fact of the amount, and the company that took it in where there is one."""
    if amount.per in UNIT_PRICES or _is_aside(sentence, amount, amounts):
        return None
    place = _place(sentence, amount)
    others = [_place(sentence, other) for other in amounts if other is not amount]
    for frame, trigger, cost in _triggers_of(sentence, place, others):  # noqa: B007
        if frame.kind == "none" or _speaks_of_stake(sentence, frame, trigger):
            return None
        payer, counterparty, gained = fill(sentence, frame, trigger, place.first, place.last, topics, others)
        # A participle that stands beside no company ("un appel d'offres évalué à …") leaves the amount to the next word.
        if payer is not None or frame.company not in _PASSED_OVER:
            break
    else:
        return None
    if payer is None or ("counterparty" in frame.need and counterparty is None):
        return None
    ends = [sentence.tokens.starts[trigger], amount.start, sentence.tokens.ends[trigger], amount.end]
    if not payer.anaphor and span[0] <= payer.company.start < span[1]:
        ends += [payer.company.start, payer.company.end]
    start, end = min(ends), max(ends)
    other = counterparty.company.company if counterparty is not None else None
    fact = Fact(
        start=start,
        end=end,
        text=sentence.text[start:end],
        kind=cast(FactKind, frame.kind),
        company=payer.company.company,
        company_start=None if payer.anaphor else payer.company.start,
        company_role="receiver" if gained else ROLES.get(frame.kind, "subject"),
        counterparty=None if other == payer.company.company else other,
        amount_start=amount.start,
        date_start=_date(dates, amount, span),
        certainty=_certainty(sentence, frame, trigger, payer),
        trigger=sentence.tokens.words[trigger],
        score=round(0.95 - (0.2 if payer.anaphor else 0.0) - min(cost, 20) * 0.01, 2),
    )
    if frame.kind == "funding_round":
        return fact, payer.company
    return fact, counterparty.company if frame.kind in _TAKES_IN and counterparty is not None else None


def _is_aside(sentence: FactSentence, amount: Amount, amounts: Sequence[Amount]) -> bool:
    """A conversion in brackets, or the worth of a stake: "10 % du capital (135 milliards)"."""
    before = sentence.text[max(0, amount.start - 3) : amount.start]
    k = bisect.bisect_right(sentence.tokens.ends, amount.start)
    partial = sentence.grammar.lists["partial"]
    if any(sentence.word(m) in partial for m in (k - 1, k - 2)) and any(
        a.end <= amount.start for a in amounts
    ):
        return True
    if "(" not in before:
        return False
    bracket = sentence.text.rfind("(", 0, amount.start)
    if any(other.end <= bracket and bracket - other.end <= 1 for other in amounts):
        return True
    k = bisect.bisect_left(sentence.tokens.starts, bracket)
    return any(sentence.word(m) in sentence.grammar.lists["stake"] for m in range(k - 4, k))


def _triggers_of(
    sentence: FactSentence, place: _Place, others: Sequence[_Place]
) -> list[tuple[Frame, int, int]]:
    """The two likeliest frames of an amount with their triggers and costs, the likelier first."""
    found: list[tuple[int, int, int, Frame]] = []
    low = max(sentence.first, place.first - DEFAULT_REACH)
    high = min(sentence.last, place.last + DEFAULT_REACH)
    near = [other for other in others if low <= other.first <= high]
    for k in range(low, high):
        if (
            place.first <= k <= place.last
            or k in sentence.taken
            or sentence.word(k) not in sentence.grammar.triggers
        ):
            continue
        for number, frame in enumerate(sentence.grammar.frames):
            if not _triggers(sentence, frame, k):
                continue
            cost = _cost(sentence, k, place, near)
            if cost <= frame.reach:
                found.append((cost, number, k, frame))
    found.sort(key=lambda row: row[:3])
    return [(frame, k, cost) for cost, _, k, frame in found[:2]]


def _triggers(sentence: FactSentence, frame: Frame, k: int) -> bool:
    word = sentence.word(k)
    reflexive = sentence.grammar.lists["reflexive"]
    if word not in frame.words and not (
        word in frame.reflexive_words and any(sentence.word(k - back) in reflexive for back in (1, 2))
    ):
        return False
    if frame.after_article and sentence.word(k - 1) not in sentence.grammar.lists["articles"]:
        return False
    if any(sentence.word(k - back) in frame.not_after for back in (1, 2)):
        return False
    if sentence.word(k + 1) in frame.not_before:
        return False
    if frame.sentence is None:
        return True
    return any(word in frame.sentence for word in sentence.words)


def _cost(sentence: FactSentence, k: int, place: _Place, others: Sequence[_Place]) -> int:
    low, high = (k, place.first) if k < place.first else (place.last, k)
    cost = high - low + (BEHIND_COST if k > place.last else 0)
    cost += MARK_COST * sentence.stops_between(low, high)
    if sentence.words.isdisjoint(sentence.grammar.lists["respective"].words):
        cost += OTHER_AMOUNT_COST * sum(1 for other in others if low < other.first < high)
    return cost + (CLAUSE_COST if sentence.barrier_between(low, high) else 0)


def _speaks_of_stake(sentence: FactSentence, frame: Frame, trigger: int) -> bool:
    """ "sa participation valorisée à 135 milliards": the worth of what a company holds, not its own."""
    stake = sentence.grammar.lists["stake"]
    return frame.kind == "valuation" and any(sentence.word(trigger - back) in stake for back in (1, 2, 3))


def _date(dates: Sequence[tuple[int, int]], amount: Amount, span: tuple[int, int]) -> int | None:
    """The start of the sentence's date that stands nearest to the amount."""
    inside = [
        (min(abs(start - amount.end), abs(amount.start - end)), start)
        for start, end in dates
        if span[0] <= start < span[1]
    ]
    return min(inside)[1] if inside else None


def _certainty(sentence: FactSentence, frame: Frame, trigger: int, company: Party) -> Certainty:
    grammar = sentence.grammar
    low = max(sentence.first, trigger - _MODAL_WITHIN)
    around = [sentence.word(k) for k in range(low, trigger + 1)]
    behind = [sentence.word(k) for k in range(trigger + 1, min(sentence.last, trigger + 3))]
    clause = [sentence.word(k) for k in _clause(sentence, trigger, company)]
    if _denied(grammar, clause, around + behind):
        return "denied"
    if frame.certainty is not None:
        return cast(Certainty, frame.certainty)
    if any(word in grammar.lists["possible"] for word in around) or _ends(
        around, grammar, "possible_endings"
    ):
        return "possible"
    if any(word in grammar.lists["planned"] for word in around) or _ends(around, grammar, "planned_endings"):
        return "planned"
    return "stated"


def _clause(sentence: FactSentence, trigger: int, company: Party) -> list[int]:
    """The words before a trigger that speak of it: what stands between commas behind the company does not."""
    stretches: list[list[int]] = [[]]
    k = trigger
    while k >= max(sentence.first, trigger - DEFAULT_REACH) and not sentence.barrier_between(k, trigger):
        stretches[-1].append(k)
        if any(mark in sentence.gap(k) for mark in ",«»"):
            if k <= company.first or company.first > trigger:
                break
            stretches.append([])
        k -= 1
    holding = [s for s in stretches if s and s[-1] <= company.first <= s[0]]
    return [k for s in (stretches[0], *holding) for k in s]


def _denied(grammar: FactGrammar, clause: Sequence[str], around: Sequence[str]) -> bool:
    lists = grammar.lists
    if any(word in lists["denied"] for word in clause):
        return True
    negated = any(word in lists["negations"] for word in around)
    openers = lists["negation_openers"]
    return negated and (not openers.words or any(word in openers for word in around))


def _ends(words: Sequence[str], grammar: FactGrammar, key: str) -> bool:
    endings = grammar.endings[key]
    return bool(endings) and any(len(word) > 4 and word.endswith(endings) for word in words)


__all__ = ["Certainty", "Fact", "FactKind", "Party", "Role", "Topics", "find_facts", "read_facts"]

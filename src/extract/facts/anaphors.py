"""Words that stand for a company named before ("la start-up", "elle", "le groupe japonais"), and which company that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.companies import Company
from extract.cue_words import cue_words
from extract.facts.frames import FactGrammar
from extract.tokens import Tokens

_REMEMBERED = 8  # companies that a later word may stand for; press texts seldom reach further back
_MODIFIERS_WITHIN = 2  # words behind a noun in which its nationality stands: "le groupe automobile japonais"


@dataclass(frozen=True, slots=True)
class Party:
    """A company in a sentence, by name (`company` is its mention) or by a word that stands for one (`anaphor`)."""

    first: int
    last: int
    company: Company
    anaphor: bool


@dataclass(frozen=True, slots=True)
class Topics:
    """What the text has spoken of: `subject` is what it is about, `raised` what last took money in, `latest` the last named.

    `recent` are the companies named before, the latest first.
    """

    subject: Company | None = None
    raised: Company | None = None
    recent: tuple[Company, ...] = ()

    def __bool__(self) -> bool:
        return self.subject is not None

    def after(self, named: Sequence[Company], subject: Company | None, raised: Company | None) -> Topics:
        """The topics behind a sentence that names `named` in order, about `subject`, in which `raised` took money in."""
        if not named and subject is None:
            return self
        recent: list[Company] = []
        for company in (*reversed(named), *self.recent):
            if all(company.company != other.company for other in recent):
                recent.append(company)
        return Topics(subject or self.subject, raised or self.raised, tuple(recent[:_REMEMBERED]))


def is_company_noun(word: str, grammar: FactGrammar) -> bool:
    """Whether a folded word is a noun for companies ("start-up", "producteur")."""
    return "company_noun" in cue_words(grammar.language).classes.get(word, ())


def find_anaphors(
    text: str,
    tokens: Tokens,
    span: range,
    named: Sequence[Party],
    topics: Topics,
    grammar: FactGrammar,
) -> list[Party]:
    """Return the words in tokens `span` that stand for one of `topics`, with the company that each stands for."""
    lists = grammar.lists
    found: list[Party] = []
    starts = {party.first for party in named}
    ends = {party.last for party in named}
    first_named = min(starts, default=span.stop)
    for k in span:
        word = tokens.folded[k]
        if word in lists["personal"]:
            # "L'américain récidive : il s'était offert …": a pronoun takes up what stands before it.
            company = (found[-1].company if found else topics.subject) if k < first_named else None
        elif _names(text, tokens, k, starts) or _in_apposition(text, tokens, k, ends):
            continue
        elif _is_noun(tokens, k, span, grammar):
            # "Son entreprise": a person's, and the text has to have spoken of one company only.
            owned = tokens.folded[k - 1] in lists["possessive"] and len(topics.recent) > 1
            company = None if owned else _meant(tokens, k, span, topics, grammar)
        elif _is_nationality(tokens, k, span, grammar):
            company = _of_countries(grammar.nationalities[word], topics, sure=True)
        else:
            continue
        if company is not None:
            found.append(Party(k, k, company, anaphor=True))
    return found


def _is_noun(tokens: Tokens, k: int, span: range, grammar: FactGrammar) -> bool:
    """ "la start-up", "la jeune pousse", "son entreprise": a noun, a determiner one or two words before."""
    lists = grammar.lists
    before = [tokens.folded[k - back] for back in (1, 2) if k - back >= span.start]
    if tokens.folded[k] in grammar.anaphors or tokens.folded[k] in lists["more_anaphors"]:
        if any(word in lists["definite"] for word in before):
            return True
        return tokens.folded[k] in lists["owned"] and any(word in lists["possessive"] for word in before)
    return False


def _is_nationality(tokens: Tokens, k: int, span: range, grammar: FactGrammar) -> bool:
    """ "Le néerlandais a investi": a nationality that no noun stands beside."""
    if tokens.folded[k] not in grammar.nationalities or k == span.start or k + 1 >= span.stop:
        return False
    return tokens.folded[k - 1] in grammar.lists["definite"] and tokens.folded[k + 1] in grammar.auxiliaries


def _names(text: str, tokens: Tokens, k: int, starts: set[int]) -> bool:
    """ "la start-up allemande Galet": a name follows, with no comma before it."""
    return any(
        n in starts and "," not in text[tokens.ends[k] : tokens.starts[n]] for n in (k + 1, k + 2, k + 3)
    )


def _in_apposition(text: str, tokens: Tokens, k: int, ends: set[int]) -> bool:
    """ "Galet, le fonds de Brume, …": the noun says what the name before the comma is."""
    for back in (1, 2):
        if k - back - 1 in ends:
            return text[tokens.ends[k - back - 1] : tokens.starts[k - back]].strip() == ","
    return False


def _meant(tokens: Tokens, k: int, span: range, topics: Topics, grammar: FactGrammar) -> Company | None:
    low, high = max(span.start, k - 1), min(span.stop, k + 1 + _MODIFIERS_WITHIN)
    beside = [
        tokens.folded[n] for n in range(low, high)
    ]  # "the French company", "le groupe automobile japonais"
    countries = next((grammar.nationalities[word] for word in beside if word in grammar.nationalities), None)
    raised = topics.raised if tokens.folded[k] in grammar.lists["young"] else None
    if (
        countries is not None
        and raised is not None
        and (raised.country is None or raised.country in countries)
    ):
        return raised
    if countries is not None:
        return _of_countries(countries, topics, sure=False)
    return raised or topics.subject


def _of_countries(countries: frozenset[str], topics: Topics, *, sure: bool) -> Company | None:
    """The topic of one of `countries`; one of unknown country only where `sure` is false."""
    subject = [topics.subject] if topics.subject is not None else []
    candidates = [*subject, *topics.recent]
    for company in candidates:
        if company.country in countries or (
            not sure and company is topics.subject and company.country is None
        ):
            return company
    return None if sure else next((c for c in candidates if c.country is None), None)

"""Whose currency a name or sign that several countries share means ("$", "dinars"), by the countries that the document speaks of.

The sum's own sentence decides where the word names nobody's currency by itself, or speaks of its first country alone; else the
balance of the whole document, and the domain of its address. Words stand in `languages/<code>/amounts.toml`, cities and domains
in `currencies.toml`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from extract.amounts.records import Amount
from extract.amounts.vocabulary import AMOUNT_WORDS, CURRENCIES, SharedName, vocabulary
from extract.folding import fold_in_place
from extract.languages import Table
from extract.patterns import any_of

# What an address in the country's domain, or with its name in the host, weighs, in words that name the country.
_ADDRESS = 3
# Letters of a word, and of the stem of words, that name a place inside a host: "journaldemontreal", "africanews" names none.
_IN_HOST, _STEM_IN_HOST = 6, 5
# How many more words of its country than of any other tell the currency of a document that names none.
_HOME_LEAD = 2
# The balance is clear where the first country is named this many times as often as the next.
_CLEAR = 2
# What the press of any other country counts in: a bare dollar in a French or a British paper is no Canadian one.
_WORLD = "USD"
_SIGN_BEHIND_WORD = re.compile(r"(?:[^\W\d_]{4}|\d\s?G)\s*[$]\Z")  # "3 millions $", "3 G$"


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """A paragraph as the reading of sums in a document needs it; offsets are code points in `text`.

    >>> from extract.amounts.countries import DocumentParagraph
    >>> DocumentParagraph("Galet embauche.", "fr", ((0, 15),), ()).language
    'fr'
    """

    text: str
    language: str
    sentences: tuple[tuple[int, int], ...]
    amounts: tuple[Amount, ...]


class Places:
    """The words of one language that name a country, its people, cities or markets, each with the country's currency.

    >>> from extract.amounts.countries import places
    >>> places("fr").named("Le ministre tunisien à Sfax, puis à Alger")
    [(12, 'TND'), (23, 'TND'), (36, 'DZD')]
    """

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._whole = {word: code for code, listed in words.items() for word in listed if word[-1] != "*"}
        self._stems = {
            word[:-1]: code for code, listed in words.items() for word in listed if word[-1] == "*"
        }
        # "US" and "us" are two words
        self._shouted = {word.lower() for word in self._whole if word.isupper()}
        self._whole |= {word.lower(): code for word, code in self._whole.items()}
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._word = re.compile(rf"(?<!\w)(?:{any_of(self._stems)}\w*|{any_of(self._whole)}(?!\w))")

    def named(self, text: str) -> list[tuple[int, str]]:
        """Where a country is named, and its currency, in order."""
        return [
            (match.start(), self._currency(match.group()))
            for match in self._word.finditer(fold_in_place(text))
            if match.group() not in self._shouted or text[match.start() : match.end()].isupper()
        ]

    def inside(self, host: str) -> set[str]:
        """The currencies of the places that stand anywhere in a host's name: "journaldemontreal.example"."""
        return {
            code
            for words, least in ((self._whole, _IN_HOST), (self._stems, _STEM_IN_HOST))
            for word, code in words.items()
            if len(word) >= least and word in host
        }

    def _currency(self, word: str) -> str:
        if word in self._whole:
            return self._whole[word]
        return next(self._stems[word[:length]] for length in self._lengths if word[:length] in self._stems)


@lru_cache(maxsize=32)
def places(language: str) -> Places:
    """The places of `language`, read once. Raises LexiconError for a language without a lexicon."""
    words: dict[str, list[str]] = {code: list(listed) for code, listed in _shared().lists("places").items()}
    for code, listed in AMOUNT_WORDS.read(language).lists("places").items():
        words.setdefault(code, []).extend(listed)
    return Places(words)


@cache
def _shared() -> Table:
    text = resources.files(__package__).joinpath(CURRENCIES).read_text(encoding="utf-8")
    return Table(tomllib.loads(text))


@cache
def _domains() -> Mapping[str, str]:
    return _shared().codes("domains")


def with_country_currency(
    paragraphs: Sequence[DocumentParagraph], address: str | None
) -> list[tuple[Amount, ...]]:
    """The sums of each paragraph; those whose name or sign is shared take the currency of the country that is meant.

    `address` is the document's URL or host. Without clear evidence a sum stays as it is. Linear in the text; a document without
    a shared name costs nothing.

    >>> from extract.amounts import DocumentParagraph, find_amounts, with_country_currency
    >>> texts = ["La Bourse de Tunis est fermée.", "La société doit 3 millions de dinars."]
    >>> document = [DocumentParagraph(text, "fr", ((0, 40),), tuple(find_amounts(text))) for text in texts]
    >>> [sum.currency for sums in with_country_currency(document, None) for sum in sums]
    ['TND']
    """
    if all(amount.shared is None for paragraph in paragraphs for amount in paragraph.amounts):
        return [paragraph.amounts for paragraph in paragraphs]
    named = [places(paragraph.language).named(paragraph.text) for paragraph in paragraphs]
    balance = _Balance(paragraphs, named, address)
    return [_told(paragraph, found, balance) for paragraph, found in zip(paragraphs, named, strict=True)]


def home_currency(paragraphs: Sequence[DocumentParagraph], address: str | None) -> str | None:
    """The currency of the country that a document is of, by its address and by the places that it names; None where that is open.

    >>> from extract.amounts.countries import DocumentParagraph, home_currency
    >>> home_currency([DocumentParagraph("Le groupe lyonnais recule.", "fr", ((0, 26),), ())], "https://journal.example.fr/a")
    'EUR'
    """
    named = [places(paragraph.language).named(paragraph.text) for paragraph in paragraphs]
    return _Balance(paragraphs, named, address).own()


class _Balance:
    """How often the document speaks of the countries of each currency, its address included."""

    def __init__(
        self,
        paragraphs: Sequence[DocumentParagraph],
        named: Sequence[Sequence[tuple[int, str]]],
        address: str | None,
    ) -> None:
        self.places = Counter(code for found in named for _, code in found)
        self.named = frozenset(self.places)
        self._language = paragraphs[0].language
        self.home = _home(address, self._language)
        if self.home is not None:
            self.places[self.home] += _ADDRESS
        self.signs_behind_words = any(
            amount.shared is not None and _SIGN_BEHIND_WORD.search(amount.text)
            for paragraph in paragraphs
            for amount in paragraph.amounts
        )
        self.written = Counter(
            amount.currency
            for paragraph in paragraphs
            for amount in paragraph.amounts
            if amount.shared is None
        )

    def decide(self, shared: SharedName, default: str | None) -> str | None:
        """The currency that a shared name means in the document, or None where the balance is not clear.

        A form that says whose dollar it is ("US$") tells that the bare one beside it is another's.
        """
        behind = shared.behind if self.signs_behind_words else 0
        weights = {code: self.places[code] and self.places[code] + behind for code in shared.currencies}
        lead, rival = shared.lead, 0
        if default is None:
            weights = {code: weight + self.written[code] for code, weight in weights.items()}
        else:
            lead = 1 if self.written[default] else lead
            rival = self.places[default] + sum(self.written[code] for code in shared.currencies)
        code, most = max(weights.items(), key=lambda pair: (pair[1], pair[0]))
        if default == _WORLD and self.home not in (None, code):
            return None
        if shared.named and code not in self.named:
            return None
        rival = max(rival, *(weight for other, weight in weights.items() if other != code), 0)
        return code if most - rival >= lead and most >= _CLEAR * rival else None

    def own(self) -> str | None:
        """The currency of the country that the document is of, or None where the balance is not clear."""
        weights = Counter(self.places)
        press = _shared().codes("press").get(self._language)
        if press is not None:
            weights[press] += _HOME_LEAD
        (code, most), (_, rival) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
        if code == _WORLD != self.home:  # the firms of America are news everywhere
            return None
        return code if most - rival >= _HOME_LEAD and most >= _CLEAR * rival else None


def _home(address: str | None, language: str) -> str | None:
    """The currency of the country that an address tells by its domain, or by a place in the host's name."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname if address else None
    except ValueError:  # "https://[…"
        host = None
    host = (host or "").rstrip(".")
    by_domain = _domains().get(host.rpartition(".")[2])
    if by_domain is not None:
        return by_domain
    inside = places(language).inside(host) if host else set()
    return min(inside) if len(inside) == 1 else None


def _told(
    paragraph: DocumentParagraph, named: Sequence[tuple[int, str]], balance: _Balance
) -> tuple[Amount, ...]:
    starts = [start for start, _ in paragraph.sentences]
    by_sentence: dict[int, set[str]] = {}
    for place, code in named:
        by_sentence.setdefault(bisect_right(starts, place), set()).add(code)
    sums = []
    for amount in paragraph.amounts:
        shared = vocabulary(paragraph.language).shared.get(amount.shared or "")
        if shared is not None:
            beside = by_sentence.get(bisect_right(starts, amount.start), set())
            decided = _decided(shared, amount.currency, beside, balance)
            amount = replace(amount, currency=decided, rule="country") if decided else amount
        sums.append(amount)
    return tuple(sums)


def _decided(shared: SharedName, default: str | None, beside: set[str], balance: _Balance) -> str | None:
    """The currency that a shared name means, where `beside` are those of the countries that its sentence names."""
    own = beside.intersection(shared.currencies)
    if default is None and len(own) == 1:
        return min(own)
    if default in beside and not own:
        return None
    return balance.decide(shared, default)

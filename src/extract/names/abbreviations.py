"""A full name and the short form that a text gives it in brackets: "Société Ivoirienne de Banque (SIB)", "SIB (Société …)".

The letters of the short form open the words of the full one, as in A. Schwartz and M. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text" (2003); words that join others may give a letter and need not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extract.folding import fold_name
from extract.names.records import Candidate
from extract.tokens import Tokens, tokenize

_FEWEST, _MOST = 2, 10  # letters of a short form
_MOST_WORDS = 14  # of a full one
_MOST_PARTS = 3  # words of a short form: "Cdc-Ci"
_OPENED = re.compile(r"[ \u00a0\u202f]{0,2}\([ \u00a0\u202f]?\Z")
_WIDEST = 4  # characters that it matches

Span = tuple[int, int]
"""A first and a last token, inclusive."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """The tokens of a full name and of its short form."""

    full: Span
    short: Span


def abbreviations(
    text: str, tokens: Tokens, first: int, last: int, connectors: Collection[str]
) -> Iterator[Abbreviation]:
    """The full names of tokens `first` to `last` (exclusive) that stand beside their short forms; `connectors` are folded."""
    for k in range(first + 1, last):
        if text[tokens.ends[k - 1] : tokens.starts[k]].strip() != "(":
            continue
        closing = _closing(text, tokens, k, last)
        if closing is None:
            continue
        found = _before(tokens, first, (k, closing), connectors) or _within(
            tokens, first, (k, closing), connectors
        )
        if found is not None:
            yield found


def _closing(text: str, tokens: Tokens, k: int, last: int) -> int | None:
    """The last token of the brackets that open before token `k`."""
    for m in range(k, min(last, k + _MOST_WORDS)):
        end = tokens.ends[m]
        if text[end : end + 1] == ")":
            return m
        if m + 1 < last and "(" in text[end : tokens.starts[m + 1]]:
            return None
    return None


def _before(tokens: Tokens, first: int, short: Span, connectors: Collection[str]) -> Abbreviation | None:
    """The full name that ends before the brackets, whose words `short` abbreviates."""
    k, m = short
    letters = short_letters(tokens.words[k : m + 1], tokens.folded[k : m + 1])
    if not letters or m - k + 1 > _MOST_PARTS:
        return None
    for i in range(k - 2, max(first, k - _MOST_WORDS) - 1, -1):
        if tokens.words[i][:1].isupper() and opens(tokens.folded[i:k], letters, connectors):
            return Abbreviation((i, k - 1), short)
    return None


def _within(tokens: Tokens, first: int, full: Span, connectors: Collection[str]) -> Abbreviation | None:
    """The short form before the brackets that hold the full name."""
    k, m = full
    letters = short_letters(tokens.words[k - 1 : k], tokens.folded[k - 1 : k])
    if (
        letters
        and m > k
        and tokens.words[k][:1].isupper()
        and opens(tokens.folded[k : m + 1], letters, connectors)
    ):
        return Abbreviation(full, (k - 1, k - 1))
    return None


def short_letters(words: Sequence[str], folded: Sequence[str]) -> str:
    """The folded letters of what may be a short form, else nothing: a word in capitals, or one of few letters.

    >>> from extract.names.abbreviations import short_letters
    >>> short_letters(["Cdc", "Ci"], ["cdc", "ci"]), short_letters(["avec"], ["avec"])
    ('cdcci', '')
    """
    letters = "".join(folded)
    if not (_FEWEST <= len(letters) <= _MOST and letters.isalpha() and words[0][:1].isupper()):
        return ""
    return letters


def opens(words: Sequence[str], letters: str, connectors: Collection[str]) -> bool:
    """Whether the beginnings of the folded `words`, of one letter or some, are `letters`; of connectors each may do without.

    >>> from extract.names.abbreviations import opens
    >>> opens(["caisse", "des", "depots", "et", "consignations"], "cdc", {"des", "et"})
    True
    >>> opens(["societe", "generale", "de", "patrimoine"], "sogepa", {"de"}), opens(["banque", "publique"], "bpi", set())
    (True, False)
    """
    reached = {0}  # how many letters are spent
    for n, word in enumerate(words):
        spent = {place for begun in reached for place in _spent(word, letters, begun)}
        reached = spent | reached if n and word in connectors else spent
        if not reached:
            return False
    return len(words) > 1 and len(letters) in reached


def _spent(word: str, letters: str, begun: int) -> Iterator[int]:
    """How many letters are spent once the word has given one, two, … from the letter `begun` on."""
    for n, letter in enumerate(word):
        if letters[begun + n : begun + n + 1] != letter:
            return
        yield begun + n + 1


def abbreviated_names(
    text: str, candidates: Sequence[Candidate], connectors: Collection[str]
) -> Iterator[tuple[Candidate, Candidate]]:
    """The candidates of a paragraph that stand beside each other as a full name and its short form, the full one first.

    >>> from extract.names import Candidate, abbreviated_names
    >>> text = "Galet Robotic Systems (GRS) embauche."
    >>> candidates = [Candidate(0, 21, text[:21], ()), Candidate(23, 26, "GRS", ())]
    >>> [(full.text, short.text) for full, short in abbreviated_names(text, candidates, frozenset())]
    [('Galet Robotic Systems', 'GRS')]
    """
    if "(" not in text:
        return
    ends: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        ends.setdefault(candidate.end, []).append(candidate)
    for inner in candidates:
        if text[inner.end : inner.end + 1] != ")":
            continue
        opened = _OPENED.search(text, max(0, inner.start - _WIDEST), inner.start)
        if opened is None:
            continue
        pairs = [pair for outer in ends.get(opened.start(), ()) for pair in ((outer, inner), (inner, outer))]
        found = [(full, short) for full, short in pairs if _abbreviates(short.text, full.text, connectors)]
        if found:
            yield max(found, key=lambda pair: len(pair[0].text))


def _abbreviates(short: str, full: str, connectors: Collection[str]) -> bool:
    if len(short) >= len(full):
        return False
    words = tokenize(short)
    letters = short_letters(words.words, words.folded) if len(words.words) <= _MOST_PARTS else ""
    return bool(letters) and opens(fold_name(full).split(), letters, connectors)

"""Which language a document and each of its paragraphs is in, among the languages that are configured.

A long text is put to langdetect (Shuyo 2010, character n-grams of Wikipedia), with the profiles of the configured languages
only and a fixed seed for every call, since it draws random numbers. A text of a few words is put to py3langid (Lui and Baldwin
2012, byte n-grams chosen across domains) and to a list of function words: on windows of five words that is right more often
than langdetect. The answer depends on the text and the set of languages alone.

>>> identify("Le gouvernement annonce un plan pour l'intelligence artificielle.").language
'fr'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.language.evidence import FUNCTION_WORDS, long_text_scores, short_text_scores
from corpus.language.profiles import NON_LATIN_LANGUAGES, profiled_languages, require_known
from extract.languages import known_languages

__all__ = [
    "FUNCTION_WORDS",
    "LanguageGuess",
    "identify",
    "identify_paragraphs",
    "profiled_languages",
    "require_known",
]

MIN_WORDS: Final = 3
"""Fewer words than this tell nothing: the two identifiers disagree on every second one."""

SHORT_WORDS: Final = 25
"""Up to here py3langid decides: at 20 words it is right on 100 % of windows, langdetect on 99.8 %; at 50 both on all."""

SURE: Final = 0.95
"""Below this probability a long text has parts in several languages or few words: py3langid is asked as well."""

SAMPLE_CHARACTERS: Final = 600
"""About 100 words from start, middle and end: at 50 words langdetect is right on every window, and its time is per character."""

PARAGRAPH_CHARACTERS: Final = 600
PARAGRAPH_FLOOR: Final = 0.35
"""A paragraph whose best language gets less than this is a list of names or a formula: null."""

REMEMBERED: Final = 1 << 11
"""Paragraphs whose language is remembered, in at most 2 MB: the press repeats itself, most often soon."""

_NOISE = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|(?<!\w)[@#]\w{1,100}"
)
_IN_NOISE = ("@", "#", "://", "www.")
"""One of them stands in whatever `_NOISE` finds: to look for them takes a hundredth of its time."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_LETTERS = b"abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """`language` as ISO 639-1, or None where there is nothing to tell from; `score` in [0, 1], 0 without a language.

    >>> from corpus.language import LanguageGuess, identify
    >>> identify("")
    LanguageGuess(language=None, score=0.0)
    """

    language: str | None
    score: float


NOTHING: Final = LanguageGuess(None, 0.0)


def identify(text: str, languages: Sequence[str] | None = None) -> LanguageGuess:
    """The main language of a document among `languages` (None: all that have a folder); their order plays no part.

    Raises ValueError for a language that the identifiers do not know.

    >>> from corpus.language import identify
    >>> identify("Le conseil municipal a voté le budget hier soir.", ("fr", "es")).language
    'fr'
    """
    known = require_known(known_languages() if languages is None else languages)
    sample = _sample(_pieces(text, SAMPLE_CHARACTERS))
    words = _WORD.findall(sample)
    if not _tells(words, known):
        return NOTHING
    if len(words) <= SHORT_WORDS:
        return _best(short_text_scores(sample, words, known))
    scores = long_text_scores(sample, known)
    if max(scores.values(), default=0.0) < SURE:
        second = short_text_scores(sample, words, known)
        scores = {name: (scores.get(name, 0.0) + second[name]) / 2 for name in known}
    return _best(scores)


def identify_paragraphs(texts: Sequence[str], languages: Sequence[str] | None = None) -> list[str | None]:
    """The language of each of `texts`, in their order; None for one that tells nothing.

    Made for many short texts: py3langid and function words only. Raises ValueError like `identify`.

    >>> from corpus.language import identify_paragraphs
    >>> identify_paragraphs(["Le conseil a voté le budget hier soir.", "42"], ("fr", "en"))
    ['fr', None]
    """
    known = require_known(known_languages() if languages is None else languages)
    return [_paragraph(text[:PARAGRAPH_CHARACTERS], known) for text in texts]


@lru_cache(maxsize=REMEMBERED)
def _paragraph(text: str, known: tuple[str, ...]) -> str | None:
    """The language of the beginning of a paragraph."""
    sample = _sample(text)
    words = _WORD.findall(sample)
    if not _tells(words, known):
        return None
    guess = _best(short_text_scores(sample, words, known))
    return guess.language if guess.score >= PARAGRAPH_FLOOR else None


def _sample(text: str) -> str:
    """The text without addresses, in small letters where it is set in capitals: the models learned from running text and read
    French capitals as English."""
    sample = _NOISE.sub(" ", text) if any(mark in text for mark in _IN_NOISE) else text
    if 2 * _small_letters(sample) >= len(sample):
        return sample
    capitals = sum(map(str.isupper, sample))
    return sample.lower() if capitals * 2 > sum(map(str.isalpha, sample)) else sample


def _small_letters(text: str) -> int:
    """How many of a to z stand in the text: a count in one step, which spares most texts those of one step a character."""
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded) - len(encoded.translate(None, _SMALL_LETTERS))


def _pieces(text: str, limit: int) -> str:
    """The text itself, or its start, middle and end when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    size, middle = limit // 3, len(text) // 2
    return " ".join((text[:size], text[middle - size // 2 : middle + size // 2], text[-size:]))


def _tells(words: list[str], languages: tuple[str, ...]) -> bool:
    """Whether there are words enough, in a script that one of the languages is written in."""
    if len(words) < MIN_WORDS:
        return len(words) > 0 and not NON_LATIN_LANGUAGES.isdisjoint(languages) and not words[0].isascii()
    if not NON_LATIN_LANGUAGES.isdisjoint(languages):
        return True
    letters = "".join(words)
    if 2 * len(letters.encode("latin-1", "ignore")) > len(letters):
        return True
    # Latin letters end at U+024F, with the precomposed Vietnamese and others at U+1E00.
    latin = sum(1 for letter in letters if letter < "\u0250" or "\u1e00" <= letter < "\u1f00")
    return latin * 2 > len(letters)


def _best(scores: dict[str, float]) -> LanguageGuess:
    if not scores:
        return NOTHING
    language = min(scores, key=lambda name: (-scores[name], name))
    return LanguageGuess(language, round(scores[language], 4))

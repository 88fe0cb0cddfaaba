"""Sentence boundaries: one pass over the marks that can end a sentence, each settled by what stands on its two sides.

Abbreviations are data: `languages/<code>/sentences.toml`, and `data/abbreviations.toml` for those of every language. The
method is the classic one of rules around a candidate mark (Grefenstette and Tapanainen, "What is a word, what is a
sentence?", 1994): it needs no model and reads millions of words a second.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.languages import WORDS, Room, Table, known_languages

# A mark, what may close behind it (quotes, brackets, footnote calls), and white space or a capital; or a line break. The
# look-ahead keeps all that closes together: what it has taken is never given back.
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"
_OPENED = r"(?:[«“] ?|\(|[-–—] ?)?"
_MARK = re.compile(
    r"(?<![.!?…。！？])(?P<mark>[.!?…。！？]+)(?=(?P<closed>(?:[\s\u00a0]?[»”]|[\"'’)\]])*))(?P=closed)"
    rf"(?=\s|$|{_OPENED}{_CAPITAL})|\n\s*"
)
# Two paragraphs that lost the space between them: "dollars.Et", "2018.Le", "6%.Grâce", "du Golfe.TF1". Before the mark a word,
# a number of a year's length or what closes; behind it a word that is not the end of an address.
_GLUED_BEFORE = re.compile(
    r"(?:(?<![\w.@/&-])(?:[\w]+['’])?[^\W\d_]{3,}(?:-[^\W\d_]+)*|\d{3,}|[%€$£»”\"’)\]])$"
)
_GLUED_BEHIND = re.compile(rf"{_OPENED}(?P<word>{_CAPITAL}[\w-]*)(?P<next>['’]?[\s\u00a0,:]|['’]|$)")
_WORD_BEFORE = re.compile(r"[\w.&'’-]{1,30}$")
_OPENING = re.compile(r"[\s\u00a0]*[«“\"'‘’(\[—–•*-]*[\s\u00a0]*")
# "S.A.", "U.S.", "J.-P.", "a.m."; a lone capital is an initial ("J. Dupont").
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]$")
_LOOKAHEAD = 80
ABBREVIATIONS = Room("extract", "sentences.toml", {"never": WORDS, "maybe": WORDS})


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    never: frozenset[str]
    maybe: frozenset[str]
    suffixes: frozenset[str]


@cache
def _abbreviations(language: str) -> _Abbreviations:
    text = (files("extract") / "data" / "abbreviations.toml").read_text(encoding="utf-8")
    common = Table(tomllib.loads(text))
    tables = [common]
    if language in known_languages():
        tables.append(ABBREVIATIONS.read(language))
    never, maybe = (
        frozenset(word.casefold() for table in tables for word in table.words(slot))
        for slot in ("never", "maybe")
    )
    return _Abbreviations(never, maybe, frozenset(word.casefold() for word in common.words("suffixes")))


def _next_starts_sentence(following: str) -> bool:
    """Whether the text after a mark looks like the beginning of a sentence."""
    opened = _OPENING.match(following)
    rest = following[opened.end() :] if opened else following
    return not rest or not (rest[0].islower() or rest[0] in ",;:)»”")


def _is_boundary(text: str, found: re.Match[str], abbreviations: _Abbreviations) -> bool:
    mark = found.group("mark")
    if mark is None:  # a line break always ends a sentence: titles and list items carry no mark
        return True
    following = text[found.end() : found.end() + _LOOKAHEAD]
    if following and not following[0].isspace() and not _is_glued(text, found, following, abbreviations):
        return False
    if not _next_starts_sentence(following):
        return False
    if mark != ".":
        return True
    word_match = _WORD_BEFORE.search(text, max(0, found.start() - 30), found.start())
    word = word_match.group() if word_match else ""
    folded = word.rsplit("'", 1)[-1].rsplit("’", 1)[-1].casefold()
    if folded in abbreviations.never:
        return False
    if folded in abbreviations.maybe:
        return following.lstrip()[:1].isupper() and not _continues_name(following)
    if (len(word) == 1 and word.isupper()) or (_DOTTED.search(word) and "-" in word):
        return False
    if _DOTTED.search(word):
        return not _continues_name(following) and following.lstrip()[:1].isupper() and len(word) > 3
    # An ordinal or a day number: "am 3. März", "1. Mai".
    return not (word.isdigit() and len(word) <= 2 and following.lstrip()[:1].isalpha() and len(following) > 1)


def _is_glued(text: str, found: re.Match[str], following: str, abbreviations: _Abbreviations) -> bool:
    """Whether a capital right behind the mark begins another sentence: the page lost the space between two paragraphs."""
    behind = _GLUED_BEHIND.match(following) if found.group("mark") != "!" else None  # "Yahoo!Japan"
    if behind is None or behind.group("word").casefold() in abbreviations.suffixes:
        return False
    return (
        found.group("closed") != ""
        or _GLUED_BEFORE.search(text, max(0, found.start() - 30), found.start()) is not None
    )


def _continues_name(following: str) -> bool:
    """Whether a comma, a bracket or a digit goes on after an abbreviation: the sentence does too."""
    return following.lstrip()[:1] in {",", ";", ":", ")", "("} or following.lstrip()[:1].isdigit()


def split_sentences(text: str, language: str = "fr") -> list[tuple[int, int]]:
    """Return the sentences of `text` as (start, end) in code points, end exclusive, without white space at either side.

    Every character that is not white space stands in exactly one sentence. "M. Durand", "S.A.", "3.5", "1. Mai" and a mark
    before a lower-case word end none; a line break always does.

    >>> from extract import split_sentences
    >>> text = "M. Kervella a signé. L'accord vaut 3 M€."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['M. Kervella a signé.', "L'accord vaut 3 M€."]
    """
    abbreviations = _abbreviations(language)
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _MARK.finditer(text):
        if found.end() > start and _is_boundary(text, found, abbreviations):
            _append_trimmed(spans, text, start, found.end())
            start = found.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))

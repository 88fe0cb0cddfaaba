"""How topics are written for a reader: the usual case of their words, and labels of phrases and names.

Lemmas in lower case are what a model counts; "intelligence artificielle", "La Poste" or "Bruxelles" are what a person writes.
Both are read back from the texts most typical of each topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from corpus.topics.matrix import Floats
from corpus.topics.terms import Integers
from corpus.topics.words import CHARACTERS_READ, WordReader
from extract.languages import WordFile, known_languages

# Texts read per topic, and the characters of each: enough for case and phrases, little enough for 100 topics.
TYPICAL_TEXTS = 60
CHARACTERS_OF_TYPICAL = 4_000
# Parts of a label, and the top terms they are taken from.
LABEL_PARTS = 3
LABEL_TERMS = 12
# A phrase replaces its word in a label when it makes up this share of the texts that hold the word…
PHRASE_SHARE = 0.35
# … in at least so many texts.
PHRASE_TEXTS = 3
LONGEST_PHRASE = 4
# A word written in lower case at least this often is no name.
LOWER_CASE_SHARE = 0.25
# Shorter words are shreds of a unit or a name ("ch", "km"), unless they are written in capitals (UE).
SHORTEST_LABEL_WORD = 3
# A capitalised word that another one follows this often, and not always the same, is a first name: it names nobody alone.
FIRST_NAME_SHARE = 0.6
FIRST_NAME_FOLLOWERS = 3
_PIECE = re.compile(r"[^\W\d_]+|[ ’'\-\u00a0]|[^\w ’'\-\u00a0]+|[\d_]+|\s+")


@dataclass(frozen=True, slots=True)
class Surface:
    """For one language: the written case of lower-cased forms, and one label per topic."""

    cases: dict[str, str]
    labels: tuple[str, ...]


CONNECTORS = WordFile("corpus", "connectors.txt")


@cache
def read_connectors(language: str) -> frozenset[str]:
    """Words that may stand inside a phrase but not at its ends."""
    return frozenset(CONNECTORS.read(language) if language in known_languages() else ())


def read_surface(
    texts: Sequence[str], memberships: Floats, terms: Integers, forms: Sequence[str], reader: WordReader
) -> Surface:
    """Case and labels for the ranked terms of each topic (topics by term numbers), read from typical texts."""
    wanted = {forms[j] for row in terms for j in row}
    cases: Counter[str] = Counter()
    phrases: list[Counter[str]] = []
    holders: list[Counter[str]] = []
    followers: dict[str, Counter[str]] = {}
    for topic in range(terms.shape[0]):
        typical = np.argsort(-np.round(memberships[:, topic], 6), kind="stable")[:TYPICAL_TEXTS]
        phrase_texts: Counter[str] = Counter()
        lemma_texts: Counter[str] = Counter()
        for row in typical:
            if memberships[row, topic] <= 0:
                continue
            pieces = _PIECE.findall(texts[row][: min(CHARACTERS_OF_TYPICAL, CHARACTERS_READ)])
            cases.update(piece for piece in pieces if piece.lower() in wanted)
            _count_followers(pieces, wanted, followers)
            lemma_texts.update(
                {reader.lemma(p.lower()) or "" for p in set(pieces) if len(p) > 1 and p.isalpha()}
            )
            phrase_texts.update(set(_phrases(pieces, reader)))
        phrases.append(phrase_texts)
        holders.append(lemma_texts)
    case_of = _usual_case(cases)
    alone = {form for form in wanted if not _says_nothing_alone(form, case_of, cases, followers)}
    labels = tuple(
        _label(
            [forms[j] for j in terms[topic][:LABEL_TERMS]],
            case_of,
            phrases[topic],
            holders[topic],
            reader,
            alone,
        )
        for topic in range(terms.shape[0])
    )
    return Surface(case_of, labels)


def _count_followers(pieces: Sequence[str], wanted: set[str], followers: dict[str, Counter[str]]) -> None:
    for piece, gap, following in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if (
            piece[0].isupper()
            and piece.lower() in wanted
            and gap in (" ", "\u00a0")
            and following[0].isupper()
        ):
            followers.setdefault(piece.lower(), Counter())[following] += 1


def _says_nothing_alone(
    form: str, case_of: dict[str, str], cases: Counter[str], followers: dict[str, Counter[str]]
) -> bool:
    """Whether a word is a shred or a first name, which a label shows within a phrase only."""
    written = case_of.get(form, form)
    if len(form) < SHORTEST_LABEL_WORD:
        return not written.isupper()
    behind = followers.get(form, Counter())
    often = behind.total() >= FIRST_NAME_SHARE * max(cases[written], 1)
    return written[0].isupper() and often and len(behind) >= FIRST_NAME_FOLLOWERS


def _usual_case(cases: Counter[str]) -> dict[str, str]:
    """The written form of each lower-cased form: its commonest, but lower case where that is not rare.

    Sentences and titles begin with a capital, and "Star Academy" does not make "star" a name.
    """
    totals: Counter[str] = Counter()
    for written, count in cases.items():
        totals[written.lower()] += count
    case_of: dict[str, str] = {}
    for written, _ in sorted(cases.items(), key=lambda item: (-item[1], item[0])):
        form = written.lower()
        if cases[form] >= LOWER_CASE_SHARE * totals[form]:
            case_of[form] = form
        else:
            case_of.setdefault(form, written)
    return case_of


def _phrases(pieces: Sequence[str], reader: WordReader) -> list[str]:
    """Runs of two to four words that start and end with a word of content, connectors allowed between."""
    connectors = read_connectors(reader.language)
    found = []
    for start, piece in enumerate(pieces):
        if len(piece) < 2 or not piece.isalpha() or reader.lemma(piece.lower()) is None:
            continue
        if start > 1 and pieces[start - 1] in (" ", "\u00a0") and pieces[start - 2].isdigit():
            # What follows a number is its unit, not the start of a phrase ("3 litres biturbo").
            continue
        words, end, bridge = 1, start + 1, 0
        while end + 1 < len(pieces) and words < LONGEST_PHRASE:
            gap, following = pieces[end], pieces[end + 1]
            if gap not in (" ", "’", "'", "-", "\u00a0") or not following.isalpha():
                break
            words, end = words + 1, end + 2
            if following.lower() in connectors:
                bridge += 1
                if bridge > 2:
                    break
                continue
            if len(following) > 1 and reader.lemma(following.lower()) is not None:
                found.append("".join(pieces[start:end]).replace("\u00a0", " "))
            break
    return found


def _label(
    terms: Sequence[str],
    case_of: dict[str, str],
    phrases: Counter[str],
    holders: Counter[str],
    reader: WordReader,
    alone: set[str],
) -> str:
    """Up to three parts: each a top term, or the phrase it usually stands in."""
    parts: list[str] = []
    used: set[str] = set()
    ranked = sorted(phrases.items(), key=lambda item: (-item[1], item[0]))
    for term in terms:
        lemma = reader.lemma(term) or term
        if lemma in used:
            continue
        part, lemmas = case_of.get(term, term), {lemma}
        for phrase, count in ranked:
            if count < PHRASE_TEXTS or count < PHRASE_SHARE * holders[lemma]:
                break
            inside = {reader.lemma(w.lower()) for w in re.findall(r"[^\W\d_]{2,}", phrase)} - {None}
            if lemma in inside and not inside & used:
                part, lemmas = phrase, {word for word in inside if word is not None}
                break
        if part == case_of.get(term, term) and term not in alone:
            continue
        parts.append(part)
        used |= lemmas
    shown = parts[:LABEL_PARTS]
    # A phrase tells more than a third word: the first one further down takes its place.
    if not any(" " in part for part in shown):
        shown[LABEL_PARTS - 1 :] = next(([part] for part in parts if " " in part), shown[LABEL_PARTS - 1 :])
    # Where every term says nothing alone, they still say more than an empty label.
    return ", ".join(shown or [case_of.get(term, term) for term in terms[:LABEL_PARTS]])

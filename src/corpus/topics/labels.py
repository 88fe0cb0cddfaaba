"""What topics are called: a few parts, each a noun, a phrase or a whole name that tells a theme by itself.

Each term of a topic is told as the phrase or the name that it mostly stands in. What says little gives way to what says more:
nouns of no theme and bare abbreviations to the nouns and names behind them, what says nothing alone to everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.topics.abbreviations import has_initials
from corpus.topics.alone import is_abbreviation, is_vague
from corpus.topics.formulas import mean_share
from corpus.topics.occurrences import WORD
from corpus.topics.phrases import Phrases
from corpus.topics.words import WordReader

# Parts of a label; below so many, terms further down fill it up.
LABEL_PARTS, FEW_PARTS = 3, 2
# A phrase replaces its word in a label when it makes up this share of the texts that hold the word, in at least so many texts…
PHRASE_SHARE, PHRASE_TEXTS = 0.35, 3
# … a whole name when it does in those that hold the word as a name, in more of them where that is a piece of several names
# ("Ventures"). Another word that says nothing alone gives way sooner.
NAME_SHARE, PIECE_SHARE, PARTIAL_SHARE, FEW_TEXTS = 0.3, 0.5, 0.2, 2
# A longer phrase takes the place of one that stands in it this often.
WHOLE_SHARE = 0.7
# Words of so many letters that differ by so many more are forms of one word.
SHORTEST_STEM, LONGEST_ENDING = 5, 2
# A term that stands in a wording that many texts share, in so large a part of its texts, is of a site's furniture.
FIXED_SHARE = 0.35


class Worth(IntEnum):
    """What a part of a label tells by itself, the most first."""

    THEME, BARE, VAGUE, NOTHING = range(4)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a label, the term that it tells, and what it is worth."""

    text: str
    term: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Held:
    """A phrase, the texts that it stands in, and its lemmas."""

    phrase: str
    texts: int
    lemmas: set[str]


@dataclass(frozen=True, slots=True)
class TermsOfTopic:
    """The terms of a label, best first, those that may fill it up, and those that stand nearly as often elsewhere."""

    first: Sequence[str]
    reserve: Sequence[str]
    broad: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The written case of lower-cased forms, those that say nothing alone, those that say little, and all that say any."""

    case_of: dict[str, str]
    partial: frozenset[str]
    vague: frozenset[str]
    alone: frozenset[str]

    def written(self, form: str) -> str:
        """A form as it is usually written."""
        return self.case_of.get(form, form)

    def worth(self, form: str) -> Worth:
        """What a form tells alone."""
        if form in self.partial:
            return Worth.NOTHING
        if form in self.vague:
            return Worth.VAGUE
        return Worth.BARE if is_abbreviation(self.written(form)) else Worth.THEME


def label_of(parts: Sequence[Part], terms: TermsOfTopic, words: Words) -> str:
    """Up to three parts that tell most, in their order; where they are few, the first of the reserve that tell a theme too."""
    told = [part.text for part in parts if part.worth is Worth.THEME]
    shown = told[:LABEL_PARTS]
    # A phrase tells more than a third word: the first one further down takes its place.
    if len(told) > LABEL_PARTS and not any(" " in text for text in shown):
        shown[-1] = next((text for text in told if " " in text), shown[-1])
    bare = [part.text for part in parts if part.worth is Worth.BARE]
    if shown and len(shown) < LABEL_PARTS:
        shown += bare[:1]
    if len(shown) < FEW_PARTS:
        shown += _further(parts, terms, words)[: FEW_PARTS - len(shown)]
    if len(shown) < FEW_PARTS:
        shown += [text for text in bare if text not in shown][: LABEL_PARTS - len(shown)]
    # Where nothing tells more, these still say more than an empty label.
    vague = [part.text for part in parts if part.worth is Worth.VAGUE][:LABEL_PARTS]
    return ", ".join(shown or vague or [words.written(term) for term in terms.reserve[:LABEL_PARTS]])


def _further(parts: Sequence[Part], terms: TermsOfTopic, words: Words) -> list[str]:
    """The words of the reserve that tell a theme alone and are in no part."""
    used = {part.term for part in parts} | {
        word.lower() for part in parts for word in WORD.findall(part.text)
    }
    shown = [part.text for part in parts]
    found: list[str] = []
    for form in terms.reserve:
        if form in used or form in terms.broad or words.worth(form) is not Worth.THEME:
            continue
        text = words.written(form)
        if not any(is_form_of(text, other) for other in (*shown, *found)):
            found.append(text)
    return found


def parts_of(terms: TermsOfTopic, words: Words, phrases: Phrases) -> list[Part]:
    """What a label can be made of, in the order of the terms; no word is in two parts."""
    parts: list[Part] = []
    used: set[str] = set()
    reader, fixed = phrases.reader, phrases.formulas.shares()
    if mean_share(fixed) >= FIXED_SHARE:
        # Where most terms are, the wording is all there is to tell.
        fixed = {}
    held = [
        Held(phrase, texts, _lemmas_in(phrase, reader))
        for phrase, texts in phrases.ranked()
        if texts >= FEW_TEXTS
    ]
    for term in terms.first:
        lemma = reader.lemma(term) or term
        if lemma in used:
            continue
        around = [
            one for one in _around(term, words, phrases, held) if _is_nominal(one.phrase, phrases, words)
        ]
        new = [one.phrase for one in around if not one.lemmas & used]
        # Of a name that is shown already nothing is said again.
        if not new and any(is_name(one.phrase) for one in around):
            continue
        part = _part(term, new, words, phrases, held)
        if fixed.get(lemma, 0.0) >= FIXED_SHARE:
            part = replace(part, worth=Worth.NOTHING)
        elif term in terms.broad:
            part = replace(part, worth=max(part.worth, Worth.VAGUE))
        if not any(is_form_of(part.text, other.text) for other in parts):
            parts.append(part)
        used |= _lemmas_in(part.text, reader) | {lemma}
    return parts


def _part(term: str, around: Sequence[str], words: Words, phrases: Phrases, held: Sequence[Held]) -> Part:
    """A term as the phrase or the name around it, as an abbreviation written out, or alone."""
    written = words.written(term)
    if is_abbreviation(written):
        out = phrases.abbreviations.written_out(written)
        if out is not None:
            return Part(f"{out} ({written})", term, Worth.THEME)
        meant = _meant(term, written, phrases, held)
        if meant is not None and _is_nominal(meant, phrases, words):
            return Part(meant, term, Worth.THEME)
    if not around:
        return Part(written, term, words.worth(term))
    phrase = _longest(around[0], phrases, around)
    return Part(phrase, term, Worth.VAGUE if _is_vague_phrase(phrase, phrases) else Worth.THEME)


def _is_vague_phrase(phrase: str, phrases: Phrases) -> bool:
    """Whether all words of a phrase tell little; a name of such words tells whose it is ("Société Générale")."""
    if is_name(phrase) and not phrases.grammar.capitals:
        return False
    found = WORD.findall(phrase.lower())
    return all(is_vague(word, phrases.reader) for word in found if phrases.reader.lemma(word))


def _meant(term: str, abbreviation: str, phrases: Phrases, held: Sequence[Held]) -> str | None:
    """The commonest phrase of the initials of an abbreviation; a rare one begins with its letters by chance."""
    holders = phrases.holders[phrases.reader.lemma(term) or term]
    least = max(PHRASE_TEXTS, PHRASE_SHARE * holders)
    often = (one.phrase for one in held if one.texts >= least)
    return next((phrase for phrase in often if _stands_for(abbreviation, phrase, phrases.reader)), None)


def _stands_for(abbreviation: str, phrase: str, reader: WordReader) -> bool:
    """Whether a phrase is written out what an abbreviation is."""
    words = WORD.findall(phrase.lower())
    return has_initials(words, [reader.lemma(word) is not None for word in words], abbreviation)


def _around(term: str, words: Words, phrases: Phrases, held: Sequence[Held]) -> list[Held]:
    """The phrases that a word usually stands in; of a name those that are names."""
    lemma, written = phrases.reader.lemma(term) or term, words.written(term)
    own = [one for one in held if lemma in one.lemmas]
    partial = term in words.partial
    if written[0].isupper():
        least = (PIECE_SHARE if partial else NAME_SHARE) * phrases.name_holders[written]
        names = [one for one in own if one.texts >= least and is_name(one.phrase) and written in one.phrase]
        if names:
            return names
    holders = phrases.holders[lemma]
    sooner = [one for one in own if one.texts >= max(FEW_TEXTS, PHRASE_SHARE * holders)]
    if partial:
        return sooner or [one for one in own if one.texts >= max(PHRASE_TEXTS, PARTIAL_SHARE * holders)]
    return [one for one in sooner if one.texts >= PHRASE_TEXTS]


def _is_nominal(phrase: str, phrases: Phrases, words: Words) -> bool:
    """Whether a phrase is a noun with what belongs to it: it stands as one, begins with one or, of two words, ends with one."""
    parts = WORD.findall(phrase)
    if parts[0].islower() and parts[1][0].isupper() and not phrases.grammar.capitals:
        # An adjective or a title before a name ("chinois Tencent") is no part of it.
        return False
    ends = (parts[0], parts[-1]) if len(parts) == 2 else parts[:1]
    return phrases.stands_as_noun(phrase) or not words.alone.isdisjoint(ends)


def is_form_of(part: str, other: str) -> bool:
    """Whether two words differ by an ending of a letter or two, which the dictionary has not told ("startup", "startups").

    >>> from corpus.topics.labels import is_form_of
    >>> is_form_of("startups", "startup"), is_form_of("port", "porte")
    (True, False)
    """
    short, long = sorted((part.lower(), other.lower()), key=len)
    return len(long) - len(short) <= LONGEST_ENDING and len(short) >= SHORTEST_STEM and long.startswith(short)


def is_name(phrase: str) -> bool:
    """Whether a phrase begins and ends with a capital, and so do its words but small ones."""
    parts = WORD.findall(phrase)
    small = [word for word in parts if not word[0].isupper()]
    return parts[0][0].isupper() and parts[-1][0].isupper() and all(len(word) <= 3 for word in small)


def _longest(phrase: str, phrases: Phrases, others: Sequence[str]) -> str:
    """The longest of other phrases in which one mostly stands."""
    least = WHOLE_SHARE * phrases.texts[phrase]
    return max((other for other in others if phrase in other and phrases.texts[other] >= least), key=len)


def _lemmas_in(phrase: str, reader: WordReader) -> set[str]:
    found = (reader.lemma(word) for word in WORD.findall(phrase.lower()))
    return {lemma for lemma in found if lemma is not None}

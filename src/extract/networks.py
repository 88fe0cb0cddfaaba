"""Networks and messengers whose firm bears their name: the service in "une vidéo sur TikTok", the firm in "TikTok paiera".

The weights see a few words on each side, and most texts speak of the service. A name that begins its clause and acts is the firm,
and so is one that begins a clause whose sentence holds a sum: services neither pay nor earn.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace

from extract.cue_words import CueWords, cue_words
from extract.facts import may_be_fact
from extract.folding import fold_name
from extract.names import TYPES, normalised
from extract.names.records import Candidate
from extract.records import ParagraphEntities

_COMPANY = TYPES.index("company")
# What acting adds to the log-probability of a company.
ACTING_BOOST = 4.0
_BEFORE = 24
_WORD_BEFORE = re.compile(r"([^\W\d_]+)['’]?\s*\Z")
_WORD_BEHIND = re.compile(r" ([^\W\d_]+)")
_OPENING = frozenset(',;:.!?…•|–—-()[]«»“”"\n')
_VERBS = frozenset({"company_verb", "person_verb"})
_LINKS = frozenset({"company_verb", "enumeration"})


def is_network(candidate: Candidate) -> bool:
    """Whether the list knows it as a network or a messenger."""
    match = candidate.match
    return match is not None and match.company is not None and match.company.sector == "social"


def with_acting_networks(text: str, paragraph: ParagraphEntities) -> ParagraphEntities:
    """The paragraph, its networks likelier firms where they begin a clause that acts, or whose sentence holds a sum."""
    if not any(map(is_network, paragraph.candidates)):
        return paragraph
    cues = cue_words(paragraph.language)
    starts = [start for start, _ in paragraph.sentences]
    paid = {bisect.bisect_right(starts, a.start) for a in paragraph.amounts if may_be_fact(a)}

    def is_firm(candidate: Candidate) -> bool:
        number = bisect.bisect_right(starts, candidate.start)
        first = starts[number - 1] if number else 0
        if not _begins_clause(text, first, candidate.start, cues):
            return False
        return number in paid or _acts(text, candidate.end, cues)

    candidates = tuple(
        _as_firm(candidate) if is_network(candidate) and is_firm(candidate) else candidate
        for candidate in paragraph.candidates
    )
    return replace(paragraph, candidates=candidates)


def _begins_clause(text: str, first: int, start: int, cues: CueWords) -> bool:
    """Whether a name stands at the head of its sentence, behind a mark, a link or a verb: no noun or preposition holds it."""
    before = text[max(first, start - _BEFORE) : start].rstrip(" \u00a0\u202f")
    if not before or before[-1] in _OPENING:
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    folded = fold_name(word[1])
    return folded in cues.conjunctions or not _LINKS.isdisjoint(cues.classes.get(folded, ()))


def _acts(text: str, end: int, cues: CueWords) -> bool:
    behind = _WORD_BEHIND.match(text, end)
    if behind is None:
        return False
    word = fold_name(behind[1])
    return word in cues.auxiliaries or not _VERBS.isdisjoint(cues.classes.get(word, ()))


def _as_firm(candidate: Candidate) -> Candidate:
    scores = list(candidate.scores)
    scores[_COMPANY] += ACTING_BOOST
    return replace(candidate, scores=tuple(normalised(scores)))

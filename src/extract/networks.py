"""Networks and messengers whose firm bears their name: the service in "une vidéo sur TikTok", the firm in "TikTok paiera".

The weights see a few words on each side, and most texts speak of the service. What stands right before the name and what it does
tells the firm; so does a sum in its sentence, since services neither pay nor earn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cue_words import CueWords, cue_words
from extract.folding import fold_name
from extract.names import TYPES, normalised
from extract.names.records import Candidate
from extract.records import ParagraphEntities

_COMPANY = TYPES.index("company")
# What acting adds to the log-probability of a company.
ACTING_BOOST = 4.0
LEAST_SUM = 10_000
_BEFORE = 24
_WORD_BEFORE = re.compile(r"([^\W\d_]+)['’]?[\s«“\"]*\Z")
_WORD_BEHIND = re.compile(r" ([^\W\d_]+)")
_VERBS = frozenset({"company_verb", "person_verb"})


def is_network(candidate: Candidate) -> bool:
    """Whether the list knows it as a network or a messenger."""
    match = candidate.match
    return match is not None and match.company is not None and match.company.sector == "social"


def with_acting_networks(text: str, paragraph: ParagraphEntities) -> ParagraphEntities:
    """The paragraph, its networks likelier firms where they act or where their sentence holds a sum."""
    if not any(map(is_network, paragraph.candidates)):
        return paragraph
    cues = cue_words(paragraph.language)
    paid = _sentences_with_sums(paragraph)
    candidates = tuple(
        _as_firm(candidate) if is_network(candidate) and _is_firm(candidate, text, cues, paid) else candidate
        for candidate in paragraph.candidates
    )
    return replace(paragraph, candidates=candidates)


def _sentences_with_sums(paragraph: ParagraphEntities) -> list[tuple[int, int]]:
    starts = [amount.start for amount in paragraph.amounts if not amount.low or amount.low >= LEAST_SUM]
    return [(a, b) for a, b in paragraph.sentences if any(a <= start < b for start in starts)]


def _is_firm(candidate: Candidate, text: str, cues: CueWords, paid: Sequence[tuple[int, int]]) -> bool:
    before = _WORD_BEFORE.search(text, max(0, candidate.start - _BEFORE), candidate.start)
    if before is not None and fold_name(before[1]) in cues.service_words:
        return False
    if any(start <= candidate.start < end for start, end in paid):
        return True
    behind = _WORD_BEHIND.match(text, candidate.end)
    if behind is None:
        return False
    word = fold_name(behind[1])
    return word in cues.auxiliaries or not _VERBS.isdisjoint(cues.classes.get(word, ()))


def _as_firm(candidate: Candidate) -> Candidate:
    scores = list(candidate.scores)
    scores[_COMPANY] += ACTING_BOOST
    return replace(candidate, scores=tuple(normalised(scores)))

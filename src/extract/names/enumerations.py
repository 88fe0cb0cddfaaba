"""Enumerations: what stands in one list is of one kind ("Midjourney, Sora ou Firefly", "Axa, Galet et la Maif")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cue_words import CueWords
from extract.folding import fold_name
from extract.names.decoding import decode, listed_type
from extract.names.records import Candidate
from extract.names.types import NONE, TYPES, normalised

_NONE = TYPES.index(NONE)
_WORDS = re.compile(r"[^\W\d_]+")
# Part of a member's scores that comes from the other members of its enumeration.
SHARED_WEIGHT = 0.35
# A stretch this much likelier to be none may still be a member: its neighbours decide.
TENTATIVE_GAIN = 2.5
LISTED_SCORE = -0.05
FLOOR = -5.0
_LONGEST_GAP = 24


def share_in_enumerations(
    text: str, candidates: Sequence[Candidate], cues: CueWords
) -> tuple[Candidate, ...]:
    """Return the candidates, the scores of the members of an enumeration drawn towards one another.

    >>> from extract import CompanyList
    >>> from extract.cue_words import cue_words
    >>> from extract.names import TYPES, Candidate, share_in_enumerations
    >>> text = "Galet et Brivane"
    >>> sure, unsure = ([-9.0] * len(TYPES) for _ in "ab")
    >>> company, product = TYPES.index("company"), TYPES.index("product")
    >>> sure[company], unsure[company], unsure[product] = -0.01, -0.8, -0.6
    >>> found = [Candidate(0, 5, "Galet", tuple(sure)), Candidate(9, 16, "Brivane", tuple(unsure))]
    >>> [TYPES[one.scores.index(max(one.scores))] for one in share_in_enumerations(text, found, cue_words("fr"))]
    ['company', 'company']
    """
    members = [chosen.candidate for chosen in decode(candidates, TENTATIVE_GAIN)]
    changed: dict[tuple[int, int], Candidate] = {}
    for group in enumerated(text, members, cues):
        vectors = [_vector(candidate) for candidate in group]
        totals = [sum(values) for values in zip(*vectors, strict=True)]
        for candidate, vector in zip(group, vectors, strict=True):
            if candidate.match is not None and not candidate.match.ambiguous:
                continue
            mixed = [
                (1 - SHARED_WEIGHT) * own + SHARED_WEIGHT * (total - part) / (len(group) - 1)
                for own, total, part in zip(candidate.scores, totals, vector, strict=True)
            ]
            changed[candidate.start, candidate.end] = replace(candidate, scores=normalised(mixed))
    return tuple(changed.get((c.start, c.end), c) for c in candidates)


def _vector(candidate: Candidate) -> list[float]:
    if candidate.match is not None and not candidate.match.ambiguous:
        kind = TYPES.index(listed_type(candidate.match))
        return [LISTED_SCORE if k == kind else FLOOR for k in range(len(TYPES))]
    return [max(FLOOR, score) for score in candidate.scores]


def enumerated(text: str, members: Sequence[Candidate], cues: CueWords) -> list[list[Candidate]]:
    """The runs of `members`, in order and without overlap, that nothing but commas, conjunctions and articles parts.

    >>> from extract.cue_words import cue_words
    >>> from extract.names import Candidate, enumerated
    >>> members = [Candidate(0, 5, "Galet", ()), Candidate(9, 16, "Brivane", ()), Candidate(30, 36, "Orvane", ())]
    >>> [[m.text for m in run] for run in enumerated("Galet et Brivane rachètent à Orvane", members, cue_words("fr"))]
    [['Galet', 'Brivane']]
    """
    groups: list[list[Candidate]] = []
    for left, right in itertools.pairwise(members):
        if not _separates(text[left.end : right.start], cues):
            continue
        if groups and groups[-1][-1] is left:
            groups[-1].append(right)
        else:
            groups.append([left, right])
    return groups


def _separates(gap: str, cues: CueWords) -> bool:
    """Whether nothing but a comma or a conjunction, and articles, stands between two names."""
    if len(gap) > _LONGEST_GAP or not gap.strip() or any(char in gap for char in ".;:!?()«»\n"):
        return False
    words = [fold_name(word) for word in _WORDS.findall(gap)]
    if any(word not in cues.articles and word not in cues.conjunctions for word in words):
        return False
    return "," in gap or any(word in cues.conjunctions for word in words)

"""Two firms with a hyphen between them: "Galet-Brivane" where the document names Galet and Brivane by themselves is no third one.

Alliances have names of their own ("Renault-Nissan"): what a list knows stays whole, as does what has no member that stands alone.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.folding import fold_name
from extract.languages import known_languages, language_card
from extract.names import NONE, TYPES, is_common_word
from extract.names.records import Candidate, Chosen
from extract.records import ParagraphEntities

_NONE = TYPES.index(NONE)
# Log-probabilities that nothing in a document makes up for.
NEVER, SURE = -30.0, 0.0
# From this probability on one of the two is plainly a firm.
PLAIN = 0.8


def with_pairs_parted(
    paragraphs: Sequence[ParagraphEntities], first: Sequence[Sequence[Chosen]]
) -> list[ParagraphEntities]:
    """The paragraphs, of every pair its two members the likely names; `first` is what was read of each by itself.

    A member that is never read as a firm is what it is read as: "Soltane-Galet" is a person and her firm.
    """
    chosen = [one for names in first for one in names]
    firms = {
        fold_name(one.candidate.text) for one in chosen if one.type == "company" and one.probability >= PLAIN
    }
    surest = sorted(chosen, key=lambda one: one.probability)
    alone = {fold_name(one.candidate.text): one.type for one in surest if "-" not in one.candidate.text}
    alone |= dict.fromkeys(firms & alone.keys(), "company")
    return [_parted(paragraph, firms, alone) for paragraph in paragraphs]


def _parted(paragraph: ParagraphEntities, firms: set[str], alone: Mapping[str, str]) -> ParagraphEntities:
    pairs = sorted(
        {
            pair
            for candidate in paragraph.candidates
            if (pair := _pair(candidate, paragraph.language, firms, alone)) is not None
        },
        key=lambda pair: pair[1],
    )
    if not pairs:
        return paragraph
    members = {span for start, middle, end in pairs for span in ((start, middle), (middle + 1, end))}
    middles = [middle for _, middle, _ in pairs]

    def beside(candidate: Candidate) -> Candidate:
        if (candidate.start, candidate.end) in members:
            return replace(candidate, scores=_only(TYPES.index(alone[fold_name(candidate.text)])))
        k = bisect.bisect_left(middles, candidate.start)
        if k < len(pairs) and pairs[k][0] <= candidate.start and middles[k] < candidate.end:
            return replace(candidate, scores=_only(_NONE))
        return candidate

    return replace(paragraph, candidates=tuple(map(beside, paragraph.candidates)))


def _pair(
    candidate: Candidate, language: str, firms: set[str], alone: Mapping[str, str]
) -> tuple[int, int, int] | None:
    """Where a pair begins, has its hyphen and ends; None where the candidate is none."""
    left, hyphen, right = candidate.text.partition("-")
    if not hyphen or "-" in right or candidate.match is not None:
        return None
    members = {fold_name(left), fold_name(right)}
    if not members <= alone.keys() or members.isdisjoint(firms) or _holds_noun((left, right), language):
        return None
    return candidate.start, candidate.start + len(left), candidate.end


def _holds_noun(members: Sequence[str], language: str) -> bool:
    """ "Galet-Aktie": in a language whose nouns have capitals a word of its dictionary is no second firm."""
    if language not in known_languages() or not language_card(language).flag("noun_capitals"):
        return False
    return any(is_common_word(member.lower(), language) for member in members)


def _only(kind: int) -> tuple[float, ...]:
    return tuple(SURE if k == kind else NEVER for k in range(len(TYPES)))

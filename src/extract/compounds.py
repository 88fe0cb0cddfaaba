"""Longer names that begin with a name the lists know: products of a firm, firms of a firm, a firm and a person side by side.

"BMW Série 7", "Tesla Model S" and "YouTube Gaming" are products, "Orange Bank" and "News Corp Australia" firms, "Rio Tinto Simon
Thompson" is two names. What stands behind the known name decides: a designator of a model, a word that ends names of firms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.companies import legal_forms
from extract.cue_words import FALLBACK_LANGUAGE, CueWords
from extract.folding import fold_name
from extract.names import TYPES, Candidate, given_names, is_common_word, normalised, place_sizes

_COMPANY, _PRODUCT = TYPES.index("company"), TYPES.index("product")
# What the tail of a name adds to the log-odds of a product against a company, and takes where it ends names of firms.
DESIGNATED = 6.0
NAMED_FIRM = 1.5
COMPOUND_FIRM = 8.0
# Behind a firm's name any tail speaks a little for a product; behind a product's name much.
UNKNOWN_BEHIND_COMPANY = 1.0
UNKNOWN_BEHIND_PRODUCT = 4.0
# A log-probability that nothing in a document makes up for.
NEVER = -30.0
_WORD = re.compile(r"[^\W_]+")
# "Série 7", "F-150", "7B"; at the end also letters alone: "Model S", "Mark IV", "Classe GLC".
_NUMBERED = re.compile(r"[0-9]|[A-Za-z]{1,3}[0-9]")
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
# Funds of one house are told apart by numerals as models are: "Partech Africa II".
_NUMERAL = re.compile(r"(?:I{2,3}|I?V|VI{1,3})\Z")


def weighed_compounds(candidates: Sequence[Candidate], cues: CueWords) -> tuple[Candidate, ...]:
    """The candidates of a paragraph, those that begin with a listed name told by what stands behind it."""
    heads: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        match = candidate.match
        if match is not None and match.type in ("company", "product") and not candidate.text.islower():
            heads.setdefault(candidate.start, []).append(candidate)
    weighed = [_weighed(candidate, heads.get(candidate.start, ()), cues) for candidate in candidates]
    before_persons = {
        head.end
        for candidate, told in zip(candidates, weighed, strict=True)
        if max(told.scores[:-1]) == NEVER
        for head in heads.get(candidate.start, ())
        if _is_person(_WORD.findall(candidate.text[len(head.text) :]), cues)
    }
    return tuple(
        _certain(candidate) if candidate.match is not None and candidate.end in before_persons else candidate
        for candidate in weighed
    )


def _certain(candidate: Candidate) -> Candidate:
    """The firm that a person's name follows: the capital behind it says nothing against it."""
    scores = [score if k == _COMPANY else NEVER for k, score in enumerate(candidate.scores)]
    return replace(candidate, scores=normalised(scores))


def _weighed(candidate: Candidate, heads: Sequence[Candidate], cues: CueWords) -> Candidate:
    if candidate.match is not None and not candidate.match.ambiguous:
        return candidate
    stem, hyphen, last = candidate.text.rpartition("-")
    if hyphen and " " not in stem and stem[:1].isupper() and fold_name(last) in cues.company_tails:
        return _shifted(candidate, -COMPOUND_FIRM)  # "Kranz-Gruppe"
    shorter = [head for head in heads if head.end < candidate.end]
    if not shorter:
        return candidate
    head = max(shorter, key=lambda one: one.end)
    tail = _WORD.findall(candidate.text[len(head.text) :])
    if not tail:  # "Disney+": a mark behind a firm's name makes a service of it
        return _shifted(candidate, DESIGNATED if candidate.text.endswith("+") else 0.0)
    assert head.match is not None
    is_company = head.match.type == "company"
    sure = is_company and not head.match.ambiguous
    if sure and _is_person(tail, cues):
        return replace(candidate, scores=(*(NEVER for _ in candidate.scores[:-1]), 0.0))
    return _shifted(candidate, _tail_speaks(tail, sure, is_company, cues))


def _is_person(tail: Sequence[str], cues: CueWords) -> bool:
    if len(tail) < 2 or not all(word.istitle() for word in tail):
        return False
    if fold_name(tail[0]) not in given_names() or is_common_word(tail[0].lower(), cues.language):
        return False
    # "Enel Green Power" is a firm with an English name, whatever the language of the text.
    return not any(is_common_word(word.lower(), FALLBACK_LANGUAGE) for word in tail[1:])


def _tail_speaks(tail: Sequence[str], sure: bool, is_company: bool, cues: CueWords) -> float:
    """How much the words behind a listed name speak for a product, in log-odds."""
    last = fold_name(tail[-1])
    if tail[-1] in legal_forms() or last in cues.company_tails or last in place_sizes():
        return -NAMED_FIRM
    if tail == ["s"]:  # "Christie's"
        return 0.0
    if any(_NUMBERED.match(word) or fold_name(word) in cues.product_tails for word in tail):
        return DESIGNATED
    if is_company and _NUMERAL.match(tail[-1]):
        return 0.0
    if _LETTERS.match(tail[-1]):
        return DESIGNATED
    if is_company:
        return UNKNOWN_BEHIND_COMPANY if sure else 0.0
    return UNKNOWN_BEHIND_PRODUCT


def _shifted(candidate: Candidate, shift: float) -> Candidate:
    scores = list(candidate.scores)
    scores[_COMPANY] -= shift / 2
    scores[_PRODUCT] += shift / 2
    return replace(candidate, scores=normalised(scores))

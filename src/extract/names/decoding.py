"""From scored candidates to names: the set of stretches that do not overlap and are, together, most likely.

A semi-Markov reading with independent parts (Sarawagi and Cohen, "Semi-Markov conditional random fields", 2004): choosing a
candidate as a name of its best type instead of none gains the difference of the two log-probabilities.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence

from extract.companies import ListMatch
from extract.names.records import Candidate, Chosen
from extract.names.types import NONE, TYPES

_NONE = TYPES.index(NONE)
_COMPANY = TYPES.index("company")
# What an unambiguous name of a list adds to the log-probability of its type. The weights know the lists with most companies
# hidden; what a list says is a strong hint and no verdict: the firm at the head of "BMW Série 7" is none.
LISTED_BOOST = 2.0
# Who writes an unambiguous name into a list of their own knows their texts: it may be a common word ("la Fabrique").
OWN_BOOST = 7.0
# What is listed as no company stands there because texts take it for one ("se séparer de TikTok").
NOT_COMPANY_BOOST = 5.0
# `programme` of the list is a kind of the names table: a plan's name is other.
LIST_TYPES = {"programme": "other"}


def listed_type(match: ListMatch) -> str:
    """Return the type of the names table, or `company`, that a list gives to its match."""
    return LIST_TYPES.get(match.type, match.type)


def decode(
    candidates: Sequence[Candidate], leniency: float = 0.0, company_prior: float = 0.0
) -> list[Chosen]:
    """Return the readings that do not overlap and gain most together, in order (weighted interval scheduling).

    `leniency` is added to every gain, so that stretches come out that are a little likelier none; `company_prior` to the
    log-probability of a company.

    >>> from extract.names import TYPES, Candidate, decode
    >>> company = tuple(-0.1 if kind == "company" else -4.0 for kind in TYPES)
    >>> nothing = tuple(-0.1 if kind == "none" else -4.0 for kind in TYPES)
    >>> short, long = Candidate(0, 7, "Brivane", nothing), Candidate(0, 15, "Brivane Énergie", company)
    >>> [chosen.candidate.text for chosen in decode([short, long])]
    ['Brivane Énergie']
    """
    most = max(0.0, company_prior)  # what may be added to the scores of a candidate that no list knows
    readings = [
        reading
        for candidate in candidates
        if (
            candidate.match is not None
            or max(candidate.scores[:_NONE]) + most - candidate.scores[_NONE] + leniency > 0
        )
        and (reading := _reading(candidate, leniency, company_prior)) is not None
    ]
    readings.sort(key=lambda r: (r.candidate.end, r.candidate.start))
    ends = [r.candidate.end for r in readings]
    best: list[float] = [0.0]
    take: list[int] = []
    for k, reading in enumerate(readings):
        before = bisect.bisect_right(ends, reading.candidate.start, 0, k)
        with_it = best[before] + reading.gain
        take.append(before if with_it > best[k] else -1)
        best.append(max(best[k], with_it))
    chosen: list[Chosen] = []
    k = len(readings)
    while k > 0:
        if take[k - 1] >= 0:
            chosen.append(readings[k - 1])
            k = take[k - 1]
        else:
            k -= 1
    return chosen[::-1]


def _boost(match: ListMatch) -> float:
    """What an unambiguous name of a list adds to the log-probability of its type."""
    if match.company is None:
        return NOT_COMPANY_BOOST
    return OWN_BOOST if match.company.is_own else LISTED_BOOST


def _reading(candidate: Candidate, leniency: float, company_prior: float) -> Chosen | None:
    """The candidate's best type other than none, and what choosing it gains; None where it is better none."""
    match = candidate.match
    scores = list(candidate.scores)
    scores[_COMPANY] += company_prior
    if match is not None and not match.ambiguous:
        scores[TYPES.index(listed_type(match))] += _boost(match)
    top = max(scores[:_NONE])
    gain = top - scores[_NONE] + leniency
    if gain <= 0:
        return None
    probability = round(math.exp(top) / sum(map(math.exp, scores)), 4)
    return Chosen(candidate, TYPES[scores.index(top)], gain, probability)

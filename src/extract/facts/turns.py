"""Sums and companies that take turns: "40 millions pour Danone, 110 pour Lactalis", "Sonepar 120 millions et Rexel 300".

A list hands out its sums one by one, or not at all. So what is likely of all of them together decides each: a company that
stands in its turn gets its sum though another one, read alone, were a little likelier.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.facts.readings import UNNAMED, Reading
from extract.facts.sentences import Sentence

_OPENING = frozenset("(:–—-=[")
_SURE = 50.0  # log odds that no longer list adds to
_LINK = 3  # items that may stand between a sum and its company behind the first pair


def in_turns(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, with the companies whose turn it is where that is likelier than that none of them owns its sum.

    A sum that may be paired in two ways is paired in the likelier one.
    """
    told = list(readings)
    for _, group in itertools.groupby(range(len(readings)), key=lambda n: readings[n].sentence.index):
        places = {readings[n].k: n for n in group}
        if len(places) < 2:
            continue
        sentence = readings[min(places.values())].sentence
        turns = [
            [(places[k], sentence.company_at(company)) for k, company in pairs if k in places]
            for pairs in _hypotheses(sentence)
        ]
        rated = [
            (_likely([(readings[n], name) for n, name in turn]), turn) for turn in turns if len(turn) > 1
        ]
        given: set[int] = set()
        for likely, turn in sorted(rated, key=lambda row: -row[0]):
            if likely > 0.5 and given.isdisjoint(n for n, _ in turn):
                given.update(n for n, _ in turn)
                for n, name in turn:
                    told[n] = _given(readings[n], name, likely)
    return told


def _hypotheses(sentence: Sentence) -> Iterator[list[tuple[int, int]]]:
    """The ways in which sums and companies may be paired: positions of a sum and of its company, two pairs at least."""
    sums = set(sentence.positions("sum"))
    places = sorted([*sums, *(k for k, _ in sentence.companies)])
    for run in _runs(places, sums):
        for first in (0, 1):
            pairs = [(a, b) for a, b in zip(run[first::2], run[first + 1 :: 2], strict=False)]
            names = {sentence.company_at(b if a in sums else a) for a, b in pairs}
            if len(pairs) > 1 and len(names) == len(pairs) and _alike(sentence, pairs, sums):
                yield [(a, b) if a in sums else (b, a) for a, b in pairs]


def _runs(places: Sequence[int], sums: set[int]) -> Iterator[list[int]]:
    """The longest stretches in which no two sums and no two companies follow each other."""
    run: list[int] = []
    for k in places:
        if run and (run[-1] in sums) == (k in sums):
            yield run
            run = []
        run.append(k)
    yield run


def _alike(sentence: Sentence, pairs: Sequence[tuple[int, int]], sums: set[int]) -> bool:
    """Whether the pairs are built alike: one preposition before each company, or next to nothing between company and sum."""
    links = [[sentence.word(k) for k in range(a + 1, b)] for a, b in pairs]
    if any(len(link) > _LINK for link in links[1:]):
        return False
    if pairs[0][0] in sums:
        return bool(links[0]) and len({link[-1] if link else "" for link in links}) == 1
    return all(not link or link[0] in _OPENING for link in links[1:])


def _likely(turn: Sequence[tuple[Reading, str]]) -> float:
    """How likely it is that each sum is its turn's company's, against that each is the likeliest other one's."""
    together = 0.0
    for reading, name in turn:
        shares = {c.company: share for c, share in reading.shares}
        other = max((share for company, share in shares.items() if company != name), default=0.0)
        together += math.log(UNNAMED + shares.get(name, 0.0)) - math.log(UNNAMED + other)
    return 1.0 / (1.0 + math.exp(max(-_SURE, min(_SURE, -together))))


def _given(reading: Reading, name: str, likely: float) -> Reading:
    """The reading with the company of its turn, as surely as all of them together tell."""
    for candidate, share in reading.shares:
        if candidate.company == name:
            old = next(s for c, s in reading.shares if c is reading.candidate)
            return replace(
                reading, candidate=candidate, company=name, raw=reading.raw / old * max(share, likely)
            )
    return reading

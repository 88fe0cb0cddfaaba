"""What the judge looks at: of a sum, a kind and a company, what each reader says, and what the rest of the document says.

Each sign is one number; `SIGNS` names them in the order in which `Around.signs` gives them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from extract.companies.records import Company
from extract.facts.party_features import Candidate
from extract.facts.readings import Evidence, Reading, Said
from extract.facts.records import KINDS, FactKind
from extract.facts.sentences import Document, is_party

_LEAST = 1e-4
_FAR = 9.0  # the rank of a company that the document does not act by
_MOST_COMPANIES, _MOST_SUMS, _MOST_READINGS = 5, 6, 20
# Kinds that texts and readers part least.
_NEIGHBOURS: dict[str, tuple[FactKind, ...]] = {
    "investment": ("spending", "contract"),
    "spending": ("investment", "other"),
    "other": ("spending", "contract", "fine"),
    "contract": ("investment", "other", "revenue"),
    "acquisition": ("investment", "valuation"),
    "funding_round": ("investment", "debt"),
    "debt": ("funding_round", "grant"),
    "grant": ("debt", "investment"),
    "fine": ("other",),
    "revenue": ("other", "profit"),
    "profit": ("revenue",),
    "loss": ("other",),
    "valuation": ("acquisition",),
}

SIGNS = (
    "pair", "kind", "kind first", "kind second", "none", "none first", "none second", "next kind", "near kinds",
    "owner", "owner first", "owner second", "next owner", "nobody", "owner of any kind",
    "likeliest kind first", "likeliest kind second", "likeliest owner first", "likeliest owner second", "read once",
    "elsewhere", "distance", "behind", "companies here", "sums here", "sentences", "sentence", "companies", "rank", "title",
    "no currency", "magnitude", "vague", "company", "order", "french",
    "others facts", "others likely", "same company", "same kind", "same fact", "others",
    "share of company", "share nearby", "company here", "company and kind here",
    *(f"is {kind}" for kind in KINDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A kind and a company that a sum may have: `number` of the company among the candidates, `likely` both together."""

    kind: FactKind
    number: int
    likely: float


def options(reading: Reading, classes: Sequence[str], most: int) -> list[Option]:
    """The reading itself, and behind it what else the sum may be, from the likeliest on, `most` in all."""
    evidence = reading.evidence
    found = [
        Option(kind, n, evidence.kinds.both[classes.index(kind)] * share)
        for kind, owners in evidence.owners.items()
        for n, (candidate, share) in enumerate(zip(evidence.candidates, owners.both, strict=True))
        if candidate.company is not None
    ]
    own = [o for o in found if o.kind == reading.kind and _named(evidence, o) == reading.company]
    others = sorted((o for o in found if o not in own), key=lambda o: (-o.likely, o.kind, o.number))
    return [Option(o.kind, o.number, reading.raw) for o in own] + others[: most - len(own)]


def _named(evidence: Evidence, option: Option) -> str | None:
    return evidence.candidates[option.number].company


class Around:
    """The readings of a document, counted once, so that each of them can be seen beside all others."""

    def __init__(self, document: Document, readings: Sequence[Reading], classes: Sequence[str]) -> None:
        self._document = document
        self._classes = classes
        self._none = classes.index("none")
        self._count = len(readings)
        self._facts = sum(1 - reading.evidence.kinds.both[self._none] for reading in readings)
        self._likely = sum(reading.raw for reading in readings)
        self._peaks: dict[Hashable, list[tuple[float, int]]] = {}
        self._places: Counter[Hashable] = Counter()
        for number, reading in enumerate(readings):
            for key in self._keys(reading, reading.kind, reading.company):
                peak = self._peaks.setdefault(key, [])
                peak.append((reading.raw, number))
                peak.sort(reverse=True)
                del peak[2:]
            index = reading.sentence.index
            self._places.update(
                [index, (index, reading.company), (index, reading.company, reading.kind), reading.company]
            )
        self._scores: dict[str, float] = {}
        for sentence in document.sentences:
            # Their words are not asked for: most sentences have no sum near them.
            for *_, mention in sentence.mentions:
                if isinstance(mention, Company) and is_party(mention):
                    known = self._scores.get(mention.company, 0.0)
                    self._scores[mention.company] = max(known, mention.score)

    def signs(self, number: int, reading: Reading, option: Option, order: int) -> list[float]:
        """The signs of one option of the reading with this `number`; `order` is its place among the options."""
        candidate = reading.evidence.candidates[option.number]
        return [
            *self._of_kind(reading.evidence, option),
            *self._of_owner(reading.evidence, option),
            *self._of_agreement(reading.evidence, option),
            *self._of_place(reading, candidate),
            *self._of_sum(reading, candidate, order),
            *self._of_others(number, reading, option.kind, candidate.company or ""),
            *(float(option.kind == kind) for kind in KINDS),
        ]

    def _of_kind(self, evidence: Evidence, option: Option) -> list[float]:
        kinds, n = evidence.kinds, self._classes.index(option.kind)
        second = kinds.first if kinds.second is None else kinds.second
        others = [c for k, c in enumerate(kinds.both) if k not in (n, self._none)]
        near = sum(kinds.both[self._classes.index(kind)] for kind in _NEIGHBOURS[option.kind])
        chances = (
            option.likely, kinds.both[n], kinds.first[n], second[n], kinds.both[self._none], kinds.first[self._none],
            second[self._none], max(others), kinds.both[n] + near,
        )  # fmt: skip
        return [_log_odds(chance) for chance in chances]

    def _of_owner(self, evidence: Evidence, option: Option) -> list[float]:
        owners, kind = evidence.owners[option.kind], evidence.kinds.both[self._classes.index(option.kind)]
        second = owners.first if owners.second is None else owners.second
        means = _means(owners)
        others = [share for n, share in enumerate(means[:-1]) if n != option.number]
        asked = [(evidence.kinds.both[self._classes.index(k)], _means(o)) for k, o in evidence.owners.items()]
        of_any = sum(c * m[option.number] for c, m in asked) / max(sum(c for c, _ in asked), _LEAST)
        chances = (
            option.likely / max(kind, _LEAST), owners.first[option.number], second[option.number], max(others, default=0.0),
            means[-1], of_any,
        )  # fmt: skip
        return [_log_odds(chance) for chance in chances]

    def _of_agreement(self, evidence: Evidence, option: Option) -> list[float]:
        kinds, owners, n = evidence.kinds, evidence.owners[option.kind], self._classes.index(option.kind)
        return [
            float(kinds.first[n] == max(kinds.first)),
            float(kinds.second is None or kinds.second[n] == max(kinds.second)),
            float(owners.first[option.number] == max(owners.first)),
            float(owners.second is None or owners.second[option.number] == max(owners.second)),
            float(kinds.second is None),
        ]

    def _of_place(self, reading: Reading, candidate: Candidate) -> list[float]:
        document, sentence, position = self._document, reading.sentence, candidate.position
        return [
            float(position is None),
            0.0 if position is None else math.log1p(abs(position - reading.k)),
            float(position is not None and position > reading.k),
            float(min(len(sentence.companies), _MOST_COMPANIES)),
            float(min(len(sentence.positions("sum")), _MOST_SUMS)),
            math.log1p(len(document.sentences)),
            math.log1p(sentence.index),
            math.log1p(len(document.order)),
            float(document.ranked.get(candidate.company or "", _FAR)),
            float(candidate.company in document.title[:2]),
        ]

    def _of_sum(self, reading: Reading, candidate: Candidate, order: int) -> list[float]:
        amount = reading.amount
        return [
            float(amount.currency is None),
            math.log10(max(amount.low, 1.0)) if amount.low else 0.0,
            float(amount.low is None),
            self._scores.get(candidate.company or "", 1.0),
            float(order),
            float(reading.sentence.language == "fr"),
        ]

    def _of_others(self, number: int, reading: Reading, kind: FactKind, company: str) -> list[float]:
        rest = self._count - 1
        index, itself = reading.sentence.index, reading.company == company
        near = sum(self._places[k] for k in range(index - 1, index + 2)) - 1
        near_company = sum(self._places[k, company] for k in range(index - 1, index + 2)) - itself
        own = 1 - reading.evidence.kinds.both[self._none]
        return [
            (self._facts - own) / rest if rest else 0.5,
            (self._likely - reading.raw) / rest if rest else 0.5,
            *(self._peak(number, key) for key in self._keys(reading, kind, company)),
            float(min(rest, _MOST_READINGS)),
            (self._places[company] - itself) / rest if rest else 0.0,
            near_company / near if near else -1.0,
            float(self._places[index, company] - itself),
            float(self._places[index, company, kind] - (itself and reading.kind == kind)),
        ]

    @staticmethod
    def _keys(reading: Reading, kind: FactKind, company: str) -> tuple[Hashable, Hashable, Hashable]:
        """The readings of the same company, of the same kind, and those of the same fact."""
        return ("company", company), ("kind", kind), (reading.amount.low, kind, company)

    def _peak(self, number: int, key: Hashable) -> float:
        """How likely the likeliest other reading of this key is."""
        return next((raw for raw, other in self._peaks.get(key, ()) if other != number), 0.0)


def _means(said: Said) -> list[float]:
    if said.second is None:
        return list(said.first)
    return [math.sqrt(a * b) for a, b in zip(said.first, said.second, strict=True)]


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance))

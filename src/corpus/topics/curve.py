"""The curve behind the number of topics: for each number, how well fits that have not seen a document agree on its topic.

All fits are cuts of Ward trees in one latent space: one tree of all documents and one for each fold that leaves a part of them
out. A fold's tree knows nothing of the documents it leaves out, so that agreement about them is evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.topics.agreement import agreement
from corpus.topics.matrix import Floats, Sparse
from corpus.topics.terms import TOP, coherences, documents_with_term, most_relevant
from corpus.topics.tree import Grove, Rows, Tree

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one number of topics: agreement about documents that a fold has not seen (adjusted mutual information, at most 1, 0 by
    chance), coherence of a fold's terms on those documents (NPMI), and the share of each topic."""

    topics: int
    agreement: float
    coherence: float
    shares: tuple[float, ...]


class Forest:
    """The tree of a grove's sample, and for each fold of the sample the rows it leaves out and the tree of the others."""

    def __init__(self, grove: Grove) -> None:
        self.grove = grove
        self.whole = Tree(grove, grove.sample)
        self.folds: list[tuple[Rows, Tree]] = []

    def grow(self) -> list[tuple[Rows, Tree]]:
        """The folds; their trees are made when they are first asked for."""
        if not self.folds:
            sample = self.grove.sample
            left_out = [sample[start::FOLDS] for start in range(FOLDS)]
            self.folds = [(rows, Tree(self.grove, np.setdiff1d(sample, rows))) for rows in left_out]
        return self.folds


def draw_curve(forest: Forest, presence: Sparse, numbers: Sequence[int]) -> list[Evidence]:
    """The evidence for each of `numbers`; `presence` is that of all documents of the grove.

    Documents are put to the nearest centre: with the mixture's words voting too the curve costs five times as much and the
    numbers chosen are no better.
    """
    grove = forest.grove
    vectors = grove.vectors(grove.sample)
    grown = forest.grow()
    folds = [(grove.vectors(left_out), tree) for left_out, tree in grown]
    # One fold tells whether words go together; all four would cost as much as the rest of the curve.
    left_out, tree = grown[0]
    held_out = _HeldOut(grove, presence, tree.rows, left_out)
    return [_evidence(forest, vectors, folds, held_out, number) for number in numbers]


def _evidence(
    forest: Forest, vectors: Floats, folds: Sequence[tuple[Floats, Tree]], held_out: _HeldOut, number: int
) -> Evidence:
    _, centres = forest.whole.group(number)
    agreed, coherent = [], 0.0
    for place, (unseen, tree) in enumerate(folds):
        memberships, own = tree.group(number)
        known, found = (unseen @ centres.T).argmax(axis=1), (unseen @ own.T).argmax(axis=1)
        agreed.append(agreement(known, found))
        if place == 0:
            coherent = held_out.coherence(memberships)
    sizes = np.bincount((vectors @ centres.T).argmax(axis=1), minlength=number)
    return Evidence(
        number,
        float(np.round(np.mean(agreed), 6)),
        float(np.round(coherent, 6)),
        tuple(np.round(sizes / len(vectors), 6).tolist()),
    )


class _HeldOut:
    """How well the terms of a fold's topics go together in the documents that it has not seen, in the main language."""

    def __init__(self, grove: Grove, presence: Sparse, seen: Rows, left_out: Rows) -> None:
        self._rows, columns = grove.corpus.take(seen).main_language()
        self._seen = presence[seen][self._rows][:, columns]
        kept, _ = grove.corpus.take(left_out).main_language()
        self._unseen = presence[left_out][kept][:, columns]

    def coherence(self, memberships: Floats) -> float:
        """Mean NPMI of the ten terms of each topic; `memberships` are those of the documents that the fold has seen."""
        own = memberships[self._rows]
        held = documents_with_term(self._seen, own)
        ranked = most_relevant(held, own.sum(axis=0), self._seen, TOP)
        return float(np.mean(coherences(ranked, self._unseen, least_expected=1.0)))

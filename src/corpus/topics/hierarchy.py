"""Which topics are near one another: groups above the topics, named by what their topics have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.topics.matrix import Floats

# Below this many topics a list is clearer than a tree.
LEAST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Near topics, and their common terms as numbers, best first."""

    topics: tuple[int, ...]
    terms: tuple[int, ...]


def groups(log_words: Floats, shares: Floats, depth: int) -> list[Group]:
    """Groups of at least two topics, in order of their first topic, each with `depth` common terms.

    Average linkage on the cosine between what each topic says more often than the others do, cut at about √K groups. A common
    term is one that every topic of the group says more often than the corpus: the least of their gains ranks it.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    topics = len(shares)
    if topics < LEAST_TOPICS:
        return []
    probability = np.exp(log_words)
    everywhere = shares @ probability / max(float(shares.sum()), 1e-12)
    gain = np.log(probability / np.maximum(everywhere, 1e-300))
    typical = probability * np.maximum(gain, 0.0)
    labels = fcluster(
        linkage(typical + 1e-12, method="average", metric="cosine"),
        round(topics**0.5) + 1,
        criterion="maxclust",
    )
    found = []
    for label in sorted(set(labels), key=lambda own: int(np.flatnonzero(labels == own)[0])):
        members = np.flatnonzero(labels == label)
        if len(members) > 1:
            found.append(Group(tuple(map(int, members)), _common(typical[members], shares[members], depth)))
    return found


def _common(typical: Floats, shares: Floats, depth: int) -> tuple[int, ...]:
    """The terms with the largest least gain; where too few are common to all, those of the largest gain on the whole follow."""
    least = np.round(typical.min(axis=0), 12)
    mean = np.round(shares @ typical / max(float(shares.sum()), 1e-12), 12)
    order: Sequence[int] = np.lexsort((np.arange(typical.shape[1]), -mean, -least))[:depth].tolist()
    return tuple(order)

"""Which topics are near one another: a topic's parent is the largest topic of its group."""

from __future__ import annotations

import numpy as np

from corpus.topics.matrix import Floats

# Below this many topics a list is clearer than a tree.
LEAST_TOPICS = 6


def parents(log_words: Floats, shares: Floats) -> list[int | None]:
    """For each topic the number of its parent, or None at the top.

    Average linkage on the cosine between what each topic says more often than the others do, cut at about √K groups. The
    largest topic of a group stands at its head, and is the parent of the others.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    topics = len(shares)
    if topics < LEAST_TOPICS:
        return [None] * topics
    probability = np.exp(log_words)
    everywhere = shares @ probability / max(float(shares.sum()), 1e-12)
    typical = probability * np.maximum(np.log(probability / np.maximum(everywhere, 1e-300)), 0.0)
    typical += 1e-12
    groups = fcluster(
        linkage(typical, method="average", metric="cosine"), round(topics**0.5) + 1, criterion="maxclust"
    )
    heads = {
        group: max(np.flatnonzero(groups == group), key=lambda k: (shares[k], -k)) for group in set(groups)
    }
    return [None if heads[group] == topic else int(heads[group]) for topic, group in enumerate(groups)]

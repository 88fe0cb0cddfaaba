"""Which topics are near one another: groups above the topics, named by what their topics have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpus.topics.matrix import Floats
from corpus.topics.terms import Integers

# Below this many topics a list is clearer than a tree.
LEAST_TOPICS = 6
# A common term stands in the list of each topic of a group, and by this much (the logarithm of how many times as often as in the
# corpus) in each; such terms make up this share of what is typical of the list of one of them. On 24 fits of 99 to 3,300 articles
# two topics of a group have their articles in the same sections with a cosine of 0.68; of groups that are near, without a look at
# how much of them is common, with 0.62, among them "mené, blanc, vivent".
LEAST_GAIN = 0.4
LEAST_COMMON = 0.08
# A group is named by as many of them as a label has parts.
LEAST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Near topics, and their common terms as numbers, best first."""

    topics: tuple[int, ...]
    terms: tuple[int, ...]


def groups(log_words: Floats, shares: Floats, terms: Integers) -> list[Group]:
    """Groups of at least two topics, in order of their first topic, each with its common terms; `terms` are those of each topic.

    Complete linkage on the cosine between the square roots of what each topic says more often than the others do; from its top on
    down, the first branches with enough in common are groups. A common term is a term of all topics of a group, the least of
    their gains ranks it. A topic that has too little in common with any other is in no group.
    """
    from scipy.cluster.hierarchy import linkage, to_tree

    if len(shares) < LEAST_TOPICS:
        return []
    probability = np.exp(log_words)
    everywhere = shares @ probability / max(float(shares.sum()), 1e-12)
    gain = np.log(probability / np.maximum(everywhere, 1e-300))
    typical = probability * np.maximum(gain, 0.0)
    apart = linkage(np.sqrt(typical) + 1e-12, method="complete", metric="cosine")
    branches, found = [to_tree(apart)], []
    while branches:
        branch = branches.pop()
        members = sorted(branch.pre_order())
        if len(members) > 1:
            common = _common(typical[members], gain[members], terms[members])
            if common:
                found.append(Group(tuple(members), common))
            else:
                branches += [branch.left, branch.right]
    return sorted(found, key=lambda group: group.topics)


def _common(typical: Floats, gain: Floats, terms: Integers) -> tuple[int, ...]:
    """The terms that some topics have in common, the largest least gain first; none where they are too little of any."""
    shared = np.array(sorted(set.intersection(*map(set, terms.tolist()))), dtype=np.int64)
    shared = shared[gain[:, shared].min(axis=0) > LEAST_GAIN]
    least = np.round(typical[:, shared].min(axis=0), 12)
    own = np.take_along_axis(typical, terms, axis=1).sum(axis=1)
    if len(shared) < LEAST_TERMS or least.sum() < LEAST_COMMON * own.min():
        return ()
    return tuple(shared[np.argsort(-least, kind="stable")].tolist())

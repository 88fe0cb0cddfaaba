"""What of a document belongs to which topic, and what to none: the posterior of a mixture, made honest.

A topic that is fitted on a document holds that document's words, and in a small corpus little else: read back, every document
seems to belong. Two departures from the plain posterior mend that. A document's own part is taken out of a topic before the two
are compared, for new documents as for fitted ones, so that a document weighs the same whatever stands beside it. And a topic
must tell the document's words better than the whole corpus does: what the best topic does not gain over the corpus belongs to
no topic.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse
from corpus.topics.mixture import (
    LEAST_EVIDENCE,
    SHARE_POWER,
    SMOOTHING,
    WORDS_HEARD,
    Mixture,
    posterior,
    space_vote,
)

# Memberships settle in two rounds; the first takes out what the plain posterior gives.
ROUNDS = 2
# The least that is left of a word when a document's own part is out: this share of its smoothing.
FLOOR = 0.5
# The odds of no topic before a word is read, against the topic that tells a document best: so much, and more the
# fewer documents there are, since the best of a few topics was made from the words that the document shares with them by chance.
# Of four strangers put into each of 24 corpora of 30 documents, 12 % then have a confidence above 0.6 (at 45: 18 %; odds of 1
# whatever the size: 44 %).
NO_TOPIC_ODDS = 1.0
NO_TOPIC_DOCUMENTS = 100.0
# Rows whose words are laid out at a time, which bounds memory.
BLOCK = 512


def memberships(mixture: Mixture, words: Sparse, space: Floats | None = None) -> tuple[Floats, Floats]:
    """Weights of topics (documents, topics), rows summing to one, and the share of each document in no topic (documents,).

    `words` is `matrix.evidence`, `space` as in `mixture.posterior`. A document without known words is in no topic.
    """
    plain = posterior(mixture, words, space)
    if mixture.words_heard <= 0:
        # Where the space decides alone words have no vote: only a document without any is in no topic.
        known = np.asarray(words.sum(axis=1)).ravel() > 0
        return plain, np.where(known, 0.0, 1.0)
    weights, none = np.empty_like(plain), np.empty(len(plain))
    for start in range(0, len(plain), BLOCK):
        rows = slice(start, start + BLOCK)
        vote = None if space is None else space_vote(mixture, space[rows])
        weights[rows], none[rows] = _without_own(mixture, words[rows], plain[rows], vote)
    return weights, none


def _without_own(
    mixture: Mixture, words: Sparse, plain: Floats, vote: Floats | float | None
) -> tuple[Floats, Floats]:
    amount = np.asarray(words.sum(axis=1)).ravel()
    scale = np.minimum(1.0, mixture.words_heard / np.maximum(amount, LEAST_EVIDENCE))
    counts = mixture.counts
    corpus = counts.sum(axis=0) / (1.0 + SMOOTHING)
    pseudo = SMOOTHING * corpus / len(counts)
    totals = counts.sum(axis=1)
    documents = totals / max(float(totals.sum()), LEAST_EVIDENCE) * mixture.documents
    rows = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr))
    columns, values = words.indices, words.data
    held = np.ascontiguousarray(counts[:, columns].T)
    floor = (FLOOR * pseudo[columns])[:, None]
    weights = plain
    for _ in range(ROUNDS):
        rest = np.maximum(held - weights[rows] * values[:, None], floor)
        left = np.maximum(totals - weights * amount[:, None], LEAST_EVIDENCE)
        told = _sums(rows, values[:, None] * np.log(rest), len(plain)) - amount[:, None] * np.log(left)
        shares = np.maximum(documents - weights, LEAST_EVIDENCE)
        logits = SHARE_POWER * np.log(shares) + told * scale[:, None]
        if vote is not None:
            logits = logits + vote
        logits -= logits.max(axis=1, keepdims=True)
        weights = np.exp(logits)
        weights /= weights.sum(axis=1, keepdims=True)
    beside = np.maximum(corpus[columns] - values, pseudo[columns])
    elsewhere = _sums(rows, (values * np.log(beside))[:, None], len(plain))[:, 0]
    elsewhere -= amount * np.log(np.maximum(corpus.sum() - amount, LEAST_EVIDENCE))
    # Whatever the space says, words alone tell a topic from none, and as many of them for every engine.
    heard = np.minimum(1.0, WORDS_HEARD / np.maximum(amount, LEAST_EVIDENCE))
    gain = ((told - elsewhere[:, None]) * heard[:, None]).max(axis=1)
    odds = NO_TOPIC_ODDS + NO_TOPIC_DOCUMENTS / max(mixture.documents, 1)
    none = np.where(amount > 0, 1.0 / (1.0 + np.exp(np.minimum(gain, 500.0)) / odds), 1.0)
    return weights, none


def _sums(rows: npt.NDArray[np.int64], values: Floats, documents: int) -> Floats:
    """Sums of the values of each row, worked out row by row in one order."""
    starts = np.searchsorted(rows, np.arange(documents))
    sums = np.zeros((documents, values.shape[1]))
    some = np.append(starts[1:], len(rows)) > starts
    if some.any():
        sums[some] = np.add.reduceat(values, starts[some], axis=0)
    return sums

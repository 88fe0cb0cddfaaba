"""What of a document belongs to which topic, and what to none: the posterior of a mixture, made honest.

A topic that is fitted on a document holds that document's words, and in a small corpus little else: read back, every document
seems to belong. Three departures from the plain posterior mend that. A document's own part is taken out of a topic before the two
are compared, for new documents as for fitted ones, so that a document weighs the same whatever stands beside it. A topic
must tell the document's words better than the whole corpus does: what the best topic does not gain over the corpus belongs to
no topic. And a document whose words the other documents know less well than is usual among them is a stranger, which has
words in common with some topic by chance: the stranger it is, the likelier it belongs to none.
"""

from __future__ import annotations

from dataclasses import dataclass

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
NO_TOPIC_ODDS = 1.0
NO_TOPIC_DOCUMENTS = 75.0
# By what power of e these odds grow with each standard deviation by which other documents tell a document's words worse than
# is usual. In corpora of 30 to 300 documents, an eighth of them strangers, that alone tells who is one with an area under the
# curve of 0.76 to 0.83; what a topic gains over the corpus, with 0.53. `docs/benchmarks.md` has what both are worth together.
STRANGENESS = 2.0
# A document of words that all others have is no surer of its topic than one a standard deviation from the mean.
LEAST_STRANGE = -1.0
# Rows whose words are laid out at a time, which bounds memory.
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Usual:
    """How well the other documents of a fit tell a document's words: mean and standard deviation, over the documents, of the
    logarithm of a word's probability, each word counted by its evidence."""

    mean: float
    deviation: float


def memberships(
    mixture: Mixture, words: Sparse, space: Floats | None = None, usual: Usual | None = None
) -> tuple[Floats, Floats]:
    """Weights of topics (documents, topics), rows summing to one, and the share of each document in no topic (documents,).

    `words` is `matrix.evidence`, `space` as in `mixture.posterior`; without `usual` no document is a stranger. A document without
    known words is in no topic.
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
        weights[rows], none[rows] = _without_own(mixture, words[rows], plain[rows], vote, usual)
    return weights, none


def usual_of(mixture: Mixture, words: Sparse) -> Usual | None:
    """What is usual among the documents that a mixture was fitted on; None across languages, whose words are not compared."""
    amount = np.asarray(words.sum(axis=1)).ravel()
    if mixture.across or not (amount > 0).any():
        return None
    told = (_told_by_others(mixture, words) / np.maximum(amount, LEAST_EVIDENCE))[amount > 0]
    return Usual(round(float(told.mean()), 6), max(round(float(told.std()), 6), LEAST_EVIDENCE))


def _without_own(
    mixture: Mixture, words: Sparse, plain: Floats, vote: Floats | float | None, usual: Usual | None
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
    # A word that a user keeps though all documents have it has no evidence at all.
    floor = np.maximum(FLOOR * pseudo[columns], LEAST_EVIDENCE)[:, None]
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
    elsewhere = _told_by_others(mixture, words)
    # Whatever the space says, words alone tell a topic from none, and as many of them for every engine.
    heard = np.minimum(1.0, WORDS_HEARD / np.maximum(amount, LEAST_EVIDENCE))
    gain = ((told - elsewhere[:, None]) * heard[:, None]).max(axis=1)
    odds = NO_TOPIC_ODDS + NO_TOPIC_DOCUMENTS / max(mixture.documents, 1)
    if usual is not None:
        gain = gain - STRANGENESS * _strangeness(
            elsewhere, amount, usual, float(corpus.sum()) / mixture.documents
        )
    none = np.where(amount > 0, 1.0 / (1.0 + np.exp(np.clip(gain, -500.0, 500.0)) / odds), 1.0)
    return weights, none


def _told_by_others(mixture: Mixture, words: Sparse) -> Floats:
    """The log-likelihood of each document's words by what all other documents hold, in units of evidence (documents,)."""
    corpus = mixture.counts.sum(axis=0) / (1.0 + SMOOTHING)
    rows = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr))
    columns, values = words.indices, words.data
    pseudo = np.maximum(SMOOTHING * corpus[columns] / len(mixture.counts), LEAST_EVIDENCE)
    beside = np.maximum(corpus[columns] - values, pseudo)
    amount = np.asarray(words.sum(axis=1)).ravel()
    told: Floats = _sums(rows, (values * np.log(beside))[:, None], words.shape[0])[:, 0]
    told -= amount * np.log(np.maximum(corpus.sum() - amount, LEAST_EVIDENCE))
    return told


def _strangeness(told: Floats, amount: Floats, usual: Usual, evidence: float) -> Floats:
    """Standard deviations by which words are told worse than is usual; the fewer words against the mean `evidence` of a document,
    the less that says."""
    worse = (usual.mean - told / np.maximum(amount, LEAST_EVIDENCE)) / usual.deviation
    strange: Floats = np.maximum(worse, LEAST_STRANGE) * np.sqrt(np.minimum(1.0, amount / evidence))
    return strange


def _sums(rows: npt.NDArray[np.int64], values: Floats, documents: int) -> Floats:
    """Sums of the values of each row, worked out row by row in one order."""
    starts = np.searchsorted(rows, np.arange(documents))
    sums = np.zeros((documents, values.shape[1]))
    some = np.append(starts[1:], len(rows)) > starts
    if some.any():
        sums[some] = np.add.reduceat(values, starts[some], axis=0)
    return sums

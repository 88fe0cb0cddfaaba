"""What of a document belongs to which topic, and what to none: the posterior of a mixture, made honest.

A topic that is fitted on a document holds that document's words, and in a small corpus little else: read back, every document
seems to belong. Three departures from the plain posterior mend that. A fitted document's own part is taken out of a topic before
the two are compared, so that it weighs what it would if it were new. A topic must tell the document's words better than the whole
corpus does: what the best topic does not gain over the corpus belongs to no topic. And a document whose words the other documents
know less well, and fewer of them, than is usual among them is a stranger, which has words in common with some topic by chance:
the stranger it is, the likelier it belongs to none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.topics.documents import Corpus
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
NO_TOPIC_DOCUMENTS = 100.0
# What the best topic gains counts up to this power of e: a word or two that a stranger shares with a small topic gain it more.
MOST_GAIN = 5.0
# By what power of e these odds grow with each standard deviation by which other documents tell a document's words worse, and by
# which fewer of its words are known to them, than is usual. In corpora of 30 to 300 documents, an eighth of them strangers, both
# together tell who is one with an area under the curve of 0.78 to 0.84, the first alone with 0.75 to 0.83; what a topic gains
# over the corpus, with 0.49 to 0.55.
STRANGENESS = 2.0
# A document of words that all others have is no surer of its topic than one a standard deviation from the mean.
LEAST_STRANGE = -1.0
# What is usual is known no closer than this: texts that are all alike make no stranger of the next one.
LEAST_DEVIATION = 0.02
# Rows whose words are laid out at a time, which bounds memory.
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual among the documents of a fit, mean and standard deviation: how well the others tell a document's words (the
    logarithm of a word's probability, each word counted by its evidence), and the share of its words that too few others hold."""

    told: float
    told_deviation: float
    unknown: float
    unknown_deviation: float


def memberships(
    mixture: Mixture, corpus: Corpus, space: Floats | None = None, usual: Usual | None = None
) -> tuple[Floats, Floats]:
    """Weights of topics (documents, topics), rows summing to one, and the share of each document in no topic (documents,).

    `space` is as in `mixture.posterior`; without `usual` no document is a stranger. One without known words is in no topic.
    """
    words = corpus.words
    plain = posterior(mixture, words, space)
    if mixture.words_heard <= 0:
        # Where the space decides alone words have no vote: only a document without any is in no topic.
        known = np.asarray(words.sum(axis=1)).ravel() > 0
        return plain, np.where(known, 0.0, 1.0)
    weights, none = np.empty_like(plain), np.empty(len(plain))
    for start in range(0, len(plain), BLOCK):
        rows = slice(start, start + BLOCK)
        vote = None if space is None else space_vote(mixture, space[rows])
        some = corpus.take(np.arange(len(plain))[rows])
        weights[rows], gain = _without_own(mixture, some, plain[rows], vote)
        strange = 0.0 if usual is None else _strangeness(mixture, some, usual)
        none[rows] = _in_none(mixture, words[rows], np.minimum(gain, MOST_GAIN) - STRANGENESS * strange)
    return weights, none


def usual_of(mixture: Mixture, corpus: Corpus) -> Usual | None:
    """What is usual among the documents that a mixture was fitted on; None across languages, whose words are not compared."""
    amount = np.asarray(corpus.words.sum(axis=1)).ravel()
    if mixture.across or not (amount > 0).any():
        return None
    told = (_told_by_others(mixture, corpus) / np.maximum(amount, LEAST_EVIDENCE))[amount > 0]
    unknown = corpus.unknown[amount > 0]
    return Usual(
        round(float(told.mean()), 6),
        max(round(float(told.std()), 6), LEAST_DEVIATION),
        round(float(unknown.mean()), 6),
        max(round(float(unknown.std()), 6), LEAST_DEVIATION),
    )


def _without_own(
    mixture: Mixture, some: Corpus, plain: Floats, vote: Floats | float | None
) -> tuple[Floats, Floats]:
    """Weights once a document's own part is out, and what the best topic gains over the corpus (documents,)."""
    words, fitted = some.words, some.fitted[:, None]
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
        own = weights * fitted
        rest = np.maximum(held - own[rows] * values[:, None], floor)
        left = np.maximum(totals - own * amount[:, None], LEAST_EVIDENCE)
        told = _sums(rows, values[:, None] * np.log(rest), len(plain)) - amount[:, None] * np.log(left)
        shares = np.maximum(documents - own, LEAST_EVIDENCE)
        logits = SHARE_POWER * np.log(shares) + told * scale[:, None]
        if vote is not None:
            logits = logits + vote
        logits -= logits.max(axis=1, keepdims=True)
        weights = np.exp(logits)
        weights /= weights.sum(axis=1, keepdims=True)
    elsewhere = _told_by_others(mixture, some)
    # Whatever the space says, words alone tell a topic from none, and as many of them for every engine.
    heard = np.minimum(1.0, WORDS_HEARD / np.maximum(amount, LEAST_EVIDENCE))
    return weights, ((told - elsewhere[:, None]) * heard[:, None]).max(axis=1)


def _in_none(mixture: Mixture, words: Sparse, gain: Floats) -> Floats:
    """The share of each document in no topic (documents,)."""
    odds = NO_TOPIC_ODDS + NO_TOPIC_DOCUMENTS / max(mixture.documents, 1)
    none = 1.0 / (1.0 + np.exp(np.clip(gain, -500.0, 500.0)) / odds)
    return np.where(np.diff(words.indptr) > 0, none, 1.0)


def _told_by_others(mixture: Mixture, some: Corpus) -> Floats:
    """The log-likelihood of each document's words by what all other documents hold, in units of evidence (documents,)."""
    words = some.words
    corpus = mixture.counts.sum(axis=0) / (1.0 + SMOOTHING)
    rows = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr))
    columns, values = words.indices, words.data
    pseudo = np.maximum(SMOOTHING * corpus[columns] / len(mixture.counts), LEAST_EVIDENCE)
    beside = np.maximum(corpus[columns] - values * some.fitted[rows], pseudo)
    amount = np.asarray(words.sum(axis=1)).ravel()
    told: Floats = _sums(rows, (values * np.log(beside))[:, None], words.shape[0])[:, 0]
    told -= amount * np.log(np.maximum(corpus.sum() - amount * some.fitted, LEAST_EVIDENCE))
    return told


def _strangeness(mixture: Mixture, some: Corpus, usual: Usual) -> Floats:
    """Standard deviations by which words are told worse, and by which more of them are unknown, than is usual; the fewer words
    against the mean evidence of a document, the less that says."""
    amount = np.asarray(some.words.sum(axis=1)).ravel()
    told = _told_by_others(mixture, some) / np.maximum(amount, LEAST_EVIDENCE)
    worse = (usual.told - told) / usual.told_deviation + (
        some.unknown - usual.unknown
    ) / usual.unknown_deviation
    evidence = float(mixture.counts.sum()) / (1.0 + SMOOTHING) / mixture.documents
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

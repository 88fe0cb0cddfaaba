"""A mixture of topics over words, tempered so that long documents stay undecided where they are.

Expectation-maximisation for a mixture of multinomials (Nigam et al. 2000), with three departures: the evidence of a
document is scaled to that of a few words (deterministic annealing, Hofmann & Puzicha 1998), since words are not drawn
independently and an untempered mixture is always certain; topic shares enter with a power of one half; and a second view, the
cosine to a topic's centre in a space of documents, can vote with the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse, unit_vectors

# The evidence a whole document may bring, in units of `matrix.evidence` (about five words seen once). NMI on 3,300
# articles by this number: 5: 0.506, 8: 0.50, 14: 0.49, all of it: 0.48; at 3 small topics die out.
WORDS_HEARD = 5.0
# Where a second view votes: fewer words, and this weight on the cosine (NMI on nine five-section subsets 0.56 -> 0.58).
WORDS_HEARD_BESIDE_SPACE = 3.0
COSINE_WEIGHT = 10.0
# Where the space decides alone its vote is stronger, so that a document stays with its nearest centre.
COSINE_WEIGHT_ALONE = 30.0
# Pseudo-counts, as a share of what a topic holds on average, spread as the whole corpus is.
SMOOTHING = 0.1
SHARE_POWER = 0.5
ITERATIONS = 20
# Rows with fewer units of evidence than this say nothing about a document.
LEAST_EVIDENCE = 1e-9


@dataclass(frozen=True, slots=True)
class Mixture:
    """Fitted parameters.

    log_shares: (topics,); counts: evidence of each term in each topic, smoothing included (topics, terms), and log_words its
    probabilities in each language; documents: how many were fitted on; centres: (topics, dims) or None; across: whether
    there are several languages, each with its own distribution of words.
    """

    log_shares: Floats
    counts: Floats
    log_words: Floats
    documents: int
    centres: Floats | None
    words_heard: float
    across: bool

    @classmethod
    def of_counts(
        cls,
        counts: Floats,
        log_shares: Floats,
        languages: npt.NDArray[np.int64],
        documents: int,
        centres: Floats | None,
        words_heard: float,
    ) -> Mixture:
        """The mixture whose words are counted as `counts`; `languages` numbers the language of each term."""
        log_words = np.empty_like(counts)
        for language in range(int(languages.max(initial=0)) + 1):
            own = languages == language
            totals = np.maximum(counts[:, own].sum(axis=1, keepdims=True), LEAST_EVIDENCE)
            log_words[:, own] = np.log(np.maximum(counts[:, own] / totals, LEAST_EVIDENCE))
        across = bool(languages.max(initial=0) > 0)
        return cls(log_shares, counts, log_words, documents, centres, words_heard, across)

    def take(self, order: npt.NDArray[np.int64]) -> Mixture:
        """Some of the topics, or all in another order."""
        centres = None if self.centres is None else self.centres[order]
        return replace(
            self,
            log_shares=self.log_shares[order],
            counts=self.counts[order],
            log_words=self.log_words[order],
            centres=centres,
        )


def fit_mixture(
    words: Sparse,
    memberships: Floats,
    space: Floats | None = None,
    heard: float = WORDS_HEARD,
    languages: npt.NDArray[np.int64] | None = None,
    iterations: int = ITERATIONS,
    anchors: Floats | None = None,
) -> Mixture:
    """A mixture from starting memberships (documents by topics).

    `words` is `matrix.evidence`; `space`, where given, unit vectors of the same documents; `heard` the evidence a whole
    document may bring (0: the words have no vote, but each topic's words are counted). `languages` numbers the
    language of each term, where there are several: a topic has one distribution of words in each. `anchors` (topics, terms): the
    share of a term's occurrences that a topic has beside those of its documents.
    """
    by_term = words.T.tocsr()
    background = np.asarray(words.sum(axis=0)).ravel()
    pseudo = SMOOTHING * background / memberships.shape[1]
    if anchors is not None:
        pseudo = pseudo + anchors * background
    languages = np.zeros(len(background), dtype=np.int64) if languages is None else languages
    mixture = _maximise(by_term, memberships, space, pseudo, languages, heard)
    for _ in range(iterations):
        memberships = posterior(mixture, words, space)
        mixture = _maximise(by_term, memberships, space, pseudo, languages, heard)
    return mixture


def posterior(mixture: Mixture, words: Sparse, space: Floats | None = None) -> Floats:
    """Memberships (documents by topics), each row summing to one; a document without known words gets the topics' shares.

    Every row is worked out by itself, in one order of sums: the batch it comes in makes no difference.
    """
    amount = np.asarray(words.sum(axis=1)).ravel()
    scale = np.minimum(1.0, mixture.words_heard / np.maximum(amount, LEAST_EVIDENCE))
    logits = mixture.log_shares + (words @ np.ascontiguousarray(mixture.log_words.T)) * scale[:, None]
    if space is not None:
        logits += space_vote(mixture, space)
    logits -= logits.max(axis=1, keepdims=True)
    weights = np.exp(logits)
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def space_vote(mixture: Mixture, space: Floats) -> Floats | float:
    """What the cosine to each topic's centre adds to its logarithm; 0 for a mixture without centres."""
    if mixture.centres is None:
        return 0.0
    weight = COSINE_WEIGHT if mixture.words_heard > 0 else COSINE_WEIGHT_ALONE
    vote: Floats = weight * np.einsum("nd,kd->nk", space, mixture.centres)
    return vote


def _maximise(
    by_term: Sparse,
    memberships: Floats,
    space: Floats | None,
    pseudo: Floats,
    languages: npt.NDArray[np.int64],
    heard: float,
) -> Mixture:
    counts = (by_term @ memberships).T + pseudo
    # Where the space decides alone a document belongs to its nearest centre, however large the others are.
    shares = (SHARE_POWER if heard > 0 else 0.0) * np.log(memberships.mean(axis=0) + 1e-9)
    centres = None if space is None else unit_vectors(memberships.T @ space)
    return Mixture.of_counts(counts, shares, languages, len(memberships), centres, heard)

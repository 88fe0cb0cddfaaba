"""What an engine sees of a set of documents: their matrices, and the spaces in which they are near one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.topics.matrix import Floats, Sparse, unit_vectors
from corpus.topics.space import DIMENSIONS, decompose


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an engine sees of a set of documents, row for row.

    tfidf, words (`matrix.evidence`): sparse, documents by terms; fitted: whether each document is one that the model is fitted
    on; unknown: the share of its words, stop words left out, that too few other documents hold; term_languages, text_languages:
    the language number of each term and document; main: the language with most documents; embeddings: unit vectors of sentence
    embeddings, or None.
    """

    tfidf: Sparse
    words: Sparse
    fitted: npt.NDArray[np.bool_]
    unknown: Floats
    term_languages: npt.NDArray[np.int64]
    text_languages: npt.NDArray[np.int64]
    main: int
    embeddings: Floats | None = None

    def take(self, rows: npt.NDArray[np.int64]) -> Corpus:
        """The same for some of the documents."""
        embeddings = None if self.embeddings is None else self.embeddings[rows]
        languages = self.text_languages[rows]
        told = self.tfidf[rows], self.words[rows], self.fitted[rows], self.unknown[rows]
        return Corpus(*told, self.term_languages, languages, self.main, embeddings)

    def main_language(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The rows and columns of the main language: words are compared within one language only."""
        return np.flatnonzero(self.text_languages == self.main), np.flatnonzero(
            self.term_languages == self.main
        )


def latent_vectors(tfidf: Sparse, projection: Floats) -> Floats:
    """Unit vectors of documents in the latent space; each row worked out by itself."""
    return unit_vectors(np.asarray(tfidf @ np.ascontiguousarray(projection.T)))


def latent_projection(corpus: Corpus) -> Floats | None:
    """The projection (dimensions, terms) into the latent space of a corpus; None across languages, where embeddings decide."""
    if corpus.embeddings is not None and len(np.unique(corpus.term_languages)) > 1:
        return None
    return decompose(corpus.tfidf, DIMENSIONS).right


def vectors_in(corpus: Corpus, projection: Floats | None) -> Floats:
    """Unit vectors of documents: of the latent space, of the embeddings, or of both where both are known."""
    if corpus.embeddings is None:
        if projection is None:
            raise ValueError("embeddings are missing")
        return latent_vectors(corpus.tfidf, projection)
    if projection is None:
        return corpus.embeddings
    return unit_vectors(np.hstack([corpus.embeddings, latent_vectors(corpus.tfidf, projection)]))

"""What a model knows of the words of one language, and how texts of several languages become one corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from corpus.topics.documents import Corpus
from corpus.topics.matrix import (
    Floats,
    Sparse,
    Vocabulary,
    build_vocabulary,
    count_matrix,
    evidence,
    least_documents,
    presence,
    sublinear_tfidf,
    terms_of,
    words_of,
)
from corpus.topics.memory import TextMemory
from corpus.topics.words import WordReader


@dataclass(frozen=True, slots=True)
class WordView:
    """A vocabulary and the reader that finds its words in texts; with a memory no paragraph is read twice."""

    vocabulary: Vocabulary
    reader: WordReader
    memory: TextMemory | None = field(default=None, compare=False)
    _counted: list[tuple[tuple[str, ...], Sparse, Floats]] = field(default_factory=list, compare=False)

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        language: str,
        dropped: frozenset[str] = frozenset(),
        kept: frozenset[str] = frozenset(),
    ) -> WordView:
        """The vocabulary of distinct texts in one language, without and with the words that a user named."""
        reader = WordReader(language, dropped, kept)
        counted = reader.occurrences(texts)
        vocabulary, counts = build_vocabulary(counted, reader)
        view = cls(vocabulary, reader)
        # The first texts to be counted are those just read.
        view._counted.append((tuple(texts), counts, words_of(counted)))
        return view

    @property
    def seldom(self) -> npt.NDArray[np.bool_]:
        """The terms that would be none without one of the documents that hold them."""
        return self.vocabulary.documents <= least_documents(self.vocabulary.total)

    def counts(self, texts: Sequence[str]) -> tuple[Sparse, Floats]:
        """Texts by terms, CSR, and how many words each text has, be they terms or not."""
        if self.memory is not None:
            counts = self.memory.read(texts)
            every = np.asarray(counts.sum(axis=1)).ravel()
            return terms_of(self.memory.lemmas, counts, self.vocabulary), every
        if self._counted:
            known, counts, words = self._counted.pop()
            if known == tuple(texts):
                return counts, words
        counted = self.reader.occurrences(texts)
        return count_matrix(counted, self.reader, self.vocabulary), words_of(counted)

    def lemmas_in(self, texts: Sequence[str]) -> tuple[Sparse, Sequence[str]]:
        """Texts by all their lemmas, CSR, be they terms or not, and these lemmas: stop words are none."""
        memory = self.memory or TextMemory(self.reader)
        counts = memory.read(texts)
        return counts, memory.lemmas


def main_language(views: Mapping[str, WordView]) -> str:
    """The language with most texts, the first by code among equals."""
    return min(views, key=lambda language: (-views[language].vocabulary.total, language))


def column_range(views: Mapping[str, WordView], language: str) -> tuple[int, int]:
    """The first column of a language's terms among those of all languages, and the one behind its last."""
    first = 0
    for own, view in views.items():
        last = first + len(view.vocabulary.lemmas)
        if own == language:
            return first, last
        first = last
    raise KeyError(language)


def corpus_of(
    texts: Sequence[str],
    languages: Sequence[str],
    views: Mapping[str, WordView],
    vectors: Floats | None,
    fitted: npt.NDArray[np.bool_] | None = None,
) -> tuple[Corpus, Sparse]:
    """The matrices of texts, and where each term stands. A text in a language without a view has no words.

    `fitted`: which of them the views were fitted on, None for all.
    """
    from scipy.sparse import csr_matrix, hstack, vstack

    words, tfidf, held, numbers = [], [], [], []
    fitted = np.ones(len(texts), dtype=np.bool_) if fitted is None else fitted
    known, every = np.zeros(len(texts)), np.zeros(len(texts))
    for number, (language, view) in enumerate(views.items()):
        rows = [row for row, own in enumerate(languages) if own == language]
        counts, every[rows] = view.counts([texts[row] for row in rows])
        # Of a fitted document's words those are known that enough of the others hold, as of a new one's.
        own = counts @ np.where(view.seldom, 0.0, 1.0)
        known[rows] = np.where(fitted[rows], own, np.asarray(counts.sum(axis=1)).ravel())
        if len(rows) < len(texts):
            # Rows of other languages are empty in this block.
            others = csr_matrix((len(texts) - len(rows), counts.shape[1]))
            outside = [row for row, own in enumerate(languages) if own != language]
            order = np.argsort(np.array(rows + outside, dtype=np.int64), kind="stable")
            counts = vstack([counts, others], format="csr")[order]
        words.append(evidence(counts, view.vocabulary.idf))
        tfidf.append(sublinear_tfidf(counts, view.vocabulary.idf))
        held.append(presence(counts))
        numbers.append(np.full(counts.shape[1], number, dtype=np.int64))
    number_of = {language: number for number, language in enumerate(views)}
    text_languages = np.array([number_of.get(language, len(views)) for language in languages], dtype=np.int64)
    main = list(views).index(main_language(views))
    unknown = 1.0 - known / np.maximum(every, 1.0)
    if len(views) == 1:
        one = tfidf[0], words[0], fitted, unknown, numbers[0]
        return Corpus(*one, text_languages, main, vectors), held[0]
    joined = hstack(tfidf, format="csr"), hstack(words, format="csr"), fitted, unknown
    return Corpus(*joined, np.concatenate(numbers), text_languages, main, vectors), hstack(held, format="csr")

"""A fitted model as it is applied: texts in, weights of its topics out, and what its topics are called. Nothing is fitted here.

scikit-learn, which the estimator of `corpus.topics.model` is made of, takes longer to load than a hundred documents to count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from corpus.topics.embeddings import Encoder, encode, load_encoder
from corpus.topics.engines import AUTO, space_of
from corpus.topics.errors import TopicError
from corpus.topics.fitted_texts import were_fitted
from corpus.topics.fitting import DECIMALS, read_corpus
from corpus.topics.hierarchy import groups
from corpus.topics.labels import LABEL_PARTS
from corpus.topics.matrix import Floats
from corpus.topics.membership import memberships
from corpus.topics.mixture import WORDS_HEARD
from corpus.topics.state import TopicState
from corpus.topics.store import load_state, save_state
from corpus.topics.surface import Surface
from corpus.topics.views import column_range, corpus_of
from corpus.topics.wishes import Wish


class AppliedModel:
    """Topics that were fitted: the parameters are those of `corpus.topics.model.TopicModel`, `state_` is what it fitted."""

    state_: TopicState
    told_: tuple[Wish, ...] = ()

    def __init__(
        self,
        n_topics: int | str | None = None,
        engine: str = AUTO,
        language: str | Sequence[str] = "fr",
        embeddings: str | None = None,
        wishes: Sequence[tuple[str, ...]] = (),
    ) -> None:
        self.n_topics = n_topics
        self.engine = engine
        self.language = language
        self.embeddings = embeddings
        self.wishes = wishes

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name."""
        return {
            name: getattr(self, name) for name in ("n_topics", "engine", "language", "embeddings", "wishes")
        }

    def _check_fitted(self) -> None:
        """There is nothing to check: it was loaded."""

    def memberships(
        self, texts: Sequence[str], languages: Sequence[str] | None = None
    ) -> tuple[Floats, Floats]:
        """Weights as `transform` gives them, and the share of each text that is in no topic (`corpus.topics.membership`).

        Arrays (texts, topics) and (texts,); six decimals.
        """
        from threadpoolctl import threadpool_limits

        self._check_fitted()
        text_languages = self._checked_languages(len(texts), languages)
        if not texts:
            return np.zeros((0, self.n_topics_)), np.zeros(0)
        state = self.state_
        with threadpool_limits(limits=1):
            encoder = self._encoder()
            vectors = encode(encoder, texts) if encoder is not None else None
            fitted = were_fitted(texts, state.read)
            corpus, _ = read_corpus(texts, text_languages, state.views, state.centres, vectors, fitted)
            weights, none = memberships(state.fit.mixture, corpus, space_of(state.fit, corpus), state.usual)
        return self._without_dropped(weights, none)

    def word_memberships(
        self, texts: Sequence[str], languages: Sequence[str] | None = None
    ) -> tuple[Floats, Floats, Floats]:
        """The same by words alone (no embeddings are made), and the evidence in each text (0: no known word).

        What paragraphs are told by: arrays (texts, topics), (texts,) and (texts,).
        """
        from dataclasses import replace

        self._check_fitted()
        if not texts:
            return np.zeros((0, self.n_topics_)), np.zeros(0), np.zeros(0)
        known = self._checked_languages(len(texts), languages)
        fitted = were_fitted(texts, self.state_.read)
        corpus, _ = corpus_of(texts, known, self.state_.views, None, fitted)
        mixture = replace(self.state_.fit.mixture, centres=None, words_heard=WORDS_HEARD)
        weights, none = memberships(mixture, corpus, None, self.state_.usual)
        evidence = np.asarray(corpus.words.sum(axis=1)).ravel()
        return *self._without_dropped(weights, none), evidence

    def _without_dropped(self, weights: Floats, none: Floats) -> tuple[Floats, Floats]:
        """Weights of the topics there are, and the share in none: what a dropped topic has is in none."""
        kept = weights[:, : self.n_topics_]
        if kept.shape[1] < weights.shape[1]:
            held = kept.sum(axis=1)
            none = 1.0 - (1.0 - none) * held
            kept = np.where(held[:, None] > 0, kept / np.maximum(held[:, None], 1e-300), self.state_.shares)
        return round_shares(kept), np.round(none, DECIMALS)

    def top_terms(self, n: int = 10, language: str | None = None) -> list[list[str]]:
        """For each topic its n most relevant single words, in the form and case most often written, best first."""
        self._check_fitted()
        language = language or next(iter(self.state_.views))
        if language not in self.state_.views:
            raise TopicError(
                f'This model has no language "{language}"; it has {", ".join(self.state_.views)}.'
            )
        forms, cases = self.state_.views[language].vocabulary.forms, self.state_.surfaces[language].cases
        return [
            _distinct_forms([cases.get(forms[j], forms[j]) for j in row], n)
            for row in self.state_.terms[language]
        ]

    def term_weights_of(self, language: str) -> list[dict[str, float]]:
        """For each topic, its terms as `top_terms` writes them with their weights, 1 for the first."""
        forms, cases = self.state_.views[language].vocabulary.forms, self.state_.surfaces[language].cases
        return [
            {cases.get(forms[j], forms[j]): float(weight) for j, weight in zip(row, weights, strict=True)}
            for row, weights in zip(
                self.state_.terms[language], self.state_.term_weights[language], strict=True
            )
        ]

    def labels(self, language: str | None = None) -> list[str]:
        """For each topic a few words a reader would call it by."""
        self._check_fitted()
        return list(self.state_.surfaces[language or next(iter(self.state_.views))].labels)

    def groups(self, language: str | None = None) -> list[tuple[tuple[int, ...], str]]:
        """Groups of near topics, each with a label of the terms its topics have in common."""
        self._check_fitted()
        language = language or next(iter(self.state_.views))
        mixture = self.state_.fit.mixture
        first, last = column_range(self.state_.views, language)
        forms, surface = self.state_.views[language].vocabulary.forms, self.state_.surfaces[language]
        words = mixture.log_words[: self.n_topics_, first:last]
        found = groups(words, self.state_.shares, self.state_.terms[language])
        return [
            (group.topics, ", ".join(_group_terms([forms[j] for j in group.terms], surface)))
            for group in found
        ]

    def presence(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> tuple[Any, list[str]]:
        """Where each term of the model stands (texts by terms, sparse, 1 or 0), and the terms as a person writes them."""
        self._check_fitted()
        _, held = corpus_of(texts, self._checked_languages(len(texts), languages), self.state_.views, None)
        written = []
        for language, view in self.state_.views.items():
            cases = self.state_.surfaces[language].cases
            written += [cases.get(form, form) for form in view.vocabulary.forms]
        return held, written

    def save(self, folder: str | Path) -> None:
        """Write the fitted model as arrays, vocabulary and JSON (no pickle), the same bytes for the same model."""
        self._check_fitted()
        save_state(self.state_, self.get_params(), Path(folder))

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """A model that `save` wrote. Raises ModelFolderError for anything else."""
        state, parameters = load_state(Path(folder))
        model = cls(**parameters)
        model.state_ = state
        return model

    @property
    def n_topics_(self) -> int:
        """The number of topics that were fitted."""
        return len(self.state_.shares)

    def _checked_languages(self, number: int, languages: Sequence[str] | None) -> list[str]:
        known = [self.language] if isinstance(self.language, str) else list(self.language)
        if languages is None:
            if len(known) != 1:
                raise TopicError(
                    "This model has several languages: say the language of each text (languages=[...])."
                )
            return [known[0]] * number
        if len(languages) != number:
            raise TopicError(
                f"There are {number} texts but {len(languages)} languages; give one for each text."
            )
        return list(languages)

    def _encoder(self) -> Encoder | None:
        if self.embeddings is None:
            return None
        if getattr(self, "_encoder_name", None) != self.embeddings:
            self._loaded_encoder: Encoder = load_encoder(str(self.embeddings))
            self._encoder_name = self.embeddings
        return self._loaded_encoder


def round_shares(weights: Floats) -> Floats:
    """Rows rounded to six decimals whose largest entry takes what rounding lost, so that they sum to one."""
    rounded = np.round(weights, DECIMALS)
    rows = np.arange(len(rounded))
    largest = rounded.argmax(axis=1)
    rounded[rows, largest] = np.round(rounded[rows, largest] + 1.0 - rounded.sum(axis=1), DECIMALS)
    return rounded


def _group_terms(forms: Sequence[str], surface: Surface) -> list[str]:
    """The first common terms as labels tell them; those that say little or nothing alone only where there are no others."""
    told = [form for form in forms if form in surface.wholes or form not in surface.partial]
    themes = [form for form in told if surface.wholes.get(form) or form not in surface.vague]
    written = [surface.wholes.get(form) or surface.cases.get(form, form) for form in themes or told or forms]
    return _distinct_forms(written, LABEL_PARTS)


def _distinct_forms(forms: Sequence[str], n: int) -> list[str]:
    """The first n forms that differ by more than accents and case ("Etats" beside "états" says nothing new)."""
    import unicodedata

    seen: dict[str, str] = {}
    for form in forms:
        bare = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if not unicodedata.combining(c))
        seen.setdefault(bare, form)
    return list(seen.values())[:n]

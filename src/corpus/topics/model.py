"""The estimator: a list of texts in, an array of documents by topics out.

What is fitted does not depend on the order of the texts, on repeats among them, or on a seed: distinct texts are sorted
before anything is counted, every start is computed, and linear algebra runs on one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from corpus.topics.choose import RESOLUTIONS
from corpus.topics.embeddings import Encoder, encode, load_encoder
from corpus.topics.engines import AUTO, ENGINES, space_of
from corpus.topics.errors import TopicError
from corpus.topics.fitting import DECIMALS, Fitted, fit_state, judged, read_corpus
from corpus.topics.hierarchy import groups
from corpus.topics.matrix import Floats
from corpus.topics.membership import memberships
from corpus.topics.mixture import WORDS_HEARD
from corpus.topics.state import TopicState
from corpus.topics.store import load_state, save_state
from corpus.topics.surface import LABEL_PARTS
from corpus.topics.views import column_range, corpus_of
from corpus.topics.wishes import STEERING, Wish


class TopicModel(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Topics of a list of texts, as a scikit-learn estimator.

    n_topics: how many; None chooses (`corpus.topics.choose`), "coarse" and "fine" choose fewer and more.
    engine: "cluster" (words and a smoothed latent space vote), "words" (words alone), "nmf" (words, from sparse factors), or
        "auto": the first up to 2,000 documents, the second beyond (`corpus.topics.engines`).
    language: ISO 639-1 code of the texts, or several codes, which need embeddings.
    embeddings: None, "use", "model2vec:FOLDER" or "sentence-transformers:FOLDER" (engine "cluster" only).
    wishes: what a user asks of the topics, as (action, text) or (action, text, to): `corpus.topics.wishes.Wish`. What became of
        them stands in `state_.answers`.

    >>> model = TopicModel(n_topics=2).fit(texts)                                       # doctest: +SKIP
    >>> model.transform(["Le règlement européen sur l'intelligence artificielle"])      # doctest: +SKIP
    array([[0.93, 0.07]])

    Attributes after fit: n_topics_; state_ (`corpus.topics.state.TopicState`: everything else that was fitted).
    """

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

    def fit(
        self,
        X: Iterable[str],  # noqa: N803 - its word for it
        y: object = None,
        languages: Sequence[str] | None = None,
        ids: Sequence[str] = (),
    ) -> Self:
        """Fit on texts; `languages` gives the language of each where the model has several, `ids` names them, as wishes may tell
        topics by their documents.

        Raises TooLittleTextError where there are fewer distinct texts than topics, or no words but stop words.
        """
        self.state_: TopicState = self._fitted(X, languages, ids).state
        return self

    def fit_and_judge(
        self, texts: Iterable[str], languages: Sequence[str] | None = None, ids: Sequence[str] = ()
    ) -> Self:
        """Fit, and measure each topic's stability over samples of 80 % too: `state_.stability`."""
        self.state_ = judged(self._fitted(texts, languages, ids))
        return self

    def _fitted(
        self,
        X: Iterable[str],  # noqa: N803 - as fit
        languages: Sequence[str] | None,
        ids: Sequence[str],
    ) -> Fitted:
        self._check_parameters()
        texts = _checked_texts(X)
        text_languages = self._checked_languages(len(texts), languages)
        engine = self.engine if self.embeddings is None else "cluster"
        return fit_state(texts, text_languages, self.n_topics, engine, self._encoder(), self._wishes(), ids)

    def transform(self, X: Iterable[str], languages: Sequence[str] | None = None) -> Floats:  # noqa: N803 - as fit
        """Weights of topics in texts: an array (texts, topics), rows summing to one, six decimals.

        What a text has of topics is shared among them, however little it is: `memberships` says how little. A text has the
        same weights whatever it is transformed with; one without a known word gets the topics' shares.
        """
        return self.memberships(_checked_texts(X), languages)[0]

    def memberships(
        self, texts: Sequence[str], languages: Sequence[str] | None = None
    ) -> tuple[Floats, Floats]:
        """Weights as `transform` gives them, and the share of each text that is in no topic (`corpus.topics.membership`).

        Arrays (texts, topics) and (texts,); six decimals.
        """
        from threadpoolctl import threadpool_limits

        check_is_fitted(self, "state_")
        text_languages = self._checked_languages(len(texts), languages)
        if not texts:
            return np.zeros((0, self.n_topics_)), np.zeros(0)
        state = self.state_
        with threadpool_limits(limits=1):
            encoder = self._encoder()
            vectors = encode(encoder, texts) if encoder is not None else None
            corpus, _ = read_corpus(texts, text_languages, state.views, state.centres, vectors)
            weights, none = memberships(
                state.fit.mixture, corpus.words, space_of(state.fit, corpus), state.usual
            )
        return self._without_dropped(weights, none)

    def word_memberships(
        self, texts: Sequence[str], languages: Sequence[str] | None = None
    ) -> tuple[Floats, Floats, Floats]:
        """The same by words alone (no embeddings are made), and the evidence in each text (0: no known word).

        What paragraphs are told by: arrays (texts, topics), (texts,) and (texts,).
        """
        from dataclasses import replace

        check_is_fitted(self, "state_")
        if not texts:
            return np.zeros((0, self.n_topics_)), np.zeros(0), np.zeros(0)
        corpus, _ = corpus_of(texts, self._checked_languages(len(texts), languages), self.state_.views, None)
        mixture = replace(self.state_.fit.mixture, centres=None, words_heard=WORDS_HEARD)
        weights, none = memberships(mixture, corpus.words, None, self.state_.usual)
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
        check_is_fitted(self, "state_")
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
        check_is_fitted(self, "state_")
        return list(self.state_.surfaces[language or next(iter(self.state_.views))].labels)

    def groups(self, language: str | None = None) -> list[tuple[tuple[int, ...], str]]:
        """Groups of near topics, each with a label of the terms its topics have in common."""
        check_is_fitted(self, "state_")
        language = language or next(iter(self.state_.views))
        mixture = self.state_.fit.mixture
        first, last = column_range(self.state_.views, language)
        forms, cases = self.state_.views[language].vocabulary.forms, self.state_.surfaces[language].cases
        return [
            (
                group.topics,
                ", ".join(_distinct_forms([cases.get(forms[j], forms[j]) for j in group.terms], LABEL_PARTS)),
            )
            for group in groups(
                mixture.log_words[: self.n_topics_, first:last], self.state_.shares, 2 * LABEL_PARTS
            )
        ]

    def presence(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> tuple[Any, list[str]]:
        """Where each term of the model stands (texts by terms, sparse, 1 or 0), and the terms as a person writes them."""
        check_is_fitted(self, "state_")
        _, held = corpus_of(texts, self._checked_languages(len(texts), languages), self.state_.views, None)
        written = []
        for language, view in self.state_.views.items():
            cases = self.state_.surfaces[language].cases
            written += [cases.get(form, form) for form in view.vocabulary.forms]
        return held, written

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """ "topic0", "topic1", …: the names of the columns that `transform` gives."""
        check_is_fitted(self, "state_")
        return np.array([f"topic{k}" for k in range(self.n_topics_)], dtype=object)

    def save(self, folder: str | Path) -> None:
        """Write the fitted model as arrays, vocabulary and JSON (no pickle), the same bytes for the same model."""
        check_is_fitted(self, "state_")
        save_state(self.state_, self.get_params(), Path(folder))

    @classmethod
    def load(cls, folder: str | Path) -> TopicModel:
        """A model that `save` wrote. Raises ModelFolderError for anything else."""
        state, parameters = load_state(Path(folder))
        model = cls(**parameters)
        model.state_ = state
        return model

    @property
    def n_topics_(self) -> int:
        """The number of topics that were fitted."""
        return len(self.state_.shares)

    @property
    def n_features_in_(self) -> int:
        """One: the text."""
        return 1

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "state_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags

    def _check_parameters(self) -> None:
        if self.engine not in (AUTO, *ENGINES):
            raise TopicError(
                f'Unknown engine "{self.engine}": say {AUTO}, {", ".join(ENGINES[:-1])} or {ENGINES[-1]}.'
            )
        number = isinstance(self.n_topics, (int, np.integer)) and self.n_topics >= 1
        if self.n_topics is not None and not number and self.n_topics not in RESOLUTIONS:
            raise TopicError(
                f"n_topics is {self.n_topics!r}; it must be a whole number of at least 1, coarse, normal, fine, or None."
            )
        if self.embeddings is not None and self.engine in ("words", "nmf"):
            raise TopicError('Embeddings need engine="cluster"; set it, or leave out the embeddings.')
        if self.embeddings is None and not isinstance(self.language, str) and len(self.language) > 1:
            raise TopicError(
                'Topics shared by several languages need embeddings: give embeddings="use", or fit one model per language.'
            )

    def _wishes(self) -> list[Wish]:
        wishes = [Wish(*wish) for wish in self.wishes]
        if unknown := [wish.action for wish in wishes if wish.action not in STEERING]:
            raise TopicError(
                f"{unknown[0]!r} is nothing that topics can be asked: say {', '.join(STEERING)}."
            )
        return wishes

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


def _checked_texts(texts: Iterable[str]) -> list[str]:
    if isinstance(texts, str):
        raise TopicError("A single text was given where a list of texts is expected: put it into a list.")
    checked = list(texts)
    for text in checked:
        if not isinstance(text, str):
            raise TopicError(f"Every text must be a string; one is {type(text).__name__}.")
    return checked


def _distinct_forms(forms: Sequence[str], n: int) -> list[str]:
    """The first n forms that differ by more than accents and case ("Etats" beside "états" says nothing new)."""
    import unicodedata

    seen: dict[str, str] = {}
    for form in forms:
        bare = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if not unicodedata.combining(c))
        seen.setdefault(bare, form)
    return list(seen.values())[:n]

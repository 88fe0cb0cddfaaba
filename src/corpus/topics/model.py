"""The estimator: a list of texts in, an array of documents by topics out.

What is fitted does not depend on the order of the texts, on repeats among them, or on a seed: distinct texts are sorted
before anything is counted, every start is computed, and linear algebra runs on one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from corpus.topics.choose import Choice, choose_number, judge_sampled
from corpus.topics.embeddings import Encoder, encode, load_encoder
from corpus.topics.engines import ENGINES, Corpus, Engine, Fit, fit_engine, space_of
from corpus.topics.errors import TooLittleTextError, TopicError
from corpus.topics.matrix import Floats
from corpus.topics.mixture import posterior
from corpus.topics.surface import Surface, read_surface
from corpus.topics.terms import TOP, Integers, coherence, documents_with_term, exclusivity, rank_terms
from corpus.topics.views import WordView, corpus_of, main_language

# Terms kept with a model, per topic and language: what tables and labels are written from.
TERMS_KEPT = 50
# Weights are written with six decimals: below that two machines may differ.
DECIMALS = 6


class TopicModel(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Topics of a list of texts, as a scikit-learn estimator.

    n_topics: how many; None chooses by subsample stability and held-out coherence (`corpus.topics.choose`).
    engine: "nmf" (sparse factors and a mixture over words) or "cluster" (a smoothed latent space votes too).
    language: ISO 639-1 code of the texts, or several codes, which need embeddings.
    embeddings: None, "use", "model2vec:FOLDER" or "sentence-transformers:FOLDER" (engine "cluster" only).

    >>> model = TopicModel(n_topics=2).fit(texts)                                       # doctest: +SKIP
    >>> model.transform(["Le règlement européen sur l'intelligence artificielle"])      # doctest: +SKIP
    array([[0.93, 0.07]])

    Attributes after fit: n_topics_; views_ (vocabularies by language); fit_ (parameters); shares_ (topics,);
    terms_ (for each language, topics by ranked term numbers).
    """

    stability_: Floats | None

    def __init__(
        self,
        n_topics: int | None = None,
        engine: str = "nmf",
        language: str | Sequence[str] = "fr",
        embeddings: str | None = None,
    ) -> None:
        self.n_topics = n_topics
        self.engine = engine
        self.language = language
        self.embeddings = embeddings

    def fit(self, X: Iterable[str], y: object = None, languages: Sequence[str] | None = None) -> Self:  # noqa: N803 - its word for it
        """Fit on texts; `languages` gives the language of each where the model has several.

        Raises TooLittleTextError where there are fewer distinct texts than topics, or no words but stop words.
        """
        self._fit(X, languages)
        return self

    def fit_and_judge(self, texts: Iterable[str], languages: Sequence[str] | None = None) -> Self:
        """Fit, and measure each topic's stability over samples of 80 % too (four more fits): `stability_`."""
        from threadpoolctl import threadpool_limits

        corpus, presence = self._fit(texts, languages)
        if getattr(self, "stability_", None) is None:
            ranked = self.terms_[main_language(self.views_)][:, :TOP]
            with threadpool_limits(limits=1):
                judged = judge_sampled(corpus, presence, self._checked_engine(), ranked)
            self.stability_ = np.round(judged.by_topic, DECIMALS)
            self.held_out_coherence_ = round(judged.coherence, DECIMALS)
        return self

    def _fit(self, X: Iterable[str], languages: Sequence[str] | None) -> tuple[Corpus, Any]:  # noqa: N803 - as fit
        from threadpoolctl import threadpool_limits

        engine = self._checked_engine()
        texts = _checked_texts(X)
        text_languages = self._checked_languages(len(texts), languages)
        distinct = sorted(set(zip(texts, text_languages, strict=True)))
        texts = [text for text, _ in distinct]
        text_languages = [language for _, language in distinct]
        wanted = self.n_topics
        if wanted is not None and len(texts) < wanted:
            raise TooLittleTextError(
                f"{wanted} topics were asked for, but there are only {len(texts)} distinct texts: "
                f"ask for fewer topics or give more texts."
            )
        if len(texts) < 2:
            raise TooLittleTextError(f"There are {len(texts)} distinct texts; topics need at least 2.")
        with threadpool_limits(limits=1):
            self.views_ = {
                language: WordView.fit([t for t, own in distinct if own == language], language)
                for language in sorted(set(text_languages))
            }
            if not any(view.vocabulary.lemmas for view in self.views_.values()):
                raise TooLittleTextError(
                    "No word is left to model once stop words and words of a single text are out: give more or longer texts."
                )
            vectors = self._encode(texts)
            self.centres_ = _language_centres(vectors, text_languages) if vectors is not None else {}
            corpus, presence = self._read(texts, text_languages, vectors)
            self.choices_: list[Choice] = []
            if wanted is None:
                self.choices_ = choose_number(corpus, presence, engine)
                wanted = next(choice.topics for choice in self.choices_ if choice.chosen)
            self.n_topics_ = max(1, min(wanted, len(texts)))
            fit = _as_single(fit_engine(corpus, self.n_topics_, engine))
            memberships = posterior(fit.mixture, corpus.words, space_of(fit, corpus))
            order = np.lexsort((np.arange(self.n_topics_), -np.round(memberships.mean(axis=0), 9)))
            self.fit_ = _in_order(fit, order)
            memberships = memberships[:, order]
            self.shares_ = np.round(memberships.mean(axis=0), DECIMALS)
            self.terms_, self.term_weights_ = self._rank(presence, memberships, text_languages)
            self.surfaces_ = self._surfaces(texts, text_languages, memberships)
            self._measure(corpus, presence, memberships)
        self.stability_ = None
        self.n_features_in_ = 1
        return corpus, presence

    def transform(self, X: Iterable[str], languages: Sequence[str] | None = None) -> Floats:  # noqa: N803 - as fit
        """Weights of topics in texts: an array (texts, topics), rows summing to one, six decimals.

        A text has the same weights whatever it is transformed with. A text without a known word gets the topics' shares.
        """
        from threadpoolctl import threadpool_limits

        check_is_fitted(self, "fit_")
        texts = _checked_texts(X)
        text_languages = self._checked_languages(len(texts), languages)
        if not texts:
            return np.zeros((0, self.n_topics_))
        with threadpool_limits(limits=1):
            corpus, _ = self._read(texts, text_languages, self._encode(texts))
            weights = posterior(self.fit_.mixture, corpus.words, space_of(self.fit_, corpus))
        return round_shares(weights)

    def word_weights(
        self, texts: Sequence[str], languages: Sequence[str] | None = None
    ) -> tuple[Floats, Floats]:
        """Weights of topics by words alone (no embeddings are made), and the evidence in each text (0: no known word).

        What paragraphs are told by: arrays (texts, topics) and (texts,).
        """
        from dataclasses import replace

        from corpus.topics.mixture import WORDS_HEARD

        check_is_fitted(self, "fit_")
        if not texts:
            return np.zeros((0, self.n_topics_)), np.zeros(0)
        corpus, _ = corpus_of(texts, self._checked_languages(len(texts), languages), self.views_, None)
        mixture = replace(self.fit_.mixture, centres=None, words_heard=WORDS_HEARD)
        evidence = np.asarray(corpus.words.sum(axis=1)).ravel()
        return round_shares(posterior(mixture, corpus.words)), evidence

    def top_terms(self, n: int = 10, language: str | None = None) -> list[list[str]]:
        """For each topic its n most relevant single words, in the form and case most often written, best first."""
        check_is_fitted(self, "fit_")
        language = language or next(iter(self.views_))
        if language not in self.views_:
            raise TopicError(f'This model has no language "{language}"; it has {", ".join(self.views_)}.')
        forms, cases = self.views_[language].vocabulary.forms, self.surfaces_[language].cases
        return [
            _distinct_forms([cases.get(forms[j], forms[j]) for j in row], n) for row in self.terms_[language]
        ]

    def term_weights_of(self, language: str) -> list[dict[str, float]]:
        """For each topic, its terms as `top_terms` writes them with their weights, 1 for the first."""
        forms, cases = self.views_[language].vocabulary.forms, self.surfaces_[language].cases
        return [
            {cases.get(forms[j], forms[j]): float(weight) for j, weight in zip(row, weights, strict=True)}
            for row, weights in zip(self.terms_[language], self.term_weights_[language], strict=True)
        ]

    def labels(self, language: str | None = None) -> list[str]:
        """For each topic a few words a reader would call it by."""
        check_is_fitted(self, "fit_")
        return list(self.surfaces_[language or next(iter(self.views_))].labels)

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """ "topic0", "topic1", …: the names of the columns that `transform` gives."""
        check_is_fitted(self, "fit_")
        return np.array([f"topic{k}" for k in range(self.n_topics_)], dtype=object)

    def save(self, folder: str | Path) -> None:
        """Write the fitted model as arrays, vocabulary and JSON (no pickle), the same bytes for the same model."""
        from corpus.topics.store import save_model

        check_is_fitted(self, "fit_")
        save_model(self, Path(folder))

    @classmethod
    def load(cls, folder: str | Path) -> TopicModel:
        """A model that `save` wrote. Raises ModelFolderError for anything else."""
        from corpus.topics.store import load_model

        return load_model(Path(folder))

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "fit_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags

    def _checked_engine(self) -> Engine:
        if self.engine not in ENGINES:
            raise TopicError(f'Unknown engine "{self.engine}": say {" or ".join(ENGINES)}.')
        if self.n_topics is not None and (
            not isinstance(self.n_topics, (int, np.integer)) or self.n_topics < 1
        ):
            raise TopicError(
                f"n_topics is {self.n_topics!r}; it must be a whole number of at least 1, or None."
            )
        if self.embeddings is not None and self.engine != "cluster":
            raise TopicError('Embeddings need engine="cluster"; set it, or leave out the embeddings.')
        if self.embeddings is None and not isinstance(self.language, str) and len(self.language) > 1:
            raise TopicError(
                'Topics shared by several languages need embeddings: give embeddings="use", or fit one model per language.'
            )
        return "cluster" if self.engine == "cluster" else "nmf"

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

    def _encode(self, texts: Sequence[str]) -> Floats | None:
        if self.embeddings is None:
            return None
        return encode(self._encoder(), texts)

    def _encoder(self) -> Encoder:
        if getattr(self, "_encoder_name", None) != self.embeddings:
            self._loaded_encoder: Encoder = load_encoder(str(self.embeddings))
            self._encoder_name = self.embeddings
        return self._loaded_encoder

    def _read(
        self, texts: Sequence[str], languages: Sequence[str], vectors: Floats | None
    ) -> tuple[Corpus, Any]:
        if vectors is not None:
            vectors = _centred(vectors, languages, self.centres_)
        return corpus_of(texts, languages, self.views_, vectors)

    def _rank(
        self, presence: Any, memberships: Floats, languages: Sequence[str]
    ) -> tuple[dict[str, Integers], dict[str, Floats]]:
        terms, weights = {}, {}
        first = 0
        for language, view in self.views_.items():
            last = first + len(view.vocabulary.lemmas)
            rows = np.flatnonzero([own == language for own in languages])
            own = presence[rows][:, first:last]
            held = documents_with_term(own, memberships[rows])
            documents = memberships[rows].sum(axis=0)
            everywhere = view.vocabulary.documents.astype(np.float64)
            terms[language], relevance = rank_terms(held, documents, own, everywhere, TERMS_KEPT)
            weights[language] = np.round(relevance, DECIMALS)
            first = last
        return terms, weights

    def _measure(self, corpus: Corpus, presence: Any, memberships: Floats) -> None:
        """Coherence (NPMI) and exclusivity of each topic's ten first terms, in the language with most texts."""
        rows, columns = corpus.main_language()
        own = presence[rows][:, columns]
        held = documents_with_term(own, memberships[rows])
        everywhere = np.asarray(own.sum(axis=0)).ravel()
        ranked = self.terms_[main_language(self.views_)][:, :TOP]
        self.coherence_ = np.round([coherence(row, own) for row in ranked], DECIMALS)
        self.exclusivity_ = np.round(
            [exclusivity(row, held, topic, everywhere) for topic, row in enumerate(ranked)], DECIMALS
        )

    def _surfaces(
        self, texts: Sequence[str], languages: Sequence[str], memberships: Floats
    ) -> dict[str, Surface]:
        surfaces = {}
        for language, view in self.views_.items():
            rows = [row for row, own in enumerate(languages) if own == language]
            surfaces[language] = read_surface(
                [texts[row] for row in rows],
                memberships[rows],
                self.terms_[language],
                view.vocabulary.forms,
                view.reader,
            )
        return surfaces


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


def _language_centres(vectors: Floats, languages: Sequence[str]) -> dict[str, Floats]:
    """The mean vector of each language: encoders leave a trace of the language, which is not a topic."""
    return {
        language: np.round(vectors[[own == language for own in languages]].mean(axis=0), 7)
        for language in sorted(set(languages))
    }


def _centred(vectors: Floats, languages: Sequence[str], centres: Mapping[str, Floats]) -> Floats:
    from corpus.topics.matrix import unit_vectors

    mean: Floats = np.mean(list(centres.values()), axis=0)
    return unit_vectors(vectors - np.vstack([centres.get(language, mean) for language in languages]))


def _as_single(fit: Fit) -> Fit:
    """Parameters in single precision, so that a saved model and the one in memory are the same."""
    from corpus.topics.mixture import Mixture

    def single(array: Floats) -> Floats:
        return array.astype(np.float32).astype(np.float64)

    mixture = fit.mixture
    return Fit(
        Mixture(
            single(mixture.log_shares),
            single(mixture.log_words),
            None if mixture.centres is None else single(mixture.centres),
            mixture.words_heard,
        ),
        None if fit.projection is None else single(fit.projection),
        None if fit.anchors is None else single(fit.anchors),
    )


def _in_order(fit: Fit, order: Integers) -> Fit:
    from corpus.topics.mixture import Mixture

    mixture = fit.mixture
    return Fit(
        Mixture(
            mixture.log_shares[order],
            mixture.log_words[order],
            None if mixture.centres is None else mixture.centres[order],
            mixture.words_heard,
        ),
        fit.projection,
        fit.anchors,
    )

"""The estimator: a list of texts in, an array of documents by topics out.

What is fitted does not depend on the order of the texts, on repeats among them, or on a seed: distinct texts are sorted
before anything is counted, every start is computed, and linear algebra runs on one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from corpus.topics.matrix import Floats
from corpus.topics.run_model import RunModel, checked_texts
from corpus.topics.state import TopicState


class TopicModel(TransformerMixin, BaseEstimator, RunModel):  # type: ignore[misc]  # scikit-learn has no types
    """Topics of a list of texts, as a scikit-learn estimator.

    n_topics: how many; None chooses (`corpus.topics.choose`), "coarse" and "fine" choose fewer and more.
    engine: "cluster" (words and a smoothed latent space vote), "words" (words alone), "nmf" (words, from sparse factors), or
        "auto": the first up to 2,000 documents, the second beyond (`corpus.topics.engines`).
    language: ISO 639-1 code of the texts, or several codes, which need embeddings.
    embeddings: None, "use", "model2vec:FOLDER" or "sentence-transformers:FOLDER" (engine "cluster" only).
    wishes: what a user asks of the topics, as (action, text) or (action, text, to): `corpus.topics.wishes.Wish`. What became of
        them stands in `state_.answers`.

    Attributes after fit: n_topics_; state_ (`corpus.topics.state.TopicState`: everything else that was fitted); told_ (the
        wishes, with documents of the topics that they were found to mean: what to ask of the next fit).

    >>> from corpus.topics import TopicModel
    >>> bridge = [f"Le pont de Vaucelles est fermé aux voitures, travaux {n}" for n in range(12)]
    >>> budget = [f"Le conseil municipal vote le budget de la commune {n}" for n in range(12)]
    >>> model = TopicModel(n_topics=2).fit(bridge + budget)
    >>> model.transform(["Des travaux sur le pont"]).shape
    (1, 2)
    """

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
        fitted = self._fitted(X, languages, ids)
        self.state_: TopicState = fitted.state
        self.told_ = fitted.told
        return self

    def transform(self, X: Iterable[str], languages: Sequence[str] | None = None) -> Floats:  # noqa: N803 - as fit
        """Weights of topics in texts: an array (texts, topics), rows summing to one, six decimals.

        What a text has of topics is shared among them, however little it is: `memberships` says how little. A text has the
        same weights whatever it is transformed with; one without a known word gets the topics' shares.
        """
        return self.memberships(checked_texts(X), languages)[0]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """ "topic0", "topic1", …: the names of the columns that `transform` gives."""
        self._check_fitted()
        return np.array([f"topic{k}" for k in range(self.n_topics_)], dtype=object)

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

    def _check_fitted(self) -> None:
        check_is_fitted(self, "state_")

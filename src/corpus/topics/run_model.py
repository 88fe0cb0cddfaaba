"""The model that a run fits: all that the estimator of `corpus.topics.model` does, without scikit-learn, which takes longer to
load than 1,000 documents to fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np

from corpus.topics.applied import AppliedModel
from corpus.topics.choose import RESOLUTIONS
from corpus.topics.engines import AUTO, ENGINES
from corpus.topics.errors import TopicError
from corpus.topics.fitting import Fitted, fit_state, judged
from corpus.topics.wishes import STEERING, Wish


class RunModel(AppliedModel):
    """Topics that can be fitted: the parameters are those of `corpus.topics.model.TopicModel`."""

    def fit_and_judge(
        self, texts: Iterable[str], languages: Sequence[str] | None = None, ids: Sequence[str] = ()
    ) -> Self:
        """Fit, and measure each topic's stability over samples of 80 % too: `state_.stability`."""
        fitted = self._fitted(texts, languages, ids)
        self.state_ = judged(fitted)
        self.told_ = fitted.told
        return self

    def _fitted(
        self,
        given: Iterable[str],
        languages: Sequence[str] | None,
        ids: Sequence[str],
    ) -> Fitted:
        self._check_parameters()
        texts = checked_texts(given)
        text_languages = self._checked_languages(len(texts), languages)
        engine = self.engine if self.embeddings is None else "cluster"
        return fit_state(texts, text_languages, self.n_topics, engine, self._encoder(), self._wishes(), ids)

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


def checked_texts(texts: Iterable[str]) -> list[str]:
    """The texts as a list. Raises TopicError for a single text, and for what is no text."""
    if isinstance(texts, str):
        raise TopicError("A single text was given where a list of texts is expected: put it into a list.")
    checked = list(texts)
    for text in checked:
        if not isinstance(text, str):
            raise TopicError(f"Every text must be a string; one is {type(text).__name__}.")
    return checked

"""TopicModel as a scikit-learn estimator: what of scikit-learn's own checks applies.

The checks fit arrays of numbers, and TopicModel takes texts: its tags say so, and scikit-learn then checks next to nothing.
So that the others run all the same, `OfNumbers` writes each row of numbers as a text, a word for each column and size of
number; all else (parameters, state, memberships, pickling, order, batches) is TopicModel's own.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted, validate_data

from corpus.topics import TopicModel

CONSONANTS = "bdfgklmnprstvz"


class OfNumbers(TopicModel):
    """A TopicModel of rows of numbers."""

    def fit(self, X: Any, y: object = None) -> Self:  # type: ignore[override]
        return super().fit(_texts(validate_data(self, X)))

    def transform(self, X: Any) -> Any:  # type: ignore[override]
        check_is_fitted(self, "state_")
        return super().transform(_texts(validate_data(self, X, reset=False)))

    @property
    def n_features_in_(self) -> int:  # type: ignore[override]
        return self._columns

    @n_features_in_.setter
    def n_features_in_(self, columns: int) -> None:
        self._columns = columns

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array, tags.no_validation = False, True, False
        return tags


def _texts(rows: Any) -> list[str]:
    """A text for each row: of each column a word that says which it is and about how large its number."""
    sizes = np.round(1.5 * np.asarray(rows, dtype=float)).astype(int) % 20
    return [" ".join(_word(column, size) for column, size in enumerate(row)) for row in sizes.tolist()]


def _word(column: int, size: int) -> str:
    return "za" + "a".join(CONSONANTS[int(digit)] for digit in f"{column:03}{size:02}") + "ol"


EXPECTED = {
    "check_fit2d_1sample": "One text is too little for topics: the error says so in texts, not in samples.",
    "check_fit2d_1feature": "Texts of one word are too little: the error says so in words, not in features.",
}


@parametrize_with_checks([OfNumbers(2)], expected_failed_checks=lambda _: EXPECTED)
def test_it_passes_the_checks_of_scikit_learn(estimator: Any, check: Any) -> None:
    check(estimator)

"""What a fit leaves: a plain record between the estimator that makes it and the store that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.topics.choose import Choice
    from corpus.topics.engines import Fit
    from corpus.topics.fitted_texts import Hashes
    from corpus.topics.matrix import Floats
    from corpus.topics.membership import Usual
    from corpus.topics.surface import Surface
    from corpus.topics.terms import Integers
    from corpus.topics.views import WordView


@dataclass(frozen=True, slots=True)
class TopicState:
    """Everything that a fitted model knows; topics are in order of their share.

    views, surfaces: vocabulary and written forms of each language; terms, term_weights: for each language, topics by ranked
    term numbers and their weights; centres: the mean embedding of each language, where there are embeddings; fit: the
    parameters; read: the hashes of the paragraphs it was fitted on; usual: how well the fitted documents know each other's words,
    None across languages; shares, coherence, exclusivity: (topics,); stability: (topics,), None where it was not measured;
    choices: the curve behind the number of topics,
    empty where the number was given; bounded: whether a user's wish set the bounds of a topic; answers: of each wish None where
    it was met, else why not. The mixture of `fit` has the topics that a user dropped behind the others.
    """

    views: Mapping[str, WordView]
    surfaces: Mapping[str, Surface]
    terms: Mapping[str, Integers]
    term_weights: Mapping[str, Floats]
    centres: Mapping[str, Floats]
    fit: Fit
    read: Hashes
    usual: Usual | None
    shares: Floats
    coherence: Floats
    exclusivity: Floats
    stability: Floats | None = None
    choices: tuple[Choice, ...] = ()
    bounded: tuple[bool, ...] = ()
    answers: tuple[str | None, ...] = ()

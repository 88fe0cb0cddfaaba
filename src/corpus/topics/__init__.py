"""Topics: stable, readable, across languages, over time.

words      tokens, stop words, lemmas                matrix    counts to weighted sparse matrices
documents  what an engine sees                       space     SVD, smoothing, factors
tree       Ward trees whose cuts start topics        mixture   the tempered mixture all topics end in
engines    the ways to fit                           fitting   texts to a fitted state
state      what a fit leaves                         model     TopicModel, the estimator
run_model  what a run fits, without scikit-learn     agreement of two partitions
one_thread linear algebra on one thread
applied    a fitted model put to use                 memory    words that were read, from run to run
fitted_texts which texts a model was fitted on       membership what belongs to which topic, what to none
terms      ranking, coherence, agreement             surface   words and labels as a reader sees them
labels     what topics are called                    abbreviations what they stand for
alone      words that tell little or nothing alone
typical    texts that labels are read from           phrases   what words of a label stand in
written    case of words, what says nothing alone    grammar   what is a noun
choose     how many topics (curve: its evidence)     stability do terms come back on samples
wishes     what a user asks of topics                matching  which topic a user means
steering   wishes met                                store     save and load
embeddings sentence encoders                         tables    the Parquet tables of a run
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.topics.model import TopicModel

from corpus.topics.alone import VAGUE_NOUNS
from corpus.topics.embeddings import load_encoder
from corpus.topics.grammar import DETERMINERS
from corpus.topics.occurrences import number_words
from corpus.topics.phrases import CONNECTORS
from corpus.topics.tables import TopicOptions, apply_topics, fit_topics, load_models
from corpus.topics.wishes import DOCUMENT_MARK, STEERING, Wish, as_told_before, told_by
from corpus.topics.words import CHARACTERS_READ, STOP_WORDS, read_stop_words, tokens

__all__ = [
    "CHARACTERS_READ",
    "CONNECTORS",
    "DETERMINERS",
    "DOCUMENT_MARK",
    "STEERING",
    "STOP_WORDS",
    "VAGUE_NOUNS",
    "TopicModel",
    "TopicOptions",
    "Wish",
    "apply_topics",
    "as_told_before",
    "fit_topics",
    "load_encoder",
    "load_models",
    "number_words",
    "read_stop_words",
    "tokens",
    "told_by",
]


def __getattr__(name: str) -> Any:
    # scikit-learn takes half a second to import, which `corpus --help` must not pay.
    if name == "TopicModel":
        from corpus.topics.model import TopicModel

        return TopicModel
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

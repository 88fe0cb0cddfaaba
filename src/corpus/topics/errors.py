"""What can go wrong with topics: one tree, each message a sentence that says what to do.

TopicError
├── TooLittleTextError       nothing, or too little, to model
├── EmbeddingsError       the sentence encoder that was asked for is not there
└── ModelFolderError      a saved model that cannot be read
"""

from __future__ import annotations

from corpus.errors import CorpusError


class TopicError(CorpusError, ValueError):
    """The base of every error of `corpus.topics`; a ValueError too, as scikit-learn's callers expect."""


class TooLittleTextError(TopicError):
    """There are too few distinct texts, or too few words in them, for the topics asked for."""


class EmbeddingsError(TopicError):
    """The sentence encoder that the options name is not installed or cannot be read."""


class ModelFolderError(TopicError):
    """A folder that is not a saved topic model, is incomplete, or was written by another version."""

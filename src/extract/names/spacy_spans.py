"""Spans of a spaCy pipeline as candidates for the typing step, where a user names one.

The typing step by itself reads several times more text a second and finds more companies, so no pipeline runs by default
(docs/companies.md has the figures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extract.names.types import TYPES, normalised

BATCH_SIZE = 32
# What the labels of spaCy's pipelines (WikiNER's three, OntoNotes') speak for, and how much in log-odds: a model that calls
# most start-ups persons or places must not overrule the words around them.
LABEL_TYPES = {
    "ORG": ("company", "institution"),
    "PER": ("person",),
    "PERSON": ("person",),
    "LOC": ("place",),
    "GPE": ("place",),
    "FAC": ("place",),
    "PRODUCT": ("product",),
    "WORK_OF_ART": ("product",),
    "LAW": ("law",),
    "EVENT": ("event",),
}
LABEL_WEIGHT = 1.0


class MissingModelError(RuntimeError):
    """A spaCy pipeline that is not installed; the message names the command that installs it.

    >>> from extract import MissingModelError, load_pipeline
    >>> try:
    ...     load_pipeline("fr_core_news_xxl")
    ... except MissingModelError as error:
    ...     print(error)
    The language model 'fr_core_news_xxl' is not installed; install it with: python -m pip install fr-core-news-xxl
    """


def load_pipeline(name: str) -> Any:
    """Return the spaCy pipeline `name` (a package or a folder) with the parts that find names only.

    Raises MissingModelError when it cannot be found.

    >>> from extract import load_pipeline
    >>> load_pipeline("fr_core_news_sm").lang
    'fr'
    """
    import spacy

    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise MissingModelError(
            f"The language model {name!r} is not installed; install it with: python -m pip install {name.replace('_', '-')}"
        ) from error
    needed = {"tok2vec", "transformer", "ner", "entity_ruler"}
    for part in [pipe for pipe in pipeline.pipe_names if pipe not in needed]:
        pipeline.remove_pipe(part)
    return pipeline


def with_label(scores: Sequence[float], label: str | None) -> tuple[float, ...]:
    """Return the log-probabilities `scores` (in the order of TYPES), drawn towards what `label` speaks for.

    >>> from extract.names import TYPES, with_label
    >>> drawn = with_label([-2.0] * len(TYPES), "PER")
    >>> TYPES[drawn.index(max(drawn))]
    'person'
    """
    kinds = LABEL_TYPES.get(label or "", ())
    if not kinds:
        return tuple(scores)
    return normalised(
        [score + (LABEL_WEIGHT if kind in kinds else 0.0) for kind, score in zip(TYPES, scores, strict=True)]
    )


def model_spans(
    models: Mapping[str, Any], texts: Sequence[str], languages: Sequence[str]
) -> list[list[tuple[int, int, str]]]:
    """Return (start, end, label) of every entity that the pipeline of a text's language finds; nothing where it has none.

    Texts go in batches by length, in an order that depends on the texts alone, so a batch never depends on the workers.

    >>> from extract import load_pipeline
    >>> from extract.names import model_spans
    >>> models = {"fr": load_pipeline("fr_core_news_sm")}
    >>> model_spans(models, ["Emmanuel Macron est à Lyon.", "Lyon"], ["fr", "en"])
    [[(0, 15, 'PER'), (22, 26, 'LOC')], []]
    """
    spans: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    for language in sorted(models):
        rows = [
            k for k, code in enumerate(languages) if code == language and any(c.isupper() for c in texts[k])
        ]
        rows.sort(key=lambda k: (len(texts[k]), texts[k]))
        documents = models[language].pipe((texts[k] for k in rows), batch_size=BATCH_SIZE)
        for k, document in zip(rows, documents, strict=True):
            spans[k] = [(entity.start_char, entity.end_char, entity.label_) for entity in document.ents]
    return spans

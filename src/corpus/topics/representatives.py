"""The paragraphs a reader should see to know what a topic is about: typical, long enough, and distinct from one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus.topics.collection import Collection
from corpus.topics.memory import TextMemory

if TYPE_CHECKING:
    from corpus.topics.applied import AppliedModel
    from corpus.topics.matrix import Floats

PARAGRAPHS_PER_TOPIC = 5
# A paragraph of fewer characters says little, one of more is not read.
SHORTEST, LONGEST = 80, 1_200
# Two paragraphs that share this part of their words (Jaccard) say the same.
LARGEST_OVERLAP = 0.4
# Paragraphs looked at for each topic, best first.
LOOKED_AT = 200
SHOWN_KINDS = frozenset({"body", "quote", "list_item", None})


def most_typical(
    collection: Collection, chosen: Sequence[int], weights: Floats, model: AppliedModel
) -> frozenset[int]:
    """The numbers (into the collection's paragraphs) of the representative paragraphs of all topics.

    chosen: the paragraphs the rows of `weights` (paragraphs, topics) stand for, the last column
    being no topic. Typical is a paragraph with a large weight that
    holds many of the topic's first terms; a document gives a topic one paragraph while others have any.
    """
    found: set[int] = set()
    candidates = [
        n
        for n, p in enumerate(chosen)
        if collection.distinct[p]
        and collection.paragraph_kinds[p] in SHOWN_KINDS
        and SHORTEST <= len(collection.paragraph_texts[p]) <= LONGEST
    ]
    if not candidates:
        return frozenset()
    best = weights[candidates].argmax(axis=1)
    lemmas_of = {
        language: [[model.state_.views[language].vocabulary.lemmas[j] for j in row] for row in terms]
        for language, terms in model.state_.terms.items()
    }
    for topic in range(model.n_topics_):
        members = [candidates[i] for i in np.flatnonzero(best == topic)]
        members.sort(
            key=lambda n: (-round(float(weights[n, topic]), 3), -len(collection.paragraph_texts[chosen[n]]))
        )
        scored = []
        looked_at = [chosen[n] for n in members[:LOOKED_AT]]
        read = _words(collection, looked_at, model)
        for n, p in zip(members, looked_at, strict=False):
            language = str(collection.languages[collection.paragraph_documents[p]])
            if p not in read:
                continue
            words = read[p]
            held = sum(
                1.0 / (1 + rank) for rank, lemma in enumerate(lemmas_of[language][topic]) if lemma in words
            )
            scored.append(
                (-round(float(weights[n, topic]) * held, 6), collection.paragraph_texts[p], p, words)
            )
        scored.sort(key=lambda item: (item[0], item[1], item[2]))
        found.update(_distinct(collection, scored))
    return frozenset(found)


def _words(
    collection: Collection, looked_at: Sequence[int], model: AppliedModel
) -> dict[int, frozenset[str]]:
    """The lemmas of paragraphs, those of a language that the model does not know left out."""
    read: dict[int, frozenset[str]] = {}
    for language, view in model.state_.views.items():
        own = [p for p in looked_at if collection.languages[collection.paragraph_documents[p]] == language]
        memory = view.memory or TextMemory(view.reader)
        counts = memory.read([collection.paragraph_texts[p] for p in own])
        lemmas = memory.lemmas
        for number, p in enumerate(own):
            columns = counts.indices[counts.indptr[number] : counts.indptr[number + 1]]
            read[p] = frozenset(lemmas[column] for column in columns.tolist())
    return read


def _distinct(collection: Collection, scored: Sequence[tuple[float, str, int, frozenset[str]]]) -> list[int]:
    taken: list[tuple[int, frozenset[str]]] = []
    documents: set[int] = set()
    for once_a_document in (True, False):
        for _, _, p, words in scored:
            if len(taken) == PARAGRAPHS_PER_TOPIC:
                break
            document = collection.paragraph_documents[p]
            if any(p == other for other, _ in taken) or (once_a_document and document in documents):
                continue
            if any(len(words & others) > LARGEST_OVERLAP * len(words | others) for _, others in taken):
                continue
            taken.append((p, words))
            documents.add(document)
    return [p for p, _ in taken]

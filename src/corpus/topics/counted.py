"""What a fitted model says of the documents of a run: weights of its topics and of no topic, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from corpus.topics.applied import AppliedModel
    from corpus.topics.collection import Collection
    from corpus.topics.matrix import Floats
    from corpus.topics.terms import Integers


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents of one model.

    rows: their rows in the collection; languages: of each; weights (documents, topics + 1): the last column is what belongs to
    no topic, rows sum to one; heaviest: the column that weighs most; confidence: the weight of the heaviest topic.
    """

    rows: tuple[int, ...]
    languages: tuple[str, ...]
    weights: Floats
    heaviest: Integers
    confidence: Floats


def count_documents(collection: Collection, model: AppliedModel, languages: Sequence[str]) -> Counted:
    """Weights of every document in one of the languages, each distinct text worked out once."""
    rows = [
        row
        for row, language in enumerate(collection.languages)
        if language in languages and collection.full_texts[row]
    ]
    own = [str(collection.languages[row]) for row in rows]
    keys = [(collection.full_texts[row], language) for row, language in zip(rows, own, strict=True)]
    distinct = sorted(set(keys))
    place = {key: number for number, key in enumerate(distinct)}
    topics, none = model.memberships([text for text, _ in distinct], [language for _, language in distinct])
    weights = with_residue(topics, none)[[place[key] for key in keys]]
    return Counted(
        tuple(rows),
        tuple(own),
        weights,
        weights.argmax(axis=1),
        np.round(weights[:, :-1].max(axis=1, initial=0.0), 6),
    )


def with_residue(topics: Floats, none: Floats) -> Floats:
    """Weights of topics, and of no topic as the last column; rows sum to one."""
    return np.hstack([topics * (1.0 - none)[:, None], none[:, None]])

"""How documents differ from those a model was fitted on: what no topic has, words it knows not, topics that grew or shrank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus.topics.fitted_model import FittedModel, Spread
from corpus.topics.tree import spread

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.collection import Collection

# Documents whose words are looked up, evenly spread: enough for two digits, and a tenth of a second.
MOST_READ = 200
# Topics that a sentence names: those whose shares differ most.
TOPICS_NAMED = 3


def spread_of(collection: Collection, fitted: FittedModel, topics: pa.Table) -> Spread:
    """How the documents of a run lie in a model's topics; `topics` is the run's table."""
    last = fitted.first_topic + fitted.model.n_topics_
    own = [row for row in topics.to_pylist() if fitted.first_topic <= row["topic"] <= last]
    total = sum(row["share"] for row in own) or 1.0
    shares = [round(row["share"] / total, 4) for row in own]
    documents = [row for row, language in enumerate(collection.languages) if language in fitted.languages]
    return Spread(len(documents), shares[-1], _unseen(collection, fitted, documents), tuple(shares[:-1]))


def _unseen(collection: Collection, fitted: FittedModel, documents: Sequence[int]) -> float:
    known = total = 0
    chosen = [documents[int(place)] for place in spread(len(documents), MOST_READ)] if documents else []
    for language, view in fitted.model.state_.views.items():
        texts = [collection.full_texts[row] for row in chosen if collection.languages[row] == language]
        counts, every = view.counts(texts)
        total += int(every.sum())
        known += int(counts.sum())
    return round(1.0 - known / total, 4) if total else 0.0


def told(fitted: FittedModel, now: Spread) -> str | None:
    """The sentence that a user of the model should read; None where it is not known what it was fitted on."""
    before = fitted.spread
    if before is None:
        return None
    moved = np.argsort(-np.abs(np.subtract(now.topics, before.topics)), kind="stable")[:TOPICS_NAMED]
    labels = fitted.model.labels(
        fitted.languages[0] if fitted.languages[0] in fitted.model.state_.views else None
    )
    named = "; ".join(f"{labels[k]} {before.topics[k]:.0%} to {now.topics[k]:.0%}" for k in moved)
    return (
        f"{now.documents:,} documents in {', '.join(fitted.languages)}: {now.no_topic:.0%} in no topic, {before.no_topic:.0%} of "
        f"the {before.documents:,} of the run that fitted the model; {now.unseen:.0%} of their words it does not know "
        f"({before.unseen:.0%}). Topics that differ most: {named}."
    )

"""How documents differ from those a model was fitted on: what no topic has, topics that grew or shrank, words that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus.topics.fitted_model import FittedModel, Spread
from corpus.topics.matrix import Floats, least_documents
from corpus.topics.tree import spread

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.collection import Collection

# Documents whose words are looked up, evenly spread: enough for a word in a hundredth of them.
MOST_READ = 2_000
# A word is told of that stands in so many documents, and in such a share of them.
LEAST_DOCUMENTS, LEAST_SHARE = 3, 0.02
WORDS_NAMED = 10
# A topic has grown or shrunk where its shares differ by more standard errors than this: one topic in 370 does by chance.
STANDARD_ERRORS = 3.0


def spread_of(collection: Collection, fitted: FittedModel, topics: pa.Table) -> Spread:
    """How the documents of a run lie in a model's topics; `topics` is the run's table."""
    last = fitted.first_topic + fitted.model.n_topics_
    own = [row for row in topics.to_pylist() if fitted.first_topic <= row["topic"] <= last]
    total = sum(row["share"] for row in own) or 1.0
    shares = [round(row["share"] / total, 4) for row in own]
    documents = [row for row, language in enumerate(collection.languages) if language in fitted.languages]
    unseen, words = _unseen(collection, fitted, documents)
    return Spread(len(documents), shares[-1], unseen, tuple(shares[:-1]), words)


def _unseen(
    collection: Collection, fitted: FittedModel, documents: Sequence[int]
) -> tuple[float, dict[str, float]]:
    """The share of the words of documents that are no terms, and those of them that stand in many documents, with their share."""
    known = total = 0
    words: dict[str, float] = {}
    chosen = [documents[int(place)] for place in spread(len(documents), MOST_READ)] if documents else []
    for language, view in fitted.model.state_.views.items():
        texts = [collection.full_texts[row] for row in chosen if collection.languages[row] == language]
        counts, lemmas = view.lemmas_in(texts)
        total += int(counts.sum())
        terms = set(view.vocabulary.lemmas)
        known += int((counts @ np.array([lemma in terms for lemma in lemmas], dtype=np.float64)).sum())
        held = np.bincount(counts.indices, minlength=len(lemmas))
        least = max(LEAST_DOCUMENTS, LEAST_SHARE * len(texts))
        often = np.flatnonzero(held >= least).tolist()
        words |= {lemmas[j]: round(held[j] / len(texts), 4) for j in often if lemmas[j] not in terms}
    return (round(1.0 - known / total, 4) if total else 0.0), words


def told(fitted: FittedModel, now: Spread) -> str | None:
    """The sentences that a user of the model should read; None where it is not known what it was fitted on."""
    before = fitted.spread
    if before is None:
        return None
    return (
        f"{now.documents:,} documents in {', '.join(fitted.languages)}: {now.no_topic:.0%} in no topic, {before.no_topic:.0%} of "
        f"the {before.documents:,} of the run that fitted the model; {now.unseen:.0%} of their words it does not know "
        f"({before.unseen:.0%}). {' '.join(_changes(fitted, before, now))}"
    )


def _changes(fitted: FittedModel, before: Spread, now: Spread) -> Iterator[str]:
    labels = fitted.model.labels(
        fitted.languages[0] if fitted.languages[0] in fitted.model.state_.views else None
    )
    moved = _moved(before, now, np.array(before.topics), np.array(now.topics))
    for word, topics in (
        ("Grown", np.flatnonzero(moved > STANDARD_ERRORS)),
        ("Shrunk", np.flatnonzero(moved < -STANDARD_ERRORS)),
    ):
        ordered = topics[np.argsort(-np.abs(moved[topics]), kind="stable")]
        named = "; ".join(f"{labels[k]} {before.topics[k]:.0%} to {now.topics[k]:.0%}" for k in ordered)
        if named:
            yield f"{word}: {named}."
    if not (np.abs(moved) > STANDARD_ERRORS).any():
        yield "No topic has grown or shrunk more than by chance."
    new = _new(before, now)
    if new:
        named = ", ".join(f"{word} ({now.words[word]:.0%})" for word in new[:WORDS_NAMED])
        more = f" and {len(new) - WORDS_NAMED} more" if len(new) > WORDS_NAMED else ""
        yield f"New words, with the share of the documents: {named}{more}."


def _new(before: Spread, now: Spread) -> list[str]:
    """The words that stand in more documents than by chance, though those that were fitted had too few of them for a term."""
    words = sorted(set(now.words) - set(before.words), key=lambda word: (-now.words[word], word))
    most = (least_documents(before.documents) - 1) / max(before.documents, 1)
    grown = _moved(before, now, np.full(len(words), most), np.array([now.words[word] for word in words]))
    return [word for word, errors in zip(words, grown, strict=True) if errors > STANDARD_ERRORS]


def _moved(before: Spread, now: Spread, one: Floats, other: Floats) -> Floats:
    """By how many standard errors shares have grown from `one` to `other`, each document counted as independent of the others."""
    amount = before.documents + now.documents
    mean = (one * before.documents + other * now.documents) / max(amount, 1)
    error = np.sqrt(mean * (1.0 - mean) * (1.0 / max(before.documents, 1) + 1.0 / max(now.documents, 1)))
    moved: Floats = (other - one) / np.maximum(error, 1e-9)
    return moved

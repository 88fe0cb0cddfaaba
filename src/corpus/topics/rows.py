"""From fitted models to the rows of the topic tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.schemas import TABLES, TOPIC_TABLES
from corpus.topics.collection import Collection
from corpus.topics.counted import Counted, count_documents, with_residue
from corpus.topics.profiles import profile_rows
from corpus.topics.quality import doubts, kinds
from corpus.topics.representatives import most_typical
from corpus.topics.trends import trend_rows

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.fitted_model import FittedModel
    from corpus.topics.matrix import Floats

# Topics with a smaller weight in a document are left out of its rows, and the others scaled to sum to one.
LEAST_WEIGHT = 0.01
# Terms listed per topic and language.
TERMS_LISTED = 20
NO_TOPIC = "no topic"

Columns = dict[str, list[Any]]


def build_tables(collection: Collection, fitted: Sequence[FittedModel]) -> dict[str, pa.Table]:
    """The topic tables; empty, with their schemas, where there are no models."""
    lists: dict[str, Columns] = {
        name: {column.name: [] for column in TABLES[name].columns} for name in TOPIC_TABLES
    }
    for one in fitted:
        _add_model(lists, collection, one)
    _scale_shares(lists["topics"])
    return {name: _table(name, columns) for name, columns in lists.items()}


def _add_model(lists: Mapping[str, Columns], collection: Collection, fitted: FittedModel) -> None:
    model, first = fitted.model, fitted.first_topic
    counted = count_documents(collection, model, fitted.languages)
    _add_documents(lists["doc_topics"], collection, counted, first)
    paragraphs = _add_paragraphs(lists["paragraph_topics"], collection, fitted, counted)
    _add_topics(lists["topics"], fitted, counted, paragraphs)
    _add_terms(lists["topic_terms"], fitted)
    _extend(lists["topic_trends"], trend_rows(collection, counted, first))
    _extend(lists["topic_profiles"], profile_rows(collection, counted, model, first))
    _add_choices(lists["topic_choices"], fitted)


def _add_topics(columns: Columns, fitted: FittedModel, counted: Counted, paragraphs: Counter[int]) -> None:
    """The topics, the residue after them, and the groups above them after that."""
    model, first = fitted.model, fitted.first_topic
    language = fitted.languages[0] if fitted.languages[0] in model.state_.views else None
    state, residue = model.state_, model.n_topics_
    groups = fitted.groups(language)
    parent = {topic: residue + 1 + number for number, (own, _) in enumerate(groups) for topic in own}
    documents = Counter(counted.heaviest.tolist())
    shares = counted.weights.sum(axis=0)
    rows: list[tuple[Any, ...]] = []
    doubted = doubts(state, [documents[topic] for topic in range(residue)])
    named = zip(model.labels(language), kinds(state), doubted, strict=True)
    for topic, (label, kind, doubt) in enumerate(named):
        above = None if topic not in parent else first + parent[topic]
        stability = _known(state.stability, topic)
        measured = float(state.coherence[topic]), stability, float(state.exclusivity[topic])
        counts = paragraphs[topic], documents[topic], float(shares[topic])
        rows.append((first + topic, above, label, kind, doubt, *counts, *measured))
    counts = paragraphs[residue], documents[residue], float(shares[residue])
    rows.append((first + residue, None, NO_TOPIC, "residue", None, *counts, None, None, None))
    for number, (_, label) in enumerate(groups):
        above_all = first + residue + 1 + number
        rows.append((above_all, None, label, "topic", None, None, None, None, None, None, None))
    _extend(columns, rows)


def _add_documents(columns: Columns, collection: Collection, counted: Counted, first: int) -> None:
    for place, row in enumerate(counted.rows):
        own = counted.weights[place]
        ranked = np.argsort(-own, kind="stable")
        kept = [topic for rank, topic in enumerate(ranked) if rank == 0 or own[topic] >= LEAST_WEIGHT]
        total = float(own[kept].sum())
        _extend(
            columns,
            (
                (
                    collection.doc_ids[row],
                    first + int(topic),
                    round(float(own[topic]) / total, 6),
                    rank,
                    float(counted.confidence[place]),
                )
                for rank, topic in enumerate(kept)
            ),
        )


def _add_paragraphs(
    columns: Columns, collection: Collection, fitted: FittedModel, counted: Counted
) -> Counter[int]:
    """One row a paragraph: its heaviest topic; a paragraph without a known word has its document's."""
    place = {row: number for number, row in enumerate(counted.rows)}
    chosen = [p for p, row in enumerate(collection.paragraph_documents) if row in place]
    keys = [
        (collection.paragraph_texts[p], str(collection.languages[collection.paragraph_documents[p]]))
        for p in chosen
    ]
    distinct = sorted(set(keys))
    number = {key: n for n, key in enumerate(distinct)}
    topics, none, evidence = fitted.model.word_memberships(
        [text for text, _ in distinct], [language for _, language in distinct]
    )
    told = with_residue(topics, none)
    weights = np.zeros((len(chosen), fitted.model.n_topics_ + 1))
    for n, p in enumerate(chosen):
        known = evidence[number[keys[n]]] > 0
        inherited = counted.weights[place[collection.paragraph_documents[p]]]
        weights[n] = told[number[keys[n]]] if known else inherited
    best = weights.argmax(axis=1) if len(chosen) else np.zeros(0, dtype=np.int64)
    typical = most_typical(collection, chosen, weights, fitted.model)
    _extend(
        columns,
        (
            (
                collection.doc_ids[collection.paragraph_documents[p]],
                collection.paragraph_numbers[p],
                fitted.first_topic + int(best[n]),
                round(float(weights[n, best[n]]), 6),
                p in typical,
            )
            for n, p in enumerate(chosen)
        ),
    )
    return Counter(best.tolist())


def _add_terms(columns: Columns, fitted: FittedModel) -> None:
    model = fitted.model
    for language in model.state_.views:
        weight_of = model.term_weights_of(language)
        for topic, terms in enumerate(model.top_terms(TERMS_LISTED, language)):
            for rank, term in enumerate(terms):
                columns["topic"].append(fitted.first_topic + topic)
                columns["language"].append(language)
                columns["rank"].append(rank)
                columns["term"].append(term)
                columns["weight"].append(weight_of[topic][term])


def _add_choices(columns: Columns, fitted: FittedModel) -> None:
    """The curve of a model, or the one number that was asked for."""
    state = fitted.model.state_
    language = fitted.languages[0] if isinstance(fitted.model.language, str) else None
    if not state.choices:
        stability = _mean(state.stability)
        largest = float(state.shares.max())
        point = (language, len(state.shares), stability, float(state.coherence.mean()), largest, None, True)
        _extend(columns, [point])
    _extend(
        columns,
        (
            (
                language,
                choice.topics,
                choice.stability,
                choice.coherence,
                choice.largest_share,
                choice.score,
                choice.chosen,
            )
            for choice in state.choices
        ),
    )


def _known(values: Floats | None, topic: int) -> float | None:
    return None if values is None or np.isnan(values[topic]) else float(values[topic])


def _mean(values: Floats | None) -> float | None:
    return None if values is None or np.isnan(values).all() else float(np.nanmean(values))


def _extend(columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    """Append rows whose values stand in the order of the columns."""
    for row in rows:
        for name, value in zip(columns, row, strict=True):
            columns[name].append(value)


def _scale_shares(topics: Columns) -> None:
    total = sum(share for share in topics["share"] if share is not None)
    topics["share"] = [
        None if share is None else round(share / total, 6) if total else 0.0 for share in topics["share"]
    ]


def _table(name: str, columns: Columns) -> pa.Table:
    import pyarrow as pa

    table = TABLES[name]
    schema = table.arrow()
    keys = [columns[column] for column in table.sorted_by]
    count = len(keys[0])
    order = sorted(range(count), key=lambda row: tuple((key[row] is None, key[row]) for key in keys))
    arrays = [pa.array([columns[f.name][row] for row in order], type=f.type) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)

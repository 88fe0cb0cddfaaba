"""From fitted models to the rows of the six tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.schemas import TABLES
from corpus.topics.collection import Collection
from corpus.topics.hierarchy import parents
from corpus.topics.representatives import most_typical

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.topics.matrix import Floats
    from corpus.topics.tables import FittedModel

# Topics with a smaller weight in a document are left out of its rows, and the others scaled to sum to one.
LEAST_WEIGHT = 0.01
# Terms listed per topic and language.
TERMS_LISTED = 20
# Evidence (see `mixture.WORDS_HEARD`) at which a document has said enough to be sure of.
ENOUGH_EVIDENCE = 5.0

Columns = dict[str, list[Any]]


def build_tables(collection: Collection, fitted: Sequence[FittedModel]) -> dict[str, pa.Table]:
    """The six tables; empty, with their schemas, where there are no models."""
    lists: dict[str, Columns] = {
        name: {column.name: [] for column in TABLES[name].columns}
        for name in (
            "topics",
            "topic_terms",
            "doc_topics",
            "paragraph_topics",
            "topic_trends",
            "topic_choices",
        )
    }
    heaviest: dict[int, int] = {}
    for one in fitted:
        _add_model(lists, collection, one, heaviest)
    _scale_shares(lists["topics"])
    _add_trends(lists["topic_trends"], collection, heaviest)
    if fitted:
        _add_choices(lists["topic_choices"], fitted[0])
    return {name: _table(name, columns) for name, columns in lists.items()}


def _add_model(
    lists: Mapping[str, Columns],
    collection: Collection,
    fitted: FittedModel,
    heaviest: dict[int, int],
) -> None:
    model, first = fitted.model, fitted.first_topic
    documents = [
        row
        for row, language in enumerate(collection.languages)
        if language in fitted.languages and collection.full_texts[row]
    ]
    languages = [str(collection.languages[row]) for row in documents]
    weights, evidence = _document_weights(collection, fitted, documents, languages)
    own = {row: int(weights[place].argmax()) for place, row in enumerate(documents)}
    heaviest.update({row: first + topic for row, topic in own.items()})
    _add_documents(lists["doc_topics"], collection, documents, weights, evidence, first)
    paragraph_counts = _add_paragraphs(lists["paragraph_topics"], collection, fitted, documents, weights)
    document_counts = Counter(own.values())
    shares = weights.sum(axis=0) if len(documents) else np.zeros(model.n_topics_)
    above = parents(model.state_.fit.mixture.log_words, model.state_.shares)
    labels = (
        model.labels(fitted.languages[0]) if fitted.languages[0] in model.state_.views else model.labels()
    )
    topics = lists["topics"]
    for topic in range(model.n_topics_):
        parent = above[topic]
        topics["topic"].append(first + topic)
        topics["parent"].append(None if parent is None else first + parent)
        topics["label"].append(labels[topic])
        topics["paragraphs"].append(paragraph_counts[topic])
        topics["documents"].append(document_counts[topic])
        topics["share"].append(float(shares[topic]))
        topics["coherence"].append(float(model.state_.coherence[topic]))
        topics["stability"].append(
            None if model.state_.stability is None else float(model.state_.stability[topic])
        )
        topics["exclusivity"].append(float(model.state_.exclusivity[topic]))
    _add_terms(lists["topic_terms"], fitted)


def _document_weights(
    collection: Collection, fitted: FittedModel, documents: Sequence[int], languages: Sequence[str]
) -> tuple[Floats, Floats]:
    """Weights and evidence of documents, each distinct text worked out once."""
    keys = [
        (collection.full_texts[row], language) for row, language in zip(documents, languages, strict=True)
    ]
    distinct = sorted(set(keys))
    place = {key: number for number, key in enumerate(distinct)}
    texts, own = [text for text, _ in distinct], [language for _, language in distinct]
    weights = fitted.model.transform(texts, own)
    _, evidence = fitted.model.word_weights(texts, own)
    back = [place[key] for key in keys]
    return weights[back], evidence[back]


def _add_documents(
    columns: Columns,
    collection: Collection,
    documents: Sequence[int],
    weights: Floats,
    evidence: Floats,
    first: int,
) -> None:
    for place, row in enumerate(documents):
        own = weights[place]
        ranked = np.argsort(-own, kind="stable")
        kept = [topic for rank, topic in enumerate(ranked) if rank == 0 or own[topic] >= LEAST_WEIGHT]
        total = float(own[kept].sum())
        lead = float(own[ranked[0]] - (own[ranked[1]] if len(ranked) > 1 else 0.0))
        confidence = round(max(0.0, min(1.0, lead)) * min(1.0, float(evidence[place]) / ENOUGH_EVIDENCE), 6)
        for rank, topic in enumerate(kept):
            columns["doc_id"].append(collection.doc_ids[row])
            columns["topic"].append(first + int(topic))
            columns["weight"].append(round(float(own[topic]) / total, 6))
            columns["rank"].append(rank)
            columns["confidence"].append(confidence)


def _add_paragraphs(
    columns: Columns,
    collection: Collection,
    fitted: FittedModel,
    documents: Sequence[int],
    document_weights: Floats,
) -> Counter[int]:
    """One row a paragraph: its heaviest topic; a paragraph without a known word has its document's."""
    place = {row: number for number, row in enumerate(documents)}
    chosen = [p for p, row in enumerate(collection.paragraph_documents) if row in place]
    keys = [
        (collection.paragraph_texts[p], str(collection.languages[collection.paragraph_documents[p]]))
        for p in chosen
    ]
    distinct = sorted(set(keys))
    number = {key: n for n, key in enumerate(distinct)}
    weights, evidence = fitted.model.word_weights(
        [t for t, _ in distinct], [language for _, language in distinct]
    )
    own_weights = np.zeros((len(chosen), fitted.model.n_topics_))
    for n, p in enumerate(chosen):
        known = evidence[number[keys[n]]] > 0
        inherited = document_weights[place[collection.paragraph_documents[p]]]
        own_weights[n] = weights[number[keys[n]]] if known else inherited
    best = own_weights.argmax(axis=1) if len(chosen) else np.zeros(0, dtype=np.int64)
    typical = most_typical(collection, chosen, own_weights, fitted.model)
    for n, p in enumerate(chosen):
        columns["doc_id"].append(collection.doc_ids[collection.paragraph_documents[p]])
        columns["paragraph"].append(collection.paragraph_numbers[p])
        columns["topic"].append(fitted.first_topic + int(best[n]))
        columns["weight"].append(round(float(own_weights[n, best[n]]), 6))
        columns["representative"].append(p in typical)
    return Counter(int(topic) for topic in best)


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


def _add_trends(columns: Columns, collection: Collection, heaviest: Mapping[int, int]) -> None:
    documents: Counter[tuple[int, dt.date, str]] = Counter()
    distinct: Counter[tuple[int, dt.date, str]] = Counter()
    everything: dict[tuple[dt.date, str], int] = defaultdict(int)
    for row, topic in heaviest.items():
        month, language = collection.months[row], collection.languages[row]
        if month is None or language is None:
            continue
        documents[topic, month, language] += 1
        distinct[topic, month, language] += not collection.copies[row]
        everything[month, language] += 1
    for (topic, month, language), count in documents.items():
        columns["topic"].append(topic)
        columns["period"].append(month)
        columns["language"].append(language)
        columns["documents"].append(count)
        columns["distinct_documents"].append(distinct[topic, month, language])
        columns["share"].append(round(count / everything[month, language], 6))


def _add_choices(columns: Columns, fitted: FittedModel) -> None:
    """The curve of the first model (the language with most documents), or the one number that was asked for."""
    model = fitted.model
    if not model.state_.choices:
        stability = None if model.state_.stability is None else float(model.state_.stability.mean())
        points = [(model.n_topics_, stability, float(model.state_.coherence.mean()), True)]
    else:
        points = [
            (choice.topics, choice.stability, choice.coherence, choice.chosen)
            for choice in model.state_.choices
        ]
    for topics, stability, coherence, chosen in points:
        columns["topics"].append(topics)
        columns["stability"].append(stability)
        columns["coherence"].append(coherence)
        columns["chosen"].append(chosen)


def _scale_shares(topics: Columns) -> None:
    total = sum(topics["share"])
    topics["share"] = [round(share / total, 6) if total else 0.0 for share in topics["share"]]


def _table(name: str, columns: Columns) -> pa.Table:
    import pyarrow as pa

    table = TABLES[name]
    schema = table.arrow()
    keys = [columns[column] for column in table.sorted_by]
    count = len(keys[0])
    order = sorted(range(count), key=lambda row: tuple(key[row] for key in keys))
    arrays = [pa.array([columns[f.name][row] for row in order], type=f.type) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)

"""Class profiles as Reinert's method reads them: what a topic has more of than the rest, and what it has less of.

Chi-square of two by two counts of distinct documents (in the topic or not, with the term or value or not), one degree of
freedom, without correction, negative where the topic has less than expected (Reinert 1983).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.topics.counted import Counted

if TYPE_CHECKING:
    from corpus.topics.applied import AppliedModel
    from corpus.topics.collection import Collection
    from corpus.topics.matrix import Floats

# The usual bound of one degree of freedom at 5 %.
LEAST_CHI2 = 3.84
# Terms listed of a topic: those it has most more of, and most less of.
TERMS_MORE, TERMS_LESS = 40, 15
# Values of a variable listed in a corpus: the most frequent.
MOST_VALUES = 50
# A value of fewer documents says nothing of a topic.
LEAST_DOCUMENTS = 5
CONFIDENCE = 0.95
# What the columns of the tables are called; a variable of the user's with such a name is written with "own " before it.
TAKEN = ("term", "outlet", "language", "year")

Row = tuple[int, str, str, float, int, int, float | None, float | None, float | None]


def profile_rows(
    collection: Collection, counted: Counted, model: AppliedModel, first_topic: int
) -> Iterator[Row]:
    """topic, variable, value, chi2, in_topic, elsewhere, prevalence, prevalence_low, prevalence_high."""
    originals = [place for place, row in enumerate(counted.rows) if not collection.copies[row]]
    if not originals:
        return
    rows = [counted.rows[place] for place in originals]
    weights, heaviest = counted.weights[originals], counted.heaviest[originals]
    member = np.eye(weights.shape[1])[heaviest]
    texts = [collection.full_texts[row] for row in rows]
    languages = [counted.languages[place] for place in originals]
    yield from _terms(model, texts, languages, member, first_topic)
    for variable, values in _variables(collection, rows, languages):
        yield from value_rows(variable, values, weights, member, first_topic)


def chi_square(in_topic: Floats, topic: Floats, everywhere: Floats, total: float) -> Floats:
    """Signed chi-square: in_topic (topics, items), documents of each topic and with each item, all documents."""
    expected = np.outer(topic, everywhere) / total
    spread = expected * np.outer(1.0 - topic / total, 1.0 - everywhere / total)
    difference = in_topic - expected
    return np.sign(difference) * difference**2 / np.maximum(spread, 1e-12)


def _terms(
    model: AppliedModel, texts: Sequence[str], languages: Sequence[str], member: Floats, first_topic: int
) -> Iterator[Row]:
    held, written = model.presence(texts, languages)
    everywhere = np.asarray(held.sum(axis=0)).ravel()
    in_topic = np.ascontiguousarray((held.T @ member).T)
    # A topic in one language is compared with the documents of that language: `held` has rows of one language here or
    # columns of several, whose documents in other languages have none of them.
    chi2 = chi_square(in_topic, member.sum(axis=0), everywhere, float(len(texts)))
    for topic in range(member.shape[1]):
        order = np.argsort(-np.round(chi2[topic], 6), kind="stable")
        seen: set[str] = set()
        for term in [*order[:TERMS_MORE], *order[::-1][:TERMS_LESS]]:
            value = float(chi2[topic, term])
            if abs(value) < LEAST_CHI2 or written[term] in seen:
                continue
            seen.add(written[term])
            inside = int(in_topic[topic, term])
            outside = int(everywhere[term]) - inside
            yield (
                first_topic + topic,
                "term",
                written[term],
                round(value, 4),
                inside,
                outside,
                None,
                None,
                None,
            )


def _variables(
    collection: Collection, rows: Sequence[int], languages: Sequence[str]
) -> Iterator[tuple[str, list[str | None]]]:
    yield "outlet", [collection.outlets[row] for row in rows]
    yield "language", list(languages)
    periods = [collection.periods[row] for row in rows]
    yield "year", [None if period is None else f"{period.first_day.year:04}" for period in periods]
    for name, values in collection.variables.items():
        yield f"own {name}" if name in TAKEN else name, [values[row] for row in rows]


def value_rows(
    variable: str, values: Sequence[str | None], weights: Floats, member: Floats, first_topic: int
) -> Iterator[Row]:
    """The rows of one variable: `values`, `weights` (documents, topics) and `member`, 1 at the heaviest, of distinct documents.

    A variable with one value tells no topic from another and is left out. The interval is that of a mean of independent
    documents, by Student's t.
    """
    known = np.array([value is not None for value in values])
    counts = {value: values.count(value) for value in set(values) if value is not None}
    listed = sorted(
        (value for value in counts if counts[value] >= LEAST_DOCUMENTS),
        key=lambda value: (-counts[value], value),
    )[:MOST_VALUES]
    if len(counts) < 2:
        return
    topic = member[known].sum(axis=0)
    for value in listed:
        have = np.array([own == value for own in values])
        in_topic = member[have].sum(axis=0)
        everywhere = np.array([float(counts[value])])
        chi2 = chi_square(in_topic[:, None], topic, everywhere, float(known.sum()))[:, 0]
        mean = weights[have].mean(axis=0)
        margin = _student(counts[value]) * weights[have].std(axis=0, ddof=1) / np.sqrt(counts[value])
        for number in range(len(topic)):
            yield (
                first_topic + number,
                variable,
                value,
                round(float(chi2[number]), 4),
                int(in_topic[number]),
                int(counts[value] - in_topic[number]),
                round(float(mean[number]), 6),
                round(max(0.0, float(mean[number] - margin[number])), 6),
                round(min(1.0, float(mean[number] + margin[number])), 6),
            )


@cache
def _student(documents: int) -> float:
    """How many standard errors either way hold the mean of so many documents with CONFIDENCE."""
    from scipy.special import stdtrit  # scipy.stats, which asks it, takes longer to load than a table to fill

    return float(stdtrit(documents - 1, (1.0 + CONFIDENCE) / 2.0))

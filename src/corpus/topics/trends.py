"""The course of topics over time: documents and weights by month, months without a document included."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.topics.counted import Counted

if TYPE_CHECKING:
    from corpus.topics.collection import Collection

# Rows of zeros are written between the first and the last month of a language, if that is no longer than this: one wrong date
# must not make a million rows.
MOST_MONTHS = 600

Row = tuple[int, dt.date, str, str, int, int, float, float]


def trend_rows(collection: Collection, counted: Counted, first_topic: int) -> Iterator[Row]:
    """topic, period, precision, language, documents, distinct_documents, weight, share.

    A document without a date is not counted.
    """
    topics = counted.weights.shape[1]
    groups: dict[tuple[str, str, dt.date], list[int]] = defaultdict(list)
    for place, row in enumerate(counted.rows):
        period = collection.periods[row]
        if period is not None:
            groups[counted.languages[place], period.precision, period.first_day].append(place)
    for language, precision in sorted({(language, precision) for language, precision, _ in groups}):
        days = sorted(day for own, kind, day in groups if (own, kind) == (language, precision))
        for day in _every_month(days) if precision == "month" else days:
            places = groups.get((language, precision, day), [])
            documents = Counter(int(counted.heaviest[place]) for place in places)
            originals = [place for place in places if not collection.copies[counted.rows[place]]]
            distinct = Counter(int(counted.heaviest[place]) for place in originals)
            weights = counted.weights[places].sum(axis=0) if places else [0.0] * topics
            for topic in range(topics):
                share = documents[topic] / len(places) if places else 0.0
                yield (
                    first_topic + topic,
                    day,
                    precision,
                    language,
                    documents[topic],
                    distinct[topic],
                    round(float(weights[topic]), 6),
                    round(share, 6),
                )


def _every_month(days: Sequence[dt.date]) -> list[dt.date]:
    first, last = days[0].year * 12 + days[0].month - 1, days[-1].year * 12 + days[-1].month - 1
    if last - first >= MOST_MONTHS:
        return list(days)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]

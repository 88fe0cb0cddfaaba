"""What machines tell one another in an export that was pasted as text is none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean.furniture import article_rules
from corpus.clean.machine import FIELD_RULE, machine_lines

TEXTS = [
    "Un pont rouvre à Niort après deux ans de travaux",
    "La ville a payé douze millions d'euros pour ses arches.",
]


@pytest.mark.parametrize(
    "line",
    [
        "2009-08-25 17:01:06",
        "2026-10-05T06:44:25+00:00",
        "Tue, 22 Sep 2026 07:30:08 +0200",
        "a677efae4fa4fd54",
        'url: "https://exemple.fr/pont",',
        '"publishedAt": "2026-03-12T09:00:00.000Z",',
        'lang: "fr",',
        "draft: false",
    ],
)
def test_a_machines_values_go_from_between_the_texts(line: str) -> None:
    lines = [TEXTS[0], line, "2009-08-25 17:01:07", "https://exemple.fr/pont", TEXTS[1]]
    found = [verdict.rule for verdict in article_rules(lines)]
    assert found == [None, FIELD_RULE, FIELD_RULE, FIELD_RULE, None]


@pytest.mark.parametrize(
    "line",
    [
        "www.exemple.fr",
        "https://exemple.fr/pont",
        "2025",
        "1,7 milliard",
        "Niort : 12",
        "true",
        "log_on = on",
    ],
)
def test_one_line_that_may_be_the_articles_stays(line: str) -> None:
    assert machine_lines([TEXTS[0], line, TEXTS[1]]) == []


@given(st.lists(st.text(alphabet='ab1 :-"T/h.,fals', max_size=40), max_size=12))
def test_places_are_in_order_and_of_the_text(lines: list[str]) -> None:
    found = machine_lines(lines)
    assert found == sorted(set(found))
    assert all(0 <= i < len(lines) for i in found)

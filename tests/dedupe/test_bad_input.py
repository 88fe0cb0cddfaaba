"""Input that no one would write: bounded time and offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe import explain, find_repeats, find_repeats_within
from tests.clock import bounded
from tests.dedupe.corpus_tables import brief, table

ODD = {
    "nothing": "",
    "spaces": " \u00a0\n\t ",
    "a word": "Oui",
    "one letter": "a" * 1_000_000,
    "one letter apart": "a " * 300_000,
    "signs": "%€$ " * 20_000,
    "digits": "1 000 " * 20_000,
    "dashes": "-" * 100_000 + "5",
    "no spaces": "我们需要更多的电力" * 5_000,
    "emoji": "👩‍👩‍👧‍👦🚀 " * 5_000,
    "right to left": "الذكاء الاصطناعي يغيّر العالم، " * 2_000,
    "marks": "e\u0301\u0323\u0300" * 50_000,
    "control": "\x00\x1f\x7f\ufeff\u202e" * 2_000,
    "long": " ".join(f"mot{i % 9973} et {i}" for i in range(120_000)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_takes_bounded_time(name: str) -> None:
    text = ODD[name]
    with bounded(20):
        within = list(find_repeats_within([text, "Un mot.", text + " Fin.", text]))
        repeats = find_repeats(table({"a": [text], "b": ["Un mot.", text], "c": [text + " 12"]}))
    for one in within:
        assert 0 <= one.start <= one.end <= len(text) + 5
    if any(c.isalnum() for c in text):
        assert ("b", 1) in {row[:2] for row in brief(repeats)}


def test_a_hundred_thousand_equal_paragraphs() -> None:
    with bounded(30):
        repeats = find_repeats(
            table({f"{i:05d}": ["Tous droits réservés à la gazette."] * 10 for i in range(10_000)})
        )
    assert len(repeats) == 99_999
    assert set(repeats["of_doc_id"].to_pylist()) == {"00000"}


def test_thousands_of_paragraphs_that_differ_in_a_number_stay_apart_in_linear_time() -> None:
    text = "Lors de la séance du jour, le conseil a entendu le rapport numéro {} sur la qualité des eaux de la vallée."
    with bounded(20):
        repeats = find_repeats(table({f"{i:05d}": [text.format(i)] for i in range(5_000)}))
    assert {row[2] for row in brief(repeats)} == {"variant"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5), st.sampled_from(["fr", "en", "xx"]))
def test_any_text_is_taken(texts: list[str], language: str) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    doubled = [*texts, *texts, " ".join(texts * 2)]
    for one in find_repeats_within(doubled, language):
        assert 0 <= one.start <= one.end <= len(doubled[one.paragraph])
    find_repeats(table({"a": texts, "b": doubled}, language=language))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_segments_make_up_both_texts(text: str, of_text: str) -> None:
    at, of_at = 0, 0
    for segment in explain(text, of_text):
        assert (segment.start, segment.of_start) == (at, of_at)
        at, of_at = segment.end, segment.of_end
    if explain(text, of_text):
        assert (at, of_at) == (len(text), len(of_text))

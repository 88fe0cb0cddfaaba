"""What holds for every text: spans lie in it, in order; the answer is the same each time; time is linear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.metadata import read_metadata
from corpus.records import InputDocument
from tests.clock import bounded
from tests.metadata.reading import BODY, TITLE, read_lines, read_text

PIECES = [
    "Par ", "Jeanne Roche", "Publié le ", "10 févr.", "10 février 2025", "29 février 2023",
    "à 18h02", " | ", " - ", "\n", "\n\n",
    "Mis à jour le ", "31/04/2025", "2024-02", "date ", "Titre : ", "Date : ", "AFP", "avec ", "et ", "2 min de lecture",
    "• ", "(", ")",
    "\u00a0", "\u202f", 
    "@jroche", "x@y.fr", "https://a.b/2024/02/30/", "PARIS, ", "—", BODY, TITLE, "Von ", "Di ", "03/04/2025", "İ", "ß", "\x00",
]  # fmt: skip

texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def check(text: str, language: str | None) -> None:
    document = InputDocument("a.txt", "text", "text", text)
    found = read_metadata(document, text, language)
    end = 0
    for span in found.spans:
        assert end <= span.start < span.end <= len(text)
        assert span.rule
        end = span.end
    if found.published is not None:
        assert (found.published.date is None) == (found.published.precision is None)
        assert found.published.date is not None or found.published.text
    assert all(author.strip() == author != "" for author in found.authors)
    assert found == read_metadata(document, text, language)


@given(texts, st.sampled_from(["fr", "en", None]))
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_the_text(text: str, language: str | None) -> None:
    check(text, language)


@pytest.mark.slow
@given(texts, st.sampled_from(["fr", "en", None]))
@settings(max_examples=4_000, deadline=None)
def test_spans_lie_in_the_text_many(text: str, language: str | None) -> None:
    check(text, language)


html_pieces = st.sampled_from(
    ["<p class='byline'>", "</p>", "<time datetime='", "2024-07-18", "'>", "</time>", "<meta name='date' content='",
     "<script type='application/ld+json'>",
     '{"@type":"Article","datePublished":', '"2024-07-18"', "}", "[", "]", "</script>", "<h1>", "</h1>", "Par Jeanne Roche",
     "<link rel='canonical' href='",
     "https://exemple.fr/2024/02/31/", "<title>", "</title>", "é", "\x00", "<", "&#0;", "<html lang='", "<!--"]
)  # fmt: skip
pages = st.lists(html_pieces, max_size=30).map("".join)


def check_page(html: str) -> None:
    document = InputDocument("a.html", "html", "html", html)
    assert read_metadata(document, BODY) == read_metadata(document, BODY)


@given(pages)
@settings(max_examples=100, deadline=None)
def test_any_markup_is_read(html: str) -> None:
    check_page(html)


@pytest.mark.slow
@given(pages)
@settings(max_examples=4_000, deadline=None)
def test_any_markup_is_read_many(html: str) -> None:
    check_page(html)


@given(st.integers(0, 20))
@settings(max_examples=10, deadline=None)
def test_white_space_before_moves_the_spans_only(count: int) -> None:
    line = f"{TITLE}\nPublié le 10 février 2025\n\n{BODY}"
    plain, moved = read_text(line), read_text("\n" * count + line)
    assert [span.start + count for span in plain.spans] == [span.start for span in moved.spans]
    assert plain.published == moved.published


@pytest.mark.parametrize(
    "unit",
    [
        "Par ",
        "Jeanne Roche, ",
        "10 février ",
        "1/",
        "- ",
        "publié ",
        "le ",
        "(a",
        "\u00a0",
        "lundi ",
        "2024-",
        "date ",
        "@",
        "à ",
        "10 ",
        ". ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    for text in (unit * 100_000, (unit * 8 + "\n") * 20_000, unit * 30):
        with bounded(2):
            read_lines(text)

"""Whatever a file holds, reading it gives documents and problems: never an exception, a hang or a document without text."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.readers import FORMATS
from tests.clock import bounded

from .reader_mutations import Change, changes, faults, items_of, mutated
from .reader_samples import all_samples, fixture
from .reading import documents, read

SAMPLES = all_samples()
RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large]


def test_the_samples_cover_every_reader() -> None:
    from corpus.readers.inputs import from_bytes, head_of
    from corpus.readers.registry import format_of

    assert {format_of(head_of(from_bytes(data, name, name))).name for name, data in SAMPLES.items()} == set(
        FORMATS
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_read_the_same_twice(name: str) -> None:
    assert documents(items_of(SAMPLES[name], name))
    assert items_of(SAMPLES[name], name) == items_of(SAMPLES[name], name)
    assert not list(faults(SAMPLES[name], name))


@settings(max_examples=400, deadline=None, suppress_health_check=RELAXED)
@given(st.sampled_from(sorted(SAMPLES)), changes())
def test_broken_samples(name: str, steps: list[Change]) -> None:
    assert not list(faults(mutated(SAMPLES[name], steps), name))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=500),
    st.sampled_from(["x", "x.txt", "x.html", "x.jsonl", "x.json", "x.csv", "x.md", "x.zip", "x.gz"]),
)
def test_random_bytes(data: bytes, name: str) -> None:
    assert not list(faults(data, name))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_cut_of_a_small_sample(name: str) -> None:
    data = SAMPLES[name]
    for cut in range(0, len(data), max(1, len(data) // 25)):
        assert not list(faults(data[:cut], name)), cut


HOSTILE = {
    "deep.html": b"<html><body>" + b"<div>" * 200_000,
    "attributes.html": b"<html><body><p " + b"a=b " * 200_000,
    "open.html": b"<" * 500_000,
    "comments.html": b"<!--" * 200_000,
    "deep.xml": b"<rss><channel>" + b"<item>" * 100_000,
    "entities.xml": b"<rss><channel><item><description>" + b"&lt;p " * 100_000,
    "ampersands.xml": b"<rss><channel><item><description>" + b"&a" * 200_000,
    "quotes.csv": b'titre;texte\n"' + b'""\n"' * 100_000,
    "odd.csv": b"titre;texte\n" + b'a;"b\n' * 50_000,
    "columns.csv": b"texte;" * 100_000,
    "array.json": b'[{"text": "' + b"x" * 900_000,
    "brackets.json": b"[" * 500_000,
    "lines.jsonl": b"{\n" * 200_000,
    "articles.html": b"<style>.DocPublicationName .titreArticleVisu</style>" * 2 + b"<article>" * 20_000,
    "articles2.html": b"<html>.DocPublicationName .titreArticleVisu"
    + b"<article><span class='DocHeader'>" * 10_000,
    "table.html": b"<html>.DocPublicationName .titreArticleVisu"
    + b"<span class=DocPublicationName>" * 10_000,
    "factiva.html": b"<div class='article frArticle'>" * 10_000,
    "matter.md": b"---\n" + b"a: b\n" * 100_000,
    "stars.md": b"# T\n" + b"**" * 200_000 + b"[" * 100_000,
    "nexis.txt": b"1 of 2 DOCUMENTS\n\nLENGTH: 3 words\n\n" * 10_000,
    "braces.rtf": b"{\\rtf1 " + b"{" * 200_000,
    "controls.rtf": b"{\\rtf1 " + b"\\par" * 100_000,
    "header.warc": b"WARC/1.0\r\n" * 50_000,
    "spaces.txt": b" " * 900_000 + b"x",
    "bytes.txt": b"\xe9\xc3" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_bounded_time(name: str) -> None:
    with bounded(10):
        items = read(HOSTILE[name], name)
    assert items


@pytest.mark.slow
def test_large_press_exports_take_linear_time() -> None:
    article = fixture("europresse-2024.html").decode()
    start, end = article.index("<article>"), article.rindex("</article>") + len("</article>")
    taken = []
    for times in (50, 500):
        page = article[:start] + article[start:end] * times + article[end:]
        begin = time.process_time()
        assert len(documents(read(page, "a.html"))) == 2 * times
        taken.append(time.process_time() - begin)
    assert taken[1] < 30 * taken[0]


@pytest.mark.slow
def test_a_page_of_fifty_megabytes_is_read_in_bounded_time() -> None:
    page = "<html><body>" + "<p>Un paragraphe sur les puces de Vannes.</p>\n" * 1_050_000 + "</body></html>"
    with bounded(20):
        (item,) = read(page[:49_900_000] + "</body></html>", "a.html")
    assert item.source == "a.html"
    records = json.dumps([{"text": "x" * 1000}] * 20_000)
    with bounded(20):
        items = read(records, "a.json")
    assert len(documents(items)) == 20_000

"""Feeds, web archives, ZIP, gzip and PDF: their parts, their bounds, and what hostile ones do."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
import zlib
from dataclasses import replace

import pytest

from corpus.readers import ReadOptions
from corpus.records import Published

from .reader_samples import PAGE, TEXT, fixture, jsonl, pdf, warc_record, warc_records, zipped
from .reading import documents, fault, one, problems, read

SMALL = ReadOptions(max_archive_bytes=3_000_000, max_archive_members=20, max_document_bytes=1_000_000)


def test_rss_entries_become_texts() -> None:
    items = read(fixture("rss.xml"), "rss")
    first, third = documents(items)
    assert (first.source, first.format, first.markup) == ("rss#0", "feed", "text")
    assert first.content == "Le budget est voté : 3 millions.\n\nIl est maigre."
    assert (first.title, first.site, first.url) == (
        "Un budget & des puces",
        "La Gazette des puces",
        "https://gazette.example/1",
    )
    assert (first.authors, first.input_id, first.language) == (("Ana Roux",), "g-1", "fr")
    assert first.published == Published(
        dt.date(2025, 2, 10), "day", "metadata", "Mon, 10 Feb 2025 23:30:00 +0100"
    )
    assert (third.source, third.content) == ("rss#2", "Un texte bref.")
    assert [(item.source, item.kind) for item in problems(items)] == [("rss#1", "empty")]


def test_atom_entries_become_texts() -> None:
    document = one(fixture("atom.xml"), "atom.html")
    assert (document.title, document.content) == (
        "Neige & serveurs",
        "La piscine est chaude.\n\nLe lac aussi.",
    )
    assert (document.url, document.authors, document.language) == (
        "https://c.example/neige",
        ("Paul Ney",),
        "fr",
    )
    assert document.published is not None
    assert document.published.date == dt.date(2025, 3, 4)


def test_a_feed_with_expanding_entities_is_harmless() -> None:
    bombs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    item = "<item><title>t</title><description>Un &e11; mot.</description></item>"
    feed = f"<?xml version='1.0'?><!DOCTYPE rss [{bombs}]><rss><channel>{item}</channel></rss>"
    assert sum(len(item.content) for item in documents(read(feed, "a.xml"))) < 1000


def test_half_a_surrogate_pair_in_xml_is_replaced() -> None:
    entry = "<item><title>t</title><description>a&#xD800;b &#99999999999; &#233;</description></item>"
    feed = f"<rss><channel>{entry}</channel></rss>"
    assert one(feed, "a.xml").content == "a\ufffdb \ufffd é"


def test_a_feed_cut_off_keeps_its_entries() -> None:
    data = fixture("rss.xml")
    items = read(data[: data.index(b"Sans corps")], "a.xml")
    assert [item.title for item in documents(items)] == ["Un budget & des puces"]
    assert next((item.kind, item.recovered) for item in problems(items)) == ("feed", True)


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive(packed: bool) -> None:
    records = warc_records()
    data = b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)
    items = read(data, "crawl")
    first, second, third = documents(items)
    assert (first.source, first.format, first.markup) == ("crawl#0", "warc", "html")
    assert (first.content, first.url) == ("<html><body><p>Un été.</p></body></html>", "https://a.example/1")
    assert (second.content, second.url) == (PAGE, "https://a.example/2")
    assert third.content == "<p>un</p>"
    assert not problems(items)


def test_a_record_cut_off_is_read_and_reported() -> None:
    first, second = warc_record(PAGE.encode()), warc_record(PAGE.encode(), "https://a.example/2")
    items = read(first + second[:-60], "a.warc")
    assert [item.url for item in documents(items)] == ["https://a.example/1", "https://a.example/2"]
    assert [(item.source, item.kind, item.recovered) for item in problems(items)] == [
        ("a.warc#1", "truncated", True)
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_record_costs_no_neighbour(packed: bool) -> None:
    records = [
        warc_record(f"<html><body><p>Page {n}</p></body></html>".encode(), f"https://a.example/{n}")
        for n in range(4)
    ]
    parts = [gzip.compress(record, mtime=0) if packed else record for record in records]
    parts[1] = parts[1][:30] + b"garbage" + parts[1][37:] if packed else b"garbage\r\n" * 5 + b"\r\n\r\n"
    items = read(b"".join(parts), "a.warc")
    assert [item.url for item in documents(items)] == [
        "https://a.example/0",
        "https://a.example/2",
        "https://a.example/3",
    ]
    assert {item.kind for item in problems(items)} == {"warc"}


def test_a_record_that_claims_too_much_does_not_swallow_the_next() -> None:
    first = warc_record(b"<p>un</p>", "https://a.example/1").replace(
        b"Content-Length: ", b"Content-Length: 9"
    )
    items = read(
        first
        + warc_record(b"<p>deux</p>", "https://a.example/2")
        + warc_record(b"<p>trois</p>", "https://a.example/3"),
        "a.warc",
    )
    assert [item.content for item in documents(items)] == ["<p>un</p>", "<p>deux</p>", "<p>trois</p>"]
    assert next(item.kind for item in problems(items)) == "warc"


def test_members_of_an_archive_are_read_in_the_order_of_their_names() -> None:
    inner = zipped({"note.txt": TEXT.encode()})
    items = read(
        zipped(
            {
                "b/page.html": PAGE.encode(),
                "a.jsonl": jsonl(),
                "b/c.zip": inner,
                ".cache/x": b"x",
                "__MACOSX/y": b"y",
            }
        ),
        "all.zip",
    )
    assert [item.source for item in items] == [
        "all.zip/a.jsonl#0",
        "all.zip/a.jsonl#1",
        "all.zip/a.jsonl#2",
        "all.zip/b/c.zip/note.txt",
        "all.zip/b/page.html",
    ]


def test_no_member_escapes() -> None:
    names = ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt", ""]
    items = read(zipped({**dict.fromkeys(names, b"non"), "ok.txt": b"oui"}), "a.zip")
    assert [item.content for item in documents(items)] == ["oui"]
    assert [item.kind for item in problems(items)] == ["unsafe_path"] * len(names)


def test_archives_nested_too_deeply_are_named() -> None:
    data = zipped({"x.txt": b"x"})
    for _ in range(4):
        data = zipped({"in.zip": data, "frere.txt": b"lu"})
    items = read(data, "a.zip")
    assert [item.source for item in documents(items)] == ["a.zip/frere.txt", "a.zip/in.zip/frere.txt"]
    assert [(item.source, item.kind) for item in problems(items)] == [("a.zip/in.zip/in.zip", "too_deep")]


def test_bombs_are_stopped_and_their_neighbours_read() -> None:
    items = read(
        zipped({"a.txt": b"avant", "bombe.txt": b"0" * 2_500_000, "c.txt": "après".encode()}), "a.zip", SMALL
    )
    assert [item.content for item in documents(items)] == ["avant", "après"]
    assert [(item.source, item.kind) for item in problems(items)] == [("a.zip/bombe.txt", "archive_ratio")]


def test_the_sum_of_an_archive_is_bounded() -> None:
    import random

    noise = random.Random(1)
    members = {f"{n}.txt": bytes(noise.choices(b"abcdefgh \n", k=900_000)) for n in range(6)}
    items = read(zipped(members), "a.zip", SMALL)
    assert len(documents(items)) == 3
    assert [item.kind for item in problems(items)] == ["archive_too_large"]


def test_an_archive_of_too_many_members_is_refused() -> None:
    assert fault(zipped({f"{n}.txt": b"x" for n in range(30)}), "a.zip", SMALL).kind == "too_many_members"


def test_an_archive_whose_directory_lies_about_sizes_is_bounded() -> None:
    data = bytearray(zipped({"a.txt": b"0" * 900_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert not documents(read(bytes(data), "a.zip", ReadOptions(max_archive_bytes=1000)))


def test_encrypted_and_damaged_members_cost_only_themselves() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(zipfile.ZipInfo(name), name * 20)
    data = bytearray(out.getvalue())
    at = data.find(b"b.txtb.txt")
    data[at + 10] ^= 0xFF
    items = read(bytes(data), "a.zip")
    assert [item.source for item in documents(items)] == ["a.zip/a.txt", "a.zip/c.txt"]
    assert [item.kind for item in problems(items)] == ["zip"]


def test_a_sidecar_inside_an_archive_is_no_document() -> None:
    members = {
        "a.html": PAGE.encode(),
        "a.html.json": b'{"url": "https://a.example"}',
        "b.html": PAGE.encode(),
        "b.html.json": b"{",
    }
    items = read(zipped(members), "a.zip")
    assert [item.source for item in items] == ["a.zip/a.html", "a.zip/b.html", "a.zip/b.html"]
    assert [item.url for item in documents(items)] == ["https://a.example", None]
    assert [(item.kind, item.recovered) for item in problems(items)] == [("sidecar", True)]


def test_names_inside_an_old_archive_are_decoded() -> None:
    data = zipped({"xxxx.txt": b"un"}).replace(b"xxxx.txt", "été_.txt".encode("cp850"))
    assert [item.source for item in read(data, "a.zip")] == ["a.zip/été_.txt"]


def test_a_gzip_file_is_read_through_and_bounded() -> None:
    assert [item.source for item in documents(read(gzip.compress(jsonl()), "l.jsonl.gz"))] == [
        "l.jsonl.gz#0",
        "l.jsonl.gz#1",
        "l.jsonl.gz#2",
    ]
    assert one(gzip.compress(PAGE.encode()), "p.html.gz").format == "html"
    bomb = gzip.compress((b'{"text": "x", "pad": "' + b"y" * 1000 + b'"}\n') * 4000)
    items = read(bomb, "b.jsonl.gz", replace(SMALL, max_archive_ratio=1_000))
    assert problems(items)[-1].kind == "archive_too_large"
    million = read(gzip.compress(b"{}\n" * 1_000_000), "empty.jsonl.gz")
    assert problems(million)[-1].kind == "archive_ratio"
    assert len(million) < 400_000
    half = gzip.compress(jsonl([{"text": f"texte {number}"} for number in range(5000)]))
    items = read(half[: len(half) // 2], "b.jsonl.gz")
    assert documents(items)
    assert problems(items)[-1].kind in ("gzip", "json")


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    document = one(pdf(), "report")
    assert document.content.split("\n\n") == [
        "Un budget maigre",
        "Le budget des puces est voté depuis hier soir par une majorité courte, et peut-être provisoire, de la chambre"
        " des comptes de la région.",
        "L’opposition parle de 3 millions d’euros jetés au vent et au large de Vannes.",
        "Une suite est attendue en mars.",
    ]
    assert document.metadata == {"pages": 3, "page_furniture": ["La Gazette des puces", "1", "2", "3"]}


def test_a_scan_is_a_problem() -> None:
    scan = fault(pdf([[], []]), "scan.pdf")
    assert (scan.kind, "OCR" in scan.message) == ("scanned", True)
    assert fault(pdf()[:300], "cut.pdf").kind in ("pdf", "scanned")


def test_a_zlib_stream_is_no_gzip_file() -> None:
    assert fault(zlib.compress(b"x" * 1000) + bytes(100), "x.gz").kind == "binary"

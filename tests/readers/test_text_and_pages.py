"""Plain text, Markdown and HTML: decoding, recognition, sidecars, broken files."""

from __future__ import annotations

import datetime as dt
import json
import tracemalloc
from pathlib import Path

import pytest

from corpus.readers import ReadOptions, read_file
from corpus.readers.decode import decode
from corpus.readers.formats.html import is_truncated
from corpus.records import Published

from .reader_samples import MARKDOWN, PAGE, TEXT, XHTML
from .reading import documents, fault, one, problems, read, read_folder, write

PROSE = "L’été à Sète : « œuvre » d’Élise, 12 € — déjà."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    assert one(PROSE.encode(encoding)).content == PROSE


def test_old_macintosh_and_dos_files_are_told_from_windows_ones() -> None:
    prose = "Les élèves ont déjà été reçus à la fête, où l'on a gelé : quel été !"
    assert one(prose.encode("mac_roman")).content == prose
    assert one(prose.encode("cp850")).content == prose


def test_a_language_of_another_script_is_left_to_detection() -> None:
    prose = (
        "Правительство объявило о новых инвестициях в искусственный интеллект и центры обработки данных. "
        * 20
    )
    assert one(prose.encode("cp1251")).content == prose


def test_a_stray_byte_is_repaired_and_reported() -> None:
    items = read("déjà vu, ".encode() * 20 + b"caf\xe9 au lait")
    assert documents(items)[0].content.endswith("café au lait")
    (problem,) = problems(items)
    assert (problem.kind, problem.recovered) == ("encoding", True)


def test_a_page_is_read_in_the_charset_it_declares_unless_it_is_utf8() -> None:
    assert one(XHTML.encode("latin-1")).content == XHTML
    assert one(XHTML.encode("utf-8")).content == XHTML
    greek = '<html><head><meta charset="iso-8859-7"></head><body><p>Ελλάδα</p></body></html>'
    assert one(greek.encode("iso-8859-7")).content == greek


def test_a_declared_codec_that_is_no_charset_is_not_used() -> None:
    for label in ("rot13", "unicode_escape", "idna", "zip", "nonsense"):
        page = f'<html><head><meta charset="{label}"></head><body><p>\\u0041 été</p></body></html>'
        assert one(page).content == page


def test_the_charset_of_the_header_wins_over_the_guess() -> None:
    data = "Привет".encode("koi8-r")
    assert decode(data, "koi8-r").text == "Привет"


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.md.bak", "page", "page.csv"])
def test_a_page_is_recognised_by_its_content(name: str) -> None:
    document = one(PAGE, name)
    assert (document.format, document.markup, document.content) == ("html", "html", PAGE)


def test_a_name_cannot_make_a_page_of_text() -> None:
    assert one(TEXT, "text.html").format == "text"
    assert one("Le signe < se lit « plus petit ». Si a < b et b > c, alors rien.", "x.html").format == "text"


def test_markdown_front_matter_is_metadata() -> None:
    document = one(MARKDOWN, "note.md")
    assert (document.format, document.markup) == ("markdown", "markdown")
    assert document.content.startswith("# Des serveurs sous la neige")
    assert (document.title, document.authors) == ("Des serveurs sous la neige", ("Ana Roux", "Paul Ney"))
    assert document.published == Published(dt.date(2025, 1, 14), "day", "metadata", "2025-01-14")
    assert document.url == "https://blog.example/neige"
    assert document.metadata == {"tags": ["climat", "serveurs"]}


def test_markdown_is_recognised_without_its_name_and_text_is_not_taken_for_it() -> None:
    assert one("# Titre\n\nUn **mot** et [un lien](https://a.example/).\n", "note").format == "markdown"
    links = "La jeune pousse [Orvale](https://a.example/o) a vu [Brune](https://a.example/b) partir.\n"
    assert one(links, "note").format == "markdown"
    assert (
        one("Un **mot** gras.\n\nOrvale\n======\n\nElle lève deux millions.\n", "note").format == "markdown"
    )
    assert one("Un **mot** gras, et une seule fois [ici](https://a.example/).\n", "note").format == "markdown"
    assert one("Voir [1] et (https://a.example/), puis ---- et encore.\n> cité\n", "note").format == "text"
    assert one("#IA\n\nUn mot.\n* une étoile\n", "note.txt").format == "text"
    rule = one("---\nTexte entre tirets : rien de plus.\n---\n", "note.md")
    assert rule.content.startswith("---")


@pytest.mark.parametrize("data", [b"", b" \n\t \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_a_problem(data: bytes) -> None:
    assert fault(data, "vide.txt").kind == "empty"


def test_a_stray_null_does_not_make_a_note_binary() -> None:
    assert one(b"Le lac\x00 a perdu deux m\xc3\xa8tres.", "note.txt").content.startswith("Le lac")
    assert fault(b"\x00\x01\x02abc", "note.txt").kind == "binary"


def test_binary_junk_is_named() -> None:
    assert fault(bytes(range(256)) * 40, "notes.txt").kind == "binary"
    png = fault(b"\x89PNG\r\n\x1a\n" + bytes(200), "notes.txt")
    assert (png.kind, "PNG" in png.message) == ("unknown_format", True)
    assert "7-Zip" in fault(b"7z\xbc\xaf\x27\x1c" + bytes(200), "a.zip").message


def test_formats_that_nothing_reads_are_named() -> None:
    from .reader_samples import zipped

    sitemap = '<?xml version="1.0"?><urlset xmlns="x"><url><loc>https://a.example</loc></url></urlset>'
    assert "<urlset>" in fault(sitemap, "sitemap.xml").message
    mhtml = 'From: <Saved by B>\nSubject: Été\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html"\n\n--x\n'
    assert fault(mhtml, "page.mhtml").kind == "empty"
    assert fault(zipped({"ppt/presentation.xml": b"<x/>"}), "a.pptx").kind == "empty"
    assert (
        "OpenDocument"
        in fault(zipped({"META-INF/manifest.xml": b"<x/>", "content.xml": b"<x/>"}), "a.odt").message
    )


@pytest.mark.parametrize("cut", [100, 150, 200, 250, 300])
def test_a_page_cut_in_the_middle_is_read_and_reported(cut: int) -> None:
    items = read(PAGE[:cut], "page.html")
    assert documents(items)[0].content == PAGE[:cut]
    assert [(problem.kind, problem.recovered) for problem in problems(items)] == [("truncated", True)]


def test_whole_pages_and_fragments_are_not_called_truncated() -> None:
    assert not is_truncated(PAGE)
    assert not is_truncated("<p>Un paragraphe.</p>\n<p>Un autre.")
    assert not is_truncated("<div><ul><li>un<li>deux</ul></div>\n")
    assert is_truncated("<div><p>Un paragraphe qui s’arr")
    assert is_truncated("<p>Un lien <a href='https://a.ex")


def test_a_sidecar_fills_what_the_page_does_not_say(tmp_path: Path) -> None:
    fields = {
        "url": "https://a.example/1",
        "date": "2025-02-03",
        "title": "Titre",
        "fetched": "2025-03-01T10:00:00",
        "listed_in": "u",
    }
    write(
        tmp_path,
        {
            "a.html": PAGE,
            "a.html.json": json.dumps(fields),
            "b.txt": TEXT,
            "b.txt.json": "{broken",
            "c.json": '{"text": "x"}',
        },
    )
    items = read_folder(tmp_path)
    assert [item.source for item in items] == ["a.html", "b.txt", "b.txt", "c.json"]
    page = documents(items)[0]
    assert (page.url, page.title) == ("https://a.example/1", "Titre")
    assert page.published == Published(dt.date(2025, 2, 3), "day", "sidecar", "2025-02-03")
    assert page.metadata == {"listed_in": "u"}
    assert [(problem.kind, problem.recovered) for problem in problems(items)] == [("sidecar", True)]


def test_when_a_page_was_fetched_changes_nothing(tmp_path: Path) -> None:
    first = write(
        tmp_path / "1",
        {"a.html": PAGE, "a.html.json": '{"url": "https://a.example", "fetched": "2025-01-01"}'},
    )
    second = write(
        tmp_path / "2",
        {"a.html": PAGE, "a.html.json": '{"url": "https://a.example", "fetched": "2026-01-01"}'},
    )
    assert read_folder(first) == read_folder(second)


def test_a_charset_in_the_sidecar_is_used(tmp_path: Path) -> None:
    page = "<html><body><p>Ελλάδα και Κύπρος</p></body></html>"
    write(tmp_path, {"a.html": page.encode("iso-8859-7"), "a.html.json": '{"charset": "ISO-8859-7"}'})
    assert documents(read_folder(tmp_path))[0].content == page


def test_a_file_above_the_bound_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as stream:
        for _ in range(200):
            stream.write(b"x" * 1_000_000)
    tracemalloc.start()
    items = list(read_file(path, "line.txt"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.kind for item in problems(items)] == ["too_large"]
    assert "max_document_bytes" in problems(items)[0].message
    assert peak < 20_000_000


def test_the_bound_can_be_raised() -> None:
    text = "Un mot. " * 100
    assert fault(text, options=ReadOptions(max_document_bytes=500)).kind == "too_large"
    assert one(text, options=ReadOptions(max_document_bytes=1000)).content == text


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    assert [item.kind for item in problems(list(read_file(tmp_path / "no", "no")))] == ["missing"]
    assert [item.kind for item in problems(list(read_file(tmp_path, "folder")))] == ["not_a_file"]

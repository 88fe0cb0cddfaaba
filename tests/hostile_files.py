"""Hostile files of more than forty kinds: what breaks parsers, eats memory or time, or names what is not there.

The same numbers give the same bytes. The first of each kind is larger than the others; with CORPUS_TEST_LARGE=300 it has
megabytes, or unpacks to hundreds.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.readers.reader_mutations import TOKENS
from tests.readers.reader_samples import all_samples, docx, epub, odt, pptx, warc_records, xlsx, zipped

Maker = Callable[[random.Random, int], bytes]
"""Bytes from chances and a size: 1 for a small file, LARGE for a large one (with 300, megabytes)."""
LARGE = int(os.environ.get("CORPUS_TEST_LARGE", "10"))
OF_MANY = frozenset(
    {"odd_lines", "fields_of_fields", "torn_csv", "mailbox", "warc_lengths", "odd_names", "press", "feeds"}
)
"""Kinds whose large one is a tenth as large: each line or member of theirs may be a document of its own."""
OOXML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ANSI = (
    "\x1b]0;titre\x07",
    "\x1b[2J",
    "\x1b[31m",
    "\u202e",
    "\u2066",
    "\u200f",
    "\x9b",
    "[bold red]",
    "\x08" * 9,
)
FORMULAS = ("=1+cmd|'/C calc'!A0", "@SUM(1+1)", "+2-3", '=HYPERLINK("http://x.example","x")', "-1+1")


def noise(chance: random.Random, length: int) -> bytes:
    return chance.randbytes(length)


def letters(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyzé' -", k=length))


def mutated(names: tuple[str, ...]) -> Maker:
    """Samples of those names with tokens thrown in, pieces cut out and doubled."""

    def make(chance: random.Random, size: int) -> bytes:
        data = all_samples()[chance.choice(names)]
        for _ in range(chance.randint(2, 12) + size // 30):
            at = chance.randrange(len(data) + 1)
            end = min(len(data), at + chance.randint(0, 300))
            middle = chance.choice((b"", data[at:end] * 2, chance.choice(TOKENS), noise(chance, 9)))
            data = data[:at] + middle + data[end:]
        return data

    return make


def empty(chance: random.Random, size: int) -> bytes:
    return bytes(chance.choices(b" \t\r\n\x0b\x0c\x00", k=chance.randrange(50) * size))


def invalid_utf8(chance: random.Random, size: int) -> bytes:
    return b"".join(
        chance.choice((b"\xc3", b"\xff\xfe", b"\xed\xa0\x80", b"\xf8\x88", b" mot ", b"\n"))
        for _ in range(400 * size)
    )


def half_utf16(chance: random.Random, size: int) -> bytes:
    text = letters(chance, 300 * size).encode(chance.choice(("utf-16-le", "utf-16-be", "utf-32-le")))
    return chance.choice((b"", b"\xff\xfe", b"\xfe\xff")) + text[chance.randrange(3) :]


def one_word(chance: random.Random, size: int) -> bytes:
    return chance.choice(("a", "é", "1", "1 ", "€ ", "A.", "l'", "«")).encode() * (5_000 * size)


def endless_numbers(chance: random.Random, size: int) -> bytes:
    parts = (
        "1 000 000 ",
        "12/12/",
        "3,5 % ",
        "10.000,00",
        "mars ",
        "2024-",
        "M€ ",
        "milliards de ",
        "de 1 à 2 ",
    )
    return "".join(chance.choices(parts, k=600 * size)).encode()


def quotes(chance: random.Random, size: int) -> bytes:
    return "".join(chance.choices("«»“”\"'‘’()[]{}—–-….!?", k=2_000 * size)).encode()


def marks_on_marks(chance: random.Random, size: int) -> bytes:
    return "".join(
        "e" + "".join(chance.choices("\u0301\u0489\u20dd\u0338", k=60)) for _ in range(60 * size)
    ).encode()


def escapes(chance: random.Random, size: int) -> bytes:
    return "\n".join(
        chance.choice(ANSI) + letters(chance, 40) + chance.choice(FORMULAS) for _ in range(30 * size)
    ).encode("utf-8", "surrogatepass")


def capitals(chance: random.Random, size: int) -> bytes:
    def word() -> str:
        return letters(chance, 4).strip(" -'").capitalize() + chance.choice((" ", " & ", "-", " de ", "’"))

    return "".join(word() for _ in range(800 * size)).encode()


def deep_html(chance: random.Random, size: int) -> bytes:
    tag = chance.choice(("div", "b", "table><tr><td", "ul><li", "blockquote", "font", "svg", "template"))
    return f"<html><body>{f'<{tag}>' * (700 * size)}fin".encode()


def attributes(chance: random.Random, size: int) -> bytes:
    pairs = " ".join(f"a{n}='{letters(chance, 5)}'" for n in range(600 * size))
    return f"<html><body><p {pairs}>mot</p></body></html>".encode()


def references(chance: random.Random, size: int) -> bytes:
    words = ("&#xD800;", "&#0;", "&amp;", "&#1114112;", "&nbsp", "&" * 30, "&lt;p&gt;", "&#x80;", "&nulle;")
    return b"<html><body><p>" + "".join(chance.choices(words, k=700 * size)).encode()


def unclosed(chance: random.Random, size: int) -> bytes:
    parts = (
        "<!--",
        "<![CDATA[",
        "<script>",
        "<style>",
        "<textarea>",
        "</",
        "<?",
        "<title>",
        "<p",
        "'",
        '"',
        ">",
    )
    return b"<html>" + "".join(chance.choices(parts, k=1_500 * size)).encode()


def tables(chance: random.Random, size: int) -> bytes:
    cell = f"<td colspan={chance.choice((1, 9999999, -1))}>{letters(chance, 3)}"
    return f"<html><table>{('<tr>' + cell * 40) * (30 * size)}".encode()


def boxes(chance: random.Random, size: int) -> bytes:
    menu = "<ul>" + "<li><a href='x'>lien</a></li>" * 20 + "</ul>"
    return f"<html><body>{(menu + '<p>' + letters(chance, 9)) * (30 * size)}".encode()


def laughs(chance: random.Random, size: int) -> bytes:
    steps = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(8 + size % 20))
    return f"<!DOCTYPE r [<!ENTITY e0 'ha'>{steps}]><rss><channel><item><title>&e8;</title></item></channel></rss>".encode()


def quadratic(chance: random.Random, size: int) -> bytes:
    return (
        f"<!DOCTYPE r [<!ENTITY a '{'x' * 3_000 * size}'>]><rss><channel><item><description>{'&a;' * 3_000}"
        "</description></item></channel></rss>"
    ).encode()


def outside(chance: random.Random, size: int) -> bytes:
    place = chance.choice(("file:///etc/passwd", "http://127.0.0.1:9/x", "file:///dev/zero", "../../secret"))
    return (
        f"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY % p SYSTEM '{place}'><!ENTITY x SYSTEM '{place}'> %p;]>"
        f"<rss><channel>{'<item><title>&x;</title></item>' * size}</channel></rss>"
    ).encode()


def deep_json(chance: random.Random, size: int) -> bytes:
    return chance.choice((b"[", b'{"a":', b'[{"text":')) * (3_000 * size)


def odd_lines(chance: random.Random, size: int) -> bytes:
    values = (
        "NaN",
        "1e999",
        "-0",
        '"\\ud800"',
        '"\\u0000"',
        "null",
        "[]",
        "9" * 5_000,
        '{"text": {"text": 1}}',
        '"',
    )
    names = ("text", "date", "id", "title")

    def pairs() -> str:
        return ", ".join(f'"{chance.choice(names)}": {chance.choice(values)}' for _ in range(4))

    return "\n".join("{" + pairs() + "}" for _ in range(30 * size)).encode()


def torn_csv(chance: random.Random, size: int) -> bytes:
    parts = ('"', '""', ";", ",", "\t", "\n", "\r", '\n"', "a", "é" * 9, "\x00", "texte;date\n")
    return b"titre;texte\n" + "".join(chance.choices(parts, k=1_500 * size)).encode()


def wide_csv(chance: random.Random, size: int) -> bytes:
    row = ";".join(chance.choice(("texte", "x", "", *FORMULAS)) for _ in range(500 * size))
    return f"{row}\n{row}\n".encode()


def one_field(chance: random.Random, size: int) -> bytes:
    return b'titre;texte\na;"' + letters(chance, 9).encode() * (3_000 * size)


def gzip_bomb(chance: random.Random, size: int) -> bytes:
    data = gzip.compress(chance.choice((b"\x00", b"a", b"{}\n", b"<p>")) * (1_000_000 * size), mtime=0)
    for _ in range(chance.randrange(3)):
        data = gzip.compress(data, mtime=0)
    return data[: len(data) - chance.choice((0, 0, 4, 9))]


def zip_bomb(chance: random.Random, size: int) -> bytes:
    data = zipped({f"{n}.txt": b"mot " * (100_000 * size) for n in range(chance.randint(1, 4))})
    for _ in range(chance.randrange(3)):
        data = zipped({f"{n}.zip": data for n in range(3)})
    return data


def odd_names(chance: random.Random, size: int) -> bytes:
    names = (
        "../../x.txt",
        "/etc/x.txt",
        "a\\b.txt",
        "C:\\x.txt",
        "\u202etxt.exe",
        "x" * 300,
        "a.txt",
        "a.txt",
        ".",
        "",
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that names stand there twice is the point
        for n in range(3 * size):
            archive.writestr(zipfile.ZipInfo(chance.choice(names)), noise(chance, 9) if n % 2 else b"")
    return out.getvalue()


def torn_zip(chance: random.Random, size: int) -> bytes:
    data = bytearray(zipped({f"{n}.html": b"<p>mot</p>" * 30 for n in range(3 * size)}))
    for _ in range(30):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randint(len(data) // 2, len(data))])


def office_bomb(chance: random.Random, size: int) -> bytes:
    word = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    body = chance.choice(
        (word * (9_000 * size), "<w:tbl><w:tr><w:tc>" * (300 * size), "<w:p>" * (900 * size))
    )
    return zipped({"word/document.xml": f"<w:document xmlns:w='{OOXML}'><w:body>{body}".encode()})


def office_outside(chance: random.Random, size: int) -> bytes:
    head = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y '&x;&x;'>]>"
    return zipped(
        {
            "word/document.xml": f"{head}<w:document xmlns:w='{OOXML}'><w:p><w:t>{'&y;' * size}</w:t></w:p></w:document>".encode()
        }
    )


def torn_office(chance: random.Random, size: int) -> bytes:
    data = chance.choice((docx(["mot"] * size), xlsx(), odt(), epub(), pptx()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    members[name] = chance.choice(
        (b"", noise(chance, 200), members[name][: len(members[name]) // 2], b"<a>" * 5_000 * size)
    )
    return zipped(members)


def sheet_bomb(chance: random.Random, size: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in sorted(members) if "sheet" in name and "worksheets" in name)
    place, value = chance.choice(("A1", "XFD1", "ZZZZZ9")), chance.choice(("0", "99999", "-1"))
    row = f"<row r='{chance.choice((1, 1048576, -3))}'><c r='{place}' t='s'><v>{value}</v></c></row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members[sheet] = (
        f"<worksheet xmlns='{space}'><sheetData>{row * (900 * size)}</sheetData></worksheet>".encode()
    )
    return zipped(members)


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            root,
            len(out),
        )
    )


def round_pdf(chance: random.Random, size: int) -> bytes:
    kids = chance.choice((b"[2 0 R]", b"[2 0 R 2 0 R]", b"[3 0 R]", b"[1 0 R]"))
    pages = b"<</Type/Pages/Kids %s/Count %d/Parent 2 0 R>>" % (kids, chance.choice((1, -1, 10**9)))
    return pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 3 0 R/Contents 3 0 R>>"]
        + [pages] * size
    )


def pdf_bomb(chance: random.Random, size: int) -> bytes:
    drawn = chance.choice((b"(a) Tj ", b"q ", b"BT /F1 9 Tf (mot) Tj ET ", b"/X Do ", b"0 0 m 1 1 l S "))
    stream = zlib.compress(drawn * (20_000 * size))
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            b"/Resources<</XObject<</X 4 0 R>>/Font<</F1 5 0 R>>>>>>",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
            % (len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def many_pages(chance: random.Random, size: int) -> bytes:
    count = 60 * size
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 800]>>" % chance.choice((600, 0, -5, 10**8))
    return pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)]
        + [page] * count
    )


def rtf(chance: random.Random, size: int) -> bytes:
    parts = (
        b"{",
        b"}",
        b"\\par ",
        b"\\bin9999999 ",
        b"\\u-99999?",
        b"\\'zz",
        b"\\*",
        b"{\\fonttbl",
        b"\\pict ",
        b"mot ",
    )
    return b"{\\rtf1 " + b"".join(chance.choices(parts, k=2_000 * size))


def parquet_tail(chance: random.Random, size: int) -> bytes:
    data = bytearray(all_samples()["list.parquet"])
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(4, len(data) - 4)] = chance.randrange(256)
    if chance.random() < 0.3:
        data[-8:-4] = struct.pack("<I", chance.choice((0, 2**31, len(data) * 9)))
    return bytes(data) + b"PAR1" * (size - 1)


def warc_lengths(chance: random.Random, size: int) -> bytes:
    records = []
    for record in chance.choices(warc_records(), k=5 * size):
        record = record.replace(
            b"Content-Length: ", b"Content-Length: " + chance.choice((b"-", b"9", b"", b"1e9 ", b"0x")), 1
        )
        records.append(record[: chance.randint(0, len(record))] if chance.random() < 0.4 else record)
    return b"".join(records)


def mail_in_mail(chance: random.Random, size: int) -> bytes:
    head = (
        b"From: a@x.example\r\nSubject: =?utf-8?b?////?=\r\nDate: Thu, 99 May 2024\r\nMIME-Version: 1.0\r\n"
    )
    kind = chance.choice(
        (b"multipart/mixed; boundary=%s", b"message/rfc822; x=%s", b"multipart/alternative; boundary=%s")
    )
    parts = [head]
    for _ in range(60 * size):
        mark = noise(chance, 3).hex().encode()
        parts += [b"Content-Type: ", kind % mark, b"\r\n\r\n--", mark, b"\r\n"]
    return b"".join(parts)


def mailbox(chance: random.Random, size: int) -> bytes:
    lines = (
        b"From a@x.example Thu May  9 07:00:00 2024\n",
        b"From: x\n",
        b"Subject: y\n",
        b"\n",
        b"Content-Type: text/html; charset=nulle\n",
        b"=C3=A9=\n",
    )
    return lines[0] + b"".join(chance.choices(lines, k=300 * size))


def fields_of_fields(chance: random.Random, size: int) -> bytes:
    rows = [
        {"text": letters(chance, 50), "date": chance.choice(("9999-99-99", "0000-00-00", "-1", "12/13/14/15", "1e9")),
         "url": chance.choice(("javascript:alert(1)", "http://[", "//x", "http://x.example/" + "a" * 5_000)),
         chance.choice(("a\x00b", "\u202e", "a" * 3_000, " ", "constructor")): chance.choice(("", [], {}, [[[]]], 10**40))}
        for _ in range(20 * size)
    ]  # fmt: skip
    return "\n".join(json.dumps(row) for row in rows).encode()


KINDS: dict[str, tuple[str, Maker]] = {
    "empty": ("txt", empty),
    "noise": ("txt", lambda chance, size: noise(chance, 500 * size)),
    "noise_page": ("html", lambda chance, size: b"<html>" + noise(chance, 500 * size)),
    "invalid_utf8": ("txt", invalid_utf8),
    "half_utf16": ("txt", half_utf16),
    "one_word": ("txt", one_word),
    "endless_numbers": ("txt", endless_numbers),
    "quotes": ("txt", quotes),
    "marks_on_marks": ("txt", marks_on_marks),
    "escapes": ("txt", escapes),
    "capitals": ("txt", capitals),
    "deep_html": ("html", deep_html),
    "attributes": ("html", attributes),
    "references": ("html", references),
    "unclosed": ("html", unclosed),
    "tables": ("html", tables),
    "boxes": ("html", boxes),
    "laughs": ("xml", laughs),
    "quadratic": ("xml", quadratic),
    "outside": ("xml", outside),
    "deep_json": ("json", deep_json),
    "odd_lines": ("jsonl", odd_lines),
    "fields_of_fields": ("jsonl", fields_of_fields),
    "torn_csv": ("csv", torn_csv),
    "wide_csv": ("csv", wide_csv),
    "one_field": ("csv", one_field),
    "gzip_bomb": ("jsonl.gz", gzip_bomb),
    "zip_bomb": ("zip", zip_bomb),
    "odd_names": ("zip", odd_names),
    "torn_zip": ("zip", torn_zip),
    "office_bomb": ("docx", office_bomb),
    "office_outside": ("docx", office_outside),
    "torn_office": ("xlsx", torn_office),
    "sheet_bomb": ("xlsx", sheet_bomb),
    "round_pdf": ("pdf", round_pdf),
    "pdf_bomb": ("pdf", pdf_bomb),
    "many_pages": ("pdf", many_pages),
    "rtf": ("rtf", rtf),
    "parquet_tail": ("parquet", parquet_tail),
    "warc_lengths": ("warc", warc_lengths),
    "mail_in_mail": ("eml", mail_in_mail),
    "mailbox": ("mbox", mailbox),
    "press": (
        "html",
        mutated(("europresse.html", "europresse-2015.html", "factiva.html", "europresse.pdf", "nexis.docx")),
    ),
    "feeds": ("xml", mutated(("rss.xml", "atom.xml", "factiva.xml"))),
}
ODD_NAMES = (
    "\u202egnp.{}",
    "a\nb {}.txt",
    "é" * 100 + "{}",
    "=cmd{}",
    "[red]{}",
    "\x1b[2J{}",
    "#{}",
    "%41{}",
    " {} ",
    "-{}",
)


def write_hostile(folder: Path, each: int) -> Iterator[tuple[str, Path]]:
    """Write `each` files of every kind below `folder`; the kind and the path of each, as it is written."""
    for kind, (suffix, make) in KINDS.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for number in range(each):
            large = LARGE // 10 if kind in OF_MANY else LARGE
            data = make(random.Random(f"{kind} {number}"), 1 if number else large)
            path = folder / kind / f"{number:03}.{suffix}"
            path.write_bytes(data)
            yield kind, path
    yield from _write_odd_entries(folder / "odd_entries", each)


def _write_odd_entries(folder: Path, each: int) -> Iterator[tuple[str, Path]]:
    """Things of odd names, and such as are no files at all."""
    folder.mkdir()
    for number in range(each):
        path = folder / ODD_NAMES[number % len(ODD_NAMES)].format(number)
        if number % 5 == 0:
            os.symlink(("loop", "/etc/passwd", "../..", "nowhere")[number % 4], folder / f"{number}.link")
            path = folder / f"{number}.link"
        elif number % 5 == 1:
            os.mkfifo(path)
        else:
            path.write_bytes(b"" if number % 5 == 2 else noise(random.Random(number), 90))
        yield "odd_entries", path

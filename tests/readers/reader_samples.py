"""Small files of every format, written here: the readers' tests and their fuzzing start from these."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>L’usine de calcul de Brive</title></head>
<body><header><nav><a href="/">Accueil</a></nav></header>
<article><h1>L’usine de calcul de Brive</h1>
<p>La société Corail Calcul investira 40 millions d’euros à Brive d’ici à 2027.</p>
<p>Le maire y voit « une chance », l’opposition un pari coûteux.</p></article>
</body></html>
"""

XHTML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Été</title></head>
<body><div><p>L'été des données a commencé à Sète.</p></div></body></html>
"""

TEXT = """La région mise sur les puces

Trois laboratoires de Grenoble se partagent 12 millions d’euros. L’État en promet autant.

« Nous y croyons », dit la directrice.
"""

MARKDOWN = """---
title: "Des serveurs sous la neige"
author: [Ana Roux, Paul Ney]
date: 2025-01-14
url: https://blog.example/neige
tags:
  - climat
  - serveurs
---
# Des serveurs sous la neige

Le **centre** de [Briançon](https://blog.example/b) chauffe la piscine.
"""

RECORDS = [
    {
        "id": 7,
        "text": "Un texte sur les puces.",
        "title": "Puces",
        "published": "2025-02-03",
        "authors": ["Ana Roux"],
        "lang": "fr",
    },
    {
        "id": 8,
        "text": "Un autre, plus court.",
        "url": "https://a.example/8",
        "site": "a.example",
        "theme": {"a": [1, None]},
    },
    {"id": 9, "html": "<p>En <b>HTML</b>.</p>", "language": "fr-FR", "published": "mars 2024"},
]
TRAFILATURA = {
    "title": "Un budget pour les puces",
    "author": "Ana Roux; Paul Ney",
    "hostname": "gazette.example",
    "date": "2024-11-05",
    "fingerprint": "1f2e",
    "id": None,
    "license": None,
    "comments": "",
    "raw_text": "Le budget est voté. Il est maigre.",
    "text": "Le budget est voté.\nIl est maigre.",
    "language": "fr",
    "image": None,
    "pagetype": "article",
    "filedate": "2025-01-01",
    "source": "https://gazette.example/budget",
    "source-hostname": "La Gazette",
    "excerpt": "Le budget",
    "categories": "",
    "tags": "puces",
}

CSV = """Titre;Texte;Date;Auteur;Rubrique
Puces;"Un texte sur
deux lignes; avec un point-virgule.";2025-02-03;Ana Roux;Économie
Neige;"Un texte ""simple"".";13/02/2025;Paul Ney;Climat
"""

NEXIS_LINES = [
    "Date and Time: Friday, 5. July 2019 09:31:00 CEST",
    "Documents (2)",
    "1. Chips by the sea",
    "Client/Matter: -None-",
    "2. Les puces",
    "",
    "Chips by the sea",
    "The Harbour Post(London)",
    "July 1, 2019 Monday 9:20 AM GMT",
    "",
    "Copyright 2019 Harbour Ltd All Rights Reserved",
    "Section:\u00a0POLITICS; Version:28",
    "Length:\u00a0355 words",
    "Byline:\u00a0Zoe Black (now), Ann Grey in Leith",
    "Body",
    "",
    "The plant opens in May.",
    "It cost 40 million euros.",
    "Load-Date:\u00a0July 2, 2019",
    "End of Document",
    "",
    "Les puces",
    "La Dépêche de l’Ouest",
    "mardi 2 juillet 2019",
    "Longueur:\u00a0120 mots",
    "Corps",
    "Le site ouvre.",
    "Fin du document",
]

PDF_PAGES = [
    [
        (72, 780, 9, "La Gazette des puces"),
        (72, 740, 18, "Un budget maigre"),
        (72, 700, 11, "Le budget des puces est vot\u00e9 depuis hier soir par une ma-"),
        (72, 686, 11, "jorit\u00e9 courte, et peut-"),
        (72, 672, 11, "\u00eatre provisoire, de la chambre des comptes de la r\u00e9gion."),
        (72, 644, 11, "L\u2019opposition parle de 3 millions d\u2019euros jet\u00e9s au vent et au"),
        (300, 30, 9, "1"),
    ],
    [
        (72, 780, 9, "La Gazette des puces"),
        (72, 740, 11, "large de Vannes."),
        (300, 30, 9, "2"),
    ],
    [
        (72, 780, 9, "La Gazette des puces"),
        (72, 740, 11, "Une suite est attendue en mars."),
        (300, 30, 9, "3"),
    ],
]


def fixture(name: str) -> bytes:
    """A file of tests/readers/fixtures."""
    return (FIXTURES / name).read_bytes()


def jsonl(records: Iterable[object] = RECORDS) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist(
            [{"Texte": "Un texte.", "Titre": "T", "jour": 3}, {"Texte": "Deux.", "Titre": None, "jour": 4}]
        ),
        out,
    )
    return out.getvalue()


def xlsx() -> bytes:
    import datetime as dt

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Export du 3 mars"],
        ["Titre", "Texte", "Date"],
        ["A", "Un texte.", dt.datetime(2025, 2, 3)],
        [],
        ["B", "Deux.", "mars 2024"],
    ):
        sheet.append(row)
    book.create_sheet("Notes").append(["rien", "ici"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx(lines: Iterable[str]) -> bytes:
    from xml.sax.saxutils import escape

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    return zipped(
        {"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()}
    )


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def warc_record(
    body: bytes,
    url: str = "https://a.example/1",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=iso-8859-1",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(body)}>\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc_records() -> list[bytes]:
    return [
        warc_record("<html><body><p>Un été.</p></body></html>".encode("latin-1")),
        warc_record(b"gone", status="404 Not Found"),
        warc_record(b"{}", headers="Content-Type: application/json"),
        warc_record(
            gzip.compress(PAGE.encode(), mtime=0),
            "https://a.example/2",
            headers="Content-Type: text/html\r\nContent-Encoding: gzip",
        ),
        warc_record(
            b"5\r\n<p>un\r\n4\r\n</p>\r\n0\r\n\r\n",
            "https://a.example/3",
            headers="Content-Type: text/html\r\nTransfer-Encoding: chunked",
        ),
    ]


def pdf(pages: Iterable[Iterable[tuple[float, float, float, str]]] = PDF_PAGES) -> bytes:
    """A PDF with one font, each line at its place (x, y, size, text)."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids: list[str] = []
    for page in pages:
        lines = []
        for x, y, size, text in page:
            words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            lines.append(f"BT /F1 {size} Tf {x} {y} Td (".encode() + words + b") Tj ET")
        stream = b"\n".join(lines)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
        content = len(objects)
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {content} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


EUROPRESSE_PDF = [
    [
        (72, 780, 12, "Documents sauvegard\u00e9s"),
        (72, 760, 10, "2 documents"),
    ],
    [
        (72, 780, 10, "Le Courrier de Vannes"),
        (72, 766, 10, "\u00c9conomie, mercredi 11 septembre 2024 134 mots, p. 11"),
        (72, 730, 20, "Des puces \u00e0 Vannes"),
        (72, 700, 10, "Ana Roux"),
        (72, 670, 10, "L\u2019usine de puces de Vannes ouvrira en mai avec deux cents person-"),
        (72, 658, 10, "nes, dit le maire de la ville ce mercredi devant la presse r\u00e9unie l\u00e0."),
        (72, 634, 10, "Elle co\u00fbte 40 millions d\u2019euros."),
        (72, 600, 8, "\u00a9 2024 Le Courrier. Tous droits r\u00e9serv\u00e9s."),
        (72, 580, 8, "Le pr\u00e9sent document est prot\u00e9g\u00e9 par les lois."),
        (72, 560, 8, "news\u00b720240911\u00b7CV\u00b70123"),
    ],
    [
        (72, 780, 10, "Le Soir de Dole (site web)"),
        (72, 766, 10, "jeudi 12 septembre 2024 20 mots"),
        (72, 730, 20, "Suite"),
        (72, 700, 10, "Le chantier commence demain matin, annonce la mairie de Dole."),
        (72, 560, 8, "news\u00b720240912\u00b7SDW\u00b7x9"),
    ],
]


MAIL = (
    "Return-Path: <lettre@phare.example>\r\n"
    "From: =?utf-8?q?Le_Phare_=C3=A9co?= <lettre@phare.example>\r\n"
    "To: lecteur@a.example\r\n"
    "Subject: =?utf-8?b?TGUgYmFjIHJlcHJlbmQgbGEgbWVyIMOpdMOp?=\r\n"
    "Date: Thu, 9 May 2024 07:00:00 +0200\r\n"
    "Message-ID: <12@phare.example>\r\n"
    "List-Unsubscribe: <mailto:non@phare.example>\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="B1"\r\n'
    "\r\n--B1\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "La version simple.\r\n"
    "\r\n--B1\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<html><body><p>Voir dans le navigateur</p><table><tr><td><h1>Le bac</h1>\r\n"
    "<p>Le bac reprend la mer apr=C3=A8s trois mois d=E2=80=99arr=C3=AAt.</p>\r\n"
    "<p>La r=C3=A9gion a pay=C3=A9 2 millions d=E2=80=99euros.</p></td></tr></table>\r\n"
    "<p>Vous recevez cette lettre car vous =C3=AAtes abonn=C3=A9. <a href=3D'#'>Se d=C3=A9sabonner</a></p>\r\n"
    "<p>Le Phare, 2 quai du Port, Brest</p></body></html>\r\n"
    "\r\n--B1--\r\n"
)

MHTML = (
    "From: <Saved by Blink>\r\n"
    "Snapshot-Content-Location: https://phare.example/bac\r\n"
    "Subject: Le bac\r\n"
    "Date: Thu, 9 May 2024 07:00:00 -0000\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="----Multipart--x"\r\n'
    "\r\n\r\n------Multipart--x\r\n"
    "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://phare.example/bac\r\n\r\n"
    '<!DOCTYPE html><html><head><meta charset=3D"utf-8"></head><body><article><h1>Le bac</h1>=\r\n'
    "<p>Le bac reprend la mer apr=C3=A8s trois mois.</p></article></body></html>\r\n"
    "\r\n------Multipart--x\r\n"
    "Content-Type: text/html\r\nContent-Location: https://ads.example/f\r\n\r\n<html><body>Publicité</body></html>\r\n"
    "\r\n------Multipart--x\r\n"
    "Content-Type: text/css\r\nContent-Location: https://phare.example/a.css\r\n\r\np { color: red }\r\n"
    "\r\n------Multipart--x--\r\n"
)

REPLY = (
    "From: Ana Roux <ana@a.example>\nTo: b@b.example\nSubject: Re: Le bac\nDate: Fri, 10 May 2024 08:00:00 +0200\n"
    "Message-ID: <13@a.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    "Le bac partira lundi,\nje crois.\n\nIl coûte 2 M€.\n\nLe jeu. 9 mai 2024 à 07:00, Paul Ney a écrit :\n> Et le bac ?\n"
)

MBOX = f"From lettre@phare.example Thu May  9 07:00:00 2024\n{MAIL}\nFrom ana@a.example Fri May 10 08:00:00 2024\n{REPLY}\n"

IRAMUTEQ = (
    "**** *journal_le_phare *date_2024-05-09 *an_2024\nLe bac reprend la mer après trois mois.\n-*prix\nLa région a payé.\n\n"
    "**** *journal_estran *date_20240510\nLa grève continue au port.\n"
)

OFFICE = (
    "xmlns:office='urn:o' xmlns:text='urn:t' xmlns:table='urn:b' xmlns:dc='http://purl.org/dc/elements/1.1/'"
)
ODT_BODY = (
    f"<office:document-content {OFFICE}><office:body><office:text>"
    "<text:tracked-changes><text:p>Un passage effacé.</text:p></text:tracked-changes>"
    "<text:h>Le bac</text:h><text:p>Le bac<text:s/>reprend la mer<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>Selon la région, en mai 2024.</text:p></text:note-body></text:note> après trois mois.</text:p>"
    "<text:list><text:list-item><text:p>deux millions d’euros</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Orvane</text:p></table:table-cell>"
    "<table:table-cell><text:p>5,4 M€</text:p></table:table-cell></table:table-row></table:table>"
    "</office:text></office:body></office:document-content>"
)


def odt() -> bytes:
    meta = f"<office:document-meta {OFFICE}><office:meta><dc:title>Le bac</dc:title></office:meta></office:document-meta>"
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": ODT_BODY.encode(),
            "meta.xml": meta.encode(),
        }
    )


def epub(chapters: tuple[str, ...] = ("Le bac reprend la mer.", "La grève continue.")) -> bytes:
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    items = "".join(f"<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>" for name in names)
    nav = "<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
    spine = "".join(f"<itemref idref='{name}'/>" for name in ("nav", *names))
    meta = (
        "<dc:title>Le Phare du 9 mai</dc:title><dc:creator>Ana Roux</dc:creator><dc:date>2024-05-09</dc:date>"
    )
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<metadata>{meta}<dc:language>fr</dc:language></metadata>"
        f"<manifest>{items}{nav}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        f"OEBPS/{name}": f"<html><body><h1>Chapitre {number}</h1><p>{text}</p></body></html>".encode()
        for number, (name, text) in enumerate(zip(names, chapters, strict=True))
    }
    container = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OEBPS/book.opf": package.encode(),
            "OEBPS/nav.xhtml": b"<html><body><nav><p>Sommaire</p></nav></body></html>",
            **pages,
        }
    )


def pptx() -> bytes:
    names = "xmlns:a='urn:a' xmlns:p='urn:p'"
    number = "<p:sp><p:nvPr><p:ph type='sldNum'/></p:nvPr><a:p><a:r><a:t>1</a:t></a:r></a:p></p:sp>"

    def shape(text: str) -> str:
        return f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"

    slide = f"<p:sld {names}>{shape('Le bac')}{shape('Deux millions d’euros')}{number}</p:sld>"
    return zipped(
        {
            "ppt/presentation.xml": b"<p/>",
            "ppt/slides/slide1.xml": slide.encode(),
            "ppt/slides/_rels/slide1.xml.rels": b"<r><x Target='../notesSlides/notesSlide1.xml'/></r>",
            "ppt/notesSlides/notesSlide1.xml": f"<p:notes {names}>{shape('À dire lentement.')}</p:notes>".encode(),
        }
    )


def all_samples() -> dict[str, bytes]:
    """A file of every format by its name; the suffix is what a researcher's file would have."""
    return {
        "page.html": PAGE.encode(),
        "old.xhtml": XHTML.encode("latin-1"),
        "note.txt": TEXT.encode("cp1252"),
        "note.md": MARKDOWN.encode(),
        "list.jsonl": jsonl(),
        "list.json": json.dumps(RECORDS).encode(),
        "one.json": json.dumps(TRAFILATURA, indent=1).encode(),
        "list.csv": CSV.encode(),
        "list.parquet": parquet(),
        "list.xlsx": xlsx(),
        "rss.xml": fixture("rss.xml"),
        "atom.xml": fixture("atom.xml"),
        "europresse.html": fixture("europresse-2024.html"),
        "europresse-2015.html": fixture("europresse-2015.html"),
        "europresse-2012.html": fixture("europresse-2012.html"),
        "europresse.pdf": pdf(EUROPRESSE_PDF),
        "factiva.html": fixture("factiva.html"),
        "factiva.xml": fixture("factiva.xml"),
        "factiva.rtf": fixture("factiva.rtf"),
        "nexis.txt": fixture("nexis.txt"),
        "nexis.docx": docx(NEXIS_LINES),
        "pages.warc": b"".join(warc_records()),
        "pages.warc.gz": b"".join(gzip.compress(record, mtime=0) for record in warc_records()),
        "list.jsonl.gz": gzip.compress(jsonl(), mtime=0),
        "report.pdf": pdf(),
        "letter.eml": MAIL.encode(),
        "page.mhtml": MHTML.encode(),
        "box.mbox": MBOX.encode(),
        "corpus.txt": IRAMUTEQ.encode(),
        "text.odt": odt(),
        "book.epub": epub(),
        "slides.pptx": pptx(),
        "all.zip": zipped(
            {
                "b/page.html": PAGE.encode(),
                "a.jsonl": jsonl(),
                "inner.zip": zipped({"note.txt": TEXT.encode()}),
            }
        ),
    }

"""A folder as people have it: whatever is no article is a row of problems with a sentence, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.discover import file_name
from corpus.readers.inputs import from_bytes, head_of
from corpus.readers.no_article import kind_of
from corpus.records import InputDocument, Problem

from .messy_files import NOT_READ, messy_folder
from .reader_samples import MAIL, MHTML, PAGE, TEXT, all_samples, zipped
from .reading import documents, problems, read, read_folder, write

LONG = "Le bac reprend la mer après trois mois d’arrêt, dit la région, qui paie deux millions d’euros. "


def html(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


NO_ARTICLES = {
    "refs/zotero.bib": "@article{roux,\n  title = {Orvane lève 3 milliards},\n  author = {Roux, Ana}\n}\n",
    "refs/zotero.ris": "TY  - NEWS\nTI  - Orvane lève 3 milliards\nER  - \n",
    "refs/export.enw": "%0 Newspaper Article\n%T Orvane lève 3 milliards\n",
    "refs/pubmed.nbib": "PMID- 123\nTI  - Orvane\n",
    "film/debat.srt": "1\n00:00:01,000 --> 00:00:03,000\nOrvane lève 3 milliards.\n",
    "film/debat.vtt": "WEBVTT\n\n00:01.000 --> 00:03.000\nOrvane lève 3 milliards.\n",
    "film/debat.ass": "[Script Info]\nTitle: x\n",
    "liens/bac.url": "[InternetShortcut]\nURL=https://phare.example/bac\n",
    "liens/bac.desktop": "[Desktop Entry]\nType=Link\nURL=https://phare.example\n",
    "liens/bac.webloc": "<?xml version='1.0'?><plist><dict><key>URL</key></dict></plist>",
    "liens/carte.svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>Orvane</text><text>3 milliards</text></svg>",
    "liens/sitemap.xml": "<?xml version='1.0'?><urlset><url><loc>https://a.example</loc></url></urlset>",
    "code/app.js": "const t = 'Orvane investira 3 milliards';\nfunction f() { return t; }\n",
    "code/pack.js": "!function(e){var t={};function n(r){if(t[r])return t[r].exports;var o=t[r]={i:r};return e[r]}}([1]);" * 9,
    "code/style.css": "p { color: red; }\n.titre { margin: 0; }\n",
    "code/lire.py": "import re\n\ndef lire(x):\n    return re.sub('a', 'b', x)\n",
    "code/analyse.R": "x <- read.csv('a.csv')\nprint(summary(x))\n",
    "code/table.sql": "SELECT nom, somme FROM leves WHERE an = 2024;\n",
    "code/index.php": "<?php echo 'Orvane lève 3 milliards'; ?><html><body><p>x</p></body></html>",
    "code/lancer.sh": "#!/bin/bash\nfor f in *.txt; do echo $f; done\n",
    "code/Main.java": "package a;\npublic class Main {\n  int x = 3;\n}\n",
    "code/these.tex": r"\documentclass{article} \begin{document} Orvane. \end{document}",
    "code/patch.txt": "diff --git a/x b/x\n--- a/x\n+++ b/x\n",
    "code/sans_nom.txt": "int main() {\n  int x = 3;\n  if (x > 2) {\n    f(x);\n  }\n  return 0;\n}\n",
    "notes/serveur.log": "\n".join(f"2024-05-09 07:00:0{n} INFO Orvane" for n in range(8)),
    "notes/reglages.ini": "[a]\nx = 1\ny = 2\nz = 3\nw = 4\n",
    "notes/reglages.yml": "a: 1\nb: 2\nc:\n  d: 3\n",
    "notes/agenda.ics": "BEGIN:VCALENDAR\nSUMMARY:Orvane\nEND:VCALENDAR\n",
    "notes/carte.vcf": "BEGIN:VCARD\nFN:Ana Roux\nEND:VCARD\n",
    "notes/liste.m3u": "#EXTM3U\nhttps://a.example/x.mp3\n",
    "notes/cle.pem": "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n",
    "notes/package.json": '{"name": "x", "version": "1.0", "dependencies": {"a": "1"}}',
    "notes/mesures.csv": "an,valeur\n2024,3\n2025,4\n",
    "notes/vide.txt": "",
    "notes/photo.jpg": b"\xff\xd8\xff\xe0" + bytes(50),
    "notes/police.woff": b"wOFF" + bytes(50),
    "notes/vieux.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "notes/tableur.ods": zipped({"META-INF/manifest.xml": b"<x/>", "content.xml": b"<x/>"}),
    "pages/404.html": html("404 - Page introuvable", "<h1>Page introuvable</h1><p>Cette page n’existe plus.</p>"),
    "pages/502.html": html("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr>nginx"),
    "pages/robot.html": html("Just a moment...", "<p>Checking your browser before accessing phare.example.</p>"),
    "pages/robot-fr.html": html("Vérification", "<p>Êtes-vous un robot ? Cochez la case.</p>"),
    "pages/mur.html": html("Le bac", f"<h1>Le bac</h1><p>{LONG}</p><p>Cet article est réservé aux abonnés.</p>"),
}  # fmt: skip
PARTS = {
    "sauve/bac_files/app.js": "var t = 'Orvane investira 3 milliards';",
    "sauve/bac_files/style.css": "p { color: red }",
    "sauve/bac_files/pub.html": html("Publicité", "<p>Orvane vous offre 3 millions d’euros.</p>"),
    "sauve/bac_files/logo.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "sauve/grève_fichiers/cadre.html": html("Cadre", "<p>Orvane.</p>"),
}
ARTICLES = {
    "sauve/bac.html": PAGE,
    "sauve/grève.htm": PAGE,
    "sauve/seul_files/note.txt": TEXT,
    "textes/prix.txt": "Le prix : 3 € (aller) ; 5 € (retour).\nLe port dit : « oui ».\nOn paie {en ligne}.\n",
    "textes/liste.txt": "Titre : Le bac\nDate : 9 mai 2024\nSource : Le Phare\nAuteur : Ana Roux\nLieu : Brest\n\n"
    + LONG * 3,
    "textes/adresses.txt": "\n".join(
        f"{n}. Le bac numéro {n} part à {n} h ; il revient le soir." for n in range(1, 9)
    ),
    "textes/code.md": "# Un billet\n\n```python\nx = 1\nprint(x)\n```\n\nLe billet explique.\n",
    "pages/404.htm": html("La Peugeot 404 fête ses 60 ans", f"<h1>La Peugeot 404</h1><p>{LONG * 5}</p>"),
    "pages/abonnes.html": html("Le bac", f"<p>{LONG * 40}</p><p>Réservé aux abonnés : nos lettres.</p>"),
    "pages/debut.html": html("Le bac", f"<p>{LONG * 12}</p><p>Il vous reste 70 % de cet article à lire.</p>"),
    "courrier/lettre.eml": MAIL,
    "courrier/page.mht": MHTML,
}


def test_nothing_that_is_no_article_becomes_a_document(tmp_path: Path) -> None:
    samples = {f"formats/{name}": data for name, data in all_samples().items()}
    items = read_folder(write(tmp_path, {**NO_ARTICLES, **PARTS, **ARTICLES, **samples}))
    read_sources = {item.source.partition("#")[0] for item in items if isinstance(item, InputDocument)}
    said = {item.source.partition("#")[0]: item for item in items if isinstance(item, Problem)}
    assert read_sources & (NO_ARTICLES.keys() | PARTS.keys()) == set()
    assert NO_ARTICLES.keys() | PARTS.keys() <= said.keys()
    assert ARTICLES.keys() <= read_sources
    for problem in said.values():
        assert problem.message[0].isupper() or problem.message[0] in "0123456789i"
        assert problem.message.endswith(".")
        assert len(problem.message.split()) >= 3


def test_a_beginning_before_a_wall_is_read_and_said() -> None:
    items = read(ARTICLES["pages/debut.html"], "debut.html")
    assert [(item.kind, item.recovered) for item in problems(items)] == [("paywall", True)]
    assert len(documents(items)) == 1


def test_two_paragraphs_above_a_wall_are_a_beginning_and_one_is_a_teaser() -> None:
    wall = "<p>Cet article est réservé aux abonnés.</p><p>Déjà abonné ? Connectez-vous</p>"
    found = [
        read(html("Le bac", "".join(f"<p>{LONG}{LONG}</p>" for _ in range(count)) + wall), "debut.html")
        for count in (1, 2)
    ]
    assert [[(item.kind, item.recovered) for item in problems(items)] for items in found] == [
        [("paywall", False)],
        [("paywall", True)],
    ]


def test_parts_of_a_page_in_an_archive() -> None:
    items = read(zipped({"a/bac.html": PAGE.encode(), "a/bac_files/app.js": b"var x = 3;"}), "a.zip")
    assert [item.source for item in documents(items)] == ["a.zip/a/bac.html"]
    assert [(item.source, item.kind) for item in problems(items)] == [
        ("a.zip/a/bac_files/app.js", "page_part")
    ]


@pytest.mark.parametrize("name", ["note.txt", "note", "note.fr", "note.TXT"])
def test_prose_is_no_code_whatever_its_name(name: str) -> None:
    for text in (
        TEXT,
        *(value for key, value in ARTICLES.items() if key.startswith("textes/") and not key.endswith(".md")),
    ):
        assert kind_of(head_of(from_bytes(text.encode(), name, name))) is None


def test_a_folder_of_two_hundred_files_and_seventy_kinds(tmp_path: Path) -> None:
    files = messy_folder()
    items = read_folder(write(tmp_path, files))
    by_file: dict[str, list[InputDocument | Problem]] = {}
    for item in items:
        name = file_name(item.source)
        by_file.setdefault(name if name in files else name.rpartition("#")[0], []).append(item)
    assert len(files) >= 200
    assert files.keys() == by_file.keys()
    for name, found in by_file.items():
        read_texts = [item.content for item in found if isinstance(item, InputDocument)]
        if name.startswith(NOT_READ):
            assert read_texts == [], name
            assert all(len(item.message.split()) >= 3 for item in found if isinstance(item, Problem))
        else:
            assert len(read_texts) == 1, name
            assert "trois mois d’arrêt" in read_texts[0], name

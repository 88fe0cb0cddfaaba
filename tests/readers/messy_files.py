"""A folder as browsers, mail programs, office suites, reference managers, scrapers and editors leave it, made up file by file.

`messy_folder()` gives the bytes of each file by its path: those below `NOT_READ` are no documents, those below `READ` are.
"""

from __future__ import annotations

import json

from .reader_samples import zipped

SENTENCE = "Le bac de Brisle reprend la mer après trois mois d’arrêt, dit la région, qui paie deux millions d’euros. "
TEXT = f"Le bac reprend la mer\n\n{SENTENCE * 2}\n\nLes îliens attendent la suite. {SENTENCE}\n"
SUM = "Orvane lève 3 milliards"
NOT_READ = "sans/"
"""The folder of what is no article."""
READ = "articles/"

# Kinds that are text: what they hold, and the names that programs give them.
TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "bibtex": (
        f"@article{{roux,\n  title = {{{SUM}}},\n  author = {{Roux, Ana}}\n}}\n",
        ("refs.bib", "Exported Items.bib", "refs.txt"),
    ),
    "biblatex": (
        f"@online{{roux2024,\n  title = {{{SUM}}},\n  date = {{2024}}\n}}\n",
        ("zotero.bib", "biblio (1).bib"),
    ),
    "ris": (f"TY  - NEWS\r\nTI  - {SUM}\r\nER  - \r\n", ("refs.ris", "citation.ris", "refs.txt")),
    "endnote": (f"%0 Newspaper Article\n%T {SUM}\n", ("export.enw", "export.txt")),
    "pubmed": (f"PMID- 123\nTI  - {SUM}\n", ("set.nbib", "set.txt")),
    "isi": (
        f"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI {SUM}\nER\nEF\n",
        ("savedrecs.txt", "savedrecs.ciw"),
    ),
    "srt": (f"1\n00:00:01,000 --> 00:00:03,000\n{SUM}.\n", ("debat.srt", "debat.fr.srt", "debat.txt")),
    "vtt": (f"WEBVTT\n\n00:01.000 --> 00:03.000\n{SUM}.\n", ("debat.vtt", "captions.txt")),
    "ass": (f"[Script Info]\nTitle: {SUM}\n", ("debat.ass", "debat.ssa")),
    "lrc": (
        f"[ti:{SUM}]\n[00:12.00]Orvane\n[00:15.30]trois milliards\n[00:18.30]un refrain\n[00:20.00]fin\n",
        ("chant.lrc",),
    ),
    "url": ("[InternetShortcut]\r\nURL=https://phare.example/bac\r\n", ("Le bac.url", "bac.txt")),
    "desktop": ("[Desktop Entry]\nType=Link\nURL=https://phare.example\n", ("bac.desktop",)),
    "webloc": (
        "<?xml version='1.0'?><plist><dict><key>URL</key><string>https://a.example</string></dict></plist>",
        ("bac.webloc", "bac.plist"),
    ),
    "bookmarks": (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n"
        + "".join(
            f'<DT><A HREF="https://a.example/{n}" ADD_DATE="1710000000">{SUM} {n}</A>\n' for n in range(9)
        )
        + "</DL><p>\n",
        ("bookmarks.html", "favoris_09_05_2024.html"),
    ),
    "svg": (f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SUM}</text></svg>", ("carte.svg", "logo.svg")),
    "sitemap": (
        "<?xml version='1.0'?><urlset><url><loc>https://a.example</loc></url></urlset>",
        ("sitemap.xml", "sitemap-2.xml"),
    ),
    "opml": (
        f"<?xml version='1.0'?><opml version='2.0'><body><outline text='{SUM}'/></body></opml>",
        ("feedly.opml", "abonnements.xml"),
    ),
    "gpx": (f"<?xml version='1.0'?><gpx><trk><name>{SUM}</name></trk></gpx>", ("trace.gpx",)),
    "kml": (f"<?xml version='1.0'?><kml><Document><name>{SUM}</name></Document></kml>", ("carte.kml",)),
    "js": (
        f"const t = '{SUM}';\nfunction f() {{ return t; }}\nexport default f;\n",
        ("app.js", "app.min.js", "app.js.téléchargement", "saved_resource.js"),
    ),
    "css": ("p { color: red; }\n.titre { margin: 0; }\n", ("style.css", "style.scss", "theme.less")),
    "py": (
        f"import re\n\ndef lire(x):\n    t = '{SUM}'\n    return re.sub('a', t, x)\n",
        ("lire.py", "lire copie.py"),
    ),
    "r": (f"x <- read.csv('a.csv')\nprint('{SUM}')\ny <- summary(x)\n", ("analyse.R", "analyse.r")),
    "stata": (f'use "a.dta", clear\ngen t = "{SUM}"\nregress y x if z == 1\n', ("analyse.do",)),
    "sql": (f"SELECT nom FROM leves WHERE titre = '{SUM}';\n", ("table.sql",)),
    "php": (f"<?php echo '{SUM}'; ?><html><body><p>x</p></body></html>", ("index.php", "wp-config.php")),
    "sh": (f"#!/bin/bash\nfor f in *.txt; do echo '{SUM}'; done\n", ("lancer.sh", "lancer")),
    "bat": (f"@echo off\r\nset T={SUM}\r\necho %T%\r\n", ("lancer.bat", "lancer.cmd")),
    "java": (f'package a;\npublic class Main {{\n  String t = "{SUM}";\n}}\n', ("Main.java",)),
    "c": (
        f'#include <stdio.h>\nint main() {{\n  puts("{SUM}");\n  return 0;\n}}\n',
        ("main.c", "main.cpp", "main.txt"),
    ),
    "tex": (
        rf"\documentclass{{article}} \begin{{document}} {SUM}. \end{{document}}",
        ("these.tex", "main.tex"),
    ),
    "patch": (
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        ("x.patch", "x.diff", "patch.txt"),
    ),
    "log": (
        "\n".join(f"2024-05-09 07:00:0{n} INFO {SUM}" for n in range(8)),
        ("serveur.log", "scrapy.log", "journal.txt"),
    ),
    "ini": ("[a]\nx = 1\ny = 2\nz = 3\nw = 4\n", ("reglages.ini", "scrapy.cfg", "a.conf")),
    "yaml": ("a: 1\nb: 2\nc:\n  d: 3\n", ("config.yml", "mkdocs.yaml")),
    "toml": ('[a]\nx = 1\ny = "b"\n', ("pyproject.toml", "corpus.toml")),
    "ics": (f"BEGIN:VCALENDAR\nSUMMARY:{SUM}\nEND:VCALENDAR\n", ("agenda.ics", "invite.txt")),
    "vcf": ("BEGIN:VCARD\nFN:Ana Roux\nEND:VCARD\n", ("carte.vcf",)),
    "m3u": ("#EXTM3U\nhttps://a.example/x.mp3\n", ("liste.m3u", "liste.m3u8")),
    "pem": ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n", ("cle.pem", "cle.txt")),
    "package": (
        json.dumps({"name": "x", "version": "1.0", "description": SUM, "dependencies": {"a": "1"}}),
        ("package.json", "composer.json"),
    ),
    "manifest": (
        json.dumps({"name": "x", "start_url": "/", "icons": [{"src": "a.png", "sizes": "9x9"}]}),
        ("manifest.json", "site.webmanifest"),
    ),
    "schema": (
        json.dumps(
            {"$id": "x", "title": "Article", "type": "object", "properties": {"a": {"type": "string"}}}
        ),
        ("schema.json",),
    ),
    "geojson": (
        json.dumps(
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "Brisle"}}]}
        ),
        ("carte.geojson", "carte.json"),
    ),
    "notebook": (
        json.dumps(
            {
                "cells": [{"cell_type": "code", "source": [f"t = '{SUM}'\n"], "outputs": []}],
                "nbformat": 4,
                "metadata": {},
            }
        ),
        ("essai.ipynb",),
    ),
    "numbers": ("an,valeur\n2024,3\n2025,4\n", ("mesures.csv", "mesures.tsv")),
    "robots": (
        "User-agent: *\nDisallow: /admin\nAllow: /\nCrawl-delay: 5\nSitemap: https://a.example/s.xml\n",
        ("robots.txt",),
    ),
    "htaccess": ("RewriteEngine On\nRewriteRule ^a$ b [L]\n", ("web.config.ini",)),
    "csl": (
        "<?xml version='1.0'?><style class='note'><info><title>Orvane</title></info></style>",
        ("style.csl", "style.xml"),
    ),
    "404": (
        "<html><head><title>404 - Page introuvable</title></head><body><h1>Page introuvable</h1></body></html>",
        ("404.html", "page.htm", "bac.html"),
    ),
    "502": (
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
        ("502.html", "article-12.html"),
    ),
    "captcha": (
        "<html><title>Just a moment...</title><body><p>Checking your browser before accessing a.example.</p></body></html>",
        ("robot.html", "article-13.html"),
    ),
    "wall": (
        f"<html><title>Le bac</title><body><h1>Le bac</h1><p>{SENTENCE}</p><p>Cet article est réservé aux abonnés.</p></html>",
        ("mur.html", "article-14.html"),
    ),
    "empty": ("", ("vide.txt", "vide.html", "vide.json", "vide.pdf", "vide.docx", "vide")),
    "blank": (" \n\t\n\n", ("blanc.txt", "blanc.csv", "blanc.html")),
}

# Kinds that are bytes.
BYTES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(50), ("photo.jpg", "photo", "photo.txt", "IMG_0001.JPG")),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(40), ("capture.png", "capture.html")),
    "gif": (b"GIF89a" + bytes(40), ("pixel.gif",)),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40), ("image.webp",)),
    "ico": (b"\x00\x00\x01\x00\x01\x00" + bytes(40), ("favicon.ico",)),
    "woff": (b"wOFF" + bytes(50), ("police.woff", "police.woff2")),
    "mp3": (b"ID3\x03\x00" + bytes(60), ("son.mp3",)),
    "mp4": (b"\x00\x00\x00\x18ftypmp42" + bytes(60), ("film.mp4",)),
    "doc": (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        ("vieux.doc", "vieux.xls", "lettre.msg", "vieux.txt"),
    ),
    "ods": (zipped({"META-INF/manifest.xml": b"<x/>", "content.xml": b"<x/>"}), ("tableur.ods",)),
    "sqlite": (b"SQLite format 3\x00" + bytes(90), ("zotero.sqlite", "base.db")),
    "7z": (bytes.fromhex("377abcaf271c") + bytes(60), ("archive.7z",)),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(60), ("archive.rar",)),
    "exe": (b"MZ\x90\x00" + bytes(90), ("outil.exe",)),
    "pdf cut": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", ("coupe.pdf", "telechargement.pdf")),
    "zip cut": (
        b"PK\x03\x04\x14\x00\x00\x00" + bytes(12),
        ("coupe.docx", "coupe.xlsx", "coupe.zip", "coupe.epub", "coupe.odt"),
    ),
    "gzip cut": (b"\x1f\x8b\x08\x00" + bytes(4), ("coupe.gz", "coupe.warc.gz")),
    "noise": (bytes(range(0, 256, 7)) * 9, ("bruit.bin", "bruit.txt", "bruit")),
    "pickle": (b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}" + bytes(40), ("modele.pkl",)),
    "mac": (b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(50), ("_bac.html", "_bac.txt")),
}

# Names that browsers, synchronisers and editors give to a copy.
COPIES = ("{} (1){}", "{} - Copie{}", "copie de {}{}", "{}~{}")
PAGE = f"<!DOCTYPE html><html><head><title>Le bac</title></head><body><h1>Le bac</h1><p>{SENTENCE * 3}</p></body></html>"


def messy_folder() -> dict[str, bytes]:
    """The bytes of each file by its path, about 250 files of more than seventy kinds."""
    found: dict[str, bytes] = {}
    for number, (kind, (text, names)) in enumerate(TEXTS.items()):
        for name in names:
            found[f"{NOT_READ}{kind}/{name}"] = text.encode()
        # What a program of another system writes: with a mark, or in two bytes a letter.
        stem, dot, suffix = names[0].rpartition(".")
        if text.strip() and dot:
            form = COPIES[number % len(COPIES)].format(stem, dot + suffix)
            found[f"{NOT_READ}{kind}/{form}"] = text.encode(
                ("utf-8-sig", "utf-16", "cp1252")[number % 3], "replace"
            )
    for kind, (data, names) in BYTES.items():
        found |= {f"{NOT_READ}{kind}/{name}": data for name in names}
    return found | _articles()


def _articles() -> dict[str, bytes]:
    """What is an article, under names and in encodings that hide it."""
    names = (
        "bac.txt",
        "BAC.TXT",
        "bac",
        "bac.text",
        "bac (1).txt",
        "100 % mer.txt",
        "l'été à Brisle.txt",
        "bac.2024.05.09",
        "#1 bac.txt",
    )
    texts = {f"{READ}{name}": TEXT.encode() for name in names}
    codecs = ("utf-8-sig", "utf-16", "cp1252", "utf-16-le", "mac-roman")
    coded = {f"{READ}codes/{codec}.txt": TEXT.encode(codec, "replace") for codec in codecs}
    pages = {
        f"{READ}pages/{name}": PAGE.encode()
        for name in ("bac.html", "bac.htm", "bac.xhtml", "bac", "bac.txt", "bac.aspx")
    }
    records = {
        f"{READ}lignes.jsonl": json.dumps({"titre": "Le bac", "texte": TEXT}).encode(),
        f"{READ}fiche.json": json.dumps({"titre": "Le bac", "résumé": SENTENCE}).encode(),
        f"{READ}table.csv": f'titre;texte\nLe bac;"{SENTENCE}"\n'.encode(),
        f"{READ}note.md": f"# Le bac\n\n{SENTENCE * 2}\n".encode(),
    }
    return texts | coded | pages | records

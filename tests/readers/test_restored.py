"""Fields and texts as they were written: markup, entities, transfer encodings, stamps, the columns that tools give."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import ReadOptions
from corpus.readers.restored import as_written, field_line, field_text

from .reading import documents, fault, one, read

TEXT = "Le port de Sète a signé avec Orvane.\n\nLe contrat vaut 3 millions d’euros."


@pytest.mark.parametrize(
    "written",
    [
        "<p>Le port de Sète a signé avec Orvane.</p><p>Le contrat vaut 3 millions d’euros.</p>",
        "Le port de Sète a signé avec Orvane.<br>\n<br/>Le contrat vaut 3 millions d&rsquo;euros.",
        "&lt;p&gt;Le port de S&egrave;te a sign&eacute; avec Orvane.&lt;/p&gt;&lt;p&gt;"
        "Le contrat vaut 3&nbsp;millions d’euros.&lt;/p&gt;",
        "&amp;lt;div&amp;gt;Le port de Sète a signé avec "
        "&amp;lt;b&amp;gt;Orvane&amp;lt;/b&amp;gt;.&amp;lt;/div&amp;gt; Le contrat vaut "
        "3 millions d’euros.",
        "Le port de Sète a signé avec Orvane.\\n\\nLe contrat vaut 3 millions d’euros.",
        "Le port de S\\u00e8te a sign\\u00e9 avec Orvane.\\r\\n\\r\\nLe contrat vaut 3 millions d\\u2019euros.",
    ],
)
def test_a_field_is_read_whatever_its_tool_made_of_it(written: str) -> None:
    text, markup = field_text(written)
    assert markup == "text"
    assert text.replace("\u00a0", " ").replace("\r", "").split("\n\n") == TEXT.split("\n\n")


@pytest.mark.parametrize(
    "plain",
    [
        "Si a < b et b > c, alors AT&T gagne ; R&D; 5 &c.",
        "Le dossier C:\\nouveau\\textes est vide.",
        "Un vers\nun autre \\n et la fin",
        "Prix <3 € & plus",
    ],
)
def test_what_is_no_markup_stays(plain: str) -> None:
    assert field_text(plain) == (plain, "text")


@given(st.text(max_size=80))
def test_a_text_without_the_signs_is_left_alone(text: str) -> None:
    if not set("<&\\") & set(text) and not any(0xFB00 <= ord(c) <= 0xFB06 for c in text):
        assert field_text(text) == (text, "text")
    field_line(text)
    as_written(text)


def test_a_whole_page_in_a_field_is_a_page() -> None:
    assert field_text("<!DOCTYPE html><html><body><p>Un.</p></body></html>")[1] == "html"


def test_titles_are_plain_lines() -> None:
    assert field_line("L&rsquo;usine &amp; la <em>machine</em>,<br>suite") == "L’usine & la machine, suite"


def test_a_mail_saved_as_text_is_decoded() -> None:
    sent = "La soci=C3=A9t=C3=A9 a pr=C3=A9sent=C3=A9 un pl=\nan.\n"
    assert as_written(sent) == "La société a présenté un plan.\n"
    latin = "La soci=E9t=E9 est bas=E9e =E0 Gand.\n"
    assert as_written(latin) == "La société est basée à Gand.\n"
    kept = "https://a.example/?q=C3&r=A9 été =C3 =A9 =E9 déjà\n"
    assert as_written(kept) == kept


def test_entities_and_ligatures_of_a_text_file() -> None:
    assert one("L&rsquo;&eacute;t&eacute; ﬁnit.", "a.txt").content == "L’été finit."
    about = "En HTML, &lt;p&gt; ouvre un paragraphe et &amp; s’écrit ainsi."
    assert one(about, "b.txt").content == about


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        (1741024800, "2025-03-03"),
        (1741024800123, "2025-03-03"),
        ("1741024800", "2025-03-03"),
        (1741024800.5, "2025-03-03"),
        ("45719", "2025-03-03"),
        ({"$date": "2025-03-03T10:00:00Z"}, "2025-03-03"),
        (20250303, "2025-03-03"),
        (2025, "2025-01-01"),
        ("99999", None),
        (12345678901234567890, None),
    ],
)
def test_stamps_are_dates(stamp: object, day: str | None) -> None:
    document = one(json.dumps({"text": TEXT, "date": stamp}), "a.json")
    found = document.published.date if document.published else None
    assert found == (dt.date.fromisoformat(day) if day else None)


WORDPRESS = {
    "id": 12,
    "date": "2025-03-03T08:00:00",
    "link": "https://blog.example/quai",
    "title": {"rendered": "Le quai &#8211; suite"},
    "content": {"rendered": "<p>Le quai ouvre.</p>\n<p>Il co&ucirc;te 2 M€.</p>", "protected": False},
    "excerpt": {"rendered": "<p>Le quai…</p>"},
    "author": 3,
    "_embedded": {"author": [{"id": 3, "name": "Ana Roux"}]},
}
EVENTS = {
    "articles": {
        "results": [
            {
                "uri": "77",
                "lang": "fra",
                "dateTime": "2025-03-03T08:00:00Z",
                "url": "https://journal.example/quai",
                "title": "Le quai – suite",
                "body": "Le quai ouvre.\n\nIl coûte 2 M€.",
                "source": {"uri": "journal.example", "dataType": "news", "title": "Le Journal du quai"},
                "authors": [{"uri": "ana@journal.example", "name": "Ana Roux", "type": "author"}],
            }
        ],
        "totalResults": 1,
    }
}
FUNDUS = {
    "title": "Le quai – suite",
    "authors": ["Ana Roux"],
    "publishing_date": "2025-03-03 08:00:00+01:00",
    "body": {"summary": ["Le quai ouvre."], "sections": [{"headline": [], "paragraphs": ["Il coûte 2 M€."]}]},
    "topics": ["ports"],
}
NEWSPAPER = {
    "url": "https://journal.example/quai",
    "title": "Le quai – suite",
    "authors": ["Ana Roux"],
    "publish_date": "2025-03-03 08:00:00",
    "text": "Le quai ouvre.\n\nIl coûte 2 M€.",
    "top_image": "x.jpg",
    "movies": [],
}
GUARDIAN = {
    "response": {
        "status": "ok",
        "results": [
            {
                "webTitle": "Le quai – suite",
                "webUrl": "https://journal.example/quai",
                "webPublicationDate": "2025-03-03T08:00:00Z",
                "fields": {"bodyText": "Le quai ouvre.\n\nIl coûte 2 M€.", "byline": "Ana Roux"},
            }
        ],
    }
}
SEARCH = {
    "took": 3,
    "hits": {
        "total": 1,
        "hits": [
            {
                "_index": "presse",
                "_id": "9",
                "_source": {
                    "title": "Le quai – suite",
                    "content": "Le quai ouvre.\n\nIl coûte 2 M€.",
                    "author": "Ana Roux",
                    "published_at": "2025-03-03",
                },
            }
        ],
    },
}
BLOCKS = {
    "headline": "Le quai – suite",
    "byline": "Ana Roux",
    "publishedAt": "2025-03-03",
    "content": [
        {"type": "paragraph", "data": {"text": "Le quai ouvre."}},
        {"type": "paragraph", "data": {"text": "Il coûte 2 M€."}},
    ],
}
TOOLS = {
    "wordpress": [WORDPRESS],
    "one wordpress post": WORDPRESS,
    "eventregistry": EVENTS,
    "fundus": [FUNDUS],
    "one fundus article": FUNDUS,
    "newspaper": NEWSPAPER,
    "guardian": GUARDIAN,
    "elasticsearch": SEARCH,
    "blocks": BLOCKS,
}


@pytest.mark.parametrize("tool", TOOLS)
def test_exports_of_the_tools_of_the_trade(tool: str) -> None:
    document = one(json.dumps(TOOLS[tool]), "export.json")
    assert document.content == "Le quai ouvre.\n\nIl coûte 2 M€."
    assert (document.title, document.authors) == ("Le quai – suite", ("Ana Roux",))
    assert document.published is not None
    assert document.published.date == dt.date(2025, 3, 3)


def test_a_printed_list_of_authors() -> None:
    table = "text;authors\nUn texte.;\"['Ana Roux', 'Paul Ney']\"\n"
    assert one(table, "a.csv").authors == ("Ana Roux", "Paul Ney")


@pytest.mark.parametrize("name", ["Corps de l’article", "Corps de l'article", "Texte intégral", "Contenu"])
def test_french_names_of_the_text_column(name: str) -> None:
    (document,) = documents(read(f"Titre;{name};Date\nA;Un texte;2025-03-03\n", "a.csv"))
    assert document.content == "Un texte"


def test_the_likeliest_column_is_asked_for_first() -> None:
    table = "Cote;Notice;Dépôt\n" + "A1;Une phrase assez longue pour un texte.;Sète\n" * 3
    message = fault(table, "a.csv").message
    assert 'text = "Notice"' in message
    assert message.index("Notice") < message.index("Dépôt")
    assert one(
        table.splitlines()[0] + "\n" + table.splitlines()[1], "a.csv", ReadOptions(columns={"text": "Notice"})
    )

"""Europresse, Factiva and Nexis exports."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers.press.notation import authors_of, publication_name
from corpus.records import Published

from .reader_samples import EUROPRESSE_PDF, NEXIS_LINES, docx, fixture, pdf
from .reading import documents, fault, problems, read


def day(year: int, month: int, number: int, words: str) -> Published:
    return Published(dt.date(year, month, number), "day", "metadata", words)


def test_a_current_europresse_export() -> None:
    first, second = documents(read(fixture("europresse-2024.html"), "export.txt"))
    assert (first.source, first.format, first.markup) == ("export.txt#0", "europresse", "text")
    assert first.content == "L’usine sera construite par Corail Calcul.\n\nCoût : 40 millions d’euros."
    assert (first.title, first.site) == ("Une usine de puces à Vannes", "La Dépêche de l’Ouest")
    assert first.authors == ("Ana Roux", "Paul Ney")
    assert first.published == day(2024, 9, 11, "11 septembre 2024")
    assert first.input_id == "news·20240911·DO·0123456789"
    assert first.url == "https://depeche.example/usine"
    assert first.also_in == ("Le Courrier de Vannes",)
    assert first.metadata["also_in"][1] == {
        "source": "Le Courrier de Vannes - Édition de Lorient",
        "date": "2024-09-12",
    }
    expected = {
        "section": "Économie",
        "words": 134,
        "page": "11",
        "source_code": "DO",
        "overline": "Industrie",
    }
    assert {name: first.metadata[name] for name in expected} == expected
    assert first.metadata["subtitle"] == "Deux cents emplois attendus"
    assert first.metadata["notes"] == ["Le chantier en août."]
    assert (second.title, second.site, second.content) == (
        "Chips by the sea",
        "The Harbour Post",
        "The plant opens in May.",
    )
    assert second.published == day(2022, 12, 22, "December 22, 2022")
    assert (second.metadata["words"], second.metadata["page"], second.metadata["time"]) == (
        1387,
        "Forum1",
        "10:32:04 +02:00",
    )


def test_a_europresse_export_of_2015_with_broken_nesting() -> None:
    items = read(fixture("europresse-2015.html"), "a.html")
    (document,) = documents(items)
    assert document.content == "Un centre ouvre.\n\nIl emploie dix personnes."
    assert (document.title, document.authors, document.site) == (
        "Le calcul au village",
        ("Zoé Lenoir",),
        "Le Quotidien de Vire",
    )
    assert document.published == day(2017, 3, 14, "14 mars 2017")
    assert (document.metadata["overline"], document.metadata["notes"]) == ("RÉSEAUX", ["Une note."])
    assert [(problem.source, problem.kind) for problem in problems(items)] == [("a.html#1", "empty")]


def test_a_europresse_export_of_2012() -> None:
    first, second = documents(read(fixture("europresse-2012.html"), "a.html"))
    assert first.content == "Le vote a eu lieu.\n\nIl fut serré."
    assert (first.title, first.authors, first.site) == ("Un vote serré", ("Marc Odin",), "Le Soir de Dole")
    assert first.published == day(2012, 10, 5, "5 octobre 2012")
    assert (first.input_id, first.metadata["page"], first.metadata["overline"]) == (
        "news·20121005·SD·1560",
        "03",
        "La loi",
    )
    assert (second.content, second.authors) == ("Rien de neuf ce matin.", ())


def test_a_broken_europresse_article_does_not_swallow_its_neighbour() -> None:
    whole = fixture("europresse-2024.html").decode()
    articles = whole.count("<article>")
    broken = whole.replace('<div class="docOcurrContainer">', "<div><div><div <p class='", 1)
    assert [item.title for item in documents(read(broken, "a.html"))][-1] == "Chips by the sea"
    many = whole.replace("</article>", "</article>" + "<div>" * 400, 1)
    assert len(documents(read(many, "a.html"))) == articles


def test_a_europresse_export_cut_off() -> None:
    whole = fixture("europresse-2024.html")
    items = read(whole[: whole.index(b"The plant opens") + 9], "a.html")
    assert [item.content for item in documents(items)][-1] == "The plant"
    assert [(item.kind, item.recovered) for item in problems(items)] == [("truncated", True)]


def test_the_markup_of_search_terms_parts_no_word() -> None:
    page = (
        fixture("europresse-2024.html")
        .decode()
        .replace("Calcul.</p>", "Cal<mark>cul</mark>.<br/>Fin.<br/><br/>Suite.</p>", 1)
    )
    assert documents(read(page, "a.html"))[0].content.startswith(
        "L’usine sera construite par Corail Calcul. Fin.\n\nSuite."
    )


def test_a_box_inside_a_box_is_read_once() -> None:
    page = fixture("europresse-2024.html").decode()
    page = page.replace(
        '<div class="docOcurrContainer">', '<div class="docOcurrContainer"><div class="docOcurrContainer">', 1
    )
    assert (
        documents(read(page, "a.html"))[0].content
        == "L’usine sera construite par Corail Calcul.\n\nCoût : 40 millions d’euros."
    )


def test_a_europresse_date_is_taken_from_the_id_where_the_header_has_none() -> None:
    page = (
        fixture("europresse-2024.html")
        .decode()
        .replace("Économie, mercredi 11 septembre 2024 134 mots, p. 11", "Économie 134 mots")
    )
    first = documents(read(page, "a.html"))[0]
    assert first.published is not None
    assert first.published.date == dt.date(2024, 9, 11)


def test_asides_inside_a_europresse_body_are_notes() -> None:
    page = fixture("europresse-2024.html").decode()
    page = page.replace("euros</font>.</p>", "euros</font>.</p><p>Encadré(s) :</p><p>Le chiffre.</p>", 1)
    first = documents(read(page, "a.html"))[0]
    assert first.content.endswith("d’euros.")
    assert "Le chiffre." in first.metadata["notes"]


def test_a_europresse_broadcast_is_its_words() -> None:
    said = "".join(
        f'<div class="transcript"><span class="time">07:0{n}</span><span class="value">{words}</span></div>'
        for n, words in enumerate(["Bonjour.", "Les <mark>puces</mark> arrivent."])
    )
    article = f"""<article><header><span class="DocPublicationName">Radio Vire</span>
<div><span class="DocTitreSousSection">Le 7-9</span> <span>lundi 3 février 2025</span></div>
<div class="titreArticle"><p class="titreArticleVisu">Invité</p></div></header>
<section><div class="DocText"><div class="docOcurrContainer">{said}</div></div></section></article>"""
    (document,) = documents(read(f"<html><head></head><body>{article}</body></html>", "a.html"))
    assert document.content == "Bonjour.\n\nLes puces arrivent."
    assert (document.site, document.title) == ("Radio Vire", "Invité")
    assert document.published == day(2025, 2, 3, "3 février 2025")


def test_pages_about_the_databases_are_pages() -> None:
    about = "<html><head><title>Factiva</title></head><body><p>Un article sur .frArticle, une classe.</p></body></html>"
    assert documents(read(about, "a.html"))[0].format == "html"
    style = "<style>.DocPublicationName{}.titreArticleVisu{}</style>"
    search = f"<html><head>{style}</head><body><p>Aucun résultat.</p></body></html>"
    assert documents(read(search, "a.html"))[0].format == "html"


def test_factiva_rtf_with_codes() -> None:
    lines = [
        "HD|Les puces",
        "BY|Ana Roux",
        "WC|120 mots",
        "PD|3 février 2025",
        "SN|La Dépêche",
        "LA|Français",
        "LP|L’usine ouvre.",
        "TD|Elle coûte",
        "cher.",
        "Fin.",
    ]
    body = "\\par ".join(
        [*lines, "AN|Document DEPOU00020250203el230000a", "Document DEPOU00020250203el230000a"]
    )
    data = "{\\rtf1 " + "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in body) + "\\par }"
    (document,) = documents(read(data, "a.rtf"))
    assert (document.title, document.authors, document.site, document.language) == (
        "Les puces",
        ("Ana Roux",),
        "La Dépêche",
        "fr",
    )
    assert document.content == "L’usine ouvre.\n\nElle coûte\n\ncher.\n\nFin."


def test_a_europresse_pdf() -> None:
    first, second = documents(read(pdf(EUROPRESSE_PDF), "export.pdf"))
    assert (first.format, first.title, first.authors) == ("europresse", "Des puces à Vannes", ("Ana Roux",))
    assert first.content.startswith(
        "L’usine de puces de Vannes ouvrira en mai avec deux cents personnes, dit le maire"
    )
    assert first.content.endswith("\n\nElle coûte 40 millions d’euros.")
    assert (first.site, first.published) == ("Le Courrier de Vannes", day(2024, 9, 11, "11 septembre 2024"))
    assert (second.site, second.title, second.input_id) == (
        "Le Soir de Dole",
        "Suite",
        "news·20240912·SDW·x9",
    )


def test_factiva_pages_with_codes_and_without() -> None:
    first, second = documents(read(fixture("factiva.html"), "a.html"))
    assert first.content == "L’usine ouvre.\n\nElle a coûté 40 millions d’euros.\n\nFin."
    assert (first.format, first.title, first.site) == (
        "factiva",
        "Les puces de Vannes",
        "La Dépêche de l’Ouest",
    )
    assert (first.authors, first.language) == (("Ana Roux", "Paul Ney"), "fr")
    assert (first.input_id, first.published) == (
        "DEPOU00020250201el210001r",
        day(2025, 2, 1, "1 février 2025"),
    )
    assert first.metadata["companies"] == ["Corail Calcul SA", "La Dépêche"]
    assert first.metadata["words"] == 1295
    assert second.content == "The plant opens.\n\nIt cost 40 million euros."
    assert (second.title, second.site, second.authors) == (
        "Chips by the sea",
        "The Harbour Post",
        ("Zoe Black",),
    )
    assert (second.input_id, second.language, second.metadata["source_code"]) == (
        "HARPO00020250203el2300002",
        "en",
        "HARPO",
    )


def test_a_factiva_page_without_codes_and_without_author() -> None:
    page = (
        fixture("factiva.html")
        .decode()
        .replace('<div id="hd">', "<div>Business</div><div id='hd'>")
        .replace("<div>By Zoe Black</div>", "")
    )
    second = documents(read(page, "a.html"))[1]
    assert (second.title, second.authors, second.metadata["section"]) == ("Chips by the sea", (), "Business")
    assert second.published == day(2025, 2, 3, "3 February 2025")
    named = page.replace("<div>412 words", '<div class="author">Zoe Black and Ann Grey</div><div>412 words')
    assert documents(read(named, "a.html"))[1].authors == ("Zoe Black", "Ann Grey")


def test_factiva_xml() -> None:
    first, second = documents(read(fixture("factiva.xml"), "a.xml"))
    assert (first.title, first.content) == ("Puces à Vannes", "L’usine ouvre.\n\nElle est chère.")
    assert (first.language, first.site, first.metadata["regions"]) == ("fr", "La Dépêche", ["France"])
    assert first.published == day(2025, 2, 1, "2025-02-01T23:35:58Z")
    assert (second.source, second.content) == ("a.xml#1", "Second texte.")


def test_factiva_xml_cut_off_keeps_what_came_before() -> None:
    data = fixture("factiva.xml")
    items = read(data[: data.index(b"Second texte.") + 6], "a.xml")
    assert [item.content for item in documents(items)] == ["L’usine ouvre.\n\nElle est chère.", "Second"]
    assert [(item.kind, item.recovered) for item in problems(items)] == [("truncated", True)]


def test_factiva_rtf() -> None:
    first, second = documents(read(fixture("factiva.rtf"), "a.rtf"))
    assert (first.title, first.authors, first.site) == (
        "Les puces de Vannes",
        ("Ana Roux",),
        "La Dépêche de l’Ouest",
    )
    assert first.content == "L’usine ouvre.\n\nElle a coûté 40 millions d’euros."
    assert (first.published, first.language) == (day(2025, 2, 1, "1 février 2025"), "fr")
    assert (first.metadata["words"], first.metadata["time"], first.metadata["source_code"]) == (
        1295,
        "15:32",
        "DEPOU",
    )
    assert (second.title, second.content, second.authors) == ("Chips by the sea", "The plant opens.", ())


def test_other_rtf_is_a_text() -> None:
    (document,) = documents(read(r"{\rtf1\ansi Une note d\'e9t\'e9.\par Fin.\par}", "a.doc"))
    assert (document.format, document.content) == ("rtf", "Une note dété.\n\nFin.")


def test_nexis_text() -> None:
    first, second = documents(read(fixture("nexis.txt"), "a.txt"))
    assert (
        first.content
        == "The plant opens in May and will employ two hundred people.\n\nIt cost 40 million euros."
    )
    assert (first.format, first.title, first.site) == ("nexis", "Chips by the sea", "The Harbour Post")
    assert (first.authors, first.language) == (("Zoe Black", "Ann Grey"), "en")
    assert first.published is not None
    assert first.published.date == dt.date(2010, 1, 11)
    assert first.metadata["graphic"] == "The site in August, seen from the sea"
    assert (second.title, second.site, second.content) == (
        "Les puces",
        "La Dépêche de l'Ouest",
        "Le site ouvre.",
    )
    assert second.published == day(2013, 3, 5, "mardi 5 mars 2013")


def test_nexis_uni_documents() -> None:
    first, second = documents(read(docx(NEXIS_LINES), "a.DOCX"))
    assert first.content == "The plant opens in May.\n\nIt cost 40 million euros."
    assert (first.title, first.site, first.metadata["place"]) == (
        "Chips by the sea",
        "The Harbour Post",
        "London",
    )
    assert first.authors == ("Zoe Black", "Ann Grey")
    assert first.published == day(2019, 7, 1, "July 1, 2019 Monday 9:20 AM GMT")
    assert (second.title, second.site, second.content) == (
        "Les puces",
        "La Dépêche de l’Ouest",
        "Le site ouvre.",
    )


def test_other_word_documents_are_a_text() -> None:
    (document,) = documents(read(docx(["Un titre", "", "Un texte."]), "a"))
    assert (document.format, document.content) == ("docx", "Un titre\n\nUn texte.")
    assert fault(docx([""]), "a.docx").kind == "empty"


def test_entities_of_a_word_document_are_not_expanded() -> None:
    from .reader_samples import zipped

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body>"
    xml = f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{space}">{body}</w:document>'
    assert [
        item.content for item in documents(read(zipped({"word/document.xml": xml.encode()}), "a.docx"))
    ] == ["a"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Par Ana Roux", ("Ana Roux",)),
        ("Propos recueillis par Ana Roux et Paul Ney", ("Ana Roux", "Paul Ney")),
        ("Ana Roux, Paul Ney; Léa Pic", ("Ana Roux", "Paul Ney", "Léa Pic")),
        ("Ana Roux (a.roux@journal.example)", ("Ana Roux",)),
        ("Ana Roux, à Bruxelles", ("Ana Roux",)),
        ("By Zoe Black in New York", ("Zoe Black",)),
        ("AFP", ("AFP",)),
        ("Jean-Luc d’Ormesson", ("Jean-Luc d’Ormesson",)),
        ("", ()),
        ("Le maire de la ville a dit hier que les travaux commenceront demain matin.", ()),
    ],
)
def test_bylines(byline: str, names: tuple[str, ...]) -> None:
    assert authors_of(byline) == names


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Le Soir, no. 24018", "Le Soir"),
        ("Le Soir (site web)", "Le Soir"),
        ("Le Soir (site web), no. 12", "Le Soir"),
        ("Acme Law Review, Vol. 14, no 4", "Acme Law Review"),
        ("Casino 7", "Casino 7"),
        ("Le Soir.fr", "Le Soir"),
        ("lesoir.fr", "lesoir.fr"),
        ("Le Courrier - Édition de Lorient", "Le Courrier"),
        ("Le Courrier - Hebdo", "Le Courrier - Hebdo"),
        ("", None),
    ],
)
def test_publication_names(raw: str, name: str | None) -> None:
    assert publication_name(raw) == name

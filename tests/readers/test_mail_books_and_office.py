"""Mails, saved pages, mailboxes, books, office texts and the corpora of IRaMuTeQ."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.readers.pdf_columns import Line, in_reading_order

from .reader_samples import IRAMUTEQ, MAIL, MBOX, MHTML, epub, odt, pptx
from .reading import documents, one, problems, read


def test_a_newsletter_gives_its_html_text_without_its_foot() -> None:
    letter = one(MAIL, "letter.eml")
    assert letter.content == (
        "Le bac\n\nLe bac reprend la mer après trois mois d’arrêt.\n\nLa région a payé 2 millions d’euros."
    )
    assert (letter.format, letter.title, letter.site) == ("mail", "Le bac reprend la mer été", "Le Phare éco")
    assert letter.published is not None
    assert letter.published.date == dt.date(2024, 5, 9)
    assert letter.metadata["newsletter_furniture"] == [
        "Voir dans le navigateur",
        "Vous recevez cette lettre car vous êtes abonné. Se désabonner",
        "Le Phare, 2 quai du Port, Brest",
    ]


def test_a_mailbox_and_a_reply() -> None:
    letter, reply = documents(read(MBOX, "box"))
    assert (letter.source, reply.source) == ("box#0", "box#1")
    assert reply.content == "Le bac partira lundi, je crois.\n\nIl coûte 2 M€."
    assert (reply.authors, reply.site) == (("Ana Roux",), None)
    assert reply.metadata["quoted"][-1] == "Et le bac ?"


def test_attachments_are_read_as_files() -> None:
    part = (
        "Content-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n"
        "titre;texte\r\nA;Un texte.\r\n"
    )
    items = read(MAIL.replace("\r\n--B1--", f"\r\n--B1\r\n{part}\r\n--B1--"), "letter.eml")
    assert [item.source for item in documents(items)] == ["letter.eml", "letter.eml/a.csv#0"]


def test_a_text_that_opens_like_a_mail_is_a_text() -> None:
    text = "Date: 9 mai 2024\nFrom: Brest\n\nLe bac reprend la mer."
    assert one(text, "a.txt").format == "text"


def test_a_saved_page_without_its_frames() -> None:
    page = one(MHTML, "page.mht")
    assert (page.format, page.markup, page.url) == ("mhtml", "html", "https://phare.example/bac")
    assert "reprend la mer après" in page.content
    assert "Publicité" not in page.content


def test_a_corpus_of_starred_variables() -> None:
    first, second = documents(read(IRAMUTEQ, "corpus.txt"))
    assert (first.source, first.format, first.site) == ("corpus.txt#0", "iramuteq", "le phare")
    assert first.content == "Le bac reprend la mer après trois mois.\n\nLa région a payé."
    assert [item.published and item.published.date for item in (first, second)] == [
        dt.date(2024, 5, 9),
        dt.date(2024, 5, 10),
    ]
    assert first.metadata == {"an": "2024"}
    numbered = documents(read(IRAMUTEQ.replace("****", "0001"), "corpus.txt"))
    assert [item.content for item in numbered] == [first.content, second.content]


def test_an_open_document_text() -> None:
    text = one(odt(), "a.odt")
    assert text.content.split("\n\n") == [
        "Le bac",
        "Le bac reprend la mer après trois mois.",
        "deux millions d’euros",
        "Orvane | 5,4 M€",
        "Selon la région, en mai 2024.",
    ]
    assert text.title == "Le bac"


def test_a_book_by_chapters() -> None:
    first, second = documents(read(epub(), "book.epub"))
    assert (first.source, first.title, first.site) == ("book.epub#0", "Chapitre 0", "Le Phare du 9 mai")
    assert second.content == "Chapitre 1\n\nLa grève continue."
    alone = one(epub(("Le bac reprend la mer.",)), "book.epub")
    assert (alone.source, alone.title, alone.authors, alone.language) == (
        "book.epub",
        "Le Phare du 9 mai",
        ("Ana Roux",),
        "fr",
    )


def test_slides_and_notes() -> None:
    slides = one(pptx(), "a.pptx")
    assert slides.content == "Le bac\n\nDeux millions d’euros\n\nÀ dire lentement."
    assert not problems(read(pptx(), "a.pptx"))


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, left + 5 * len(text), top, 11.0)


@pytest.mark.parametrize("prose", [True, False])
def test_rows_across_a_gutter_are_read_by_columns_and_tables_by_rows(prose: bool) -> None:
    left = [f"la gauche numéro {n} de la page, suite" if prose else f"Orvane {n}" for n in range(8)]
    right = [f"la droite numéro {n} de la page, suite" if prose else f"{n},4 M€" for n in range(8)]
    rows = [[line("Un titre qui passe au-dessus des deux colonnes de la page, sans coupure", 50, 800)]]
    rows += [
        [line(a, 50, 700 - 12 * n), line(b, 300, 700 - 12 * n)]
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]
    found = [item.text for item in in_reading_order(rows)][1:]
    assert found == (left + right if prose else [f"{a} {b}" for a, b in zip(left, right, strict=True)])

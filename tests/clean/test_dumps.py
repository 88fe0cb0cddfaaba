"""The margin of a text browser's dump tells the headline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean_document
from corpus.clean.dumps import dump_headings, dump_headline
from corpus.clean.paragraphs import split_lines
from corpus.records import InputDocument

MENU = "\n".join(
    f"     * {name}" for name in ("Accueil", "Politique", "Économie", "Sport", "Météo", "Jeux", "Agenda")
)
PROSE = """\
   La coopérative des Trois Vallées a commencé lundi la pose de ses nouvelles
   cuves, un chantier de 600 000 euros que ses associés ont voté au printemps.
   Les anciennes, qui fuyaient depuis deux hivers, partiront à la ferraille, et
   la production reprendra en janvier, assure le gérant de la maison.
   Le conseil avait hésité longtemps devant la dépense, car deux récoltes de
   suite avaient été maigres ; un prêt de la caisse régionale, remboursé en dix
   ans, et la vente du vieux silo ont fait pencher la balance au dernier vote
   des sociétaires."""
HEADLINE = "Un cœur neuf sous les toits de la vieille laiterie"
BOX = "Les plus vues"
DUMP = (
    f"   Menu\n{MENU}\n\n{BOX}\n\n   Le bac à l'eau\n\n{HEADLINE}\n\n   Publié le 2 décembre 2024 à 19h00\n{PROSE}\n\n"
    f"   Suivez-nous\n{MENU}\n"
)


def headline(text: str) -> str | None:
    lines = split_lines(text)
    found = dump_headline(lines, dump_headings(text, lines))
    return found.text if found is not None else None


def test_the_headline_stands_at_the_margin_above_a_paragraph() -> None:
    assert headline(DUMP) == HEADLINE


def test_a_headline_among_menus_stays() -> None:
    cleaned = clean_document(InputDocument("a.txt", "text", "text", DUMP))
    assert HEADLINE in cleaned.text
    assert "Politique" not in cleaned.text


def test_a_text_without_a_margin_has_none() -> None:
    flat = "\n".join(line.strip() for line in DUMP.split("\n"))
    assert headline(flat) is None


def test_a_heading_above_nothing_is_no_headline() -> None:
    assert headline(DUMP.replace(PROSE, "   Voir la suite")) is None


def test_what_is_known_of_a_page_is_read_below_its_headline() -> None:
    menu = "\n".join(
        f"     * {name} {part}" for name in ("Sport", "Météo", "Jeux", "Agenda") for part in range(12)
    )
    dump = DUMP.replace(MENU, menu, 1).replace("Publié le", "Ana Vell (à Lille)\n   Le")
    cleaned = clean_document(InputDocument("a.txt", "text", "text", dump))
    assert cleaned.title == HEADLINE
    assert cleaned.authors == ("Ana Vell",)
    assert cleaned.published is not None
    assert str(cleaned.published.date) == "2024-12-02"
    assert "Vell" not in cleaned.text


def test_a_date_above_the_headline_counts_where_none_stands_below() -> None:
    dump = DUMP.replace("   Publié le 2 décembre 2024 à 19h00\n", "").replace(
        "   Menu\n", "   Publié le 3 mars 2024\n"
    )
    published = clean_document(InputDocument("a.txt", "text", "text", dump)).published
    assert published is not None
    assert str(published.date) == "2024-03-03"


def test_a_heading_at_the_margin_stays_above_its_paragraph_whatever_stands_around_it() -> None:
    inset = "   Partager\n\n   Lire aussi\n\n   Suivez-nous\n\n"
    dump = DUMP.replace(PROSE, f"{PROSE}\n\n{inset}Le silo\n\n{PROSE.replace('cuves', 'vannes')}\n\n{inset}")
    flat = dump.replace("Le silo", "   Le silo")
    found = [clean_document(InputDocument("a.txt", "text", "text", text)).text for text in (dump, flat)]
    assert ["Le silo" in text for text in found] == [True, False]
    assert "Partager" not in found[0]


@given(st.text(alphabet="ab \n*éÀ.", max_size=400))
def test_a_headline_is_a_line_of_its_text(text: str) -> None:
    found = headline(text)
    assert found is None or found in text

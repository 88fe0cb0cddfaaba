from __future__ import annotations

from itertools import pairwise
from textwrap import wrap

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean.paragraphs import split_lines, unbroken

PARAGRAPH = (
    "La commune a voté lundi soir un budget de douze millions d'euros pour rénover ses trois écoles, dont la plus ancienne date "
    "de l'entre-deux-guerres et laisse passer la pluie depuis plusieurs hivers, au grand dam des parents d'élèves du quartier."
)


def test_a_line_break_ends_a_paragraph() -> None:
    text = "Un titre\n  Une première phrase.\n\nUne seconde.  "
    assert [line.text for line in split_lines(text)] == ["Un titre", "Une première phrase.", "Une seconde."]


def test_fields_of_a_record_are_no_wrapped_sentence() -> None:
    record = (
        'link: "https://exemple.fr/un-pont-a-rouvrir",\ntitle: "Un pont rouvre après deux ans de travaux",\n'
    )
    assert len(split_lines((record + 'excerpt: "La ville compte dix ponts dont un seul fermé",\n') * 3)) == 9


def test_a_date_below_a_blank_line_is_a_line_of_its_own() -> None:
    text = "\n".join(["Un pont rouvre", "", "2018-06-03", "La rédaction", "", *wrap(PARAGRAPH * 3, 72)])
    assert [line.text for line in split_lines(text)][:3] == ["Un pont rouvre", "2018-06-03", "La rédaction"]


def test_offsets_point_at_the_text() -> None:
    text = "\n  a \n\n\tb\u00a0\n"
    assert [(line.start, line.end, text[line.start : line.end]) for line in split_lines(text)] == [
        (3, 4, "a"),
        (8, 9, "b"),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "\n\n".join("\n".join(wrap(PARAGRAPH, 72, break_on_hyphens=False)) for _ in range(3))
    lines = split_lines(text)
    assert [" ".join(line.text.split()) for line in lines] == [PARAGRAPH] * 3


def test_paragraphs_without_blank_lines_between_wrapped_ones_end_at_a_short_line() -> None:
    first, second = PARAGRAPH + " Fin.", PARAGRAPH
    lines = split_lines("\n".join([*wrap(first, 60), *wrap(second, 60)]))
    assert [" ".join(line.text.split()) for line in lines] == [first, second]


def test_a_list_is_not_taken_for_wrapped_text() -> None:
    items = [
        "- une école de trois classes",
        "- un gymnase pour le quartier",
        "- une bibliothèque rénovée",
        "- un préau",
    ]
    assert [line.text for line in split_lines("\n".join(items))] == items


@given(st.text(alphabet="ab é.\n\t-•", max_size=400))
def test_every_visible_character_stands_in_one_line(text: str) -> None:
    lines = split_lines(text)
    assert all(a.end <= b.start for a, b in pairwise(lines))
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    assert all(text[line.start : line.end] == line.text for line in lines)


@given(st.text(alphabet="ab é.\n\t-•", max_size=400))
def test_an_unbroken_text_keeps_every_offset(text: str) -> None:
    whole = unbroken(text, split_lines(text))
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, whole, strict=True))


def test_a_paragraph_is_one_line_of_an_unbroken_text() -> None:
    text = "\n\n".join("\n".join(wrap(PARAGRAPH, 72, break_on_hyphens=False)) for _ in range(3))
    assert unbroken(text, split_lines(text)) == "\n\n".join([PARAGRAPH] * 3)


def test_a_listed_label_is_no_part_of_the_wrapped_paragraph_above_it() -> None:
    prose = wrap(PARAGRAPH, 68, break_on_hyphens=False)
    stamp = "Publié le 25/10/2023 à 9h21 & mis à jour le 25/10/2023 à 19h15"
    lines = split_lines("\n".join([*prose, "", stamp, "Publicité", "", *prose, "", *prose]))
    assert [line.text for line in lines[1:3]] == [stamp, "Publicité"]


def test_a_pointer_is_no_part_of_the_wrapped_paragraph_above_it() -> None:
    pointer = "Lire aussi : Chauffage. Trois écoles de la commune attendent encore un devis"
    paragraph = PARAGRAPH.replace(
        " du quartier.",
        ", dont beaucoup travaillent loin et n'ont pas tous une voiture pour gagner la grande ville voisine.",
    )
    body = "\n".join(wrap(paragraph, 72, break_on_hyphens=False))
    lines = split_lines(f"{body}\n\n{body}\n{pointer}\n\n{body}")
    assert [" ".join(line.text.split()) for line in lines] == [paragraph, paragraph, pointer, paragraph]


def test_a_byline_and_a_date_line_are_no_part_of_the_wrapped_lead_above_them() -> None:
    body = "\n".join(wrap(PARAGRAPH, 72, break_on_hyphens=False))
    lead = [
        *wrap(PARAGRAPH, 72, break_on_hyphens=False)[:3],
        "et laisse depuis plusieurs hivers passer la pluie dans les salles.",
    ]
    byline, date = (
        "Par Ana Vell, envoyée spéciale à Saint-Jean-sur-Vezère-les-Lacs",
        "Le 28 novembre 2025 à 10h00",
    )
    lines = split_lines("\n".join([*lead, byline, date, body, "", body]))
    assert [" ".join(line.text.split()) for line in lines] == [
        " ".join(lead),
        byline,
        date,
        PARAGRAPH,
        PARAGRAPH,
    ]


def test_a_wrapped_sentence_that_begins_as_a_byline_stays_whole() -> None:
    body = "\n".join(wrap(PARAGRAPH, 72, break_on_hyphens=False))
    sentence = [
        "Créé par Ana Vell, la première version de la carte des écoles a été",
        "publiée en ligne par la commune il y a trois ans.",
    ]
    lines = split_lines("\n".join([body, "", *sentence, "", body]))
    assert " ".join(lines[1].text.split()) == " ".join(sentence)


def test_the_last_word_of_a_wrapped_item_is_no_label_though_menus_have_it() -> None:
    prose = wrap(PARAGRAPH, 68, break_on_hyphens=False)
    item = ["* Classer par longueur et par nombre de lecteurs les deux cents", "newsletters"]
    lines = split_lines("\n".join([*prose, "", *item, "", *prose, "", *prose]))
    assert [line.text for line in lines[1:2]] == ["\n".join(item)]


def test_what_a_text_browser_filled_is_wrapped_whatever_menus_stand_around_it() -> None:
    menu = [f"     * Rubrique {number}" for number in range(60)]
    prose = ["   " + line for line in wrap(PARAGRAPH, 68, break_on_hyphens=False)]
    lines = split_lines("\n".join([*menu, "", *prose, "", *prose, *menu]))
    assert [" ".join(line.text.split()) for line in lines].count(PARAGRAPH) == 2
    assert len(lines) == 2 * len(menu) + 2


def test_short_lines_of_verse_are_not_taken_for_wrapped_text() -> None:
    verse = [
        f"{word} la nuit tombe au bord du vieux canal"
        for word in ("quand", "et", "où", "si", "car", "dont", "là")
    ]
    prose = [f"Phrase {number} : elle se tient seule." for number in range(30)]
    assert len(split_lines("\n".join([*prose, *verse]))) == len(verse) + len(prose)


PASSAGE = [
    "Le conseil de la ville se réunira de nouveau",
    "jeudi soir. Il doit choisir entre deux tracés",
    "du tramway, dont le plus court passerait par",
    "le quartier de la gare.",
]
LONG = "La maire a promis que les habitants seraient consultés, et que les deux tracés resteraient sur la table jusqu'en juin."


def test_a_wrapped_passage_of_a_text_that_is_not_is_one_paragraph() -> None:
    source = "\n".join([LONG, LONG, *PASSAGE, LONG, "Partager"])
    lines = split_lines(source)
    assert [line.text for line in lines] == [LONG, LONG, "\n".join(PASSAGE), LONG, "Partager"]
    assert all(source[line.start : line.end] == line.text for line in lines)


def test_headings_items_and_lines_with_room_left_are_no_passage() -> None:
    rows = [
        "Les chantiers qui commencent dans la ville en mai",
        "Trois écoles et un gymnase seront repeints en juin",
        "- la rénovation de l'école du Moulin et de sa cour",
        "- le pont sur la rivière entre la gare et le port",
        "deux trains par jour de plus vers Valmont",
        "et un car vers les plages, mais le dimanche seulement, au départ de la gare.",
    ]
    assert [line.text for line in split_lines("\n".join([LONG, LONG, *rows, LONG]))] == [
        LONG,
        LONG,
        *rows,
        LONG,
    ]

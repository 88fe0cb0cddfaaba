from __future__ import annotations

import pytest

from corpus.clean import CleanOptions, clean_document
from corpus.records import InputDocument

BODY = (
    "Le conseil régional a voté lundi une aide de douze millions d'euros pour la filière, qui emploie trois mille personnes.",
    "Les élus de l'opposition ont regretté que la somme ne soit pas fléchée vers les petites entreprises du bassin.",
)


def cleaned(content: str) -> str:
    document = InputDocument("note.txt", "text", "text", content)
    return clean_document(document, CleanOptions(identify_language=False)).text


@pytest.mark.parametrize(
    "placeholder",
    [
        '<image>data:image/s3,"s3://bac/1a2b" alt="Ostrava lève 30 millions d\'euros"</image>',
        '<image src="data:image/png;base64,iVBORw0K" alt="Ostrava lève 30 millions">',
        "<image>data:image/jpeg;base64,/9j/4AAQ Ostrava lève 30 millions",
        "![Ostrava lève 30 millions d'euros à Limoges](data:image/png;base64,iVBORw0K=)",
        'data:image/gif;base64,R0lGODlhAQAB" alt="Ostrava lève 30 millions"',
        'data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg"><title>Ostrava lève 30 millions</title></svg>',
        "https://t.co/a1B2c3",
        "![logo](https://exemple.fr/logo.png)",
        "[bandeau-1200x60.svg]",
        "usine_2025.jpg",
        "pic.twitter.com/a1B2c3",
        "(BUTTON)",
        "IFRAME: [7]https://mesures.example/cadre.html?id=1",
        "IFRAME:\n   //mesures.example/cadre.html",
        "IFRAME:\n   https://mesures.example/widget/cadre-2.0.p\n   hp?numero=1&taille=468x60",
    ],
)
def test_what_stands_for_a_picture_a_button_or_a_frame_is_no_text(placeholder: str) -> None:
    assert cleaned(f"{BODY[0]}\n{placeholder}\n{BODY[1]}") == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "![La présidente du conseil devant les élus, lundi à Limoges](https://exemple.fr/salle.jpg)",
        "Le fichier usine.png pèse trois mégaoctets, dit la note.",
        "La taille (en octets) du dossier [annexe] n'est pas donnée.",
    ],
)
def test_a_caption_and_a_file_that_the_text_speaks_of_stay(line: str) -> None:
    assert line in cleaned(f"{BODY[0]}\n{line}\n{BODY[1]}")


def test_the_picture_of_a_message_is_cut_from_behind_its_words() -> None:
    message = "Bravo à Ostrava pour ses trois ateliers !"
    assert (
        cleaned(f"{BODY[0]}\n{message} https://t.co/x1 pic.twitter.com/a1B2\n{BODY[1]}")
        == f"{BODY[0]}\n\n{message}\n\n{BODY[1]}"
    )
    page = f"<html><body><article><p>{BODY[0]}</p><p>{message} pic.x.com/a1B2</p><p>{BODY[1]}</p></article></body></html>"
    document = InputDocument("a.html", "html", "html", page)
    assert message + "\n" in clean_document(document, CleanOptions(identify_language=False)).text


def test_a_label_glued_to_a_sentence_is_cut_from_it() -> None:
    assert cleaned(f"{BODY[0]}\nPartager sur FacebookL'atelier ouvrira en mai.\n{BODY[1]}") == "\n\n".join(
        [BODY[0], "L'atelier ouvrira en mai.", BODY[1]]
    )


def test_a_name_with_a_capital_inside_is_not_taken_apart() -> None:
    line = "La société Retour à la ListeNord ouvrira un atelier en mai, a dit la mairie de la ville."
    assert line in cleaned(f"{BODY[0]}\n{line}\n{BODY[1]}")

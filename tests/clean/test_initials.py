"""Drop caps go back to the head of their word, and nothing else is joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean_document
from corpus.clean.initials import with_initials
from corpus.records import InputDocument


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        ("L\ne conseil a voté la vente.", "Le conseil a voté la vente."),
        ("D\n\nes élus ont refusé.", "Des élus ont refusé."),
        ("I\nl a voté contre.", "Il a voté contre."),
        ("A\nvec trois ateliers, la ville avance.", "Avec trois ateliers, la ville avance."),
        ("À\nquoi bon voter ?", "À quoi bon voter ?"),
        ("L'\nentreprise a voté.", "L'entreprise a voté."),
        ("L e conseil a voté la vente.", "Le conseil a voté la vente."),
        ("Un titre\n\nL\ne conseil a voté.", "Un titre\n\nLe conseil a voté."),
    ],
)
def test_a_drop_cap_heads_its_word(parted: str, whole: str) -> None:
    assert with_initials(parted) == whole


@pytest.mark.parametrize(
    "inner",
    [
        '<div class="dropcap">L</div><div><p>e conseil a voté lundi la vente du terrain, et les élus ont refusé.</p></div>',
        "<p><span><b>L</b></span></p><p>e conseil a voté lundi la vente du terrain, et les élus ont refusé.</p>",
    ],
)
def test_a_drop_cap_with_an_element_of_its_own_heads_its_word(inner: str) -> None:
    page = f"<html><body><article><h1>Un terrain vendu</h1>{inner}</article></body></html>"
    text = clean_document(InputDocument("a.html", "html", "html", page)).text
    assert text.split("\n\n")[1:] == ["Le conseil a voté lundi la vente du terrain, et les élus ont refusé."]


@pytest.mark.parametrize(
    "text",
    [
        "C\ncloud : un nuage de serveurs.",
        "X\nmarque",
        "M mes amis",
        "Plan B\nle conseil a voté",
        "A la une",
        "C est",
        "Le prix monte\nL\nOstrava",
    ],
)
def test_letters_that_stand_for_themselves_stay(text: str) -> None:
    assert with_initials(text) == text


def test_the_clean_text_has_the_word() -> None:
    document = InputDocument(
        "a.txt", "text", "text", "L\ne conseil a voté lundi la vente du terrain.\n\nIl signera mardi."
    )
    assert (
        clean_document(document).text == "Le conseil a voté lundi la vente du terrain.\n\nIl signera mardi."
    )


@given(st.text(alphabet="ABLXÀéelrs'.\n ", max_size=60))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join(with_initials(text).split()) == "".join(text.split())

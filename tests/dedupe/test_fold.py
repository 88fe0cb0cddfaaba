"""Folding: what counts as the same typography, one text at a time and by the million."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.fingerprint import fingerprint, hash_words
from dedupe.fold import Tokens, folded_words

SAME = [
    ("L’IA générative", "l'ia GÉNÉRATIVE"),
    ("« Nous gagnons », dit-elle.", "“nous gagnons” dit elle"),
    ("3 000 postes", "3000 postes"),
    ("12\u202f500\u00a0€", "12500 €"),
    ("65 % des cas", "65% des cas"),
    ("cœur de me\u0301tier", "Cœur de métier"),
    ("ordina\u00adteur quan\u200btique", "ordinateur quantique"),
    ("hausse de – 5 %", "hausse de - 5 %"),
    ("Qui ? Moi !", "qui\u00a0? moi\u202f!"),
]
OTHER = [
    ("1,5 million", "15 millions"),
    ("1,5 %", "1,5 €"),
    ("-5 degrés", "5 degrés"),
    ("2024 150 sites", "2024150 sites"),
    ("interné", "interne"),
    ("12 000", "12 0000"),
    ("👍 oui", "👎 oui"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_typography_does_not_count(a: str, b: str) -> None:
    assert folded_words(a) == folded_words(b)


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_everything_else_does(a: str, b: str) -> None:
    assert folded_words(a) != folded_words(b)


def test_offsets_are_those_of_the_text_as_it_came() -> None:
    text = "Cafe\u0301 :\u00a0 3\u202f000 « œuvres »"
    tokens = Tokens(text)
    assert tokens.words() == ["café", "3000", "œuvres"]
    assert [text[tokens.start(i) : tokens.end(i)] for i in range(3)] == ["Cafe\u0301", "3\u202f000", "œuvres"]


ALPHABET = "aAéÉœŒßñ0123 0123 .,-–−%€£$¥ '’«»\u00a0\u202f\u00ad\u200b\u0301\n中Σ½"


@given(
    st.lists(
        st.text(st.one_of(st.sampled_from(ALPHABET), st.characters(exclude_categories=["Cs"])), max_size=24)
    )
)
@example(["-12 345,6 %", "1234 567 890", "--5 %5 5%", "5 123 4567", "€12 000 G42 100", "…", ""])
def test_bytes_by_the_million_are_folded_like_one_text(texts: list[str]) -> None:
    prints = fingerprint([text.encode() for text in texts])
    assert [prints.row(i).tolist() for i in range(len(texts))] == [
        hash_words(folded_words(text)).tolist() for text in texts
    ]


@given(st.text(st.sampled_from(ALPHABET), max_size=40))
def test_tokens_stand_in_order_and_hold_their_words(text: str) -> None:
    tokens = Tokens(text)
    edges = [edge for i in range(len(tokens)) for edge in (tokens.start(i), tokens.end(i))]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    for i in range(len(tokens)):
        assert folded_words(text[tokens.start(i) : tokens.end(i)]) == [tokens.word(i)]


@given(st.text(st.sampled_from("aéèœ 'ç.0"), max_size=30))
def test_composition_does_not_count(text: str) -> None:
    assert folded_words(unicodedata.normalize("NFD", text)) == folded_words(text)

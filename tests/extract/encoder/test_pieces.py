"""Pieces cover the text, in order, and a word that nobody knows is cut into letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.encoder.pieces import PieceModel

WORDS = ["▁", "▁le", "▁l", "e", "ver", "v", "er", "r", "▁a", "a", "t", "ta", "ff"]
MODEL = PieceModel(
    {word: k + 1 for k, word in enumerate(WORDS)}, [0.0, *(-2.0 + 0.1 * k for k in range(13))], 0
)


@given(st.text(alphabet="lever ta\n…ﬀ½é'", max_size=60))
def test_pieces_cover_all_but_spaces(text: str) -> None:
    found = MODEL.pieces(text)
    held = {place for piece in found for place in range(piece.start, piece.end)}
    assert held == {k for k, letter in enumerate(text) if not letter.isspace()}
    starts = [piece.start for piece in found]
    assert starts == sorted(starts)
    assert all(0 <= piece.number <= len(WORDS) for piece in found)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("le ver", ["▁le", "▁", "ver"]), ("l", ["▁l"]), ("ﬀ", ["▁", "ff"]), ("", [])],
)
def test_the_likeliest_cut_is_taken(text: str, pieces: list[str]) -> None:
    names = {k + 1: word for k, word in enumerate(WORDS)}
    assert [names[piece.number] for piece in MODEL.pieces(text)] == pieces


def test_an_unknown_letter_is_a_piece_of_its_own() -> None:
    assert [piece.number for piece in MODEL.pieces("a字t")] == [
        WORDS.index("▁a") + 1,
        0,
        WORDS.index("t") + 1,
    ]

"""The vectors of some pieces are those that all pieces' vectors hold."""

from __future__ import annotations

import numpy as np
import pytest

from extract.facts.encoder_reader import shipped_reader

PIECES = [11 * k % 5000 for k in range(1, 60)]
MARKS = [k % 4 for k in range(59)]


@pytest.mark.parametrize("rows", [[0], [7, 8, 31], list(range(59))])
def test_vectors_of_some_pieces(rows: list[int]) -> None:
    encoder = shipped_reader().encoder
    every, some = encoder.encode(PIECES, MARKS), encoder.encode(PIECES, MARKS, rows)
    assert some[rows].tobytes() == every[rows].tobytes()
    assert not np.delete(some, rows, axis=0).any()

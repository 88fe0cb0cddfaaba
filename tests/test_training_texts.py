"""The training texts are written as their README says."""

from __future__ import annotations

import json

import pytest
from scripts.check_training import check, problems
from scripts.training_texts import hands, read_hand


@pytest.mark.parametrize("path", hands(), ids=lambda path: path.stem)
def test_every_file_is_in_order(path):
    wrong, texts, _ = check(path)
    assert wrong == []
    assert texts > 0


def test_every_mention_is_where_the_text_says():
    text = next(read_hand(hands()[0]))
    assert text.mentions
    for mention in text.mentions:
        assert text.text[mention.start : mention.end].strip()


def test_a_mention_out_of_order_is_named():
    row = json.loads(hands()[0].read_text(encoding="utf-8").splitlines()[0])
    assert list(problems(row)) == []
    row["companies"].append(["Nulle part", "Nulle part"])
    assert "Nulle part" in next(problems(row))

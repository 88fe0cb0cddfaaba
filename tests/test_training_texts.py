"""The training texts are written as their README says."""

from __future__ import annotations

import json

import pytest
from scripts.check_training import check, problems
from scripts.real_articles import LEARN, SCORE
from scripts.training_texts import hands, read_hand

from extract.facts.records import KINDS


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


@pytest.mark.parametrize("path", [LEARN, SCORE], ids=lambda path: path.stem)
def test_annotations_of_real_articles_hold_no_text_of_theirs(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert "text" not in row
        assert {fact["kind"] for fact in row["facts"]} <= set(KINDS)
        surfaces = [entry[0] for key in ("companies", "others") for entry in row[key]]
        surfaces += [entry["text"] for key in ("amounts", "dates") for entry in row[key]]
        assert all(len(surface.split()) <= 14 for surface in surfaces)


def test_no_article_is_learned_from_and_scored_on():
    learned, scored = (
        {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}
        for path in (LEARN, SCORE)
    )
    assert not learned & scored

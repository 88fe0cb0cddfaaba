"""Twelve everyday questions of an analyst: each answered in at most three lines, without SQL."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import corpus

QUESTIONS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "questions.toml").read_text(encoding="utf-8")
)["question"]


def test_there_are_twelve_in_at_most_three_lines() -> None:
    assert len(QUESTIONS) == 12
    for question in QUESTIONS:
        assert 1 <= len(question["lines"]) <= 3
        assert not any("sql" in line or ";" in line or "\n" in line for line in question["lines"])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["asked"][:50])
def test_the_answer_is_the_one_made_by_hand(question: dict[str, Any], sample: Path) -> None:
    names: dict[str, Any] = {"c": corpus.open(sample)}
    exec("\n".join(question["lines"]), names)
    assert names["answer"] == question["answer"], question["why"]

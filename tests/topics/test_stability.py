"""What a topic's stability counts, and when a topic is doubtful."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from corpus.topics import TopicModel
from corpus.topics.quality import doubts
from corpus.topics.stability import came_back
from tests.topics.articles import corpus


def noise() -> list[str]:
    """Texts without themes: every word of a text is drawn from all."""
    chance = random.Random(1)
    words = [
        "".join(chance.choices("bcdfgklmnprstvz", k=3)) + ending
        for ending in ("ole", "ure")
        for _ in range(150)
    ]
    return [" ".join(chance.choices(words, k=60)) for _ in range(100)]


@pytest.mark.parametrize(
    ("shared", "back"), [(0, 0.0), (3, 0.0), (4, 1 / 3), (5, 2 / 3), (6, 1.0), (10, 1.0)]
)
def test_a_topic_comes_back_as_far_as_its_terms_do(shared: int, back: float) -> None:
    topic = np.arange(10)[None]
    sample = np.array([np.arange(100, 110), np.arange(10 - shared, 20 - shared)])
    assert came_back(topic, sample) == pytest.approx([back])


def test_two_topics_do_not_come_back_as_one() -> None:
    twins = np.array([np.arange(10), np.arange(10)])
    other = np.arange(100, 110)
    assert came_back(twins, np.array([np.arange(10), other])).sum() == 1.0
    assert came_back(twins, np.array([np.arange(10)])).sum() == 1.0


def test_themes_come_back_and_pieces_cut_by_chance_do_not() -> None:
    texts, _ = corpus(each=25)
    themes, chance = TopicModel(4).fit_and_judge(texts).state_, TopicModel(6).fit_and_judge(noise()).state_
    assert doubts(themes) == [None] * 4
    assert themes.stability is not None
    assert themes.stability.min() > 0.9
    assert all(doubt and "samples" in doubt for doubt in doubts(chance))


def test_a_topic_is_doubtful_by_its_own_stability_alone() -> None:
    texts, _ = corpus(each=6)
    state = TopicModel(3).fit(texts).state_
    said = doubts(replace(state, stability=np.array([0.9, 0.4, np.nan])))
    assert said[0] is said[2] is None
    assert said[1] is not None
    assert "40%" in said[1]


def test_a_topic_that_no_document_has_as_its_heaviest_is_doubtful() -> None:
    texts, _ = corpus(each=6)
    said = doubts(TopicModel(3).fit(texts).state_, documents=[9, 0, 4])
    assert said == [None, "it is the heaviest topic of no document", None]

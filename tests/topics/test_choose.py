"""How many topics."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.topics import TopicModel
from corpus.topics.choose import GRID, documents_for, evenness, pick, score
from corpus.topics.curve import Evidence
from tests.topics.articles import corpus


def test_texts_of_one_template_get_the_fewest_topics() -> None:
    """Where words go together no better than by chance, a tie of stability is no reason for twenty topics."""
    draw = random.Random(4)
    names = ["Ardoise", "Brume", "Corail", "Dune", "Falaise", "Givre", "Houle", "Iris", "Jade"]
    texts = [
        f"{draw.choice(names)} investit dans {draw.choice(names)} pour {draw.randint(2, 900)} millions d’euros."
        for _ in range(200)
    ]
    assert TopicModel().fit(texts).n_topics_ == 2


def test_coarse_fine_and_the_curve() -> None:
    texts, _ = corpus(each=25)
    models = {resolution: TopicModel(resolution).fit(texts) for resolution in ("coarse", "normal", "fine")}
    numbers = [models[resolution].n_topics_ for resolution in ("coarse", "normal", "fine")]
    assert numbers == sorted(numbers)
    assert models["normal"].n_topics_ == TopicModel().fit(texts).n_topics_
    curve = models["normal"].state_.choices
    assert [choice.topics for choice in curve] == [k for k in GRID if documents_for(k) <= len(texts)]
    assert sum(choice.chosen for choice in curve) == 1


def test_a_small_folder_has_as_many_topics_as_themes() -> None:
    """Of twenty pages on four themes each theme is a topic, and a number beyond what the pages can tell is not looked at."""
    texts, _ = corpus(each=5)
    model = TopicModel().fit(texts)
    assert model.n_topics_ == 4
    assert max(choice.topics for choice in model.state_.choices) == 4


@given(st.lists(st.tuples(st.floats(-0.1, 1.0), st.floats(0.02, 1.0)), min_size=1, max_size=len(GRID)))
def test_coarse_never_chooses_more_than_fine(points: list[tuple[float, float]]) -> None:
    curve = [
        Evidence(k, agreed, 0.1, (largest, *[(1.0 - largest) / (k - 1)] * (k - 1)))
        for k, (agreed, largest) in zip(GRID, points, strict=False)
    ]
    scores = score(curve, 400)
    assert pick(scores, "coarse") <= pick(scores, "normal") <= pick(scores, "fine")


@given(st.lists(st.integers(0, 50), min_size=2, max_size=42).filter(any))
def test_even_topics_are_worth_most(sizes: list[int]) -> None:
    shares = [size / sum(sizes) for size in sizes]
    assert -1e-9 <= evenness(shares) <= evenness([1 / len(sizes)] * len(sizes)) + 1e-9

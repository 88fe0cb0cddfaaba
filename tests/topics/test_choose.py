"""How many topics."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.topics import TopicModel
from corpus.topics.choose import DOCUMENTS_PER_TOPIC, GRID, RESOLUTIONS, score
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
    assert [choice.topics for choice in curve] == [k for k in GRID if k * DOCUMENTS_PER_TOPIC <= len(texts)]
    assert sum(choice.chosen for choice in curve) == 1


@given(
    st.lists(st.tuples(st.floats(-0.1, 1.0), st.floats(0.02, 1.0)), min_size=1, max_size=len(GRID)),
    st.integers(10, 100_000),
)
def test_a_lower_price_of_numbers_never_chooses_fewer(
    points: list[tuple[float, float]], documents: int
) -> None:
    curve = [Evidence(k, agreed, 0.1, share) for k, (agreed, share) in zip(GRID, points, strict=False)]
    for dear, cheap in pairwise(RESOLUTIONS):
        before = int(score(curve, dear, documents).argmax())  # type: ignore[arg-type]
        scores = score(curve, cheap, documents)  # type: ignore[arg-type]
        # Scores are rounded to six decimals, so that equals may change places.
        assert int(scores.argmax()) >= before or scores.max() - scores[before] <= 2e-6

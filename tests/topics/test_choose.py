"""How many topics."""

from __future__ import annotations

import random

from corpus.topics import TopicModel


def test_texts_of_one_template_get_the_fewest_topics() -> None:
    """Where words go together no better than by chance, a tie of stability is no reason for twenty topics."""
    draw = random.Random(4)
    names = ["Ardoise", "Brume", "Corail", "Dune", "Falaise", "Givre", "Houle", "Iris", "Jade"]
    texts = [
        f"{draw.choice(names)} investit dans {draw.choice(names)} pour {draw.randint(2, 900)} millions d’euros."
        for _ in range(200)
    ]
    assert TopicModel().fit(texts).n_topics_ == 2

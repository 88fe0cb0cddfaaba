"""What belongs to no topic."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from corpus.topics import TopicModel
from corpus.topics.fitted_texts import hashes_of, were_fitted
from tests.topics.articles import article, corpus


@pytest.fixture(scope="module")
def fitted() -> TopicModel:
    return TopicModel(n_topics=4).fit(corpus()[0])


def test_a_document_without_a_topics_words_has_none_of_it(fitted: TopicModel) -> None:
    weights, none = fitted.memberships([article("santé", 500), "xylophone zeppelin quinoa", ""])
    assert none[0] < 0.1
    assert list(none[1:]) == [1.0, 1.0]
    assert weights[0].max() > 0.9


def test_a_document_among_strangers_is_in_no_topic() -> None:
    """Fitted with the others, a document must not be told by its own words."""
    chance = random.Random(3)
    letters = "abcdefghijklmnop"
    strangers = [
        " ".join("".join(chance.choices(letters, k=7)) for _ in range(60)) + " règlement" for _ in range(4)
    ]
    texts = [*corpus(each=6)[0], *strangers]
    weights, none = TopicModel(4).fit(texts).memberships(texts)
    confidence = weights.max(axis=1) * (1.0 - none)
    assert (confidence[-4:] < 0.6).all()
    assert np.median(confidence[:-4]) > 0.8


def test_a_text_weighs_the_same_in_any_batch(fitted: TopicModel) -> None:
    texts, _ = corpus()
    weights, none = fitted.memberships(texts)
    alone = [fitted.memberships([text]) for text in texts]
    assert np.array_equal(weights, np.vstack([one[0] for one in alone]))
    assert np.array_equal(none, np.concatenate([one[1] for one in alone]))


def test_a_stranger_with_a_few_words_of_a_topic_is_less_of_it_than_its_documents_are() -> None:
    """What tells a stranger is that the other documents know few of its words, not only that a topic gains little."""
    chance = random.Random(5)
    rare = [" ".join("".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(30)) for _ in range(3)]
    strangers = [f"{words} {words} {article('santé', 700 + n, words=6)}" for n, words in enumerate(rare)]
    # Each rare word stands in two documents, so that the model knows it.
    texts = [*corpus(each=10)[0], *strangers, *(f"{words} Rien." for words in rare)]
    weights, none = TopicModel(4).fit(texts).memberships(texts)
    confidence = weights.max(axis=1) * (1.0 - none)
    assert confidence[40:].max() < confidence[:40].min()


def test_how_strange_documents_are_is_kept_with_a_model(fitted: TopicModel, tmp_path: Path) -> None:
    fitted.save(tmp_path / "model")
    again = TopicModel.load(tmp_path / "model")
    assert again.state_.usual == fitted.state_.usual is not None


def test_new_documents_are_of_topics_as_much_as_fitted_ones() -> None:
    """What is taken out of a topic for a document that made it must not be taken out for one that did not."""
    texts, themes = corpus(each=20)
    fitted, new = texts[:40], texts[40:]
    model = TopicModel(4).fit(fitted)
    of_fitted, of_new = model.memberships(fitted), model.memberships(new)
    assert abs(of_fitted[1].mean() - of_new[1].mean()) < 0.05
    groups = of_new[0].argmax(axis=1)
    assert len(set(zip(groups.tolist(), themes[40:], strict=True))) == 4


def test_a_fitted_text_is_known_by_most_of_its_paragraphs() -> None:
    known = hashes_of(["Un premier paragraphe.\n\nUn autre, plus long que le premier.", "Un troisième."])
    assert list(known) == sorted(set(known.tolist()))
    texts = [
        "Un troisième.",
        "Un autre, plus long que le premier.\n\nEt une phrase.",
        "Un premier paragraphe.\n\nEt une phrase nouvelle, bien plus longue que lui.",
        "",
    ]
    assert were_fitted(texts, known).tolist() == [True, True, False, False]

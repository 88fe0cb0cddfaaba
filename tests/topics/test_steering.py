"""What a user asks of topics holds in the fit, in new documents, in saved models and in a fit of more documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.topics import TopicModel
from corpus.topics.errors import TopicError
from corpus.topics.wishes import Wish, own_words
from tests.topics.articles import THEMES, article, corpus

THEME_WORDS = {theme: ", ".join(words[:6]) for theme, words in THEMES["fr"].items()}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return corpus(each=20)[0]


def fitted(texts: list[str], *wishes: tuple[str, ...], topics: int = 4) -> TopicModel:
    return TopicModel(topics, wishes=wishes).fit(texts)


def named(model: TopicModel, name: str) -> int:
    return model.labels().index(name)


def test_a_name_is_that_of_the_topic_whose_words_were_given(texts: list[str]) -> None:
    model = fitted(texts, *(("topic_label", words, theme) for theme, words in THEME_WORDS.items()))
    assert model.state_.answers == (None,) * 4
    for theme in THEME_WORDS:
        weights = model.transform([article(theme, 900)])[0]
        assert weights.argmax() == named(model, theme)


def test_names_and_merges_hold_when_documents_are_added(texts: list[str]) -> None:
    before = TopicModel(4).fit(texts)
    terms = [", ".join(row) for row in before.top_terms(10)]
    wishes = [("topic_merge", terms[1], terms[0]), ("topic_label", terms[0], "les deux")]
    more = [*texts, *(article(theme, number) for theme in THEME_WORDS for number in range(100, 104))]
    after = fitted(more, *wishes)
    assert after.state_.answers == (None, None)
    assert after.n_topics_ == 3
    of = before.transform(texts).argmax(axis=1)
    together = after.transform([text for text, topic in zip(texts, of, strict=True) if topic in (0, 1)])
    assert (together.argmax(axis=1) == named(after, "les deux")).mean() > 0.9


def test_documents_tell_a_topic_better_than_words(texts: list[str]) -> None:
    """Of two themes the words of one and the documents of the other: the documents are believed."""
    ids = [f"{theme}{number}" for number in range(20) for theme in THEME_WORDS]
    told = " ".join(f"@santé{number}" for number in range(8))
    wish = ("topic_label", f"{THEME_WORDS['école']} {told} @gone", "hôpitaux")
    model = TopicModel(4, wishes=[wish]).fit(texts, ids=ids)
    assert model.state_.answers == (None,)
    assert model.transform([article("santé", 900)])[0].argmax() == named(model, "hôpitaux")


def test_a_topic_whose_documents_have_parted_is_not_named(texts: list[str]) -> None:
    ids = [f"{theme}{number}" for number in range(20) for theme in THEME_WORDS]
    told = " ".join(f"@{theme}{number}" for number in range(3) for theme in ("santé", "école"))
    model = TopicModel(4, wishes=[("topic_label", f"élève, patient {told}", "tous")]).fit(texts, ids=ids)
    (answer,) = model.state_.answers
    assert answer == "the documents of 'élève, patient' are of several topics now, at most 3 of 6 of one"
    assert "tous" not in model.labels()


def test_too_few_documents_leave_it_to_the_words(texts: list[str]) -> None:
    ids = [f"{theme}{number}" for number in range(20) for theme in THEME_WORDS]
    wish = ("topic_label", f"{THEME_WORDS['école']} @santé1 @gone", "classes")
    model = TopicModel(4, wishes=[wish]).fit(texts, ids=ids)
    assert model.transform([article("école", 900)])[0].argmax() == named(model, "classes")


@pytest.mark.parametrize(("elsewhere", "met"), [(6, False), (2, True)])
def test_a_word_that_another_topic_has_half_as_often_names_none(
    texts: list[str], elsewhere: int, met: bool
) -> None:
    """A topic that fell into two leaves its words to both."""
    themes = list(THEME_WORDS)
    with_word = {themes.index("école") + 4 * n for n in range(12)}
    with_word |= {themes.index("santé") + 4 * n for n in range(elsewhere)}
    told = [f"{text} La balise." if place in with_word else text for place, text in enumerate(texts)]
    (answer,) = fitted(told, ("topic_label", "balise", "balises")).state_.answers
    assert (answer is None) == met


def test_a_split_topic_becomes_several(texts: list[str]) -> None:
    two = fitted(texts, topics=2)
    largest = ", ".join(two.top_terms(10)[0])
    model = fitted(texts, ("topic_split", largest, "3"), topics=2)
    assert (model.state_.answers, model.n_topics_) == ((None,), 4)
    assert np.unique(model.transform(texts).argmax(axis=1)).size == 4


def test_a_dropped_topic_takes_its_documents_with_it(texts: list[str], tmp_path: Path) -> None:
    model = fitted(texts, ("topic_drop", THEME_WORDS["école"]))
    assert model.n_topics_ == 3
    weights, none = model.memberships([article("école", 900), article("santé", 900)])
    assert none[0] > 0.9 > none[1]
    assert np.allclose(weights.sum(axis=1), 1.0)
    model.save(tmp_path / "model")
    again = TopicModel.load(tmp_path / "model").memberships([article("école", 900), article("santé", 900)])
    assert np.array_equal(weights, again[0])
    assert np.array_equal(none, again[1])


def test_a_seeded_topic_holds_the_documents_with_its_words(texts: list[str]) -> None:
    rare = [
        f"{article('santé', number)} Ostréiculture et marégraphe, huîtres du bassin."
        for number in range(300, 308)
    ]
    model = fitted([*texts, *rare], ("topic_seed", "huîtres", "ostréiculture; marégraphe"))
    assert model.state_.answers == (None,)
    assert model.n_topics_ == 5
    topic = named(model, "huîtres")
    assert (model.transform(rare).argmax(axis=1) == topic).all()
    assert (model.transform(texts).argmax(axis=1) == topic).mean() < 0.05


def test_a_seed_that_a_topic_has_already_names_it(texts: list[str]) -> None:
    model = fitted(texts, ("topic_seed", "soins", "hôpital; patient; médecin; tumeur"))
    assert (model.state_.answers, model.n_topics_) == ((None,), 4)
    assert model.transform([article("santé", 900)])[0].argmax() == named(model, "soins")


def test_own_stop_words_go_in_all_their_forms_and_kept_words_stay(texts: list[str]) -> None:
    said = [f"{text} Alors le communiqué, tous les communiqués." for text in texts]
    plain = fitted(said)
    assert (
        "communiqué" not in plain.state_.views["fr"].vocabulary.lemmas
    )  # stands in more than half of the documents
    kept = fitted(said, ("keep_word", "alors"), ("stop_word", "patients"))
    lemmas = kept.state_.views["fr"].vocabulary.lemmas
    assert "alors" in lemmas
    assert "patient" not in lemmas
    assert "patient" in plain.state_.views["fr"].vocabulary.lemmas
    assert kept.state_.answers == (None, None)


def test_of_two_wishes_for_a_word_the_later_holds() -> None:
    wishes = [Wish("stop_word", "Puce"), Wish("keep_word", "puce"), Wish("stop_word", "carte")]
    assert own_words(wishes) == (frozenset({"carte"}), frozenset({"puce"}))


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (("topic_label", "girafe, hippopotame", "zoo"), "none of the words"),
        (("topic_label", "usine, élève, médecin, loi", "tout"), "no topic|two topics"),
        (("topic_merge", "hôpital, patient", "médecin, tumeur"), "one topic already"),
        (("topic_split", "hôpital, patient", "40"), "2 to 9 parts"),
        (("topic_seed", "zoo", "girafe"), "none of the words"),
        (("stop_word", "girafe"), "no document has"),
    ],
)
def test_what_cannot_be_met_is_answered_and_changes_nothing(
    texts: list[str], wish: tuple[str, ...], says: str
) -> None:
    model, plain = fitted(texts, wish), fitted(texts)
    (answer,) = model.state_.answers
    assert answer is not None
    import re

    assert re.search(says, answer)
    assert np.array_equal(model.transform(texts), plain.transform(texts))


def test_an_unknown_wish_is_an_error(texts: list[str]) -> None:
    with pytest.raises(TopicError, match="topic_seed"):
        fitted(texts, ("topic_rename", "a", "b"))

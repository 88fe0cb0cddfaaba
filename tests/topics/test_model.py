from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from corpus.topics import TopicModel
from corpus.topics.engines import ENGINES
from corpus.topics.errors import EmbeddingsError, TooLittleTextError, TopicError
from tests.topics.articles import article, corpus


@pytest.fixture(scope="module", params=ENGINES)
def fitted(request: pytest.FixtureRequest) -> TopicModel:
    texts, _ = corpus()
    return TopicModel(n_topics=4, engine=request.param).fit(texts)


def test_documents_on_one_theme_share_a_topic(fitted: TopicModel) -> None:
    texts, themes = corpus()
    heaviest = fitted.transform(texts).argmax(axis=1)
    groups = {theme: {heaviest[i] for i, own in enumerate(themes) if own == theme} for theme in set(themes)}
    assert all(len(topics) == 1 for topics in groups.values())
    assert len(set.union(*groups.values())) == 4


def test_unseen_documents_find_their_topic(fitted: TopicModel) -> None:
    known = fitted.transform([article("santé", 0), article("puces", 0)]).argmax(axis=1)
    unseen = fitted.transform([article("santé", 999), article("puces", 999)]).argmax(axis=1)
    assert list(known) == list(unseen)


def test_weights_sum_to_one_and_are_six_decimals(fitted: TopicModel) -> None:
    weights = fitted.transform([*corpus()[0], "", "mots inconnus seulement zzzz"])
    assert weights.shape == (62, 4)
    assert np.allclose(weights.sum(axis=1), 1.0, atol=1e-9)
    assert np.array_equal(weights, np.round(weights, 6))
    assert (weights >= 0).all()


def test_terms_are_single_words_of_the_theme(fitted: TopicModel) -> None:
    terms = fitted.top_terms(5)
    assert [len(row) for row in terms] == [5] * 4
    assert all(word.isalpha() for row in terms for word in row)
    texts, themes = corpus()
    health = int(fitted.transform([texts[themes.index("santé")]]).argmax())
    assert set(terms[health]) <= {
        "hôpital", "patient", "médecin", "diagnostic", "radiologie", "tumeur", "clinique", "traitement", "soin",
        "infirmier", "maladie", "dépistage", "chirurgie", "pharmacie", "vaccin", "urgence",
    }  # fmt: skip


def test_names_keep_their_capital(fitted: TopicModel) -> None:
    words = {word for row in fitted.top_terms(20) for word in row}
    assert {"Bruxelles", "Nvidia"} <= words
    assert "bruxelles" not in words


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.randoms(use_true_random=False))
def test_neither_order_nor_repeats_matter(engine: str, order: random.Random) -> None:
    texts, _ = corpus(each=6)
    shuffled = [*texts, *texts[:5]]
    order.shuffle(shuffled)
    one, other = TopicModel(3, engine).fit(texts), TopicModel(3, engine).fit(shuffled)
    assert np.array_equal(one.transform(texts), other.transform(texts))
    assert one.top_terms() == other.top_terms()
    assert one.labels() == other.labels()


def test_a_text_weighs_the_same_in_any_batch(fitted: TopicModel) -> None:
    texts, _ = corpus()
    together = fitted.transform(texts)
    assert np.array_equal(together, np.vstack([fitted.transform([text]) for text in texts]))
    assert np.array_equal(together[10:20], fitted.transform(texts[10:20]))


def test_threads_of_the_caller_do_not_matter() -> None:
    from threadpoolctl import threadpool_limits

    texts, _ = corpus(each=8)
    weights = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            weights.append(TopicModel(4, "cluster").fit_transform(texts))
    assert np.array_equal(*weights)


def test_it_is_an_estimator() -> None:
    texts, themes = corpus(each=6)
    model = TopicModel(n_topics=4, engine="cluster", language="fr")
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(n_topics=3).n_topics == 3
    pipeline = Pipeline([("topics", TopicModel(4))])
    assert pipeline.fit_transform(texts).shape == (24, 4)
    assert list(pipeline[-1].get_feature_names_out()) == ["topic0", "topic1", "topic2", "topic3"]
    assert np.array_equal(
        TopicModel(4).fit_transform(texts), TopicModel(4).fit(texts, themes).transform(texts)
    )


def test_fit_leaves_parameters_alone() -> None:
    texts, _ = corpus(each=5)
    model = TopicModel(n_topics=None)
    before = model.get_params()
    model.fit(texts)
    assert model.get_params() == before
    assert model.n_topics_ >= 2


def test_not_fitted_says_so() -> None:
    from sklearn.exceptions import NotFittedError

    with pytest.raises(NotFittedError):
        TopicModel(3).transform(["texte"])


@pytest.mark.parametrize(
    ("texts", "topics", "says"),
    [
        ([], 2, "asked for"),
        (["Un seul texte sur le règlement"], None, "at least 2"),
        (["Le même règlement européen"] * 20, 2, "only 1 distinct"),
        (["Le la les", "de du des", "et ou ni", "il elle on"], 2, "stop words"),
        (["", " ", "\n", "."], 2, "stop words"),
        (["règlement européen", "puce serveur", "élève classe"], 7, "only 3 distinct"),
    ],
)
def test_too_little_is_said_in_a_sentence(texts: list[str], topics: int | None, says: str) -> None:
    with pytest.raises(TooLittleTextError, match=says):
        TopicModel(topics).fit(texts)


@pytest.mark.parametrize(
    ("parameters", "texts", "says"),
    [
        ({"engine": "lda"}, ["a", "b"], "words or nmf"),
        ({"n_topics": 0}, ["a", "b"], "at least 1"),
        ({"n_topics": 2.5}, ["a", "b"], "whole number"),
        ({"embeddings": "use", "engine": "nmf"}, ["a", "b"], 'engine="cluster"'),
        ({"language": ("fr", "en")}, ["a", "b"], "embeddings"),
        ({}, "un texte", "a list of texts"),
        ({}, ["texte", None], "must be a string"),
    ],
)
def test_what_cannot_be_meant_is_refused(parameters: dict[str, object], texts: object, says: str) -> None:
    with pytest.raises(TopicError, match=says):
        TopicModel(**parameters).fit(texts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["model2vec:/nowhere", "sentence-transformers:/nowhere", "bert", "use:elsewhere"]
)
def test_encoders_are_never_fetched(name: str) -> None:
    with pytest.raises(EmbeddingsError):
        TopicModel(2, "cluster", embeddings=name).fit(corpus(each=3)[0])


def test_as_many_topics_as_documents_or_more_than_themes() -> None:
    texts, _ = corpus(each=3)
    for engine in ENGINES:
        weights = TopicModel(12, engine).fit_transform(texts)
        assert weights.shape == (12, 12)
        assert np.isfinite(weights).all()


def test_one_topic_is_allowed() -> None:
    assert np.array_equal(TopicModel(1).fit_transform(corpus(each=3)[0]), np.ones((12, 1)))


def test_headlines_only() -> None:
    texts, _ = corpus(each=30, words=4)
    for engine in ENGINES:
        weights = TopicModel(4, engine).fit_transform(texts)
        assert np.isfinite(weights).all()


def test_a_document_of_five_megabytes_does_not_outweigh_the_others() -> None:
    texts, themes = corpus()
    huge = article("santé", 5_000, words=1_000)
    texts.append(huge * (5_000_000 // len(huge)))
    weights = TopicModel(4).fit_transform(texts)
    assert weights[-1].argmax() == weights[themes.index("santé")].argmax()
    assert len(set(weights[:-1].argmax(axis=1))) == 4


def test_language_without_resources() -> None:
    assert TopicModel(4, language="xx").fit_transform(corpus(each=5)[0]).shape == (20, 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12), st.sampled_from(ENGINES), st.integers(1, 5))
def test_any_texts_give_weights_or_a_sentence(texts: list[str], engine: str, topics: int) -> None:
    try:
        weights = TopicModel(topics, engine).fit_transform(texts)
    except TooLittleTextError:
        return
    assert weights.shape == (len(texts), topics)
    assert np.allclose(weights.sum(axis=1), 1.0, atol=1e-9)


def test_subsamples_find_the_same_topics() -> None:
    from corpus.topics.terms import agreement

    texts, _ = corpus(each=20)
    chance = random.Random(4)
    terms = [TopicModel(4).fit(chance.sample(texts, 64)).top_terms(10) for _ in range(3)]
    vocabulary = {
        word: number for number, word in enumerate(sorted({w for t in terms for row in t for w in row}))
    }
    numbered = [[[vocabulary[word] for word in row] for row in t] for t in terms]
    assert min(agreement(a, b).mean() for a, b in itertools.combinations(numbered, 2)) > 0.4


def test_a_number_of_topics_is_chosen_that_keeps_themes_apart() -> None:
    texts, themes = corpus(each=25)
    model = TopicModel().fit(texts)
    assert [choice.topics for choice in model.state_.choices if choice.chosen] == [model.n_topics_]
    assert max(model.state_.choices, key=lambda choice: choice.stability).topics == 4
    assert 4 <= model.n_topics_ <= 5
    heaviest = model.transform(texts).argmax(axis=1)
    for topic in set(heaviest):
        assert len({theme for theme, own in zip(themes, heaviest, strict=True) if own == topic}) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_saved_and_loaded_is_the_same(engine: str, tmp_path: Path) -> None:
    texts, _ = corpus(each=6)
    model = TopicModel(3, engine).fit(texts)
    model.save(tmp_path / "one")
    TopicModel(3, engine).fit(texts[::-1]).save(tmp_path / "two")
    loaded = TopicModel.load(tmp_path / "one")
    assert np.array_equal(loaded.transform(texts), model.transform(texts))
    assert loaded.top_terms() == model.top_terms()
    assert loaded.labels() == model.labels()
    assert loaded.get_params() == model.get_params()
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {Path(name).suffix for name in files} == {".json", ".npy"}
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_run_fits_topics_without_scikit_learn() -> None:
    """It takes longer to load than 1,000 articles to fit, and tells the number of topics nothing that numpy does not."""
    code = (
        "import sys; from corpus.topics.run_model import RunModel; from tests.topics.articles import corpus;"
        "found = RunModel().fit_and_judge(corpus(each=20)[0]); print(found.n_topics_ > 1, 'sklearn' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "False"]


def test_no_library_that_is_loaded_later_has_more_threads() -> None:
    """SciPy's linear algebra is not there yet when a process begins to fit, and must be on one thread all the same."""
    code = (
        "from threadpoolctl import threadpool_info; from corpus.topics.one_thread import one_thread\n"
        "with one_thread():\n import scipy.linalg, scipy.sparse.linalg; print([one['num_threads'] for one in threadpool_info()])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ran.stdout.strip("[]\n").split(", ")) == {"1"}

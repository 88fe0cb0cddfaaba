"""From texts to a fitted state: words, the number of topics, the mixture, and what a reader sees of it.

Distinct texts are sorted before anything is counted, every start is computed, and linear algebra runs on one thread: neither
the order of the texts, nor repeats among them, nor a seed can matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.plurals import counted
from corpus.topics.choose import Choice, Resolution, choose_number
from corpus.topics.curve import Forest
from corpus.topics.documents import Corpus
from corpus.topics.embeddings import Encoder, encode
from corpus.topics.engines import Engine, Fit, engine_for, fit_engine, fit_grove, space_of
from corpus.topics.errors import TooLittleTextError
from corpus.topics.fitted_texts import Bools, hashes_of
from corpus.topics.matching import Matcher
from corpus.topics.matrix import Floats, Sparse, unit_vectors
from corpus.topics.membership import usual_of
from corpus.topics.mixture import Mixture, posterior
from corpus.topics.one_thread import one_thread
from corpus.topics.stability import stability
from corpus.topics.state import TopicState
from corpus.topics.steering import Steered, steer, topics_meant
from corpus.topics.surface import LABEL_TERMS, ShownTerms, Surface, read_surface
from corpus.topics.terms import (
    TOP,
    Integers,
    coherences,
    documents_with_term,
    exclusivity,
    is_broad,
    rank_terms,
    telling,
)
from corpus.topics.tree import Grove
from corpus.topics.views import WordView, corpus_of, main_language
from corpus.topics.wishes import OF_WORDS, SEED, Wish, own_words

# Terms kept with a model, per topic and language: what tables and labels are written from.
TERMS_KEPT = 50
# Weights are written with six decimals: below that two machines may differ.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Fitted:
    """A state with the documents it was fitted on, the number of topics before wishes were met, and the wishes with documents of
    the topics that they were found to mean."""

    state: TopicState
    grove: Grove
    presence: Sparse
    topics: int
    told: tuple[Wish, ...]


def fit_state(
    texts: Sequence[str],
    languages: Sequence[str],
    wanted: int | str | None,
    engine_name: str,
    encoder: Encoder | None,
    wishes: Sequence[Wish] = (),
    ids: Sequence[str] = (),
) -> Fitted:
    """Fit topics on texts, one language each; `wanted` is their number, or a resolution at which it is chosen (None: normal).
    Wishes are met after that (`corpus.topics.steering`); `ids` names the texts, as wishes may tell topics by them.

    Raises TooLittleTextError where there are fewer distinct texts than topics, or no words but stop words.
    """
    distinct = sorted(set(zip(texts, languages, strict=True)))
    places = {text: row for row, text in enumerate(distinct)}
    row_of = dict(zip(ids, (places[text] for text in zip(texts, languages, strict=True)), strict=False))
    texts = [text for text, _ in distinct]
    languages = [language for _, language in distinct]
    engine = engine_for(engine_name, len(texts))
    number = None if wanted is None or isinstance(wanted, str) else int(wanted)
    _check_enough(len(texts), number)
    with one_thread():
        views = _views_of(distinct, wishes)
        vectors = encode(encoder, texts) if encoder is not None else None
        centres = _language_centres(vectors, languages) if vectors is not None else {}
        corpus, presence = read_corpus(texts, languages, views, centres, vectors)
        forest = Forest(Grove(corpus, beside=engine == "cluster"))
        matcher = Matcher(corpus, presence, views, row_of)
        choices: tuple[Choice, ...] = ()
        if number is None:
            met = _met_by(wishes, matcher, forest)
            choices = tuple(choose_number(forest, presence, _resolution(wanted), met))
            number = next(choice.topics for choice in choices if choice.chosen)
        fit = _fit_from(forest, max(1, min(number, len(texts))), engine)
        before = fit.mixture.log_shares.size
        fit, steered = steer(fit, forest, matcher, wishes)
        fit, steered = _in_order(_as_single(fit, corpus.term_languages), steered, corpus)
        state = _described(_Read(texts, languages, views, centres, corpus, presence), fit, steered, choices)
    return Fitted(state, forest.grove, presence, before, tuple(steered.told))


@dataclass(frozen=True, slots=True)
class _Read:
    """Distinct texts as they were read: their languages, the words and the mean vector of each language, and the matrices."""

    texts: Sequence[str]
    languages: Sequence[str]
    views: Mapping[str, WordView]
    centres: Mapping[str, Floats]
    corpus: Corpus
    presence: Sparse


def _views_of(distinct: Sequence[tuple[str, str]], wishes: Sequence[Wish]) -> dict[str, WordView]:
    """The words of each language. Raises TooLittleTextError where there are none."""
    views = {
        language: WordView.fit(
            [text for text, own in distinct if own == language], language, *own_words(wishes)
        )
        for language in sorted({language for _, language in distinct})
    }
    if not any(view.vocabulary.lemmas for view in views.values()):
        raise TooLittleTextError(
            "No word is left to model once stop words and words of a single text are out: give more or longer texts."
        )
    return views


def _resolution(wanted: int | str | None) -> Resolution:
    return "coarse" if wanted == "coarse" else "fine" if wanted == "fine" else "normal"


def _described(read: _Read, fit: Fit, steered: Steered, choices: tuple[Choice, ...]) -> TopicState:
    """What a fit leaves: its topics with their terms, labels and measures, dropped ones left out."""
    topics = steered.dropped.count(False)
    memberships = steered.memberships[:, :topics]
    terms, term_weights, shown = _rank(read.presence, memberships, read.languages, read.views)
    coherent, exclusive = _measure(
        read.corpus, read.presence, memberships, terms[main_language(read.views)][:, :TOP]
    )
    surfaces = _surfaces(read.texts, read.languages, memberships, shown, read.views)
    return TopicState(
        views=read.views,
        surfaces={language: surface.named(steered.names) for language, surface in surfaces.items()},
        terms=terms,
        term_weights=term_weights,
        centres=read.centres,
        fit=fit,
        read=hashes_of(read.texts),
        usual=usual_of(fit.mixture, read.corpus),
        shares=np.round(memberships.mean(axis=0), DECIMALS),
        coherence=coherent,
        exclusivity=exclusive,
        choices=choices,
        bounded=tuple(steered.bounded[:topics]),
        answers=tuple(steered.answers),
    )


def judged(fitted: Fitted) -> TopicState:
    """The state with each topic's stability over samples of 80 %."""
    state = fitted.state
    ranked = state.terms[main_language(state.views)][:, :TOP]
    with one_thread():
        found = stability(fitted.grove, fitted.presence, ranked, fitted.topics)
    # What a user has bounded no sample can find again.
    found = np.where(state.bounded, np.nan, found)
    return replace(state, stability=np.round(found, DECIMALS))


def read_corpus(
    texts: Sequence[str],
    languages: Sequence[str],
    views: Mapping[str, WordView],
    centres: Mapping[str, Floats],
    vectors: Floats | None,
    fitted: Bools | None = None,
) -> tuple[Corpus, Sparse]:
    """The matrices of texts by a fitted vocabulary, and where each term stands; `fitted` as in `corpus_of`."""
    if vectors is not None:
        vectors = _centred(vectors, languages, centres)
    return corpus_of(texts, languages, views, vectors, fitted)


def _check_enough(distinct: int, wanted: int | None) -> None:
    if wanted is not None and distinct < wanted:
        raise TooLittleTextError(
            f"{wanted} topics were asked for, but only {counted(distinct, 'distinct text is', 'distinct texts are')} there: "
            f"ask for fewer topics or give more texts."
        )
    if distinct < 2:
        raise TooLittleTextError(f"Topics need at least 2 distinct texts; these make {distinct}.")


def _met_by(wishes: Sequence[Wish], matcher: Matcher, forest: Forest) -> Callable[[int], int] | None:
    """Of a number of topics, how many of them wishes mean; None where no wish means a topic."""
    if all(wish.action in (*OF_WORDS, SEED) for wish in wishes):
        return None
    everywhere = forest.grove.documents()

    def met(topics: int) -> int:
        mixture = forest.whole.cut(topics)
        return topics_meant(wishes, matcher, forest.grove.assign(mixture, everywhere))

    return met


def _fit_from(forest: Forest, topics: int, engine: Engine) -> Fit:
    corpus = forest.grove.corpus
    if engine == "nmf" or corpus.embeddings is not None:
        return fit_engine(corpus, topics, engine)
    return fit_grove(forest.grove, forest.whole, topics)


def _in_order(fit: Fit, steered: Steered, corpus: Corpus) -> tuple[Fit, Steered]:
    """Topics in order of their share, dropped ones last, and the memberships of the fitted documents."""
    memberships = posterior(fit.mixture, corpus.words, space_of(fit, corpus))
    order = np.lexsort(
        (np.arange(memberships.shape[1]), -np.round(memberships.mean(axis=0), 9), np.array(steered.dropped))
    )
    return replace(fit, mixture=fit.mixture.take(order)), steered.taken(memberships, order)


def _rank(
    presence: Sparse, memberships: Floats, languages: Sequence[str], views: Mapping[str, WordView]
) -> tuple[dict[str, Integers], dict[str, Floats], dict[str, ShownTerms]]:
    """The terms of each topic by language, their weights, and how they are shown."""
    terms, weights, shown = {}, {}, {}
    first = 0
    for language, view in views.items():
        last = first + len(view.vocabulary.lemmas)
        rows = np.flatnonzero([own == language for own in languages])
        own = presence[rows][:, first:last]
        held = documents_with_term(own, memberships[rows])
        documents = memberships[rows].sum(axis=0)
        everywhere = view.vocabulary.documents.astype(np.float64)
        terms[language], relevance = rank_terms(held, documents, own, everywhere, TERMS_KEPT)
        weights[language] = np.round(relevance, DECIMALS)
        ranked = terms[language]
        named = telling(ranked, held, documents, everywhere, len(rows), LABEL_TERMS)
        shown[language] = ShownTerms(
            ranked, named, is_broad(ranked, held, documents, everywhere, len(rows)), view.vocabulary.forms
        )
        first = last
    return terms, weights, shown


def _measure(
    corpus: Corpus, presence: Sparse, memberships: Floats, ranked: Integers
) -> tuple[Floats, Floats]:
    """Coherence (NPMI) and exclusivity of each topic's ten first terms, in the language with most texts."""
    rows, columns = corpus.main_language()
    own = presence[rows][:, columns]
    held = documents_with_term(own, memberships[rows])
    everywhere = np.asarray(own.sum(axis=0)).ravel()
    coherent = np.round(coherences(ranked, own), DECIMALS)
    exclusive = [exclusivity(row, held, topic, everywhere) for topic, row in enumerate(ranked)]
    return coherent, np.round(exclusive, DECIMALS)


def _surfaces(
    texts: Sequence[str],
    languages: Sequence[str],
    memberships: Floats,
    shown: Mapping[str, ShownTerms],
    views: Mapping[str, WordView],
) -> dict[str, Surface]:
    surfaces = {}
    for language, view in views.items():
        rows = [row for row, own in enumerate(languages) if own == language]
        surfaces[language] = read_surface(
            [texts[row] for row in rows],
            memberships[rows],
            shown[language],
            view.reader,
        )
    return surfaces


def _language_centres(vectors: Floats, languages: Sequence[str]) -> dict[str, Floats]:
    """The mean vector of each language: encoders leave a trace of the language, which is not a topic."""
    return {
        language: np.round(vectors[[own == language for own in languages]].mean(axis=0), 7)
        for language in sorted(set(languages))
    }


def _centred(vectors: Floats, languages: Sequence[str], centres: Mapping[str, Floats]) -> Floats:
    mean: Floats = np.mean(list(centres.values()), axis=0)
    return unit_vectors(vectors - np.vstack([centres.get(language, mean) for language in languages]))


def _as_single(fit: Fit, languages: Integers) -> Fit:
    """Parameters in single precision, so that a saved model and the one in memory are the same."""

    def single(array: Floats) -> Floats:
        return array.astype(np.float32).astype(np.float64)

    mixture = fit.mixture
    return Fit(
        Mixture.of_counts(
            single(mixture.counts),
            single(mixture.log_shares),
            languages,
            mixture.documents,
            None if mixture.centres is None else single(mixture.centres),
            mixture.words_heard,
        ),
        None if fit.projection is None else single(fit.projection),
        None if fit.anchors is None else single(fit.anchors),
    )

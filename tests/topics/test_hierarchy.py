"""Groups of near topics, and what topics are called."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.topics import TopicModel
from corpus.topics.hierarchy import LEAST_TERMS, LEAST_TOPICS, groups
from corpus.topics.quality import LEAST_FIXED, kinds
from corpus.topics.surface import ShownTerms, Surface, read_surface
from corpus.topics.words import WordReader
from tests.topics.articles import article, corpus

# Each topic has two terms of its own, 2k and 2k + 1; each pair of topics shares SHARED terms behind those.
PAIRS = 4
OWN = 2 * 2 * PAIRS
SHARED = LEAST_TERMS


def _words(pairs: int = PAIRS, shared: float = 0.2) -> np.ndarray:
    """Log-probabilities of topics 2p and 2p + 1, which share the terms from OWN + SHARED * p on, each as frequent as `shared`;
    the last topic shares with none."""
    probability = np.full((2 * pairs + 1, OWN + SHARED * pairs + 2), 0.001)
    for topic in range(2 * pairs):
        probability[topic, 2 * topic : 2 * topic + 2] = 0.2
        first = OWN + SHARED * (topic // 2)
        probability[topic, first : first + SHARED] = shared
    probability[-1, -2:] = 0.5
    return np.log(probability / probability.sum(axis=1, keepdims=True))


def _terms(log_words: np.ndarray) -> np.ndarray:
    return np.argsort(-log_words, axis=1, kind="stable")[:, : 2 + SHARED]


def test_a_group_is_named_by_what_its_topics_share_and_a_lone_topic_is_in_none() -> None:
    log_words = _words()
    found = groups(log_words, np.full(2 * PAIRS + 1, 1 / 9), _terms(log_words))
    assert [group.topics for group in found] == [(2 * pair, 2 * pair + 1) for pair in range(PAIRS)]
    firsts = range(OWN, OWN + SHARED * PAIRS, SHARED)
    assert [set(group.terms) for group in found] == [set(range(first, first + SHARED)) for first in firsts]


def test_topics_that_share_little_of_what_is_typical_of_them_are_no_group() -> None:
    log_words = _words(shared=0.005)
    assert groups(log_words, np.full(2 * PAIRS + 1, 1 / 9), _terms(log_words)) == []


def test_a_few_topics_are_a_list() -> None:
    log_words = _words()[: LEAST_TOPICS - 1]
    assert groups(log_words, np.full(len(log_words), 0.2), _terms(log_words)) == []


@given(st.lists(st.floats(0.02, 1.0), min_size=2 * PAIRS + 1, max_size=2 * PAIRS + 1))
def test_however_large_a_topic_is_no_term_of_its_own_names_the_group(shares: list[float]) -> None:
    log_words = _words()
    for group in groups(log_words, np.array(shares) / sum(shares), _terms(log_words)):
        own = itertools.chain.from_iterable((2 * topic, 2 * topic + 1) for topic in group.topics)
        assert not set(group.terms) & set(own)


def test_a_piece_of_a_name_is_no_word_of_a_label_but_a_name_with_a_figure_is() -> None:
    text = "Les Pays-Bas ont vu la grippe-2024 sur RZ4 ; les Pays-Bas craignent la grippe-2024, dit RZ4."
    forms = ("bas", "grippe", "rz")
    surface = surface_of([text], *forms)
    assert surface.partial == {"bas", "rz"}
    assert surface.labels == ("grippe",)


def place(number: int) -> str:
    """A name that no other number has."""
    return "Ker" + "aeiou"[number % 5] * (number // 5 + 2)


def surface_of(texts: list[str], *forms: str, language: str = "fr", broad: tuple[str, ...] = ()) -> Surface:
    """Of texts of one topic, whose terms are `forms`."""
    terms = np.array([range(len(forms))])
    shown = ShownTerms(terms, terms, np.array([[form in broad for form in forms]]), forms)
    return read_surface(texts, np.ones((len(texts), 1)), shown, WordReader(language))


def labels_of(texts: list[str], *forms: str, language: str = "fr", broad: tuple[str, ...] = ()) -> str:
    return surface_of(texts, *forms, language=language, broad=broad).labels[0]


def test_a_phrase_of_a_label_is_no_piece_of_a_longer_one() -> None:
    centre = [f"Le Centre régional des marées compte les bouées {n}." for n in range(4)]
    assert labels_of(centre, "régional", "bouées") == "Centre régional des marées, bouées"
    often = [*centre, "Un plan régional des marées.", "Un budget régional des marées."]
    assert labels_of(often, "régional", "bouées") == "Centre régional des marées, bouées"


def test_a_name_with_hyphens_is_whole_and_is_said_once() -> None:
    texts = [
        f"La navigatrice Anne-Maud Kervella gagne ; Anne-Maud Kervella a perdu les voiles {n}."
        for n in range(4)
    ]
    assert labels_of(texts, "kervella", "maud", "voiles") == "Anne-Maud Kervella, voiles"


def test_a_word_is_said_alone_where_its_phrase_is_rare() -> None:
    texts = [*(f"Une digue, la digue de Kerlan ou d'Arz {n}." for n in range(8)), "La digue ancienne."]
    assert labels_of(texts, "digue", "arz") == "digue de Kerlan, Arz"


def test_what_is_no_noun_is_said_in_phrases_of_a_noun_only() -> None:
    """Verbs and adjectives stand behind no determiner, and behind a phrase that ends with a verb stands one."""
    texts = [
        f"L'opération valorise le port à {n} millions. Un quai flottant, le quai flottant, agit vite. On a une forte houle."
        for n in range(2, 6)
    ]
    assert labels_of(texts, "valorise", "agit", "forte", "flottant", "houle") == "forte houle, quai flottant"
    assert labels_of(texts, "valorise", "agit") == "valorise, agit"


@pytest.mark.parametrize(
    ("language", "text", "forms", "label"),
    [
        (
            "de",
            "Der lokale Hafen nutzt die Kräne",
            ("lokale", "hafen", "nutzt", "kräne"),
            "lokale Hafen, Kräne",
        ),
        (
            "es",
            "El puerto local utiliza la grúa",
            ("local", "puerto", "utiliza", "grúa"),
            "puerto local, grúa",
        ),
        ("it", "La barca locale usa le gru", ("locale", "barca", "usa", "gru"), "barca locale, gru"),
        ("pt", "O porto local usa a grua", ("local", "porto", "usa", "grua"), "porto local, grua"),
        (
            "en",
            "The local harbour uses a crane",
            ("local", "harbour", "uses", "crane"),
            "local harbour, crane",
        ),
    ],
)
def test_labels_of_each_language_are_made_of_its_nouns(
    language: str, text: str, forms: tuple[str, ...], label: str
) -> None:
    texts = [f"{text}; {n}." for n in range(4)]
    assert labels_of(texts, *forms, language=language) == label


@pytest.mark.parametrize(
    ("sentence", "forms", "label"),
    [
        ("Hier Ewen {N} et Loig {O} vont au port", ("ewen", "port"), "port"),
        ("Marie {N} est au port de {O}. Marie rit. Là, Marie {P}", ("marie", "port"), "port"),
        ("Le fonds {N} Partners paie le port", ("partners", "port"), "port"),
        ("On cite Armor Horn à {N} ; au port, Horn dort", ("horn", "port"), "Armor Horn, port"),
        ("Le port de {N} vaut 3 EUR ou des euros, et 12 MW", ("eur", "euros", "mw", "port"), "port"),
        ("Le pays {N} suit la hausse. Un port, le port de {O}", ("pays", "hausse", "port"), "port"),
        ("Un pays, le pays de {N}, suit la hausse", ("pays", "hausse"), "pays, hausse"),
        (
            "Le breton Kerlo a {N}. Un port, le port de {O} ; à Kerlo",
            ("breton", "kerlo", "port"),
            "Kerlo, port",
        ),
        ("La houle de pointe (HDP) de {N} bat le port", ("hdp", "port"), "houle de pointe (HDP), port"),
        ("Le HDP (houle de pointe) de {N} bat le port", ("hdp", "port"), "houle de pointe (HDP), port"),
        ("La marée utile (TVB) de {N} bat le port", ("tvb", "port"), "marée utile (TVB), port"),
        ("La houle marine {N}. Le HM de {O} bat un port", ("hm", "port"), "port, HM"),
        ("Le HDP de {N}, le KVB, le port de {O}", ("hdp", "kvb", "port"), "port, HDP"),
        ("Le HDP de {N} et le KVB de {O}", ("hdp", "kvb"), "HDP, KVB"),
        ("Perspectives : {N} au port. Vu les perspectives, {O}", ("perspectives", "port"), "port"),
    ],
)
def test_labels_are_made_of_what_tells_a_theme_by_itself(
    sentence: str, forms: tuple[str, ...], label: str
) -> None:
    texts = [sentence.format(N=place(n), O=place(n + 6), P=place(n + 12).lower()) + "." for n in range(6)]
    assert labels_of(texts, *forms) == label


@pytest.mark.parametrize(
    ("text", "forms", "language", "label"),
    [
        ("Un port, le port. Le HDP (houle ", ("port", "hdp"), "fr", "port, HDP"),
        ("Гавань города (ЕС). Гавань, волна", ("ес", "гавань"), "ru", "Гавань, ЕС"),
        ("Le port, un port. La marée utile (HDP), la marée utile (HDP)", ("hdp", "port"), "fr", "port, HDP"),
        ("LE PORT ET LA DIGUE. UN PORT, UNE DIGUE", ("port", "digue"), "fr", "port, digue"),
        ("نمل بحر نمل بحر", ("نمل", "بحر"), "ar", "نمل, بحر"),
        ("On rit", (), "fr", ""),
    ],
)
def test_odd_texts_have_labels(text: str, forms: tuple[str, ...], language: str, label: str) -> None:
    assert labels_of([text], *forms, language=language) == label


def test_a_name_of_vague_words_tells_a_theme() -> None:
    texts = [f"La Société Générale de {place(n)} suit le port, un port." for n in range(6)]
    assert labels_of(texts, "société", "port") == "Société Générale, port"


SITE = "Recevez chaque matin la lettre de nos marins et toute la marée sur votre mobile"


def test_what_stands_as_often_elsewhere_gives_way_to_what_does_not() -> None:
    texts = [f"Une digue et un port, la digue et le port {n}." for n in range(4)]
    assert labels_of(texts, "digue", "port", broad=("digue",)) == "port"
    assert labels_of(texts, "digue", "port", broad=("digue", "port")) == "digue, port"


def test_a_sentence_that_a_site_prints_everywhere_is_in_no_label() -> None:
    texts = [
        f"À {place(n)} un quai, à {place(n + 20)} un phare, à {place(n + 40)} une digue, à {place(n + 60)}. {SITE}."
        for n in range(20)
    ]
    assert labels_of(texts, "lettre", "quai", "phare", "digue") == "quai, phare, digue"


def fixed(texts: list[str], *forms: str) -> float:
    return surface_of(texts, *forms).fixed[0]


def test_a_wording_that_texts_share_is_no_theme() -> None:
    printed = [f"Article {n} sur le port. {SITE}." for n in range(6)]
    assert fixed(printed, "lettre", "marins", "marée") == 1.0
    told = [article("santé", number) for number in range(6)]
    assert fixed(told, "hôpital", "patient", "médecin") < LEAST_FIXED


def test_two_texts_share_no_formula() -> None:
    assert fixed([f"{SITE} {n}." for n in range(2)], "lettre", "marins") == 0.0


def test_a_topic_of_what_a_site_prints_is_a_style() -> None:
    texts = corpus(each=12)[0]
    frame = (
        "Découvrez nos offres de croisière, cabines et escales, sans frais de dossier jusqu'à dimanche soir"
    )
    printed = [*texts, *(f"{frame}. Port {n}, quai {n + 3}." for n in range(12))]
    assert kinds(TopicModel(4).fit(texts).state_) == ["topic"] * 4
    model = TopicModel(5).fit(printed)
    cruises = model.transform(printed)[-1].argmax()
    assert [n for n, kind in enumerate(kinds(model.state_)) if kind == "style"] == [cruises]

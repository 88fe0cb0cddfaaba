"""Language identification: right on plain sentences, silent where nothing can be told, the same each time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.detector import Detector
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from corpus.language import identify, identify_paragraphs
from corpus.language.profiles import langdetect_factory, py3langid_identifier, require_known
from corpus.language.unpacked import Unpacked, unpacked
from extract import known_languages

SENTENCES = {
    "fr": [
        "Les communes demandent des comptes à la région",
        "Le lac est trop chaud",
        "Elle a voté contre le projet",
        "La facture d'eau a doublé en deux ans, selon les riverains.",
    ],
    "en": [
        "The council wants answers about the lake",
        "The lake is too warm",
        "She voted against the project",
        "Water bills have doubled in two years, residents say.",
    ],
    "de": [
        "Die Gemeinden verlangen Auskunft über den See",
        "Der See ist zu warm",
        "Sie stimmte gegen das Vorhaben",
        "Die Wasserrechnung hat sich in zwei Jahren verdoppelt.",
    ],
    "es": [
        "Los municipios piden cuentas a la región",
        "El lago está demasiado caliente",
        "Ella votó contra el proyecto",
        "La factura del agua se ha duplicado en dos años.",
    ],
    "it": [
        "I comuni chiedono conto alla regione",
        "Il lago è troppo caldo",
        "Ha votato contro il progetto",
        "La bolletta dell'acqua è raddoppiata in due anni.",
    ],
}
MIXED = st.text(
    st.sampled_from(
        "aàbcdeéèêfghiîjklmnoôœpqrstuüvwxyzßñABCDEÉLMN  ,.'’\u00a0\u2009-0123456789@/:\nабвгдеёжз\u0301中文あアالع가ș\u1ea1🙂"
    ),
    max_size=200,
)
CASES = [(language, sentence) for language, sentences in SENTENCES.items() for sentence in sentences]
NOTHING = [
    "",
    " \n",
    "12 345",
    "https://www.exemple.fr/une/page/en/francais",
    "a@b.fr c@d.fr e@f.fr",
    "3 %",
    "Le lac",
    "@un @deux @trois @quatre",
    "…",
    "🙂 🙂 🙂",
]


@pytest.mark.parametrize(("language", "sentence"), CASES)
def test_a_sentence(language: str, sentence: str) -> None:
    guess = identify(sentence)
    assert guess.language == language
    assert 0 < guess.score <= 1
    assert identify_paragraphs([sentence]) == [language]


@pytest.mark.parametrize("language", list(SENTENCES))
def test_a_long_text(language: str) -> None:
    text = " ".join(SENTENCES[language] * 40)
    assert identify(text).language == language
    assert identify(text).score > 0.9


def test_a_long_text_is_judged_by_its_main_language() -> None:
    quoted = " ".join(SENTENCES["en"])
    text = " ".join(SENTENCES["fr"] * 10) + f" « {quoted} » " + " ".join(SENTENCES["fr"] * 10)
    assert identify(text).language == "fr"


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_tell_from(text: str) -> None:
    guess = identify(text)
    assert (guess.language, guess.score) == (None, 0.0)
    assert identify_paragraphs([text]) == [None]


def test_another_script_is_not_given_a_language_of_latin_script() -> None:
    russian = "Совет хочет узнать больше об озере и о новом центре данных"
    assert identify(russian).language is None
    assert identify(russian, ("fr", "ru")).language == "ru"


def test_only_configured_languages_are_answered() -> None:
    assert identify("O lago está quente demais para os peixes", ("fr", "es")).language == "es"
    assert identify("O lago está quente demais para os peixes", ("fr", "pt")).language == "pt"
    assert identify("Le lac est trop chaud", ("fr",)).language == "fr"


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="cannot identify xx"):
        identify("Le lac est trop chaud", ("fr", "xx"))
    with pytest.raises(ValueError, match="name at least one"):
        identify_paragraphs(["Le lac est trop chaud"], ())


@given(st.text(max_size=400), st.permutations(known_languages()))
@settings(max_examples=60, deadline=None)
def test_the_answer_depends_on_text_and_set_of_languages(text: str, order: list[str]) -> None:
    assert identify(text) == identify(text, tuple(order))
    assert identify_paragraphs([text, text]) == identify_paragraphs([text, text], tuple(order))


def test_the_answer_is_the_same_in_another_process() -> None:
    text = " ".join(sentence for sentences in SENTENCES.values() for sentence in sentences)
    code = f"from corpus.language import identify; print(repr(identify({text!r})))"
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src"},
        )
        assert done.stdout.strip() == repr(identify(text))


def test_importing_loads_no_model() -> None:
    code = "import sys, corpus.language; print([m for m in ('numpy', 'langdetect', 'py3langid') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_capitals_are_read_like_small_letters(language: str) -> None:
    text = " ".join(SENTENCES[language] * 3).upper()
    assert identify(text).language == language
    assert identify_paragraphs([SENTENCES[language][-1].upper()]) == [language]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(MIXED, st.sampled_from([text for _, text in CASES])), max_size=5).map(" ".join))
def test_langdetect_word_by_word_gives_what_langdetect_gives(text: str) -> None:
    factory = langdetect_factory(require_known(("fr", "en", "de", "es", "it", "ru")))
    assert _probabilities(factory.create(), text) == _probabilities(Detector(factory), text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(MIXED, st.text(max_size=20), st.sampled_from([text for _, text in CASES])), max_size=5
    ).map(" ".join)
)
def test_py3langid_over_arrays_gives_what_py3langid_gives(text: str) -> None:
    ours = py3langid_identifier(("de", "en", "es", "fr", "it"))
    assert ours.rank(text) == _stock().rank(text)


def test_a_kept_model_is_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    model = MODEL_DIR / MODEL_FILE
    made = unpacked(model, keep=True)
    found = unpacked(model, keep=False)
    assert isinstance(found.weights.base, np.memmap)
    _assert_equal(found, made)


def _assert_equal(one: Unpacked, other: Unpacked) -> None:
    for field in fields(Unpacked):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


@cache
def _stock() -> LanguageIdentifier:
    stock = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    stock.set_languages(["de", "en", "es", "fr", "it"])
    return stock


def _probabilities(detector: Any, text: str) -> list[tuple[str, float]] | None:
    detector.append(text)
    try:
        return [(one.lang, one.prob) for one in detector.get_probabilities()]
    except LangDetectException:
        return None

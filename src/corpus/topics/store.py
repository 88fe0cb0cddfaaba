"""A fitted model in a folder: arrays as .npy, everything else as JSON. No pickle, no times: the same model, the same bytes.

model.json           format, versions, parameters, topics' labels
words.<lang>.json    the vocabulary and written cases of one language
*.npy                parameters, in single precision
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.topics.choose import Choice
from corpus.topics.engines import Fit
from corpus.topics.errors import ModelFolderError
from corpus.topics.mixture import Mixture

if TYPE_CHECKING:
    from corpus.topics.model import TopicModel

FORMAT = "corpus topic model"
# Raised whenever the same folder would give other weights.
FORMAT_VERSION = 1
# Its dictionaries decide which lemma a word has, and so the weights.
LEMMATISER = "simplemma"


def save_model(model: TopicModel, folder: Path) -> None:
    """Write a fitted model. Files of an earlier model in the folder are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    mixture = model.fit_.mixture
    arrays: dict[str, Any] = {"log_shares": mixture.log_shares, "log_words": mixture.log_words}
    if mixture.centres is not None:
        arrays["centres"] = mixture.centres
    if model.fit_.projection is not None:
        arrays["projection"] = model.fit_.projection
    if model.fit_.anchors is not None:
        arrays["anchors"] = model.fit_.anchors
    for language, view in model.views_.items():
        surface = model.surfaces_[language]
        arrays[f"terms.{language}"] = model.terms_[language].astype(np.int32)
        arrays[f"term_weights.{language}"] = model.term_weights_[language]
        arrays[f"documents.{language}"] = view.vocabulary.documents.astype(np.int64)
        if language in model.centres_:
            arrays[f"language_centre.{language}"] = model.centres_[language]
        _write_json(
            folder / f"words.{language}.json",
            {
                "lemmas": view.vocabulary.lemmas,
                "forms": view.vocabulary.forms,
                "texts": view.vocabulary.total,
                "cases": surface.cases,
                "labels": surface.labels,
            },
        )
    for name, array in arrays.items():
        as_float = np.issubdtype(array.dtype, np.floating)
        exact = name.startswith(("language_centre", "term_weights"))
        np.save(
            folder / f"{name}.npy",
            array.astype(np.float32) if as_float and not exact else array,
            allow_pickle=False,
        )
    parameters = model.get_params()
    if not isinstance(parameters["language"], str):
        parameters["language"] = list(parameters["language"])
    _write_json(
        folder / "model.json",
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "lemmatiser": f"{LEMMATISER} {version(LEMMATISER)}",
            "parameters": parameters,
            "topics": model.n_topics_,
            "languages": list(model.views_),
            "shares": _numbers(model.shares_),
            "coherence": _numbers(model.coherence_),
            "exclusivity": _numbers(model.exclusivity_),
            "choices": [asdict(choice) for choice in model.choices_],
            "stability": None if model.stability_ is None else _numbers(model.stability_),
            "words_heard": mixture.words_heard,
            "arrays": sorted(arrays),
        },
    )


def load_model(folder: Path) -> TopicModel:
    """Read a model back. Raises ModelFolderError where the folder is not one, is damaged, or is another version's."""
    described = _read_description(folder)
    try:
        return _assemble(folder, described)
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, AttributeError) as error:
        raise ModelFolderError(
            f'The topic model in "{folder}" is damaged ({error}): fit it again.'
        ) from error


def _read_description(folder: Path) -> dict[str, Any]:
    path = folder / "model.json"
    if not path.is_file():
        raise ModelFolderError(
            f'"{folder}" is not a topic model (no model.json in it): name a folder that a run left.'
        )
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelFolderError(f'"{path}" cannot be read ({error}): fit the model again.') from error
    if not isinstance(described, dict) or described.get("format") != FORMAT:
        raise ModelFolderError(f'"{path}" does not describe a topic model: name a folder that a run left.')
    if described.get("format_version") != FORMAT_VERSION:
        raise ModelFolderError(
            f'The topic model in "{folder}" is of version {described.get("format_version")}, this program reads '
            f"version {FORMAT_VERSION}: fit it again, or use the release that wrote it."
        )
    return described


def _assemble(folder: Path, described: dict[str, Any]) -> TopicModel:
    from corpus.topics.matrix import Vocabulary
    from corpus.topics.model import TopicModel
    from corpus.topics.surface import Surface
    from corpus.topics.views import WordView
    from corpus.topics.words import WordReader

    names = [str(name) for name in described["arrays"]]
    if any("/" in name or "\\" in name or name.startswith(".") for name in names):
        raise ValueError("an array lies outside the folder")
    arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in names}

    def parameter(name: str) -> Any:
        return arrays[name].astype(np.float64) if name in arrays else None

    model = TopicModel(**described["parameters"])
    model.n_topics_ = int(described["topics"])
    model.views_, model.surfaces_, model.terms_, model.term_weights_, model.centres_ = {}, {}, {}, {}, {}
    terms = 0
    for language in described["languages"]:
        words = json.loads((folder / f"words.{language}.json").read_text(encoding="utf-8"))
        documents = arrays[f"documents.{language}"]
        vocabulary = Vocabulary(tuple(words["lemmas"]), tuple(words["forms"]), documents, int(words["texts"]))
        if not len(vocabulary.lemmas) == len(vocabulary.forms) == len(documents):
            raise ValueError(f"the vocabulary of language {language} has lost a part")
        terms += len(documents)
        model.views_[language] = WordView(vocabulary, WordReader(language))
        model.surfaces_[language] = Surface(dict(words["cases"]), tuple(words["labels"]))
        model.terms_[language] = arrays[f"terms.{language}"].astype(np.int64)
        model.term_weights_[language] = arrays[f"term_weights.{language}"]
        if f"language_centre.{language}" in arrays:
            model.centres_[language] = arrays[f"language_centre.{language}"]
    mixture = Mixture(
        parameter("log_shares"), parameter("log_words"), parameter("centres"), float(described["words_heard"])
    )
    if mixture.log_words.shape != (model.n_topics_, terms) or mixture.log_shares.shape != (model.n_topics_,):
        raise ValueError("its arrays do not fit its vocabulary")
    model.fit_ = Fit(mixture, parameter("projection"), parameter("anchors"))
    model.shares_ = np.array(described["shares"], dtype=np.float64)
    model.coherence_ = np.array(described["coherence"], dtype=np.float64)
    model.exclusivity_ = np.array(described["exclusivity"], dtype=np.float64)
    model.choices_ = [Choice(**choice) for choice in described["choices"]]
    stability = described["stability"]
    model.stability_ = None if stability is None else np.array(stability, dtype=np.float64)
    model.n_features_in_ = 1
    return model


def lemmatiser_note(folder: Path) -> str | None:
    """A sentence where the model was fitted with other dictionaries than those installed; None where they are the same."""
    written = _read_description(folder).get("lemmatiser")
    installed = f"{LEMMATISER} {version(LEMMATISER)}"
    if written == installed:
        return None
    return (
        f"The topic model was fitted with {written}, but {installed} is installed: a few words may have other lemmas, "
        f"and weights may differ slightly from those of the run that fitted it."
    )


def _numbers(values: Any) -> list[float]:
    return [float(value) for value in values]


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n",
        encoding="utf-8",
        newline="\n",
    )

"""A fitted model in a folder: arrays as .npy, everything else as JSON. No pickle, no times: the same model, the same bytes.

model.json           format, versions, parameters, topics' labels
words.<lang>.json    the vocabulary and written cases of one language
*.npy                parameters, in single precision
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from corpus.topics.choose import Choice
from corpus.topics.engines import Fit
from corpus.topics.errors import ModelFolderError
from corpus.topics.matrix import Vocabulary
from corpus.topics.membership import Usual
from corpus.topics.mixture import Mixture
from corpus.topics.state import TopicState
from corpus.topics.surface import Surface
from corpus.topics.views import WordView
from corpus.topics.wishes import Wish, own_words
from corpus.topics.words import WordReader

FORMAT = "corpus topic model"
# Raised whenever the same folder would give other weights.
FORMAT_VERSION = 5
# Its dictionaries decide which lemma a word has, and so the weights.
LEMMATISER = "simplemma"


def save_state(state: TopicState, parameters: Mapping[str, Any], folder: Path) -> None:
    """Write what was fitted and the estimator's parameters. Files of an earlier model in the folder are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    mixture = state.fit.mixture
    arrays: dict[str, Any] = {"log_shares": mixture.log_shares, "counts": mixture.counts, "read": state.read}
    if mixture.centres is not None:
        arrays["centres"] = mixture.centres
    if state.fit.projection is not None:
        arrays["projection"] = state.fit.projection
    if state.fit.anchors is not None:
        arrays["anchors"] = state.fit.anchors
    for language, view in state.views.items():
        surface = state.surfaces[language]
        arrays[f"terms.{language}"] = state.terms[language].astype(np.int32)
        arrays[f"term_weights.{language}"] = state.term_weights[language]
        arrays[f"documents.{language}"] = view.vocabulary.documents.astype(np.int64)
        if language in state.centres:
            arrays[f"language_centre.{language}"] = state.centres[language]
        _write_json(
            folder / f"words.{language}.json",
            {
                "lemmas": view.vocabulary.lemmas,
                "forms": view.vocabulary.forms,
                "texts": view.vocabulary.total,
                "cases": surface.cases,
                "labels": surface.labels,
                "partial": sorted(surface.partial),
                "fixed": surface.fixed,
                "vague": sorted(surface.vague),
                "wholes": surface.wholes,
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
    _write_json(
        folder / "model.json",
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "lemmatiser": f"{LEMMATISER} {version(LEMMATISER)}",
            "parameters": {name: _plain(value) for name, value in parameters.items()},
            "topics": len(state.shares),
            "languages": list(state.views),
            "shares": _numbers(state.shares),
            "coherence": _numbers(state.coherence),
            "exclusivity": _numbers(state.exclusivity),
            "choices": [asdict(choice) for choice in state.choices],
            "stability": None if state.stability is None else _numbers(state.stability),
            "bounded": list(state.bounded),
            "answers": list(state.answers),
            "words_heard": mixture.words_heard,
            "documents": mixture.documents,
            "usual": None if state.usual is None else asdict(state.usual),
            "arrays": sorted(arrays),
        },
    )


def load_state(folder: Path) -> tuple[TopicState, dict[str, Any]]:
    """Read back what was fitted, and the parameters of its estimator.

    Raises ModelFolderError where the folder is not one, is damaged, or is another version's."""
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


def _assemble(folder: Path, described: dict[str, Any]) -> tuple[TopicState, dict[str, Any]]:
    arrays = _read_arrays(folder, described["arrays"])

    def parameter(name: str) -> Any:
        return arrays[name].astype(np.float64) if name in arrays else None

    languages = [str(language) for language in described["languages"]]
    own = own_words([Wish(*wish) for wish in described["parameters"]["wishes"]])
    words = {language: _read_words(folder, language, arrays, own) for language in languages}
    topics = int(described["topics"])
    sizes = [len(view.vocabulary.lemmas) for view, _ in words.values()]
    components, width = parameter("counts").shape
    # Behind the topics stand those that a user dropped.
    if components < topics or width != sum(sizes) or parameter("log_shares").shape != (components,):
        raise ValueError("its arrays do not fit its vocabulary")
    mixture = Mixture.of_counts(
        parameter("counts"),
        parameter("log_shares"),
        np.repeat(np.arange(len(sizes)), sizes),
        int(described["documents"]),
        parameter("centres"),
        float(described["words_heard"]),
    )
    stability = described["stability"]
    state = TopicState(
        views={language: view for language, (view, _) in words.items()},
        surfaces={language: surface for language, (_, surface) in words.items()},
        terms={language: arrays[f"terms.{language}"].astype(np.int64) for language in languages},
        term_weights={language: arrays[f"term_weights.{language}"] for language in languages},
        centres={
            language: arrays[f"language_centre.{language}"]
            for language in languages
            if f"language_centre.{language}" in arrays
        },
        fit=Fit(mixture, parameter("projection"), parameter("anchors")),
        read=arrays["read"],
        usual=None if described["usual"] is None else Usual(**described["usual"]),
        shares=np.array(described["shares"], dtype=np.float64),
        coherence=np.array(described["coherence"], dtype=np.float64),
        exclusivity=np.array(described["exclusivity"], dtype=np.float64),
        stability=None if stability is None else np.array(stability, dtype=np.float64),
        choices=tuple(Choice(**choice) for choice in described["choices"]),
        bounded=tuple(described["bounded"]),
        answers=tuple(described["answers"]),
    )
    parameters = dict(described["parameters"])
    return state, parameters | {"wishes": tuple(map(tuple, parameters["wishes"]))}


def _read_arrays(folder: Path, listed: Any) -> dict[str, Any]:
    names = [str(name) for name in listed]
    if any("/" in name or "\\" in name or name.startswith(".") for name in names):
        raise ValueError("an array lies outside the folder")
    return {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in names}


def _read_words(
    folder: Path, language: str, arrays: Mapping[str, Any], own: tuple[frozenset[str], frozenset[str]]
) -> tuple[WordView, Surface]:
    words = json.loads((folder / f"words.{language}.json").read_text(encoding="utf-8"))
    documents = arrays[f"documents.{language}"]
    vocabulary = Vocabulary(tuple(words["lemmas"]), tuple(words["forms"]), documents, int(words["texts"]))
    if not len(vocabulary.lemmas) == len(vocabulary.forms) == len(documents):
        raise ValueError(f"the vocabulary of language {language} has lost a part")
    fixed = tuple(words.get("fixed", ()))
    vague, wholes = frozenset(words.get("vague", ())), dict(words.get("wholes", {}))
    partial = frozenset(words["partial"])
    surface = Surface(dict(words["cases"]), tuple(words["labels"]), partial, fixed, vague, wholes)
    return WordView(vocabulary, WordReader(language, *own)), surface


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


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int)) else list(value)


def _numbers(values: Any) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n",
        encoding="utf-8",
        newline="\n",
    )

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.topics import TopicModel
from corpus.topics.errors import ModelFolderError
from corpus.topics.store import lemmatiser_note
from tests.topics.articles import corpus


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    TopicModel(3, "cluster").fit(corpus(each=5)[0]).save(folder)
    return folder


def copy_of(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "copy"))


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match="not a topic model"):
        TopicModel.load(tmp_path)
    with pytest.raises(ModelFolderError, match="not a topic model"):
        TopicModel.load(tmp_path / "missing")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"format": "something else"}'])
def test_a_description_that_is_not_ours(saved: Path, tmp_path: Path, content: str) -> None:
    folder = copy_of(saved, tmp_path)
    (folder / "model.json").write_text(content)
    with pytest.raises(ModelFolderError):
        TopicModel.load(folder)


def test_another_version_says_so(saved: Path, tmp_path: Path) -> None:
    folder = copy_of(saved, tmp_path)
    described = json.loads((folder / "model.json").read_text())
    described["format_version"] = 99
    (folder / "model.json").write_text(json.dumps(described))
    with pytest.raises(ModelFolderError, match="version 99"):
        TopicModel.load(folder)


def test_every_missing_or_cut_file_is_noticed(saved: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(saved.iterdir())):
        missing = Path(shutil.copytree(saved, tmp_path / f"missing{number}"))
        (missing / path.name).unlink()
        with pytest.raises(ModelFolderError):
            TopicModel.load(missing)
        cut = Path(shutil.copytree(saved, tmp_path / f"cut{number}"))
        (cut / path.name).write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(ModelFolderError):
            TopicModel.load(cut)


def test_a_pickle_is_not_read(saved: Path, tmp_path: Path) -> None:
    folder = copy_of(saved, tmp_path)
    np.save(folder / "counts.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ModelFolderError):
        TopicModel.load(folder)


def test_arrays_outside_the_folder_are_not_read(saved: Path, tmp_path: Path) -> None:
    folder = copy_of(saved, tmp_path)
    described = json.loads((folder / "model.json").read_text())
    described["arrays"].append("../elsewhere")
    (folder / "model.json").write_text(json.dumps(described))
    with pytest.raises(ModelFolderError, match="outside"):
        TopicModel.load(folder)


def test_other_dictionaries_are_noted(saved: Path, tmp_path: Path) -> None:
    assert lemmatiser_note(saved) is None
    folder = copy_of(saved, tmp_path)
    described = json.loads((folder / "model.json").read_text())
    described["lemmatiser"] = "simplemma 0.1"
    (folder / "model.json").write_text(json.dumps(described))
    assert "simplemma 0.1" in (lemmatiser_note(folder) or "")

"""What is kept beside the byte code is what would be made, or is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dictionaries import has_dictionary
from extract.facts.weights import FactWeights
from extract.kept import Arrays, as_array, as_words, kept_arrays
from extract.languages import known_languages
from extract.names import TypingModel

DATA = Path("src/extract/data")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    (tmp_path / "source").write_text("one")
    return tmp_path / "source"


def made() -> Arrays:
    return {"a": np.arange(5), "b": np.array([[1.5]]), "c": np.zeros((0, 3))}


def refused() -> Arrays:
    raise AssertionError("it was kept")


def same(found: Arrays) -> bool:
    return found.keys() == made().keys() and all(np.array_equal(found[name], made()[name]) for name in found)


def test_what_is_kept_is_not_made_again(source: Path, tmp_path: Path) -> None:
    assert same(kept_arrays("x", source, made, keep=False))
    with pytest.raises(AssertionError):
        kept_arrays("x", source, refused, keep=True)
    assert same(kept_arrays("x", source, made, keep=True))
    assert same(kept_arrays("x", source, refused, keep=True))
    with pytest.raises(AssertionError):
        kept_arrays("y", source, refused, keep=True)
    kept_arrays("y", source, made, keep=True)
    source.write_text("two")
    with pytest.raises(AssertionError):
        kept_arrays("x", source, refused, keep=True)
    kept_arrays("x", source, made, keep=True)
    assert sorted(path.parent.stem for path in tmp_path.rglob("a.npy")) == ["x", "y"]


@pytest.mark.parametrize("damage", ["other", "cut", "away", "manifest", "list"])
def test_what_is_damaged_is_made_again(source: Path, tmp_path: Path, damage: str) -> None:
    kept_arrays("x", source, made, keep=True)
    path = next(tmp_path.rglob("a.npy"))
    if damage == "other":
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-8])
    elif damage == "away":
        path.unlink()
    else:
        (path.parent / "manifest.json").write_text("{" if damage == "manifest" else "[1]")
    assert same(kept_arrays("x", source, made, keep=True))
    assert same(kept_arrays("x", source, refused, keep=True))


def test_without_a_place_to_keep_it_in_it_is_made_every_time(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert same(kept_arrays("x", source, made, keep=True))
    assert same(kept_arrays("x", source, made, keep=True))


@given(st.lists(st.text().filter(lambda word: "\n" not in word)))
def test_words_come_back(words: list[str]) -> None:
    assert as_words(as_array(words)) == words or words == [""]


def test_kept_weights_are_those_of_the_file(source: Path) -> None:
    given, first, again = TypingModel.load(DATA / "typing.json"), TypingModel.load(), TypingModel.load()
    features = [
        [("head=groupe", "shape=Xx"), ("nothing",)],
        [],
        [(name,) for name in [*given._index][5:900:7]],
    ]
    assert given.score(features) == first.score(features) == again.score(features)
    facts = [FactWeights.load(DATA / "facts.json"), FactWeights.load(), FactWeights.load()]
    names = list(facts[0].kind.weights)[3:2000:11]
    for one in facts[1:]:
        assert one.kind.probabilities(names) == facts[0].kind.probabilities(names)
        assert one.party == facts[0].party
        assert dict(one.certainty.weights) == dict(facts[0].certainty.weights)
        assert (one.raw, one.calibrated, one.threshold) == (
            facts[0].raw,
            facts[0].calibrated,
            facts[0].threshold,
        )


def test_all_that_a_run_loads_is_kept_beforehand(tmp_path: Path) -> None:
    kept = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([sys.executable, "-m", "corpus.keep"], env=kept, check=True)
    assert {path.parent.stem for path in tmp_path.rglob("manifest.json")} == {
        "langid",
        "typing",
        "facts",
        "encoder",
    } | {f"dictionary_{language}" for language in known_languages() if has_dictionary(language)}

"""Every public name of the notebook's door and of the charts has a docstring whose example runs."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus import charts, notebook
from corpus.notebook.frame import Frame
from corpus.notebook.pages import Page
from corpus.notebook.tables import Tables
from corpus.notebook.topics import Topic, TopicsView

MODULES = [
    f"corpus.{room.name}.{file.stem}"
    for room in (Path(charts.__file__).parent, Path(notebook.__file__).parent)
    for file in sorted(room.glob("*.py"))
    if file.stem != "__init__"
]
CLASSES: tuple[type, ...] = (
    notebook.Corpus,
    notebook.TableView,
    TopicsView,
    Topic,
    Frame,
    Page,
    charts.Picture,
)


def _own(cls: type) -> Iterator[tuple[str, Any]]:
    for name, member in vars(cls).items():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            yield f"{cls.__name__}.{name}", member


PUBLIC = [pair for cls in CLASSES for pair in _own(cls)]
FUNCTIONS = [
    (f"charts.{name}", getattr(charts, name))
    for name in charts.__all__
    if inspect.isfunction(getattr(charts, name))
] + [("open", corpus.open)]
CHECKED_ELSEWHERE = {"Picture.svg", "Picture.png", "Picture.save", "Picture.altair"}
"""What a picture is drawn as is looked at in tests/charts."""


@pytest.mark.parametrize(
    ("name", "member"), [*PUBLIC, *FUNCTIONS], ids=lambda value: str(value) if isinstance(value, str) else ""
)
def test_a_public_name_has_an_example(name: str, member: Any) -> None:
    assert member.__doc__, f"{name} has no docstring"
    assert name in CHECKED_ELSEWHERE or ">>> " in member.__doc__, f"{name} has no example"


@pytest.fixture
def at_home(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the sample corpus where the examples look for it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "processed").symlink_to(sample)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str, at_home: Path) -> None:
    found = doctest.DocTestFinder(exclude_empty=True).find(
        import_module(module),
        extraglobs={"c": corpus.open("data/processed"), "corpus": corpus, "Path": Path, "Tables": Tables},
    )
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for test in found:
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)

"""What is public has an example, and every example of the program runs and gives what it shows."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.notebook.tables import Tables

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGES = ("corpus", "dedupe", "extract")


def _modules() -> Iterator[str]:
    for file in sorted(SOURCE.rglob("*.py")):
        parts = file.relative_to(SOURCE).with_suffix("").parts
        if parts[-1] != "__main__":  # which runs when it is imported
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name: import_module(name) for name in _modules()}


def _public() -> dict[str, Any]:
    """Every function and class that a package offers in its `__all__`, by the module and name of its definition.

    What else is offered there (words of a type, tables, constants) says what it is where it stands.
    """
    offered = (
        getattr(module, name) for module in MODULES.values() for name in getattr(module, "__all__", ())
    )
    members = (inspect.unwrap(member) for member in offered if callable(member))
    return {
        f"{member.__module__}.{member.__qualname__}": member
        for member in members
        if (inspect.isfunction(member) or inspect.isclass(member)) and member.__module__.startswith(PACKAGES)
    }


PUBLIC = _public()
WITH_EXAMPLES = [name for name, module in MODULES.items() if ">>> " in inspect.getsource(module)]


def test_public_names_are_found() -> None:
    assert {"corpus.notebook.corpus.open_corpus", "dedupe.explain.explain", "extract.find.find_names"} <= set(
        PUBLIC
    )


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_name_has_an_example(name: str) -> None:
    said = PUBLIC[name].__doc__ or ""
    assert ">>> " in said, f"{name} has no example"
    assert "+SKIP" not in said, f"the example of {name} never runs"


@pytest.fixture
def at_home(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the sample corpus where the examples look for it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "processed").symlink_to(sample)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_run(module: str, at_home: Path) -> None:
    found = doctest.DocTestFinder(exclude_empty=True).find(
        MODULES[module],
        extraglobs={"c": corpus.open("data/processed"), "corpus": corpus, "Path": Path, "Tables": Tables},
    )
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for test in found:
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
    assert runner.tries

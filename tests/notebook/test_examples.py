"""Every method and property of the notebook's classes has an example; tests/test_public_names.py runs them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from corpus import charts, notebook
from corpus.notebook.frame import Frame
from corpus.notebook.pages import Page
from corpus.notebook.topics import Topic, TopicsView

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
CHECKED_ELSEWHERE = {"Picture.svg", "Picture.png", "Picture.save", "Picture.altair"}
"""What a picture is drawn as is looked at in tests/charts."""


@pytest.mark.parametrize(
    ("name", "member"), PUBLIC, ids=lambda value: str(value) if isinstance(value, str) else ""
)
def test_a_public_name_has_an_example(name: str, member: Any) -> None:
    assert member.__doc__, f"{name} has no docstring"
    assert name in CHECKED_ELSEWHERE or ">>> " in member.__doc__, f"{name} has no example"

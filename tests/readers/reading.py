"""Short ways to read bytes in the readers' tests."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from corpus.readers import ReadOptions, discover, read_file, source_of
from corpus.records import InputDocument, Problem


def read(
    data: bytes | str, name: str = "input", options: ReadOptions | None = None
) -> list[InputDocument | Problem]:
    """What the readers make of a file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return list(read_file(path, name, options or ReadOptions()))


def documents(items: list[InputDocument | Problem]) -> list[InputDocument]:
    return [item for item in items if isinstance(item, InputDocument)]


def problems(items: list[InputDocument | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def one(data: bytes | str, name: str = "input", options: ReadOptions | None = None) -> InputDocument:
    """The only document of a file that has no problem."""
    items = read(data, name, options)
    assert len(items) == 1, items
    assert isinstance(items[0], InputDocument), items
    return items[0]


def fault(data: bytes | str, name: str = "input", options: ReadOptions | None = None) -> Problem:
    """The only problem of a file that gives no document."""
    items = read(data, name, options)
    assert len(items) == 1, items
    assert isinstance(items[0], Problem), items
    return items[0]


def read_folder(root: Path) -> list[InputDocument | Problem]:
    """Everything below a folder, in its order."""
    items: list[InputDocument | Problem] = []
    for found in discover(root):
        items.extend(read_file(found, source_of(found, root)) if isinstance(found, Path) else [found])
    return items


def write(root: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return root

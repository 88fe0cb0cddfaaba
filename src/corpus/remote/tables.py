"""The tables of an output that lies elsewhere, as a folder here that can be opened."""

from __future__ import annotations

from pathlib import Path

from corpus.places import local_place
from corpus.remote.cache import shelf_for
from corpus.remote.outputs import FarOutput


def tables_at(place: str | Path, cache: Path | None = None) -> Path:
    """The folder that holds the tables of `place`: itself, or for a URL a copy in the cache that is brought up to date first.

    Raises TableError where there is no whole output, and the errors of places that cannot be reached.
    """
    place = local_place(place)
    if isinstance(place, Path):
        return place
    shelf = shelf_for(place, "tables", cache)
    folder = shelf.path / "tables"
    with shelf.held():
        FarOutput(place, shelf.path).open_copy(folder)
    return folder

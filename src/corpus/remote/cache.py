"""Where copies of what lies elsewhere are kept: a folder of the user's cache, or the one that is named, a shelf for each URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OutputError
from corpus.identity import digest
from corpus.places import shown
from corpus.remote.failures import without_extra

LOCK = ".lock"
NOTE = "url.txt"
VARIABLE = "CORPUS_CACHE"
PATIENCE = 6 * 3600.0
"""Seconds to wait until another process has brought the same copy up to date."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder for one URL and one use, and the lock on it."""

    path: Path
    url: str

    @contextmanager
    def held(self, wait: bool = True) -> Iterator[None]:
        """Keep the shelf for this process alone; the system lets go of it when the process ends, however it does.

        Raises OutputError where another has it: at once, unless it is to `wait`.
        """
        import portalocker

        try:
            with portalocker.Lock(
                self.path / LOCK, "a", timeout=PATIENCE if wait else 0, fail_when_locked=not wait
            ):
                yield
        except portalocker.LockException:
            raise OutputError(
                f"Another process of this machine works with {shown(self.url)}. Wait until it is done, or name another --cache."
            ) from None


def shelf_for(url: str, use: str, cache: Path | None) -> Shelf:
    """The shelf of a URL for `use` (`input`, `output`, `tables`) in the folder `cache`, or where the system keeps caches.

    Raises OutputError where it cannot be made.
    """
    path = (cache or _default(url)) / f"{use}-{digest(url)}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / NOTE).write_text(f"{shown(url)}\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path} cannot be made ({error.strerror}). Name a folder for copies that you may write to with --cache."
        ) from None
    return Shelf(path, url)


def _default(url: str) -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named)
    try:
        from platformdirs import user_cache_path
    except ImportError:
        raise without_extra(url) from None
    return user_cache_path("news-corpus")

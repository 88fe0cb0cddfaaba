"""Arrow, SciPy and scikit-learn without what no stage uses and what takes longer to load than many a task, pandas above all."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

UNASKED = ("asyncio", "numpy.f2py", "numpy.testing", "scipy.stats")
"""Modules that SciPy, scikit-learn and joblib import and that no stage makes them ask: half of the time they take to load."""


class _Hidden:
    """A finder that finds no pandas."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> None:  # the import system's own names
        """Raises ModuleNotFoundError for pandas; of all else the other finders know."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def keep_pandas_out() -> None:
    """Let pyarrow look for pandas now and find none: it looks once when it first meets an array of numpy's, and once when it
    first makes one.

    Who imports pandas by itself gets it all the same.
    """
    import pyarrow as pa

    if "pandas" in sys.modules:
        return
    with _hidden_pandas():
        pa.lib._pandas_api.have_pandas  # noqa: B018 - looking is what it does
        pa.array([0]).to_numpy()


def load_lean(*parts: str) -> None:
    """Load `parts` of SciPy and scikit-learn; what they take from UNASKED is looked up there when it is called.

    Where pandas is not loaded yet, scikit-learn takes no table for one of pandas: for a process that does tasks and nothing else.

    >>> from corpus.run.lean import load_lean
    >>> load_lean("scipy.sparse")
    """
    with _hidden_pandas(), _standing_in():
        for part in parts:
            import_module(part)


@contextmanager
def _hidden_pandas() -> Iterator[None]:
    """Nobody finds pandas inside the block, unless it is loaded already."""
    sys.meta_path.insert(0, _Hidden)
    try:
        yield
    finally:
        sys.meta_path.remove(_Hidden)


@contextmanager
def _standing_in() -> Iterator[None]:
    """Stand-ins for the modules of UNASKED that are not loaded; who imports them later gets the real ones."""
    missing = [name for name in UNASKED if name not in sys.modules]
    # In its package too, as an import does: NumPy looks for what it lacks by importing it, and would never end.
    inside = [
        (import_module(package), own, name)
        for name in missing
        for package, _, own in (name.rpartition("."),)
        if package
    ]
    sys.modules |= {name: _StandIn(name) for name in missing}
    for package, own, name in inside:
        setattr(package, own, sys.modules[name])
    try:
        yield
    finally:
        for package, own, _ in inside:
            delattr(package, own)
        for name in missing:
            del sys.modules[name]


class _StandIn(ModuleType):
    """A module whose attributes are those of the real one as soon as that may be loaded, and until then functions that ask it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is not self:
            return getattr(import_module(self.__name__), name)

        def asked(*arguments: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **options)

        return asked

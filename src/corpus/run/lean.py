"""Arrow without pandas, which no stage uses and which takes longer to load than many a task."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType


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
    sys.meta_path.insert(0, _Hidden)
    try:
        pa.lib._pandas_api.have_pandas  # noqa: B018 - looking is what it does
        pa.array([0]).to_numpy()
    finally:
        sys.meta_path.remove(_Hidden)

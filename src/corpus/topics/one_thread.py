"""Linear algebra on one thread: several add up in an order of their own, and the last digits of a fit would be theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numpy's and SciPy's linear algebra on one thread while the block lasts.

    SciPy brings a library of its own, which can only be bounded once it is loaded: that is done here, before the block.
    """
    import scipy.sparse.linalg  # noqa: F401 - its library is loaded, that it can be bounded
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield

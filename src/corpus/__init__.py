"""A folder of articles in, tidy tables out: a corpus analyzer for the French-language press, and its neighbours.

>>> import corpus
>>> c = corpus.open("data/processed")
>>> "fr" in set(c.documents.to_pandas()["language"])
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.version import __version__

__all__ = ["Config", "Corpus", "CorpusError", "__version__", "open", "run_corpus"]

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.errors import CorpusError
    from corpus.notebook import Corpus
    from corpus.notebook import open_corpus as open
    from corpus.run.pipeline import run_corpus

_LAZY = {
    "Config": ("corpus.config", "Config"),
    "Corpus": ("corpus.notebook", "Corpus"),
    "CorpusError": ("corpus.errors", "CorpusError"),
    "open": ("corpus.notebook", "open_corpus"),
    "run_corpus": ("corpus.run.pipeline", "run_corpus"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that `corpus --help` is instant."""
    if name not in _LAZY:
        raise _unknown(name)
    from importlib import import_module

    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)


def _unknown(name: str) -> AttributeError:
    """One sentence in a notebook, with the nearest of the public names."""
    from difflib import get_close_matches

    from corpus.errors import UnknownNameError

    near = get_close_matches(name, __all__, n=1)
    return UnknownNameError(
        f"corpus has no attribute {name!r}. "
        + (f"Did you mean {near[0]}?" if near else f"It has: {', '.join(__all__)}.")
    )

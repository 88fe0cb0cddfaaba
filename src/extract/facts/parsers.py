"""spaCy without its own command line, which draws in clients of the network and takes a third of the time to load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMANDS = "spacy.cli"
_INFO = "spacy.cli.info"
"""What `import spacy` wants of its command line: the function that it hands on as `spacy.info`."""
# The language class of a pipeline brings its tokenizer, whose patterns take longer to compile than all else takes to load; words
# are ours, so the class without rules does.
_WITHOUT_RULES = {"nlp.lang": "xx"}
_UNNEEDED = (
    "ner",
    "lemmatizer",
    "attribute_ruler",
    "morphologizer",
    "tagger",
    "senter",
    "tokenizer",
    "strings",
)
"""Parts that no tree is made of. The strings are the words of the training texts: one that comes up is added as it is met."""
_NEEDED = frozenset({"tok2vec", "transformer", "parser"})


def load_parser(name: str) -> Any:
    """The parser of the pipeline `name` and what it builds on."""
    with _without_commands():
        import spacy

    pipeline = spacy.load(name, exclude=_UNNEEDED, config=_WITHOUT_RULES)
    pipeline.select_pipes(enable=[part for part in pipeline.pipe_names if part in _NEEDED])
    return pipeline


@contextmanager
def _without_commands() -> Iterator[None]:
    """Stand-ins for the modules of spaCy's command line while spaCy is loaded; who imports them later gets the real ones."""
    if "spacy" in sys.modules:
        yield
        return
    commands, info = ModuleType(_COMMANDS), ModuleType(_INFO)
    commands.__path__ = []
    info.info = _info  # type: ignore[attr-defined]
    sys.modules |= {_COMMANDS: commands, _INFO: info}
    try:
        yield
    finally:
        for name in (_COMMANDS, _INFO):
            sys.modules.pop(name, None)


def _info(*arguments: Any, **options: Any) -> Any:
    """`spacy.info`, looked up when it is asked for."""
    from spacy.cli.info import info

    return info(*arguments, **options)

"""The table of formats is the one place that a new format is written into: what could be forgotten is looked for here."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import corpus.readers
from corpus.config import Config
from corpus.readers import FORMATS, ReadOptions

from .reader_mutations import items_of
from .reader_samples import all_samples
from .reading import documents, problems, read

GUIDE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_every_module_that_reads_a_format_is_in_the_table() -> None:
    names = [
        module.name
        for module in pkgutil.walk_packages(corpus.readers.__path__, "corpus.readers.")
        if not module.ispkg
    ]
    modules = [import_module(name) for name in names]
    readers = {module.__name__ for module in modules if hasattr(module, "sniff") and hasattr(module, "read")}
    listed = [format_.reader.__name__ for format_ in FORMATS.values()]  # type: ignore[attr-defined]
    assert sorted(listed) == sorted(readers)


def test_the_guide_names_every_value_of_format() -> None:
    given = {
        document.format
        for name, data in all_samples().items()
        for document in documents(items_of(data, name))
    }
    table = GUIDE.read_text(encoding="utf-8")
    assert given <= set(re.findall(r"`(\w+)`", table.partition("## ")[0]))


def test_no_message_tells_to_raise_what_corpus_toml_refuses() -> None:
    tight = ReadOptions(
        max_document_bytes=20,
        max_archive_bytes=30,
        max_archive_members=1,
        max_archive_ratio=1,
        max_archive_depth=1,
    )
    deep = ReadOptions(max_archive_depth=0)
    said = [
        item.message
        for options in (tight, deep)
        for name, data in all_samples().items()
        for item in problems(read(data, name, options))
    ]
    assert len(set(said)) > 5
    assert {word for message in said for word in re.findall(r"max_\w+", message)} <= set(
        Config.__dataclass_fields__
    )

"""The formats there are, and the writing of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, cast

from corpus.errors import OutputError, UsageError
from corpus.export.source import Corpus, Source
from corpus.store import replacing, replacing_folder

FOLDER = "exports"
"""Where exports go inside an output folder."""
MARK = ".written-by-corpus-export"
"""A file in each exported folder: only a folder that has it is replaced by a later export."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to export. `every`: repeated paragraphs too, and what is found in them. `excel_fr`: CSV as a French Excel opens it.

    `rows`: at most so many rows of a list of doubtful ones.

    >>> import corpus
    >>> from corpus.export import ExportOptions, export
    >>> written = export(corpus.open("data/processed"), "csv", "my-tables", ExportOptions(excel_fr=True))
    >>> written.path.name
    'my-tables'
    """

    every: bool = False
    excel_fr: bool = False
    rows: int = 200


@dataclass(slots=True)
class Written:
    """What an export wrote: where, how many of what, and sentences about what it left out.

    >>> import corpus
    >>> from corpus.export import export
    >>> written = export(corpus.open("data/processed"), "iramuteq", "my-corpus.txt")
    >>> written.path.name, sorted(written.counts)
    ('my-corpus.txt', ['texts', 'words'])
    """

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


Write = Callable[[Source, Path, ExportOptions, Written], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the ending of its file (empty for a folder), a line that says what it is, and what writes it."""

    name: str
    ending: str
    description: str
    write: Write


def format_names() -> list[str]:
    """Names of the formats, sorted.

    >>> "iramuteq" in format_names()
    True
    """
    formats = import_module("corpus.export.formats")
    return sorted(module.name for module in iter_modules(formats.__path__))


@cache
def _format(name: str) -> Format:
    """The format of that name; UsageError with those there are."""
    if name not in format_names():
        raise UsageError(f"There is no format {name!r}. The formats are: {', '.join(format_names())}.")
    module: Any = import_module(f"corpus.export.formats.{name}")
    return Format(name, module.ENDING, module.DESCRIPTION, cast(Write, module.write))


def describe(name: str) -> str:
    """What a format is, in a line.

    >>> describe("jsonl").startswith("One document a line")
    True
    """
    return _format(name).description


def export(
    corpus: Corpus, to: str, target: str | Path | None = None, options: ExportOptions | None = None
) -> Written:
    """Write a corpus in the format `to`, by default below `exports/` of its folder; what there was is replaced.

    `corpus` is what `corpus.open` gives, or a choice of its documents. Raises UsageError for an unknown format, OutputError
    where `target` is a folder that no export wrote, TableError where the run lacks the tables that the format is made of.

    >>> import corpus
    >>> from corpus.export import export
    >>> export(corpus.open("data/processed"), "gexf", "my-network.gexf").path.name
    'my-network.gexf'
    """
    chosen = _format(to)
    path = Path(target) if target is not None else corpus.folder / FOLDER / f"{to}{chosen.ending}"
    written = Written(path)
    source = Source(corpus, every=options.every if options else False)
    if chosen.ending:
        if path.is_dir():
            raise OutputError(f"{path} is a folder, and {to} is one file: name a file.")
        with replacing(path) as temporary:
            chosen.write(source, temporary, options or ExportOptions(), written)
        return written
    _refuse(path, to)
    with replacing_folder(path) as temporary:
        chosen.write(source, temporary, options or ExportOptions(), written)
        (temporary / MARK).touch()
    return written


def _refuse(path: Path, to: str) -> None:
    """Raise OutputError where `path` holds what no export wrote: a folder is replaced as a whole."""
    if path.is_file():
        raise OutputError(f"{path} is a file, and {to} is a folder of files: name a folder.")
    if path.is_dir() and any(path.iterdir()) and not (path / MARK).exists():
        raise OutputError(f"{path} holds files that no export wrote. Name an empty folder or a new one.")

"""The rows that a user's lists add or replace, and the texts whose reading they may change: those that hold one of their names.

A list is asked for the names that stand in a text and for nothing else, so a text without any of them reads as it would without
the row.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.companies.lists import aliases_of, read_companies, shipped_with
from extract.folding import fold_in_place, fold_name

_SPACES = re.compile("  +")
AddedNames = tuple[tuple[str, tuple[str, ...]], ...]
"""Each folded name with the marks of the rows that bear it, sorted."""


def added_names(extra: Sequence[str | Path]) -> AddedNames:
    """The names of the rows in the files of `extra`, and those of the shipped rows that they replace, with the marks of the rows.

    Raises CompanyListError as reading them does.

    >>> from extract import added_names, marks_in
    >>> added_names([])
    ()
    """
    added = [read_companies([Path(file)]) for file in extra]
    shipped = shipped_with({identity for rows in added for identity in rows})
    names: dict[str, set[str]] = defaultdict(set)
    for number, rows in enumerate(added):
        for row in rows.values():
            mark = hashlib.blake2b(repr((number, row)).encode(), digest_size=8).hexdigest()
            replaced = aliases_of(shipped[row.id]) if row.id in shipped else ()
            for alias, _ in (*aliases_of(row), *replaced):
                names[fold_name(alias)].add(mark)
    return tuple((name, tuple(sorted(marks))) for name, marks in sorted(names.items()) if name)


def marks_in(texts: Iterable[str], names: AddedNames) -> list[tuple[str, ...]]:
    """For each text the marks of the rows of which a name stands in it.

    >>> from pathlib import Path
    >>> from extract import added_names, marks_in
    >>> _ = Path("my-companies.csv").write_text("id,name\\nbrivane,Brivane\\n", encoding="utf-8")
    >>> names = added_names(["my-companies.csv"])
    >>> [len(marks) for marks in marks_in(["Brivane recrute.", "Galet recrute."], names)]
    [1, 0]
    """
    listed = list(texts)
    if not names:
        return [()] * len(listed)
    automaton, marks = _automaton(names), dict(names)
    # Most texts hold none, which is quick to tell of many at once: a name that would reach over two of them only costs time.
    if next(automaton.iter(_folded("\n".join(listed))), None) is None:
        return [()] * len(listed)
    return [
        tuple(sorted({mark for _, name in automaton.iter(_folded(text)) for mark in marks[name]}))
        for text in listed
    ]


def _folded(text: str) -> str:
    """A text as `fold_name` folds a name, with a space before and after it."""
    return f" {_SPACES.sub(' ', fold_in_place(text)).strip()} "


@lru_cache(maxsize=2)
def _automaton(names: AddedNames) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, _ in names:
        automaton.add_word(f" {name} ", name)
    automaton.make_automaton()
    return automaton

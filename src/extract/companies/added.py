"""The rows that a user's lists add or replace, and the texts whose reading they may change: those that hold one of their names.

A list is asked for the names that stand in a text and for nothing else, so a text without any of them reads as it would without
the row.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.companies.lists import aliases_of, collapsed, read_companies, shipped_companies
from extract.folding import fold_name

AddedNames = tuple[tuple[str, tuple[str, ...]], ...]
"""Each folded name with the marks of the rows that bear it, sorted."""


def added_names(extra: Sequence[str | Path]) -> AddedNames:
    """The names of the rows in the files of `extra`, and those of the shipped rows that they replace, with the marks of the rows.

    Raises CompanyListError as reading them does.
    """
    shipped = shipped_companies() if extra else {}
    names: dict[str, set[str]] = defaultdict(set)
    for number, file in enumerate(extra):
        for row in read_companies([Path(file)]).values():
            mark = hashlib.blake2b(repr((number, row)).encode(), digest_size=8).hexdigest()
            replaced = aliases_of(shipped[row.id]) if row.id in shipped else ()
            for alias, _ in (*aliases_of(row), *replaced):
                names[fold_name(alias)].add(mark)
    return tuple((name, tuple(sorted(marks))) for name, marks in sorted(names.items()) if name)


def marks_in(texts: Iterable[str], names: AddedNames) -> list[tuple[str, ...]]:
    """For each text the marks of the rows of which a name stands in it."""
    if not names:
        return [() for _ in texts]
    automaton, marks = _automaton(names), dict(names)
    return [
        tuple(sorted({mark for _, name in automaton.iter(collapsed(text).text) for mark in marks[name]}))
        for text in texts
    ]


@lru_cache(maxsize=2)
def _automaton(names: AddedNames) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, _ in names:
        automaton.add_word(f" {name} ", name)
    automaton.make_automaton()
    return automaton

"""How the code is laid out: no module needs itself, packages have doors, and what belongs together changes together."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import grimp
import pytest
from hypothesis import settings

from corpus.run import rows
from corpus.run.stages.mentions import MentionRows
from corpus.schemas import ENTITY_TABLES, SENTENCES, TABLES
from extract.amounts.records import Modifier, Rule
from extract.companies.records import CompanyRole
from extract.facts.records import CERTAINTIES, KINDS, ROLES, Role
from extract.names.records import NAME_TYPES
from extract.records import ParagraphEntities, SettledParagraph

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGES = ("corpus", "dedupe", "extract")


LONGEST_MODULE = 400
"""Lines; a module that grows longer does two things, and parts at the seam between them."""


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES)


def _circles(graph: grimp.ImportGraph) -> list[list[str]]:
    """Groups of modules each of which reaches all others of its group by imports (Tarjan 1972)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        stack.append(module)
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            if imported not in number:
                visit(imported)
                lowest[module] = min(lowest[module], lowest[imported])
            elif imported in stack:
                lowest[module] = min(lowest[module], number[imported])
        if lowest[module] == number[module]:
            at = stack.index(module)
            group, stack[at:] = sorted(stack[at:]), []
            if len(group) > 1:
                found.append(group)

    for module in sorted(graph.modules):
        if module not in number:
            visit(module)
    return found


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert len(_graph().modules) > 100
    assert _circles(_graph()) == []


def test_no_property_has_a_deadline() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None


def _module(file: Path) -> str:
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(file): file for file in sorted(SOURCE.rglob("*.py"))}
ROOMS = {name for name, file in MODULES.items() if file.name == "__init__.py"}


def test_a_module_is_read_in_one_sitting() -> None:
    lengths = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in MODULES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def _room(module: str) -> str:
    """The package that a module stands in; of a package, itself."""
    while module not in ROOMS:
        module = module.rpartition(".")[0]
    return module


def _imports() -> Iterator[tuple[str, str, str]]:
    """Every (importing module, module, name) of the program's own."""
    for module, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
                yield from ((module, node.module or "", alias.name) for alias in node.names)


@cache
def _face(room: str) -> frozenset[str] | None:
    """What a package offers: its `__all__`; None for a package that is a row of modules and no more."""
    offered = getattr(import_module(room), "__all__", None)
    return None if offered is None else frozenset(offered)


def test_a_package_with_a_face_is_entered_by_it() -> None:
    """`__all__` of a package says what is public. Its `records` are too; its other modules are its own."""
    forced = []
    for module, target, name in _imports():
        room = _room(target)
        here = _room(module)
        face = _face(room)
        if here == room or here.startswith(f"{room}.") or face is None or target.endswith(".records"):
            continue
        if target != room or name not in face:
            forced.append((module, target, name))
    assert forced == []


@pytest.mark.parametrize("room", sorted(room for room in ROOMS if _face(room)))
def test_a_face_offers_what_there_is(room: str) -> None:
    loaded = import_module(room)
    assert [name for name in _face(room) or () if not hasattr(loaded, name)] == []


def test_a_name_with_an_underscore_stays_in_its_module() -> None:
    assert [each for each in _imports() if each[2].startswith("_") and not each[2].endswith("__")] == []


def _values(table: str, column: str) -> set[str]:
    [found] = [one for one in TABLES[table].columns if one.name == column]
    return set((found.values or "").split() if isinstance(found.values, str) else found.values or ())


@pytest.mark.parametrize("table", ENTITY_TABLES, ids=lambda table: table.name)
def test_a_kind_of_mention_has_rows_a_record_and_a_place_to_be_found(table: object) -> None:
    """A new kind of mention is a table in ENTITY_TABLES; this names what else it lacks."""
    name, columns = table.name, table.columns  # type: ignore[attr-defined]
    row_types = get_type_hints(MentionRows, vars(rows))
    assert name in row_types, f"MentionRows of corpus/run/stages/mentions.py has no list '{name}'"
    [row] = get_args(row_types[name])
    assert set(get_type_hints(row)) == {column.name for column in columns}
    found = {field.name for record in (ParagraphEntities, SettledParagraph) for field in fields(record)}
    assert name in found, f"nothing in extract/records.py holds '{name}'"
    assert row_types.keys() == {SENTENCES.name, *(one.name for one in ENTITY_TABLES)}


def test_a_kind_of_fact_is_known_everywhere() -> None:
    """A new kind of fact is a word in `FactKind` of extract/facts/records.py; this names what else it lacks."""
    assert _values("facts", "kind") == set(KINDS)
    assert _values("facts", "certainty") == set(CERTAINTIES)
    assert _values("facts", "company_role") == set(get_args(Role))
    assert set(ROLES) <= set(KINDS)
    weights = json.loads((SOURCE / "extract" / "data" / "facts.json").read_text(encoding="utf-8"))
    assert set(weights["kinds"]) == {"none", *KINDS}, "train again: scripts/train_facts.py"
    assert weights["certainties"] == list(CERTAINTIES)
    page = (SOURCE.parent / "docs" / "companies.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


def test_the_dictionary_knows_the_words_of_the_records() -> None:
    assert _values("names", "type") == set(NAME_TYPES)
    assert _values("amounts", "modifier") == set(get_args(Modifier))
    assert _values("amounts", "rule") == set(get_args(Rule))
    assert _values("companies", "role") == set(get_args(CompanyRole))

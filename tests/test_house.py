"""How the code is laid out: no module needs itself, and no test depends on the load of the machine."""

from __future__ import annotations

from functools import cache

import grimp
from hypothesis import settings

PACKAGES = ("corpus", "dedupe", "extract")


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
    circles = _circles(_graph())
    assert [group for group in circles if not group[0].startswith("corpus.topics")] == []


def test_no_property_has_a_deadline() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None

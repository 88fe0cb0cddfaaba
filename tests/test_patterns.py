"""No regular expression takes what an early Python 3.11 reads wrongly: a possessive repeat of a group, an atomic group.

`re` of Python 3.11.0 to 3.11.4 loses matches there (Debian 12 ships 3.11.2), and the same text would give other rows on other
machines. A possessive repeat of one character or class is read rightly everywhere.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"

# Everything is imported and every language read once while a wrapper writes down what our own modules compile.
_COLLECT = """
import importlib, json, pkgutil, re, sys
import re._compiler
compiled, whole = [], re._compiler.compile
def compile(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__", "").split(".")[0] == "re":
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "")
    if isinstance(pattern, str) and name.split(".")[0] in ("corpus", "dedupe", "extract"):
        compiled.append((name, pattern, int(flags)))
    return whole(pattern, flags)
re._compiler.compile = compile
for package in ("corpus", "dedupe", "extract"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
from extract.entities import Extractor
from extract.languages import known_languages
from extract.documents import settle_document
extractor = Extractor()
for language in known_languages():
    text = "Renault 3 000 M€ 2025-02-03, 1.2.3; 4 500,50 euros."
    settle_document([text], extractor.read([text], [language]))
print(json.dumps(compiled))
"""


def _faulty(pattern: str, flags: int = 0) -> bool:
    """Does `pattern` repeat a group possessively or hold an atomic group?"""
    from re import _constants as op  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]

    single = {op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.CATEGORY}

    def walk(node: object) -> bool:
        if isinstance(node, _parser.SubPattern):
            return any(map(walk, node))
        if isinstance(node, list):
            return any(map(walk, node))
        if not isinstance(node, tuple) or not node:
            return False
        if node[0] is op.ATOMIC_GROUP:
            return True
        if node[0] is op.POSSESSIVE_REPEAT:
            inner = node[1][2]
            return len(inner) != 1 or inner[0][0] not in single
        return any(map(walk, node))

    return walk(_parser.parse(pattern, flags))


@pytest.mark.parametrize(
    ("pattern", "faulty"),
    [
        ("a++", False),
        ("[a-z]*+b", False),
        ("(?:a++b)+", False),
        ("(?:ab)++", True),
        ("(?:a|bc)?+d", True),
        ("(?:ab){2,3}+", True),
        ("x(?>ab|a)c", True),
        ("(?=(a(?>b)))", True),
        ("(?:[ab])++", False),  # the parser sees the class alone
    ],
)
def test_the_walk_tells_what_is_faulty(pattern: str, faulty: bool) -> None:
    assert _faulty(pattern) is faulty


def test_no_compiled_pattern_is_faulty() -> None:
    done = subprocess.run([sys.executable, "-c", _COLLECT], capture_output=True, text=True, check=True)
    compiled = json.loads(done.stdout)
    assert len(compiled) > 200
    assert {name.split(".")[0] for name, _, _ in compiled} == {"corpus", "dedupe", "extract"}
    assert [(name, pattern[:200]) for name, pattern, flags in compiled if _faulty(pattern, flags)] == []


def test_no_source_spells_one() -> None:
    """What is compiled only for some input is seen here."""
    spelt = re.compile(r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+|\(\?>")
    found = [
        f"{file.relative_to(SOURCE)}:{number}"
        for file in sorted(SOURCE.rglob("*"))
        if file.suffix in {".py", ".toml", ".csv"}
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if spelt.search(line)
    ]
    assert found == []

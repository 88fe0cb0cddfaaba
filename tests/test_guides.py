"""The tutorial and the how-to pages are true: their files are saved, their commands run, and print what the pages show."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE, write_files

FIXTURES = ROOT / "tests" / "readers" / "fixtures"
HOWTO = sorted((ROOT / "docs" / "howto").glob("*.md"))
PAGES = [ROOT / "docs" / "tutorial.md", *(page for page in HOWTO if page.name != "README.md")]
BLOCK = re.compile(
    r"(?:as `(?P<path>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
"""A block of a page; where "as `NAME`:" stands before it, a file of that name."""
COMMAND = '#!/bin/sh\nexec "{}" {} "$@"\n'
SAID = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
DONE = (0, 3)
"""How a command of a page ends; 3 says that some inputs could not be read."""


@pytest.fixture
def here(tmp_path: Path, sample: Path) -> Path:
    """What the pages say the reader has: the demo's output, their own articles, an export, the folder of the program."""
    commands = {
        "corpus": COMMAND.format(sys.executable, "-m corpus"),
        "python": COMMAND.format(sys.executable, ""),
    }
    for path in write_files(tmp_path / "bin", commands).iterdir():
        path.chmod(0o755)
    folder = tmp_path / "here"
    shutil.copytree(sample, folder / "corpus-demo")
    shutil.copytree(SAMPLE / "agences", folder / "my-articles")
    (folder / "my-export").mkdir()
    for name in ("europresse-2015.html", "europresse-2024.html"):
        shutil.copy(FIXTURES / name, folder / "my-export")
    return folder


def steps(page: Path) -> list[tuple[str | None, str, str]]:
    """The blocks of a page in their order: the file it is to be saved as, its kind, its text."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [(block["path"], block["kind"], block["body"]) for block in found]


def commands(body: str) -> list[tuple[str, str]]:
    """The commands of a block and what is shown below each."""
    parts = re.split(r"^\$ (.+)\n", body, flags=re.MULTILINE)
    assert parts[0] == "", "a block of commands begins with one"
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_page_is_true(page: Path, here: Path) -> None:
    if page.stem == "language":
        shutil.copytree(ROOT / "src", here / "src")
    ran = 0
    for path, kind, body in steps(page):
        if path is not None:
            write_files(here, {path: body})
        elif kind == "console":
            for command, shown in commands(body):
                check(command, shown, here)
                ran += 1
    assert ran


def check(command: str, shown: str, here: Path) -> None:
    """Run a command in a shell and compare what it prints with what the page shows."""
    environment = os.environ | {
        "PATH": f"{here.parent / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(here / "src"),  # a page that copies the program's folder means its own copy
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["sh", "-c", f"{command} 2>&1"],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in DONE, (command, done.stdout)
    assert doctest.OutputChecker().check_output(shown, done.stdout, SAID), (
        f"$ {command}\n{shown}--- printed:\n{done.stdout}"
    )


def test_what_is_not_printed_is_noticed(here: Path) -> None:
    check("echo a b; echo c", "a   b\n...\n", here)
    with pytest.raises(AssertionError, match="printed"):
        check("echo a", "b\n", here)
    with pytest.raises(AssertionError):
        check("false", "", here)


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "howto" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in HOWTO if page.name != "README.md" and f"({page.name})" not in index] == []

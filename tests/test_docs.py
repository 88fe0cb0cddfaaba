"""The documentation says what the program does: generated pages are fresh, code blocks run, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from scripts.cli_page import page as cli_page
from scripts.excerpts import BEGIN, END, excerpts
from typer.testing import CliRunner

from corpus.cli import app
from corpus.dictionary import as_markdown
from extract.names.features import FEATURE_KEYS
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMANDS = (
    "run",
    "merge",
    "collect",
    "show",
    "trace",
    "tables",
    "evaluate",
    "doctor",
    "export",
    "report",
    "search",
    "demo",
    "notebook",
)


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def test_the_dictionary_page_is_what_the_code_says() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page.partition("\n## ")[2] == as_markdown().partition("## ")[2] + "\n", "run: make docs"


def test_the_page_of_the_command_line_is_what_the_program_says() -> None:
    assert cli_page() == (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), "run: make docs"


def test_the_excerpts_of_the_readme_are_what_a_run_gives(sample: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert excerpts(sample) == readme.partition(BEGIN + "\n")[2].partition("\n" + END)[0], "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_has_help(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"corpus {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_line_has_no_other_commands() -> None:
    assert {command.name or command.callback.__name__ for command in app.registered_commands} == set(COMMANDS)


def test_the_shell_blocks_of_the_readme_run(sample: Path, tmp_path: Path) -> None:
    """Commands that need no installation and no network, on the output of the sample corpus."""
    ran = 0
    for body in blocks(ROOT / "README.md", "sh"):
        for line in body.splitlines():
            if line.startswith("corpus ") and not line.startswith("corpus collect"):
                words = [word for word in _words(line.partition("  #")[0]) if word]
                words = [_here(word, sample, tmp_path) for word in words[1:]]
                done = subprocess.run(
                    [sys.executable, "-m", "corpus", *words], capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, (line, done.stderr)
                ran += 1
    assert ran >= 6


def _words(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


def _here(word: str, sample: Path, tmp_path: Path) -> str:
    """The README's example folders, as folders of this test."""
    names = {
        "data/processed": str(sample),
        "my-articles": str(ROOT / "data" / "raw" / "agences"),
        "my-tables": str(tmp_path / "out"),
        "my-tables.xlsx": str(tmp_path / "out.xlsx"),
        "my-report.html": str(tmp_path / "report.html"),
    }
    return names.get(word, str(ROOT / word) if word.startswith("data/") else word)


def test_the_python_blocks_of_the_readme_run(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(ROOT / "README.md", "python")
    assert found
    for body in found:
        exec(body.replace("data/processed", str(sample)), {})


def test_every_kind_of_feature_is_explained() -> None:
    page = (ROOT / "docs" / "companies.md").read_text(encoding="utf-8")
    assert [key for key, meaning in FEATURE_KEYS.items() if f"| `{key}` | {meaning} |" not in page] == []


def test_the_python_block_of_the_page_on_exports_runs() -> None:
    (body,) = blocks(ROOT / "docs" / "export.md", "py")
    setup, _, answer = body.rstrip().rpartition("\n")
    scope: dict[str, object] = {}
    exec(setup, scope)
    assert eval(answer, scope) == [("12 millions d’euros", 12_000_000, "EUR")]


def test_the_python_block_of_the_page_on_topics_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (body,) = blocks(ROOT / "docs" / "topics.md", "python")
    exec(body, {})
    assert capsys.readouterr().out == "['santé']\n"

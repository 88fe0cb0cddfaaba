"""A language is its files: none is listed in code, adding the folders is enough, and what is missing is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from corpus.languages import LANGUAGE_FILES, language_faults, started_languages
from extract.languages import CALENDAR, Room, WordFile, known_languages

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "dedupe", "extract")
EXAMPLE = re.compile(r"^ *(?:>>>|\.\.\.) .*$", re.MULTILINE)


@pytest.mark.parametrize("language", started_languages())
def test_no_language_lacks_a_piece(language: str) -> None:
    assert language_faults(language) == []
    assert language in known_languages()


def test_every_file_that_is_declared_is_in_the_list() -> None:
    declared = {
        (file.package, file.name)
        for package in PACKAGES
        for module in walk_packages(import_module(package).__path__, f"{package}.")
        if not module.name.endswith("__main__")
        for file in vars(import_module(module.name)).values()
        if isinstance(file, Room | WordFile)
    }
    assert declared == {(file.package, file.name) for file in LANGUAGE_FILES}


def test_no_code_lists_languages() -> None:
    """A tuple, list or set of two and more of the known codes is a second place to change for a new language."""
    code = "|".join(known_languages())
    listed = re.compile(rf"""["'](?:{code})["'],\s*["'](?:{code})["']""")
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in sorted((ROOT / "src").rglob("*.py"))
        for match in listed.finditer(EXAMPLE.sub("", file.read_text(encoding="utf-8")))
    ]
    # The sentence of config.py that shows how a list of languages is written.
    assert [line for line in found if not line.startswith("src/corpus/config.py")] == []


def test_faults_are_sentences_that_name_the_file_and_the_slot() -> None:
    where = "extract/languages/xx/calendar.toml"
    months = "\n".join(f'{n} = ["m{n}"]' for n in range(1, 12))
    text = f'order = "ymd"\nordinal_dot = false\ncapital = true\n[months]\n{months}\n[weekdays_short]\n9 = ["x"]\n'
    assert CALENDAR.faults_of(text, where) == [
        f"{where} 'order' should be one of dmy, mdy, not 'ymd'.",
        f"{where} 'capitals' is missing; it should be true or false.",
        f"{where} 'months' should be a table of lists of words under each of 1 to 12, not "
        "{'1': ['m1'], '2': ['m2'], '3': ['m3'], '4': ['m4'], '5': ['….",
        f"{where} 'months_short' is missing; it should be a table of lists of words under 1 to 12.",
        f"{where} 'weekdays' is missing; it should be a table of lists of words under each of 1 to 7.",
        f"{where} 'weekdays_short' should be a table of lists of words under 1 to 7, not {{'9': ['x']}}.",
        f"{where} 'capital' is no slot of this file; did you mean 'capitals'?",
    ]
    assert CALENDAR.faults_of("[", where)[0].startswith(f"{where} is not valid TOML")
    assert CALENDAR.faults("xx") == [
        f"There are no words of the language 'xx'; there are of: {', '.join(sorted(known_languages()))}."
    ]


@pytest.mark.parametrize("file", LANGUAGE_FILES, ids=lambda file: file.name)
def test_the_page_for_linguists_has_every_file_and_slot(file: Room | WordFile) -> None:
    page = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    assert f"`src/{file.package}/languages/<code>/{file.name}`" in page
    if isinstance(file, Room):
        section = page.split(f"\n## `{file.name}`\n")[1].split("\n## ")[0]
        assert [slot for slot in file.slots if f"`{slot}`" not in section] == []


# A new language is tried in a copy of the packages: Romanian, with the words of Italian.
NEW, LIKE = "ro", "it"
TEXT = "L'azienda Velmora ha raccolto 3,5 milioni di euro il 12 gen. 2024 a Milano, dopo il lunedì 8 gennaio."


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("grown") / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    for package in PACKAGES:
        languages = source / package / "languages"
        shutil.copytree(languages / LIKE, languages / NEW)
    card = source / "extract" / "languages" / NEW / "language.toml"
    card.write_text('name = "Romanian"\ncodes = ["ron", "rum"]\nrank = 90\n', encoding="utf-8")
    return source


def _run(source: Path, code: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(source)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=source
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_folders_of_a_new_language_are_enough(grown: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "one.txt").write_text("\n\n".join([TEXT, "Condividi su Facebook"]), encoding="utf-8")
    code = f"""
import extract, corpus
assert extract.__file__.startswith({str(grown)!r}), extract.__file__
from pathlib import Path
from corpus.clean.lexicon import lexicon
from corpus.config import Config
from corpus.languages import language_faults
from corpus.readers.lexicon import language_code
from corpus.run.pipeline import run_corpus
from corpus.topics.words import WordReader
from dedupe.lexicon import fact_words
from extract import find_amounts, find_companies, find_dates, known_languages
assert known_languages()[-1] == {NEW!r}
assert language_faults({NEW!r}) == []
text = {TEXT!r}
for find in (find_amounts, find_dates):
    assert find(text, {NEW!r}) == find(text, {LIKE!r}) != []
assert [c.company for c in find_companies(text, {NEW!r})] == ["Velmora"]
assert fact_words({NEW!r}).weekdays == fact_words({LIKE!r}).weekdays
assert language_code("rum") == {NEW!r}
assert WordReader({NEW!r}).lemma("della") is None
assert Config().languages[-1] == {NEW!r}
result = run_corpus(Path({str(tmp_path / "raw")!r}), Path({str(tmp_path / "out")!r}), Config(workers=1, languages=({NEW!r},)))
import pyarrow.parquet as pq
out = Path({str(tmp_path / "out")!r})
assert pq.read_table(out / "documents.parquet")["language"].to_pylist() == [{NEW!r}]
assert pq.read_table(out / "amounts.parquet")["low"].to_pylist() == [3.5e6]
print("whole")
"""
    assert _run(grown, code) == "whole"


def test_a_language_that_cannot_be_told_is_refused_before_the_run(grown: Path, tmp_path: Path) -> None:
    source = tmp_path / "src"
    shutil.copytree(grown, source)
    for package in PACKAGES:
        (source / package / "languages" / NEW).rename(source / package / "languages" / "xx")
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    code = f"""
from pathlib import Path
from corpus import Config, CorpusError, run_corpus
from corpus.languages import language_faults
print(language_faults("xx"))
try:
    run_corpus(Path({str(tmp_path / "one.txt")!r}), Path({str(tmp_path / "out")!r}), Config(languages=("fr", "xx")))
except CorpusError as error:
    print(error)
"""
    faults, refused = _run(source, code).splitlines()
    assert "langdetect has no profile" in faults
    assert "cannot identify xx" in refused
    assert not (tmp_path / "out").exists()


def test_a_missing_piece_is_named(grown: Path) -> None:
    extract, corpus = grown / "extract" / "languages" / NEW, grown / "corpus" / "languages" / NEW
    (corpus / "cleaning.toml").rename(corpus / "cleanings.toml")
    numbers = (extract / "numbers.toml").read_text(encoding="utf-8")
    (extract / "numbers.toml").write_text(numbers.replace("vigesimal", "vigesima"), encoding="utf-8")
    code = f"from corpus.languages import language_faults; print('\\n'.join(language_faults({NEW!r})))"
    assert _run(grown, code).splitlines() == [
        f"extract/languages/{NEW}/numbers.toml 'vigesimal' is missing; it should be true or false.",
        f"extract/languages/{NEW}/numbers.toml 'vigesima' is no slot of this file; did you mean 'vigesimal'?",
        f"corpus/languages/{NEW}/cleaning.toml is missing; see docs/lexicons.md.",
        f"corpus/languages/{NEW}/cleanings.toml is not read; the files are listed in docs/lexicons.md.",
    ]
    doctor = f"from corpus.doctor import examine; print([f.message for f in examine() if f.subject == 'language {NEW}'][2])"
    assert "cleaning.toml is missing" in _run(grown, doctor)
    # A folder without a card is begun, not known: the check says so.
    (extract / "language.toml").unlink()
    code = (
        "from corpus.languages import language_faults, started_languages\n"
        f"print({NEW!r} in started_languages(), language_faults({NEW!r})[0])"
    )
    assert _run(grown, code).startswith(f"True There are no words of the language '{NEW}'")

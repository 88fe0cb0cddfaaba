"""The first stage of a shard: documents are cleaned in groups, and no document sees its group."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.records import CleanDocument, InputDocument, Problem
from corpus.run import cleaning
from corpus.run.beacon import NO_CARE, beacon
from corpus.run.cleaning import CleaningOptions, clean_documents
from corpus.run.hardlimit import MORE
from corpus.run.opened import opened_document
from corpus.run.reading import ReadingOptions, open_documents, read_documents
from corpus.run.shards import InputFile
from corpus.run.shared_lines import LineEvidence
from tests.conftest import write_files

OPTIONS = Config()
PLAN = "Le gouvernement a annoncé lundi un plan de {} millions d’euros pour les laboratoires de l’université de Nantes."
GRID = "Le réseau électrique devra suivre, prévient la directrice, car les serveurs consomment sans relâche."
TEXTS = {
    "a.txt": f"{PLAN.format(3)}\n{GRID}\n{PLAN.format(3)}\n",
    "b.txt": f"{GRID}\n{PLAN.format(4)}\n",
    "c.txt": "",
    "d.txt": f"{GRID} {GRID}\n",
    "e.txt": f"{PLAN.format(3)}\n{PLAN.format(5)}\n{GRID}\n{GRID}\n",
}
Cleaned = list[tuple[InputDocument, CleanDocument] | Problem]


def clean_files(files: list[InputFile], config: Config, folder: Path) -> Cleaned:
    """What the stages of reading and cleaning give for these files."""
    reading, cleaned_with = ReadingOptions.of(config), CleaningOptions.of(config)
    with beacon(folder / "x") as light:
        documents = read_documents(files, reading, NO_CARE, light)
        opened = list(open_documents(documents, reading, NO_CARE, light, LineEvidence()))
        problems = [one for one in opened if isinstance(one, Problem)]
        rows = [opened_document(one) for one in opened if not isinstance(one, Problem)]
        return [*problems, *clean_documents(rows, cleaned_with, None, NO_CARE, light)]


def files_in(folder: Path) -> list[InputFile]:
    write_files(folder, TEXTS)
    return [InputFile(folder / name, name, len(text), "") for name, text in TEXTS.items()]


def clean_texts(found: Cleaned) -> dict[str, str]:
    return {one[0].source: one[1].text for one in found if not isinstance(one, Problem)}


def problems(found: Cleaned) -> list[tuple[str, str]]:
    return [(one.source, one.kind) for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_size_of_a_group_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    files = files_in(tmp_path)
    whole = list(clean_files(files, OPTIONS, tmp_path))
    assert len(clean_texts(whole)) == 4
    assert clean_texts(whole)["d.txt"] == GRID
    monkeypatch.setattr(cleaning, "GROUP_DOCUMENTS", size)
    assert list(clean_files(files, OPTIONS, tmp_path)) == whole
    monkeypatch.setattr(cleaning, "GROUP_CHARACTERS", 1)
    assert list(clean_files(files, OPTIONS, tmp_path)) == whole


def test_an_empty_file_is_a_problem_and_the_others_are_documents(tmp_path: Path) -> None:
    found = clean_files(files_in(tmp_path), OPTIONS, tmp_path)
    assert sorted(clean_texts(found)) == sorted(TEXTS.keys() - {"c.txt"})
    assert problems(found) == [("c.txt", "empty")]


def test_a_document_whose_repeats_fail_costs_no_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_in(tmp_path)
    whole = clean_texts(list(clean_files(files, OPTIONS, tmp_path)))
    fail_on(monkeypatch, PLAN.format(4), lambda: 1 // 0)
    found = list(clean_files(files, OPTIONS, tmp_path))
    assert ("b.txt", "failed") in problems(found)
    assert clean_texts(found) == {name: text for name, text in whole.items() if name != "b.txt"}


def test_a_document_whose_repeats_take_too_long_costs_no_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_in(tmp_path)
    whole = clean_texts(list(clean_files(files, OPTIONS, tmp_path)))
    fail_on(monkeypatch, PLAN.format(4), loop)
    found = list(clean_files(files, Config(document_seconds=1), tmp_path))
    assert ("b.txt", "time_limit") in problems(found)
    assert clean_texts(found) == {name: text for name, text in whole.items() if name != "b.txt"}


def test_the_repeats_of_a_document_by_itself_have_its_limit_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice its limit is beyond the bound at which the system ends the process."""
    files = [file for file in files_in(tmp_path) if file.source == "b.txt"]
    fail_on(monkeypatch, PLAN.format(4), loop)
    began = time.thread_time()
    assert problems(clean_files(files, Config(document_seconds=1), tmp_path)) == [("b.txt", "time_limit")]
    assert time.thread_time() - began < 1 + MORE


def loop() -> None:
    until = time.thread_time() + 10
    while time.thread_time() < until:
        pass


def fail_on(monkeypatch: pytest.MonkeyPatch, words: str, fault: object) -> None:
    """Let the search for repeats meet `fault` on a document that holds `words`."""
    import corpus.clean

    find = corpus.clean.find_repeats

    def find_or_fail(documents: list[corpus.clean.Prepared]) -> object:
        if any(words in text for document in documents for text in document.texts):
            fault()  # type: ignore[operator]
        return find(documents)

    monkeypatch.setattr(corpus.clean, "find_repeats", find_or_fail)

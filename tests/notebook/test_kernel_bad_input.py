"""In a kernel, over folders that are not what a run leaves: one sentence each, and no line of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pyarrow.parquet as pq
import pytest
from nbclient import NotebookClient

import corpus
from corpus.schemas import TABLES

OLDER = {
    "documents": ["duplicate_of", "published_precision"],
    "paragraphs": ["text_id", "first_doc_id", "changed_facts"],
    "companies": ["first", "role"],
}
"""Columns that an older version did not write yet."""
CUT = ("documents", "facts", "events")
EXTRAS = dict.fromkeys(("distributed", "xlsxwriter", "vl_convert"))
ASKED: dict[str, str] = {
    "corpus.open({nothing!r})": "TableError: {nothing} holds no table. Run `corpus run RAW {nothing}` first.",
    "corpus.run_corpus({nothing!r}, {empty!r})": "InputError: {nothing} holds no file.",
    "corpus.opne({nothing!r})": "UnknownNameError: corpus has no attribute 'opne'. Did you mean open?",
    "cut = corpus.open({cut!r})\ncut.facts": "TableError: The table facts of {cut} is damaged (",
    "cut.count('month')": "TableError: The table documents of {cut} is damaged (",
    "cut.money('fine')": "TableError: The table events of {cut} is damaged (",
    "cut.report({empty!r} + '/r.html')": "TableError: The table documents of {cut} is damaged (",
    "cut.export('jsonl', {empty!r} + '/x.jsonl')": "TableError: The table ",
    "cut.trace({doc_id!r})": "TableError: The table documents of {cut} is damaged (",
    "older = corpus.open({older!r})\nolder.companies_named()": "TableError: The table companies of {older} was written by an",
    "older.together()": "TableError: The table companies of {older} was written by an",
    "older.copies()": "TableError: The table paragraphs of {older} was written by an older version and lacks first_doc_id: ",
    "older.count('month')": "TableError: The table documents of {older} was written by an",
    "older.specific()": "TableError: The table paragraphs of {older} was written by an",
    "older.search('euros')": "TableError: The table documents of {older} was written by an",
    "older.where(language='fr')": "TableError: The table documents of {older} was written by an",
    "older.report({empty!r} + '/r.html')": "TableError: The table documents of {older} was written by an",
    "older.export('jsonl', {empty!r} + '/x.jsonl')": "TableError: The table paragraphs of {older} was written by an",
    "older.trace({doc_id!r} + ':3')": "",
    "empty = corpus.open({empty!r})\nempty": "",
    "empty.count('month').plot()": "",
    "empty.money('fine')": "UsageError: No event has kind 'fine'.",
    "empty.specific()": "UsageError: These documents have no words to compare.",
    "empty.topic(0)": "UsageError: There is no topic 0. The topics are: none, c.topics is empty.",
    "empty.report({empty!r} + '/r.html')": "TableError: {empty} holds no document, so that there is nothing to report.",
    "sys.modules |= {extras}\ncorpus.run_corpus({cut!r}, {nothing!r}, corpus.Config(cluster='here:1'))": "SetupError: ",
    "empty.export('xlsx', {empty!r} + '/t.xlsx')": "SetupError: Workbooks need XlsxWriter. Install it with: pip install",
    "empty.count('month').plot().svg()": "SetupError: Pictures need vl-convert. Install it with: pip install vl-convert-python",
}
"""What is asked, and how the only line of the answer begins; nothing where it is answered."""


@pytest.fixture(scope="module")
def folders(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Nothing; the sample with cut tables; the same as an older version wrote it; a corpus without documents."""
    home = tmp_path_factory.mktemp("bad")
    named = {name: home / name for name in ("nothing", "cut", "older", "empty")}
    for folder in named.values():
        folder.mkdir()
    for name, table in TABLES.items():
        whole = pq.read_table(sample / f"{name}.parquet")
        pq.write_table(whole.drop_columns(OLDER.get(name, [])), named["older"] / f"{name}.parquet")
        pq.write_table(table.arrow().empty_table(), named["empty"] / f"{name}.parquet")
        data = (sample / f"{name}.parquet").read_bytes()
        (named["cut"] / f"{name}.parquet").write_bytes(data[: 2000 if name in CUT else None])
    doc_id = corpus.open(sample).documents["doc_id"].iloc[0]
    return {"doc_id": str(doc_id), "extras": str(EXTRAS)} | {
        name: str(folder) for name, folder in named.items()
    }


@pytest.fixture(scope="module")
def answers(folders: dict[str, str]) -> list[list[Any]]:
    """What each cell showed."""
    cells = ["import corpus, sys", *(asked.format(**folders) for asked in ASKED)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells[1:]]


@pytest.mark.parametrize("number", range(len(ASKED)), ids=list(ASKED))
def test_bad_input_is_one_sentence(folders: dict[str, str], answers: list[list[Any]], number: int) -> None:
    expected = list(ASKED.values())[number].format(**folders)
    errors = [output for output in answers[number] if output.output_type == "error"]
    if not expected:
        assert errors == []
        assert len(answers[number]) == 1
        return
    (error,) = errors
    (said,) = error.traceback
    assert "\n" not in said
    assert said.startswith(expected), said
    assert len(answers[number]) == 1

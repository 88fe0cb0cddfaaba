"""Folders that are not what a run leaves: one sentence each, and what is whole keeps working."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import corpus
from corpus.errors import TableError
from corpus.schemas import TABLES


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    """A copy of the tables that may be hurt."""
    for name in TABLES:
        shutil.copy(sample / f"{name}.parquet", tmp_path)
    return tmp_path


def cut(folder: Path, name: str) -> None:
    path = folder / f"{name}.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("name", sorted(TABLES))
def test_one_cut_table_leaves_the_others_working(folder: Path, name: str) -> None:
    cut(folder, name)
    c = corpus.open(folder)
    assert f"damaged: {name}" in repr(c)
    with pytest.raises(TableError, match=f"The table {name} of .* is damaged"):
        c.sql(f"select * from {name}")
    with pytest.raises(TableError, match="is damaged"):
        c.table(name)
    for other in set(TABLES) - {name}:
        assert len(c.table(other)) >= 0
    if name not in ("documents", "paragraphs"):
        assert len(c.where(language="fr").documents) < len(c.documents)
    if name != "documents":
        assert c.count("language").documents.sum() == 47


def test_a_lacking_table_is_a_sentence(folder: Path) -> None:
    (folder / "topics.parquet").unlink()
    c = corpus.open(folder)
    assert "topics" not in c.tables
    for ask in (lambda: c.topics, lambda: c.sql("select * from topics"), lambda: c.count("topic")):
        with pytest.raises(TableError, match="holds no table topics: run `corpus run` again"):
            ask()
    assert len(c.companies_named())


def test_a_table_of_an_older_program_has_empty_columns(folder: Path) -> None:
    path = folder / "facts.parquet"
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["certainty", "authority"]), path)
    c = corpus.open(folder)
    assert c.facts["certainty"].isna().all()
    assert "facts lacks certainty, authority" in repr(c) or "facts lacks authority, certainty" in repr(c)
    assert len(c.where(language="fr").facts)


def test_a_new_run_is_seen(folder: Path) -> None:
    c = corpus.open(folder)
    before = len(c.facts)
    path = folder / "facts.parquet"
    pq.write_table(pq.read_table(path).slice(0, 5), path)
    assert before > 5
    assert len(c.facts) == len(c.sql("select * from facts")) == 5


def test_no_corpus_is_a_sentence(tmp_path: Path) -> None:
    for nothing in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(TableError, match="Run `corpus run RAW"):
            corpus.open(nothing)


def test_an_empty_corpus_answers(tmp_path: Path) -> None:
    for name, table in TABLES.items():
        pq.write_table(table.arrow().empty_table(), tmp_path / f"{name}.parquet")
    c = corpus.open(tmp_path)
    assert "0" in repr(c)
    assert "<table" in c._repr_html_()
    for frame in (
        c.count("language"),
        c.count("month"),
        c.companies_named(),
        c.together(),
        c.copies(),
        c.search("x"),
    ):
        assert len(frame) == 0
        assert "∅" in frame.plot().svg()
    with pytest.raises(corpus.CorpusError, match="no words to compare"):
        c.specific()

"""A larger corpus costs more of the same: no task carries more for it, and rows of the whole are read by piece."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from benchmarks.large_corpus import write_corpus
from benchmarks.scale import MB, measured, wide_sources

from corpus.config import Config
from corpus.run.executors import InProcess
from corpus.run.parted import read_part, write_parts
from corpus.run.pipeline import run_corpus
from corpus.run.stages import read

SCHEMA = pa.schema([("doc_id", pa.string()), ("number", pa.int64())])
OF_A_PIECE = ("clean_piece", "mark_piece", "find_in_texts", "place_mentions", "rename")


class Weighed(InProcess):
    """Notes the largest task of each kind, in bytes as they go to a worker."""

    def __init__(self) -> None:
        self.largest: dict[str, int] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        name = getattr(fn, "__name__", "")
        self.largest[name] = max(self.largest.get(name, 0), len(pickle.dumps(args)))
        return super().submit(fn, *args, **kwargs)


def test_a_task_does_not_grow_with_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "PIECE_DOCUMENTS", 5)
    found = []
    for number in (10, 40):
        write_corpus(tmp_path / f"raw{number}", number)
        executor = Weighed()
        run_corpus(
            tmp_path / f"raw{number}",
            tmp_path / f"out{number}",
            Config(until="entities"),
            executor=executor,
        )
        found.append(executor.largest)
    small, large = found
    for name in OF_A_PIECE:
        # A piece that no name is written otherwise in is handed on as it is, without a task.
        assert large.get(name, 0) < small.get(name, 0) + 1_000, name


def test_parts_are_read_one_at_a_time(tmp_path: Path) -> None:
    parts = [
        pa.table([[f"{n}"] * size, list(range(size))], schema=SCHEMA) for n, size in enumerate((3, 0, 2))
    ]
    several_chunks = pa.concat_tables([parts[0], parts[2]])
    write_parts(tmp_path / "parts.arrow", SCHEMA, [*parts, several_chunks, several_chunks.slice(2, 2)])
    assert [read_part(tmp_path / "parts.arrow", n) for n in range(3)] == parts
    assert read_part(tmp_path / "parts.arrow", 3) == several_chunks
    assert read_part(tmp_path / "parts.arrow", 4) == several_chunks.slice(2, 2)


def test_a_larger_corpus_begins_with_the_articles_of_a_smaller_one(tmp_path: Path) -> None:
    few, more = tmp_path / "few", tmp_path / "more"
    write_corpus(few, 30)
    write_corpus(more, 60, files=True)
    first = (few / "articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(list(more.iterdir())) == 60
    assert [(more / f"{n:06}.jsonl").read_text(encoding="utf-8") for n in range(30)] == first
    paragraphs = [p for line in first for p in json.loads(line)["text"].split("\n\n")]
    assert 0.2 < 1 - len(set(paragraphs)) / len(paragraphs) < 0.5


@pytest.mark.slow
def test_a_table_is_written_in_less_memory_than_its_text_takes(tmp_path: Path) -> None:
    """`benchmarks/scale.py wide` writes 3 GB, more than an Arrow array of strings can hold, by the same way."""
    size = 1_200_000_000
    wide_sources(tmp_path, size)
    script = Path("benchmarks", "scale.py")
    spent = measured([sys.executable, str(script), "write", "--keep", str(tmp_path)])
    assert (tmp_path / "paragraphs.parquet").is_file()
    assert 0 < spent.parent_mb * MB < size

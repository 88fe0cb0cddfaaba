"""Tables are sorted and cut into row groups the same way, however much of them is in memory at once."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.run import sorting
from corpus.run.row_files import bytes_in, read_rows, rows_in, write_rows
from corpus.run.stages.tables import assemble
from corpus.schemas import PARAGRAPHS
from corpus.store import from_rows


def pieces(folder: Path, seed: int) -> list[Path]:
    """The same two hundred documents, in pieces that are cut as `seed` says."""
    rng = random.Random(1)
    documents = [
        [
            {
                "doc_id": f"{rng.getrandbits(64):016x}",
                "paragraph": 0,
                "start": 0,
                "end": 5,
                "text": "x" * rng.randrange(1, 400),
                "kind": rng.choice(("body", "title")),
                "text_id": f"{i}",
                "score": 1.0,
            }
        ]
        for i in range(200)
    ]
    rng = random.Random(seed)
    rng.shuffle(documents)
    paths = []
    while documents:
        rows = [row for _ in range(min(rng.randrange(1, 30), len(documents))) for row in documents.pop()]
        paths.append(folder / f"{len(paths)}.arrow")
        write_rows(paths[-1], from_rows(PARAGRAPHS, rows))
    return paths


@pytest.mark.parametrize("memory", [100, 3_000, 1_000_000_000])
def test_memory_and_pieces_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    monkeypatch.setattr(sorting, "GROUP_BYTES", 2_000)
    found = set()
    for seed, limit in ((1, 1_000_000_000), (2, memory)):
        monkeypatch.setattr(sorting, "MEMORY_BYTES", limit)
        folder = tmp_path / str(seed)
        folder.mkdir()
        assert assemble(PARAGRAPHS, pieces(folder, seed), folder, folder) == 200
        found.add((folder / "paragraphs.parquet").read_bytes())
        assert not list(folder.glob(".*"))
    assert len(found) == 1
    with pq.ParquetFile(tmp_path / "2" / "paragraphs.parquet") as file:
        assert file.num_row_groups > 10
        rows = file.read().to_pylist()
    assert [row["doc_id"] for row in rows] == sorted(row["doc_id"] for row in rows)


def test_a_part_of_the_ids_goes_into_each_part_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.run.stages import tables

    monkeypatch.setattr(tables, "PART_ROWS", 50)
    monkeypatch.setattr(sorting, "MEMORY_BYTES", 1_000)
    assemble(PARAGRAPHS, pieces(tmp_path, 3), tmp_path, tmp_path)
    parts = sorted((tmp_path / "paragraphs").glob("*.parquet"))
    assert len(parts) == 16
    whole = pa.concat_tables([pq.ParquetFile(part).read() for part in parts], promote_options="default")
    assert whole.num_rows == 200
    assert whole["doc_id"].to_pylist() == sorted(whole["doc_id"].to_pylist())


def test_rows_between_stages_come_back_as_they_were_and_tell_their_size(tmp_path: Path) -> None:
    columns = {
        "key": pa.array(["a", None, "é"], pa.string()),
        "found": pa.array(["x" * 1000, "", None], pa.large_string()),
        "names": pa.array([["b"], None, []], pa.list_(pa.string())),
    }
    for number, table in enumerate((pa.table(columns), pa.table(columns).slice(0, 0))):
        path, again = tmp_path / f"{number}.arrow", tmp_path / f"again-{number}.arrow"
        write_rows(path, table)
        write_rows(again, pa.concat_tables([table.slice(0, 1), table.slice(1)]))
        assert read_rows(path) == table
        assert read_rows(path).schema.metadata is None
        assert read_rows(path, ["names", "key"]) == table.select(["names", "key"])
        assert (rows_in(path), bytes_in(path)) == (table.num_rows, table.combine_chunks().nbytes)
        assert path.read_bytes() == again.read_bytes()

from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.run.shards import MAX_FILES, plan
from tests.conftest import write_files


def _keys(folder: Path) -> list[str]:
    return [shard.key for shard in plan(folder).shards]


def test_every_file_is_in_one_shard_in_order(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i // 50}/{i:03}.txt": f"document {i}" for i in range(300)})
    made = plan(tmp_path)
    sources = [file.source for shard in made.shards for file in shard.files]
    assert sources == sorted(sources)
    assert len(sources) == made.files == 300
    assert 5 < len(made.shards) < 60
    assert all(len(shard.files) <= MAX_FILES for shard in made.shards)


def test_a_new_file_changes_its_shard_alone(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{i:03}.txt": f"document {i}" for i in range(300)})
    before = set(_keys(tmp_path))
    write_files(tmp_path, {"150b.txt": "new"})
    after = set(_keys(tmp_path))
    assert 1 <= len(after - before) <= 2
    assert len(before - after) == 1


def test_bytes_and_sidecar_are_part_of_the_key(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.html": "<p>un</p>"})
    first = _keys(tmp_path)
    write_files(tmp_path, {"a.html.json": '{"url": "https://example.org/a"}'})
    second = _keys(tmp_path)
    write_files(tmp_path, {"a.html": "<p>deux</p>"})
    assert len({*first, *second, *_keys(tmp_path)}) == 3


def test_no_such_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        plan(tmp_path / "nowhere")

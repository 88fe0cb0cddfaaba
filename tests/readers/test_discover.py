"""The files of a folder: order, names, links, and what is no input."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import discover, file_name, source_name, source_of
from corpus.records import Problem

from .reading import documents, problems, read_folder, write


def sources(root: Path) -> list[str]:
    return [item.source if isinstance(item, Problem) else source_of(item, root) for item in discover(root)]


def test_files_come_in_the_order_of_the_bytes_of_their_paths(tmp_path: Path) -> None:
    names = ["a.txt", "a/b.txt", "a-b/c.txt", "a/é.txt", "Z.txt", "é/x.txt", "e\u0301/x.txt", "b/c/d.txt"]
    write(tmp_path, dict.fromkeys(names, "x"))
    assert sources(tmp_path) == sorted(names, key=os.fsencode)


def test_what_is_no_input_is_left_out(tmp_path: Path) -> None:
    ours = {"out/run.json": '{"project": "news-corpus"}', "out/documents.parquet": "x"}
    litter = {
        ".git/config": "x",
        ".hidden.txt": "x",
        "Thumbs.db": "x",
        "sub/desktop.ini": "x",
        "page.html.json": "{}",
    }
    write(tmp_path, {"page.html": "x", "sub/run.json": "{}", "lone.html.json": "{}", **ours, **litter})
    assert sources(tmp_path) == ["lone.html.json", "page.html", "sub/run.json"]


def test_a_single_file_is_an_input(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "un"})
    assert sources(tmp_path / "a.txt") == ["a.txt"]
    assert [item.source for item in read_folder(tmp_path / "a.txt")] == ["a.txt"]


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="check the path"):
        list(discover(tmp_path / "non"))


def test_links(tmp_path: Path) -> None:
    root = write(tmp_path / "in", {"a.txt": "un", "sub/b.txt": "deux"})
    write(tmp_path / "elsewhere", {"c.txt": "trois"})
    (root / "copy.txt").symlink_to(root / "a.txt")
    (root / "loop").symlink_to(root / "loop")
    (root / "sub" / "up").symlink_to(root)
    (root / "away").symlink_to(tmp_path / "elsewhere")
    (root / "away.txt").symlink_to(tmp_path / "elsewhere" / "c.txt")
    (root / "gone").symlink_to(root / "nothing")
    (root / "same").symlink_to(root / "sub")
    items = read_folder(root)
    assert [item.source for item in documents(items)] == ["a.txt", "copy.txt", "sub/b.txt"]
    assert {item.source: item.kind for item in problems(items)} == {
        "away": "symlink_outside",
        "away.txt": "symlink_outside",
        "gone": "missing",
        "loop": "symlink_loop",
        "same": "symlink_folder",
        "sub/up": "symlink_loop",
    }


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses such names")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9\n%41.txt"), "wb") as stream:
        stream.write(b"un")
    (document,) = documents(read_folder(tmp_path))
    assert document.source == "caf%E9%0A%2541.txt"
    assert os.fsencode(file_name(document.source)) == b"caf\xe9\n%41.txt"


def test_pipes_and_locked_folders_are_problems(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "un", "locked/b.txt": "deux"})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "locked").chmod(0)
    kinds = {item.source: item.kind for item in problems(read_folder(tmp_path))}
    (tmp_path / "locked").chmod(0o700)
    assert kinds["pipe"] == "not_a_file"
    assert os.geteuid() == 0 or kinds["locked"] == "permission"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "un", "b.txt": "deux"})
    (tmp_path / "a.txt").chmod(0)
    items = read_folder(tmp_path)
    assert [(item.source, item.kind) for item in problems(items)] == [("a.txt", "permission")]
    assert [item.source for item in documents(items)] == ["b.txt"]


@given(st.binary(min_size=1, max_size=40).filter(lambda name: b"/" not in name and b"\x00" not in name))
def test_every_name_is_written_and_read_back(name: bytes) -> None:
    source = source_name(os.fsdecode(name))
    source.encode("utf-8")
    assert source.isprintable() or not any(c < "\x20" or c == "\x7f" for c in source)
    assert os.fsencode(file_name(source)) == name


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_two_names_never_share_a_source(names: list[str]) -> None:
    assert source_name(names[0]) != source_name(names[1])

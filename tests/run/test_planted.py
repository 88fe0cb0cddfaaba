"""What stands in an output folder where a run writes, and is not what a run left: nothing of it is lost, nothing is believed."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import portalocker
import pytest

from corpus.config import Config
from corpus.errors import OutputError
from tests.conftest import run_here, write_files
from tests.run.test_run import TEXT, files_of

CLEAN = Config(until="clean")
PLACES = {
    "run.json": "file",
    "documents.parquet": "file",
    "documents": "folder",
    "models": "folder",
    "datapackage.json": "file",
    ".work": "folder",
    ".work/.lock": "file",
    ".work/.inputs.json": "file",
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of documents and what a run made of it."""
    base = tmp_path_factory.mktemp("planted")
    raw = write_files(base / "raw", {f"{i}.txt": TEXT.format(i) for i in range(3)})
    run_here(raw, base / "out", CLEAN)
    return raw, base / "out"


def plant(path: Path, what: str) -> None:
    """Put a folder, a file or a pipe in the place of `path`."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if what == "folder":
        write_files(path, {"precious.txt": "mine"})
    elif what == "file":
        path.write_text("mine")
    else:
        os.mkfifo(path)


@pytest.mark.parametrize("what", ["folder", "file", "pipe"])
@pytest.mark.parametrize("name", PLACES)
def test_what_no_run_left_is_refused_and_kept(
    finished: tuple[Path, Path], tmp_path: Path, name: str, what: str
) -> None:
    raw, out = finished[0], tmp_path / "out"
    shutil.copytree(finished[1], out)
    plant(out / name, what)
    if PLACES[name] == what and name not in ("run.json", "documents", "models"):
        run_here(raw, out, CLEAN)  # a file of ours with other bytes is written again
        assert files_of(out) == files_of(finished[1])
        return
    before = sorted(out.rglob("*"))
    for fresh in (False, True):
        with pytest.raises(OutputError, match=r"Move it away|move them away|choose another folder"):
            run_here(raw, out, CLEAN, fresh=fresh)
    assert sorted(out.rglob("*")) == before


def test_what_a_file_manager_leaves_is_no_obstacle(finished: tuple[Path, Path], tmp_path: Path) -> None:
    raw, out = finished[0], tmp_path / "out"
    shutil.copytree(finished[1], out)
    write_files(out, {"models/.DS_Store": "view", "documents/Thumbs.db": "view", ".DS_Store": "view"})
    run_here(raw, out, CLEAN)
    (out / "documents.parquet").unlink()
    run_here(raw, out, CLEAN)
    for name, data in files_of(finished[1]).items():
        assert (out / name).read_bytes() == data


@pytest.mark.parametrize("what", ["folder", "file", "pipe"])
@pytest.mark.parametrize("name", ["{}", "{}/manifest.json", "{}/documents.arrow", ".{}.at"])
def test_what_stands_in_the_place_of_finished_work_is_made_again(
    finished: tuple[Path, Path], tmp_path: Path, name: str, what: str
) -> None:
    raw, out = finished[0], tmp_path / "out"
    shutil.copytree(finished[1], out)
    work = next(path for path in (out / ".work").glob("clean-*"))
    if name.startswith("."):
        shutil.rmtree(work)
    (out / "documents.parquet").unlink()  # so that there is something to do
    plant(out / ".work" / name.format(work.name), what)
    (out / ".work" / "notes.txt").write_text("mine")
    run_here(raw, out, CLEAN)
    assert files_of(out) == files_of(finished[1])
    assert (out / ".work" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", [".lock", ".{}.at", ".inputs.json", "{}/documents.arrow"])
def test_a_file_with_another_name_elsewhere_keeps_its_bytes(
    finished: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    raw, out = finished[0], tmp_path / "out"
    shutil.copytree(finished[1], out)
    work = next(path for path in (out / ".work").glob("clean-*"))
    if name.startswith(".{"):
        shutil.rmtree(work)
    (out / "documents.parquet").unlink()
    planted = out / ".work" / name.format(work.name)
    planted.unlink(missing_ok=True)
    write_files(tmp_path, {"precious.txt": "mine"})
    os.link(tmp_path / "precious.txt", planted)
    run_here(raw, out, CLEAN)
    assert files_of(out) == files_of(finished[1])
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_a_file_system_without_locks_is_said(
    finished: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(portalocker.portalocker, "LOCKER", flock)
    warnings = run_here(finished[0], tmp_path / "out", CLEAN).record["warnings"]
    assert [warning for warning in warnings if "knows no locks" in warning]

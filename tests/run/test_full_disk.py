"""No room left, in every stage: one sentence, no row of it, and the same command continues."""

from __future__ import annotations

import os
import resource
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.config import Config
from corpus.errors import DiskFullError
from corpus.run import pipeline
from corpus.run.context import Run
from tests.conftest import run_here, write_files
from tests.run.test_deaths import fatal_text, good_texts
from tests.run.test_falls import CLEAN, command
from tests.run.test_run import TEXT, files_of

STAGES = (
    "read",
    "clean",
    "repeats",
    "marks",
    "entities",
    "mentions",
    "names",
    "corrections",
    "events",
    "topics",
    "tables",
)


@contextmanager
def no_room() -> Iterator[None]:
    """No byte can be written to any file by this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_no_room_in_any_stage_is_one_sentence_and_the_run_continues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(tmp_path / "raw", good_texts() | {"one.txt": fatal_text("Corvaluna")})
    write_files(tmp_path, {"fix.csv": "action,scope,text,to,note\nrename,corpus,Partech,Partech Partners,\n"})
    config = Config(corrections=str(tmp_path / "fix.csv"), workers=1)  # one stage after the other
    out = tmp_path / "out"
    run_here(raw, tmp_path / "whole", config)
    for stage in STAGES:
        with monkeypatch.context() as patch:
            for method in ("begin", "do"):
                patch.setattr(Run, method, full_in(stage, getattr(Run, method)))
            with pytest.raises(
                DiskFullError, match=r"There is no room left for .* the same command continues"
            ):
                run_here(raw, out, config)
    for late in ("write_run_record", "write_json"):
        with monkeypatch.context() as patch:
            patch.setattr(pipeline, late, full_in("finished", getattr(pipeline, late)))
            with pytest.raises(DiskFullError):
                run_here(raw, out, config)
    run_here(raw, out, config)
    assert files_of(out) == files_of(tmp_path / "whole")


def full_in(stage: str, real: Any) -> Any:
    """`real`, but there is no room for what it writes in that stage, or of a run that is finished."""

    def full(*arguments: Any) -> Any:
        if stage in arguments or (stage == "finished" and "running" not in repr(arguments)):
            with no_room():
                return real(*arguments)
        return real(*arguments)

    return full


ON_A_SMALL_DISK = 'mount -t tmpfs -o size="$1" none "$2" && shift 2 && "$@"'
NAMESPACES = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not NAMESPACES, reason="a small disk needs user namespaces")
@pytest.mark.parametrize("kilobytes", [16, 200, 900])
def test_a_full_disk_is_one_sentence(tmp_path: Path, kilobytes: int) -> None:
    raw = write_files(tmp_path / "raw", {f"{i}.txt": os.urandom(20_000).hex() for i in range(20)})
    (tmp_path / "out").mkdir()
    words = ["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", f"{kilobytes}k", str(tmp_path / "out")]
    done = subprocess.run(
        [*words, *command(raw, tmp_path / "out", "--until", "clean")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("corpus: There is no room left for")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not NAMESPACES, reason="a small disk needs user namespaces")
def test_no_room_to_unpack_an_archive_is_one_sentence_and_no_row(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {"a.txt": TEXT.format(1)})
    member = "\n\n".join(TEXT.format(i) for i in range(50_000))
    with zipfile.ZipFile(raw / "b.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("long.txt", member)
    small, out = tmp_path / "small", tmp_path / "out"
    small.mkdir()
    words = ["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", "16k", str(small)]
    done = subprocess.run(
        [*words, "env", f"TMPDIR={small}", *command(raw, out, "--until", "clean")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert str(small) in done.stderr
    run_here(raw, out, CLEAN)
    run_here(raw, tmp_path / "whole", CLEAN)
    assert files_of(out) == files_of(tmp_path / "whole")

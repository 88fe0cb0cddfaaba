"""The command with URLs: what it says, and how it ends."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, write_files
from tests.remote.conftest import PAGES, SECRET, Bucket
from tests.test_docs import blocks

WITHOUT_PACKAGE = "import sys; sys.modules['s3fs'] = None\n"
COMMAND = "from corpus.cli import main; main()"


def command(*words: str, cwd: Path, program: str = COMMAND) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_a_run_names_what_the_user_named(bucket: Bucket, tmp_path: Path, shelves: Path) -> None:
    bucket.put(PAGES | dict.fromkeys((f"{number}//a.txt" for number in range(7)), "no path"))
    done = command(
        "run", f"{bucket.url}/in", f"{bucket.url}/out", "--until", "clean", "--workers", "1", cwd=tmp_path
    )
    assert done.returncode == 3, done.stderr
    assert f"{bucket.url}/out/problems.parquet" in done.stderr
    assert "0//a.txt: Its key has an empty part" in done.stderr
    assert str(shelves) not in done.stderr
    assert "documents.parquet" in bucket.all("out/")


def refused(*words: str, cwd: Path, program: str = COMMAND) -> tuple[int, str]:
    """The code and the one sentence that a run ends with."""
    done = command("run", *words, "--until", "clean", "--workers", "1", cwd=cwd, program=program)
    assert done.stdout == ""
    [said] = done.stderr.splitlines()
    assert said.startswith("corpus: ")
    assert SECRET not in said
    assert str(cwd) not in said
    return done.returncode, said


def test_what_does_not_serve_is_one_sentence(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)
    source = f"{bucket.url}/in"
    code, said = refused(source, "out", cwd=tmp_path, program=WITHOUT_PACKAGE + COMMAND)
    assert (code, "pip install '.[remote]'" in said) == (1, True)
    code, said = refused(f"s3://ann:{SECRET}@press/in", "out", cwd=tmp_path)
    assert (code, "environment" in said) == (2, True)
    for option in (("--dry-run",), ("--shard", "1/2")):
        code, said = refused(source, "out", *option, cwd=tmp_path)
        assert (code, "are for folders" in said) == (2, True)
    code, said = refused(f"{bucket.url}/nothing", "out", cwd=tmp_path)
    assert (code, f"{bucket.url}/nothing holds no object" in said) == (2, True)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    code, said = refused(source, "out", cwd=tmp_path)
    assert (code, "does not answer" in said) == (1, True)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    code, said = refused(source, "out", cwd=tmp_path)
    assert (code, "without credentials" in said) == (1, True)
    assert not list(tmp_path.rglob("*.parquet"))


def test_the_block_of_the_page_runs(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(PAGES, below="articles/")
    write_files(tmp_path / "my-articles", PAGES)
    [block] = blocks(ROOT / "docs" / "remote.md", "sh")
    lines = [line for line in block.splitlines() if line.startswith("corpus run ")]
    assert len(lines) == 3
    for line in lines:
        words = shlex.split(line.replace("my-bucket", bucket.name))[1:]
        done = command(*words, "--until", "clean", "--workers", "1", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    for name in ("documents.parquet", "paragraphs.parquet", "removals.parquet"):
        assert bucket.get(f"tables/{name}") == (tmp_path / "my-tables" / name).read_bytes()

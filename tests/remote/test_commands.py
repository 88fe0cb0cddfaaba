"""The commands with URLs, and what they say where something is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.cli import app
from tests.remote.conftest import PAGES, Bucket

REFUSING = """
import os
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "2"
import boto3
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = "http://%s:%s" % server.get_host_and_port()
os.environ["AWS_ENDPOINT_URL"] = endpoint
client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
client.create_bucket(Bucket="press")
client.put_object(Bucket="press", Key="in/pont.txt", Body=b"Le pont est rouvert depuis lundi.")
from corpus.cli import main
try:
    main()
finally:
    server.stop()
"""


def command(
    *words: str, cwd: Path, program: str = "from corpus.cli import main; main()"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_run_show_and_hand_on(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bucket.put(PAGES)
    out = f"{bucket.url}/out"
    done = command("run", f"{bucket.url}/in", out, "--until", "clean", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert out in done.stderr

    def said(*words: str) -> str:
        return CliRunner().invoke(app, words, catch_exceptions=False).stdout

    assert len(said("show", out, "documents", "--json").splitlines()) == 5
    said("report", out)
    assert (tmp_path / "report.html").is_file()
    said("export", out, "--to", "csv")
    assert (tmp_path / "exports" / "csv").is_dir()
    assert "pont" in said("search", out, "pont", "--json")
    said("notebook", out, "--write-only")
    assert repr(out) in (tmp_path / "corpus.ipynb").read_text(encoding="utf-8")


def refused(*words: str, cwd: Path, program: str = "from corpus.cli import main; main()") -> tuple[int, str]:
    """The code and the one sentence that a command ends with."""
    done = command(*words, cwd=cwd, program=program)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith("corpus: ")]
    assert len(lines) == 1, done.stderr
    return done.returncode, lines[0]


def test_without_the_extra(tmp_path: Path) -> None:
    missing = "import sys; sys.modules.update({'fsspec': None, 'platformdirs': None}); from corpus.cli import main; main()"
    code, said = refused("run", "s3://press/in", "out", cwd=tmp_path, program=missing)
    assert (code, "news-corpus[remote]" in said) == (1, True)
    code, said = refused("show", "s3://press/out", "facts", cwd=tmp_path, program=missing)
    assert (code, "news-corpus[remote]" in said) == (1, True)


@pytest.mark.usefixtures("bucket")
def test_without_the_right(tmp_path: Path) -> None:
    code, said = refused("run", "s3://press/in", "out", cwd=tmp_path, program=REFUSING)
    assert code == 2
    assert "s3://press/in may not be listed" in said
    assert "our-key" not in said


def test_what_takes_folders_alone(tmp_path: Path) -> None:
    for words in (("--dry-run",), ("--shard", "1/2")):
        code, said = refused("run", "s3://press/in", "out", *words, cwd=tmp_path)
        assert (code, "no URL" in said) == (2, True)

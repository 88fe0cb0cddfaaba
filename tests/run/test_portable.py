"""A run where what POSIX alone has is missing: the same bytes, and workers that end with their run all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.run.workspace import record_of
from tests.conftest import SAMPLE, run_here, write_files
from tests.run.test_falls import TEXT, running

# What other systems lack is taken away when Python starts, in workers too; first what the libraries have of it is loaded.
WITHOUT_POSIX = """
import multiprocessing.connection, os, portalocker, select, shutil, signal, socket, subprocess, sys, tempfile, time
shutil._use_fd_functions = False  # as where a folder cannot be opened
LACKING = {
    os: "fork forkpty getpgid getuid geteuid killpg pread pwrite setsid sched_getaffinity sysconf O_NOFOLLOW O_NONBLOCK",
    select: "poll epoll",
    signal: "SIGALRM SIGHUP setitimer alarm pthread_kill",
    time: "pthread_getcpuclockid clock_gettime",
}
for module, names in LACKING.items():
    for name in names.split():
        delattr(module, name)
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
"""
KID = """
import sys
from corpus.run.line import end_with_parent, other_end
line = other_end(sys.argv[1])
end_with_parent(sys.argv[2])
line.send("begun")
while True:
    pass
"""
PARENT = """
from corpus.run.line import start
started = start("kid")
started.line.recv()
print(started.process.pid, flush=True)
started.process.wait()
"""


def without_posix(folder: Path) -> dict[str, str]:
    """An environment in which every Python starts without what POSIX alone has."""
    write_files(folder, {"sitecustomize.py": WITHOUT_POSIX})
    return os.environ | {"PYTHONPATH": str(folder)}


def run_without_posix(raw: Path, out: Path, tmp_path: Path, *words: str) -> dict[str, str]:
    """The checksums of what a run leaves there."""
    command = [sys.executable, "-m", "corpus", "run", str(raw), str(out), "--workers", "2", *words]
    environment = without_posix(tmp_path / "site")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict((record_of(out) or {})["outputs"])


def test_what_is_taken_away_is_missing(tmp_path: Path) -> None:
    program = "import os, fcntl"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=without_posix(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ModuleNotFoundError" in done.stderr


def test_a_run_without_posix_gives_the_same_bytes(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) for i in range(30)})
    here = run_here(raw, tmp_path / "here", Config(until="entities"))
    found = run_without_posix(raw, tmp_path / "out", tmp_path, "--until", "entities")
    assert found == here.record["outputs"]
    (raw / "007.txt").write_text(TEXT.format(700), encoding="utf-8")
    again = run_here(raw, tmp_path / "here", Config(until="entities"))
    assert (
        run_without_posix(raw, tmp_path / "out", tmp_path, "--until", "entities") == again.record["outputs"]
    )


@pytest.mark.slow
def test_the_whole_sample_without_posix(sample: Path, tmp_path: Path) -> None:
    assert run_without_posix(SAMPLE, tmp_path / "out", tmp_path) == (record_of(sample) or {})["outputs"]


def test_a_worker_ends_by_its_lifeline_alone(tmp_path: Path) -> None:
    """What only Linux has, a signal at the death of the parent, is not asked for here."""
    write_files(tmp_path, {"kid.py": KID, "parent.py": PARENT})
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py")], env=environment, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    kid = int(parent.stdout.readline())
    assert running(kid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 60
    while running(kid):
        assert time.monotonic() < until
        time.sleep(0.02)

"""docs/cluster.md does what it says: its scripts are handed to a scheduler of jobs that is a shell script of this test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.config import Config
from tests.conftest import ROOT, run_here, write_files
from tests.run.test_run import TEXT, files_of
from tests.test_docs import blocks

PAGE = ROOT / "docs" / "cluster.md"
# What SLURM does: an array is as many jobs at once with a number each; a job that no other waits for goes on by itself. A script
# is taken over when it is handed in: whoever did so may delete it at once, as dask-jobqueue does.
SBATCH = """#!/bin/sh
for word; do
  case $word in --array=*) asked=${word#--array=} ;; --*) ;; *) script=$word ;; esac
done
export SLURM_CPUS_PER_TASK=1
array=${asked:-$(sed -n 's/^#SBATCH.*--array=\\([0-9-]*\\).*/\\1/p' "$script")}
if [ -n "$array" ]; then
  for k in $(seq "${array%-*}" "${array#*-}"); do SLURM_ARRAY_TASK_ID=$k sh "$script" >&2 & done
  wait
  echo 1
elif grep -q dask_worker "$script"; then
  setsid sh -c "$(cat "$script")" >/dev/null 2>&1 &
  echo "Submitted batch job $!"
else
  sh "$script" >&2
fi
"""
SCANCEL = '#!/bin/sh\nfor job; do kill -- "-$job"; done\n'
COMMAND = '#!/bin/sh\nexec "{}" -m {} "$@"\n'


def here(folder: Path) -> dict[str, str]:
    """The environment of a shell that has the commands of the page, and `articles` in its folder."""
    commands = {
        "sbatch": SBATCH,
        "scancel": SCANCEL,
        "corpus": COMMAND.format(sys.executable, "corpus"),
        "dask": COMMAND.format(sys.executable, "dask"),
    }
    for path in write_files(folder / "bin", commands).iterdir():
        path.chmod(0o755)
    write_files(folder / "articles", {f"{i:02}.txt": TEXT.format(i) * 2 for i in range(40)})
    return {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}


def shell(text: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    line = ["sh", "-e", "-c", text]
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def expected(folder: Path) -> dict[str, bytes]:
    run_here(folder / "articles", folder / "whole", Config())
    return files_of(folder / "whole")


def test_the_array_of_jobs_of_the_page_makes_the_tables(tmp_path: Path) -> None:
    environment = here(tmp_path)
    array, merge, both, *_ = blocks(PAGE, "sh")
    fewer = array.replace("1-8", "1-2").replace("SHARES=8", "SHARES=2")
    assert fewer.count("2") > array.count("2")
    write_files(tmp_path, {"shares.sh": fewer, "merge.sh": merge})
    done = shell(both, tmp_path, environment)
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "tables") == expected(tmp_path)
    # What is missing is told, and done alone.
    for note in (tmp_path / "tables" / ".work").glob("share-*"):
        if '"number": 2' in (note / "share.json").read_text():
            (note / "share.json").unlink()
    told = shell("corpus merge tables", tmp_path, environment)
    assert told.returncode == 2
    sentence = blocks_without_language()[0].replace("3/8", "2/2").replace("/shared", str(tmp_path))
    assert told.stderr.startswith(sentence.partition("; …")[0])
    done = shell("sbatch --array=2 shares.sh && corpus merge -q tables", tmp_path, environment)
    assert done.returncode == 0, done.stderr


def blocks_without_language() -> list[str]:
    return [part for part in PAGE.read_text(encoding="utf-8").split("```\n") if part.startswith("corpus: ")]


@pytest.mark.slow
def test_the_run_on_workers_that_are_jobs_makes_the_tables(tmp_path: Path) -> None:
    environment = here(tmp_path)
    (lead,) = blocks(PAGE, "python")
    write_files(tmp_path, {"lead.py": lead.replace("jobs=16", "jobs=2")})
    done = shell(f'exec "{sys.executable}" lead.py', tmp_path, environment)
    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / "tables") == expected(tmp_path)


@pytest.mark.slow
def test_the_run_on_workers_started_by_hand_makes_the_tables(tmp_path: Path) -> None:
    environment = here(tmp_path)
    scheduler, worker, run = blocks(PAGE, "sh")[3].splitlines()
    started = [
        subprocess.Popen(line.split(), cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
        for line in (f"{scheduler} --port 0 --no-dashboard", worker.replace("--nworkers 4", "--nworkers 2"))
    ]
    try:
        waited = "until [ -s scheduler.json ]; do sleep 0.1; done\n"
        done = shell(waited + run, tmp_path, environment)
        assert done.returncode == 0, done.stderr
        assert files_of(tmp_path / "tables") == expected(tmp_path)
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()

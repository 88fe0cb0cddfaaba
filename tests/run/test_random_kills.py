"""Kills of a run and all its workers at any moment: continued each time, the bytes are those of a run that nobody disturbed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import write_files
from tests.run.test_falls import children, command
from tests.run.test_growth import rounds, themes
from tests.run.test_run import TEXT, files_of

KILLS = int(os.environ.get("CORPUS_TEST_KILLS", "15"))
SECONDS = 1800
"""A machine that other work shares takes half a minute from one kill to the next."""


def corpus(folder: Path) -> Path:
    """Pages that repeat each other, an archive, and a file of more documents than one piece takes."""
    raw = write_files(folder, {f"{i:03}.txt": TEXT.format(i) * 3 for i in range(30)} | rounds(range(6)))
    with zipfile.ZipFile(raw / "pages.zip", "w") as archive:
        for name, text in themes(range(20)).items():
            archive.writestr(name, text)
    lines = [json.dumps({"id": str(i), "text": TEXT.format(i)}) for i in range(130)]
    write_files(raw, {"export.jsonl": "\n".join(lines)})
    return raw


def start(raw: Path, out: Path) -> subprocess.Popen[Any]:
    return subprocess.Popen(
        command(raw, out, "--workers", "2"), stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def work_of(out: Path) -> int:
    """How many things have appeared among the finished and unfinished work."""
    try:
        return len(os.listdir(out / ".work")) + len(os.listdir(out))
    except FileNotFoundError:
        return 0


def kill_sometime(run: subprocess.Popen[Any], out: Path, chance: random.Random, most: int) -> bool:
    """Kill the run and its workers, in any order, some milliseconds after so much work has appeared; False if it was done."""
    appeared = work_of(out) + chance.randrange(most)
    while run.poll() is None and work_of(out) < appeared:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.2)
    if run.poll() is not None:
        return False
    group = [run.pid]
    with suppress(OSError):  # it has just ended
        group += children(run.pid)
    chance.shuffle(group)
    for process in group:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    if run.wait() != -signal.SIGKILL:  # it ended between the look and the kill
        return False
    run.communicate()
    return True


@pytest.mark.slow
@pytest.mark.timeout(SECONDS)
def test_random_kills_change_nothing(tmp_path: Path) -> None:
    raw, out = corpus(tmp_path / "raw"), tmp_path / "out"
    whole = start(raw, tmp_path / "whole")
    assert (whole.wait(), whole.communicate()[1]) == (0, "")
    expected, work = files_of(tmp_path / "whole"), work_of(tmp_path / "whole")
    chance = random.Random(1)
    killed = ends = 0
    while killed < KILLS or (out / "run.json").exists():
        run = start(raw, out)
        if killed < KILLS and kill_sometime(run, out, chance, work):
            killed += 1
            continue
        _, said = run.communicate()
        assert (run.returncode, said) == (0, "")
        assert files_of(out) == expected
        assert {path.name for path in (out / ".work").glob(".*")} == {".inputs.json", ".lock"}
        assert sorted(os.listdir(out)) == sorted(os.listdir(tmp_path / "whole"))
        shutil.rmtree(out)
        ends += 1
    print(f"{killed} kills, {ends} runs continued to their end, each with the same bytes")

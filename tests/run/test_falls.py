"""Falls: killed workers and parents, full disks, changed sources, broken and planted work, links. Everything breaks for real."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.config import Config
from corpus.errors import ConfigError, OutputError
from corpus.records import Problem
from corpus.run import finished, pipeline, reading
from tests.conftest import run_here, write_files
from tests.run.test_run import TEXT, files_of

CLEAN = Config(until="clean")


def texts(count: int) -> dict[str, str]:
    return {f"{i:03}.txt": TEXT.format(i) for i in range(count)}


def command(raw: Path, out: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "corpus", "run", str(raw), str(out), "-q", *words]


def rows(out: Path, name: str) -> list[dict[str, object]]:
    return pq.read_table(out / f"{name}.parquet").to_pylist()


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
        int(word)
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for word in (task / "children").read_text().split()
    ]


def wait_for_work(started: subprocess.Popen[Any], out: Path, pattern: str) -> None:
    while not list((out / ".work").glob(pattern)) and started.poll() is None:
        time.sleep(0.005)


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) * 30 for i in range(200)})
    started = subprocess.Popen(command(raw, tmp_path / "out", "--until", "clean", "--workers", "2"))
    wait_for_work(started, tmp_path / "out", "read-*")
    for child in children(started.pid):
        os.kill(child, signal.SIGKILL)
    assert started.wait() == 0
    run_here(raw, tmp_path / "whole", CLEAN)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_run(tmp_path: Path, how: signal.Signals) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) * 30 for i in range(200)})
    out = tmp_path / "out"
    started = subprocess.Popen(command(raw, out, "--until", "clean", "--workers", "2"))
    wait_for_work(started, out, "read-*")
    workers = children(started.pid)
    assert workers
    started.send_signal(how)
    started.wait()
    until = time.monotonic() + 60
    while any(Path(f"/proc/{worker}/cmdline").exists() and running(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
    run_here(raw, out, CLEAN)
    run_here(raw, tmp_path / "whole", CLEAN)
    assert files_of(out) == files_of(tmp_path / "whole")


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_second_run_on_one_output_says_so_and_stops(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) * 30 for i in range(200)})
    out = tmp_path / "out"
    first = subprocess.Popen(command(raw, out, "--until", "clean", "--workers", "1"))
    while not (out / "run.json").exists():
        time.sleep(0.005)
    second = subprocess.run(command(raw, out), capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert f"Another run (process {first.pid}) is writing to" in second.stderr
    first.kill()
    first.wait()
    assert run_here(raw, out, CLEAN).record["status"] == "finished"


def break_work(work: Path, how: str) -> None:
    for path in sorted(work.rglob("*")):
        if path.is_file() and path.name != ".lock":
            if how == "truncated":
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            elif how == "planted" and path.suffix == ".arrow":
                others = [one for name in (path.name, "*.arrow") for one in sorted(work.rglob(name))]
                other = next(one for one in others if not path.samefile(one))
                shutil.copy(other, path)
            elif how == "gone" and path.name == "manifest.json":
                path.unlink()


@pytest.mark.parametrize("how", ["truncated", "planted", "gone"])
def test_work_that_is_not_what_it_was_is_made_again(tmp_path: Path, how: str) -> None:
    raw = write_files(tmp_path / "raw", texts(40))
    out = tmp_path / "out"
    run_here(raw, out, Config(until="entities"))
    before = files_of(out)
    break_work(out / ".work", how)
    run_here(raw, out, Config(until="entities"))
    assert files_of(out) == before


def test_two_workers_that_a_cluster_gave_one_task_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both find nothing there, and the second comes when the first has just renamed its folder into place."""
    folder = tmp_path / "clean-x"
    monkeypatch.setattr(finished, "remove_ours", lambda path: None)
    with finished.finishing(folder) as slow:
        with finished.finishing(folder) as quick:
            write_files(quick, {"a.txt": "the same"})
        write_files(slow, {"a.txt": "the same"})
    assert finished.is_finished(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["clean-x"]


def change_before_reading(monkeypatch: pytest.MonkeyPatch, change: object) -> None:
    """Let the files change after the plan was made and before they are read."""
    real = pipeline.read

    def late(run: object, shards: object) -> object:
        change()  # type: ignore[operator]
        return real(run, shards)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read", late)


def test_a_file_that_changes_between_plan_and_reading_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    with monkeypatch.context() as patch:
        change_before_reading(patch, lambda: write_files(raw, {"001.txt": TEXT.format(999)}))
        record = run_here(raw, tmp_path / "out", CLEAN).record
    run_here(raw, tmp_path / "whole", CLEAN)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert record["inputs"] == run_here(raw, tmp_path / "out", CLEAN).record["inputs"]


def test_a_list_that_changes_while_the_run_lasts_counts_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(
        tmp_path / "raw", {"a.txt": "Nexora SAS a levé 12 millions d’euros auprès d’Altivera SA.\n"}
    )
    head, out = "action,scope,text,to,note\n", tmp_path / "out"
    lists = {"fix.csv": head + "rename,corpus,Nexora,Nexor,\n", "hosts.csv": "host,name\na.example,A\n"}
    write_files(tmp_path, lists)
    config = Config(
        until="entities",
        corrections=str(tmp_path / "fix.csv"),
        outlet={"hosts": str(tmp_path / "hosts.csv"), "folder": 1},
    )
    run_here(raw, tmp_path / "before", config)
    with monkeypatch.context() as patch:
        later = {"fix.csv": head + "rename,corpus,Nexora,Nexorette,\n"}
        change_before_reading(
            patch, lambda: (write_files(tmp_path, later), (tmp_path / "hosts.csv").unlink())
        )
        run_here(raw, out, config)
    assert files_of(out) == files_of(tmp_path / "before")
    with pytest.raises(ConfigError, match=r"hosts\.csv"):
        run_here(raw, out, config)
    write_files(tmp_path, {"hosts.csv": lists["hosts.csv"]})
    assert not run_here(raw, out, config).unchanged
    assert "Nexorette" in {row["company"] for row in rows(out, "companies")}
    write_files(tmp_path, {"fix.csv": lists["fix.csv"]})
    run_here(raw, out, config)
    assert files_of(out) == files_of(tmp_path / "before")


@pytest.mark.parametrize("option", ["companies", "topic_model"])
def test_a_file_that_is_not_there_is_a_sentence_in_every_stage(tmp_path: Path, option: str) -> None:
    raw = write_files(tmp_path / "raw", texts(1))
    place = str(tmp_path / "nowhere")
    config = dataclasses.replace(CLEAN, **{option: (place,) if option == "companies" else place})
    with pytest.raises(ConfigError, match=r"nowhere does not exist\."):
        run_here(raw, tmp_path / "out", config)


def test_a_file_that_was_gone_for_a_moment_is_there_in_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    with monkeypatch.context() as patch:
        change_before_reading(patch, lambda: (raw / "001.txt").rename(tmp_path / "away"))
        assert run_here(raw, tmp_path / "out", CLEAN).unread == 1
    assert [row["kind"] for row in rows(tmp_path / "out", "problems")] == ["missing"]
    (tmp_path / "away").rename(raw / "001.txt")
    assert run_here(raw, tmp_path / "out", CLEAN).unread == 0
    assert len(rows(tmp_path / "out", "documents")) == 3


@pytest.mark.parametrize("how", ["away", "refused"])
def test_a_file_that_could_not_be_read_for_a_moment_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It looks as before when it was read, and what was read is not kept."""
    raw = write_files(tmp_path / "raw", texts(3))
    (raw / "001.txt.json").write_text('{"title": "Plan"}')
    real, failed = reading.read_file, []

    def for_a_moment(path: Path, source: str, options: object) -> Iterator[object]:
        sidecar, away = path.with_name("001.txt.json"), tmp_path / "away"
        if path.name != "001.txt" or failed:
            yield from real(path, source, options)  # type: ignore[arg-type]
            return
        failed.append(path)
        if how == "refused":
            yield Problem(source, "read", "unreadable", "The system could not read it: Input/output error.")
            return
        sidecar.rename(away)
        yield from real(path, source, options)  # type: ignore[arg-type]
        away.rename(sidecar)

    monkeypatch.setattr(reading, "read_file", for_a_moment)
    run_here(raw, tmp_path / "out", CLEAN)
    assert failed
    assert rows(tmp_path / "out", "problems") == []
    run_here(raw, tmp_path / "whole", CLEAN)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_a_file_that_never_rests_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a log that a program writes: however often it is read, it is another one afterwards."""
    raw = write_files(tmp_path / "raw", texts(3))
    log = raw / "journal.jsonl"
    log.write_text(json.dumps({"text": TEXT.format(1)}) + "\n")
    real = reading.read_file

    def while_it_is_written(path: Path, source: str, options: object) -> Iterator[object]:
        if path.name == log.name:
            with log.open("a") as lines:
                lines.write("\n")
        yield from real(path, source, options)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_file", while_it_is_written)
    run_here(raw, tmp_path / "out", CLEAN)
    assert [row["kind"] for row in rows(tmp_path / "out", "problems")] == ["changing"]
    assert len(rows(tmp_path / "out", "documents")) == 3


@pytest.mark.parametrize(
    "name", [".work", "documents", "models", "run.json", "documents.parquet", ".work/read-x"]
)
def test_links_below_the_output_are_neither_followed_nor_removed(tmp_path: Path, name: str) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    run_here(raw, out, CLEAN)
    if (out / name).is_dir():
        shutil.rmtree(out / name)
    (out / name).unlink(missing_ok=True)
    write_files(elsewhere, {"precious.txt": "mine", "part-0.parquet": "mine too"})
    (out / name).symlink_to(elsewhere)
    for fresh in (False, True):
        with pytest.raises(OutputError, match="symbolic link"):
            run_here(raw, out, CLEAN, fresh=fresh)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["part-0.parquet", "precious.txt"]
    assert (out / name).is_symlink()


def test_a_link_inside_finished_work_is_not_followed(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    run_here(raw, tmp_path / "out", CLEAN)
    piece = next((tmp_path / "out" / ".work").glob("clean-*/documents.arrow"))
    piece.rename(tmp_path / "away.arrow")
    piece.symlink_to(tmp_path / "away.arrow")
    (tmp_path / "out" / "documents.parquet").unlink()  # so that there is something to do
    with pytest.raises(OutputError, match="symbolic link"):
        run_here(raw, tmp_path / "out", CLEAN)
    assert (tmp_path / "away.arrow").exists()


def test_an_output_folder_that_goes_away_is_one_sentence(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) * 30 for i in range(200)})
    out = tmp_path / "out"
    started = subprocess.Popen(
        command(raw, out, "--until", "clean", "--workers", "1"), stderr=subprocess.PIPE, text=True
    )
    wait_for_work(started, out, "read-*")
    (tmp_path / "elsewhere").write_text("a file stands where the folder was")
    out.rename(tmp_path / "gone")
    (tmp_path / "elsewhere").rename(out)
    _, said = started.communicate()
    assert started.returncode == 2
    assert "could not be written or read any more" in said
    assert len(said.splitlines()) == 1


def test_nothing_is_deleted_unasked(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    out = tmp_path / "out"
    run_here(raw, out, Config(until="entities"))
    with pytest.raises(OutputError, match=r"holds sentences, companies, .* --fresh"):
        run_here(raw, out, CLEAN)
    record = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps(record | {"version": "0.0.1"}))
    before = files_of(out)
    with pytest.raises(OutputError, match=r"version 0\.0\.1 .* --fresh"):
        run_here(raw, out, Config(until="entities"))
    assert files_of(out) == before
    (out / "notes.txt").write_text("mine")
    run_here(raw, out, CLEAN, fresh=True)
    assert not (out / "companies.parquet").exists()
    assert (out / "notes.txt").read_text() == "mine"


def test_an_output_that_was_not_finished_is_no_input(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", texts(3))
    run_here(raw, raw / "old", CLEAN)
    for name in ("datapackage.json", "run.json"):  # as a kill leaves it
        (raw / "old" / name).unlink()
        run_here(raw, tmp_path / "out", CLEAN)
        assert {row["source"] for row in rows(tmp_path / "out", "documents")} == texts(3).keys()

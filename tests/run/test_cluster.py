"""Dask workers, each a process of its own, on one shared folder: killed in every stage, and given documents that kill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.config import Config
from corpus.run import no_workers
from corpus.run.executors import Begun, open_executor, run_tasks
from corpus.run.pipeline import run_corpus
from corpus.run.pool import WorkerDiedError
from tests.conftest import run_here, write_files
from tests.run.test_deaths import (
    OF_A_DOCUMENT,
    OF_NOTHING,
    PLACES,
    TOGETHER,
    fatal_text,
    good_texts,
    put_shim,
    rows,
    shouted,
)
from tests.run.test_executors import square, square_or_die
from tests.run.test_run import files_of

FIX = "action,scope,text,to,note\nrename,corpus,Partech,Partech Partners,\n"
# The same condition, but it is the Dask worker that is killed: the process above the one that does the task.
OF_THE_WORKER = OF_NOTHING.replace(
    "    return True", "    os.kill(os.getppid(), signal.SIGKILL)\n    return True"
)


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many worker processes, each with a nanny that starts it again."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address=":0",
        death_timeout=600,  # on a busy machine a worker takes long to begin
    ) as started:
        yield started.scheduler_address


def test_a_task_that_kills_is_told_and_the_worker_lives() -> None:
    with cluster(1) as address, open_executor(None, address) as executor:
        with pytest.raises(WorkerDiedError):
            run_tasks(executor, square_or_die, [(3,)])
        assert run_tasks(executor, square, [(i,) for i in range(5)]) == [0, 1, 4, 9, 16]


def test_a_scheduler_without_workers_is_told_and_the_run_goes_on_when_one_joins(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(no_workers, "PATIENCE", 1.0)
    monkeypatch.setattr(no_workers, "GLANCE", 0.1)
    with LocalCluster(n_workers=0, threads_per_worker=1, dashboard_address=":0") as started:
        address = started.scheduler_address
        with open_executor(None, address) as executor:
            begun = Begun(executor, square, [(i,) for i in range(5)])
            said = ""
            while "no worker" not in said:
                said += capfd.readouterr().err
            assert f"the Dask scheduler at {address} has had no worker for 1 seconds" in said
            assert f"dask worker {address} --nthreads 1" in said
            started.scale(1)
            assert begun.results(lambda _: None, lambda task, error: None) == [0, 1, 4, 9, 16]
        assert capfd.readouterr().err.count("has had no worker") == 0


@pytest.mark.slow
def test_workers_that_are_killed_in_every_stage_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of three Dask workers is killed with SIGKILL the first time each of these functions is called, anywhere."""
    raw = write_files(
        tmp_path / "raw", good_texts() | {"one.txt": fatal_text("Corvaluna") + shouted("Corvaluna")}
    )
    write_files(tmp_path, {"fix.csv": FIX})
    config = Config(corrections=str(tmp_path / "fix.csv"))
    run_here(raw, tmp_path / "whole", config)
    places = [place for _, *place in PLACES.values()] + [["corpus.run.stages.tables", "sorted_groups"]]
    places += [place for _, *place in TOGETHER]
    # Called where documents are tried one by one: Dask gives a task that was lost to another as it was.
    places.remove(["dedupe.repeats", "read_paragraphs"])
    (tmp_path / "deaths").mkdir()
    text = OF_THE_WORKER.format(places=places, folder=str(tmp_path / "deaths"))
    put_shim(tmp_path / "shim", monkeypatch, text)
    with cluster(3) as address:
        run_corpus(raw, tmp_path / "out", Config(corrections=str(tmp_path / "fix.csv"), cluster=address))
    assert len(list((tmp_path / "deaths").iterdir())) == len(places)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert {path.name for path in (tmp_path / "out" / ".work").glob(".*")} == {".inputs.json", ".lock"}


@pytest.mark.slow
def test_documents_that_kill_cost_a_row_each_as_they_do_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For some stages; what workers of this machine do with one for every stage is told in test_deaths."""
    places = {stage: PLACES[stage] for stage in ("read", "clean", "entities", "names")}
    fatal = {f"{stage}.txt": fatal_text(word) for stage, (word, *_) in places.items()}
    fatal["names.txt"] += shouted(places["names"][0])
    raw = write_files(tmp_path / "raw", good_texts() | fatal)
    put_shim(tmp_path / "shim", monkeypatch, OF_A_DOCUMENT.format(places=list(places.values())))
    run_corpus(raw, tmp_path / "here", Config(until="entities", workers=1))
    with cluster(2) as address:
        run_corpus(raw, tmp_path / "there", Config(until="entities", cluster=address))
    told = {row["source"] for row in rows(tmp_path / "there", "problems") if row["kind"] == "worker_died"}
    assert told == fatal.keys()
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")

"""Runs: the same bytes however they were made, resumed, grown, stopped early, refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus.config import Config
from corpus.errors import ConfigError, InputError, OutputError, UsageError
from corpus.run.pipeline import RunResult, run_corpus
from corpus.schemas import tables_until
from tests.conftest import SAMPLE, run_here, write_files

TEXT = "Le gouvernement a annoncé lundi un plan de {} millions d’euros pour les laboratoires de l’université de Nantes.\n"


def files_of(out: Path) -> dict[str, bytes]:
    """Every file of an output but the record of times and the finished work."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json" and ".work" not in path.parts
    }


def test_three_workers_give_the_same_bytes(sample_result: RunResult, tmp_path: Path) -> None:
    run_corpus(SAMPLE, tmp_path / "out", Config(workers=3))
    assert files_of(tmp_path / "out") == files_of(sample_result.folder)


def test_a_second_run_gives_the_same_bytes_and_does_nothing_again(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i}.txt": TEXT.format(i) for i in range(40)})
    out = tmp_path / "out"
    run_here(raw, out, Config(until="entities"))
    before = files_of(out)
    work = {path: path.stat().st_mtime_ns for path in (out / ".work").glob("[!.]*")}
    run_here(raw, out, Config(until="entities"))
    assert files_of(out) == before
    assert {path: path.stat().st_mtime_ns for path in (out / ".work").glob("[!.]*")} == work


def test_a_grown_folder_gives_the_bytes_of_one_run(tmp_path: Path) -> None:
    config = Config(until="entities")
    raw = write_files(tmp_path / "raw", {f"{i:02}.txt": TEXT.format(i) for i in range(0, 60, 2)})
    run_here(raw, tmp_path / "grown", config)
    write_files(raw, {f"{i:02}.txt": TEXT.format(i) for i in range(1, 60, 2)})
    run_here(raw, tmp_path / "grown", config)
    run_here(raw, tmp_path / "whole", config)
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "whole")


def test_a_killed_run_continues(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) for i in range(100)})
    out = tmp_path / "out"
    run_here(raw, out, Config(until="clean"))
    whole = files_of(out)
    pieces = sorted((out / ".work").glob("clean-*"))
    assert len(pieces) > 2
    kept = {path: path.stat().st_mtime_ns for path in pieces[1:]}
    # As a kill leaves it: a record that says "running", one shard undone, the remains of another cut off, no tables.
    shutil.rmtree(pieces[0])
    (out / ".work" / f".{pieces[0].name}.x.tmp").mkdir()
    (out / "run.json").write_text(json.dumps({"project": "news-corpus", "status": "running"}))
    (out / "documents.parquet").unlink()
    run_here(raw, out, Config(until="clean"))
    assert files_of(out) == whole
    assert {path: path.stat().st_mtime_ns for path in pieces[1:]} == kept
    assert {path.name for path in (out / ".work").glob(".*")} == {".inputs.json", ".lock"}


@pytest.mark.parametrize("stage", ["clean", "repeats", "entities"])
def test_until_leaves_the_tables_so_far(tmp_path: Path, stage: str) -> None:
    raw = write_files(tmp_path / "raw", {f"{i}.txt": TEXT.format(i) for i in range(3)})
    run_here(raw, tmp_path / "out", Config(until=stage))
    assert {path.stem for path in (tmp_path / "out").glob("*.parquet")} == set(tables_until(stage))


def test_text_does_not_change_after_clean(sample: Path, tmp_path: Path) -> None:
    run_here(SAMPLE, tmp_path / "out", Config(until="clean"))
    columns = ["doc_id", "text", "raw_text"]
    early = pq.read_table(tmp_path / "out" / "documents.parquet", columns=columns)
    assert early.equals(pq.read_table(sample / "documents.parquet", columns=columns))


def test_somebody_elses_files_are_left_alone(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {"a.txt": TEXT.format(1)})
    out = write_files(tmp_path / "out", {"documents.parquet": "not ours", "notes.txt": "beside"})
    with pytest.raises(OutputError, match=r"documents\.parquet"):
        run_here(raw, out, Config(until="clean"))
    assert (out / "documents.parquet").read_text() == "not ours"
    (out / "documents.parquet").unlink()
    run_here(raw, out, Config(until="clean"))
    assert (out / "notes.txt").read_text() == "beside"


def test_the_output_may_lie_inside_the_input(tmp_path: Path) -> None:
    raw = write_files(tmp_path, {"a.txt": TEXT.format(1)})
    for _ in range(2):
        run_here(raw, raw / "out", Config(until="clean"))
        assert pq.read_table(raw / "out" / "documents.parquet")["source"].to_pylist() == ["a.txt"]


def test_the_input_must_not_lie_inside_the_output(tmp_path: Path) -> None:
    """The next reader of the folder above would take it for a part of the output."""
    out = write_files(tmp_path / "out", {"documents/a.txt": TEXT.format(1)})
    (tmp_path / "linked").symlink_to(out / "documents")
    for raw in (out / "documents", tmp_path / "linked", out / "documents" / "a.txt"):
        with pytest.raises(UsageError, match="lies inside"):
            run_here(raw, out, Config(until="clean"))
    assert [path.name for path in out.rglob("*")] == ["documents", "a.txt"]


def test_the_input_is_not_taken_as_output(tmp_path: Path) -> None:
    raw = write_files(tmp_path, {"a.txt": TEXT.format(1)})
    with pytest.raises(UsageError, match="Name another"):
        run_here(raw, raw / ".." / raw.name, Config(until="clean"))
    assert [path.name for path in raw.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (Config(languages=("fr", "xx")), "cannot identify xx"),
        (Config(columns={"titel": "Titre"}), "Did you mean title"),
    ],
)
def test_what_would_fail_on_every_document_is_refused(tmp_path: Path, config: Config, message: str) -> None:
    raw = write_files(tmp_path / "raw", {"a.txt": TEXT.format(1)})
    with pytest.raises(ConfigError, match=message):
        run_here(raw, tmp_path / "out", config)
    assert not (tmp_path / "out").exists()


def test_a_language_without_words_is_said(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {"a.txt": TEXT.format(1)})
    config = Config(until="entities", languages=("fr", "nl"))
    assert any("nl" in warning for warning in run_here(raw, tmp_path / "out", config).record["warnings"])


def test_an_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(InputError, match="holds no file"):
        run_here(tmp_path / "raw", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_bad_inputs_are_rows_and_harm_nobody(tmp_path: Path) -> None:
    raw = write_files(
        tmp_path / "raw",
        {
            "good.txt": TEXT.format(7),
            "empty.txt": "",
            "lines.jsonl": "\n".join(
                [
                    json.dumps({"text": TEXT.format(1)}),
                    '{"id": "2", "text": "cass',
                    json.dumps({"text": TEXT.format(2)}),
                ]
            ),
            "menu.txt": "Accueil\nContact\nMentions légales\n",
        },
    )
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (raw / "long.txt").write_bytes(b"mot " * 500_000)
    os.symlink("loop", raw / "loop")
    latin = os.fsdecode(b"caf\xe9.txt")
    (raw / latin).write_text(TEXT.format(9), encoding="utf-8")
    result = run_here(raw, tmp_path / "out", Config(until="entities", max_document_bytes=1_000_000))
    documents = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    assert {row["source"] for row in documents} >= {
        "good.txt",
        "lines.jsonl#0",
        "lines.jsonl#2",
        "caf%E9.txt",
    }
    problems = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    unread = {row["source"].partition("#")[0] for row in problems if not row["recovered"]}
    assert unread == {"empty.txt", "lines.jsonl", "binary.txt", "long.txt", "loop"}
    assert all(row["message"].endswith((".", ")")) for row in problems)
    assert result.unread == 5


def test_a_real_cluster_gives_the_same_bytes(sample_result: RunResult, tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        run_corpus(SAMPLE, tmp_path / "out", Config(cluster=cluster.scheduler_address))
    assert files_of(tmp_path / "out") == files_of(sample_result.folder)


def test_a_kill_signal_in_the_middle_does_not_spoil_the_next_run(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {f"{i:03}.txt": TEXT.format(i) * 30 for i in range(300)})
    command = [
        sys.executable,
        "-m",
        "corpus",
        "run",
        str(raw),
        str(tmp_path / "out"),
        "--until",
        "clean",
        "-q",
    ]
    started = subprocess.Popen([*command, "--workers", "2"])
    while not list((tmp_path / "out" / ".work").glob("clean-*")) and started.poll() is None:
        pass
    started.kill()
    started.wait()
    assert subprocess.run(command, check=False).returncode == 0
    run_here(raw, tmp_path / "whole", Config(until="clean"))
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_a_folder_of_nothing_that_can_be_read_gives_empty_tables(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "away.txt").symlink_to(tmp_path / "nowhere")
    result = run_here(raw, tmp_path / "out")
    assert result.record["rows"] | {"problems": 0} == dict.fromkeys(tables_until("topics"), 0)
    assert result.record["rows"]["problems"] == 1


def test_a_thousand_empty_records_have_a_row_each_and_the_others_one(tmp_path: Path) -> None:
    raw = write_files(tmp_path / "raw", {"a.jsonl": '{"text": "Le pont est fermé."}\n' + "{}\n" * 1_200})
    result = run_here(raw, tmp_path / "out", Config(until="clean"))
    problems = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    assert result.record["rows"]["documents"] == 1
    assert [row["source"] for row in problems[:2]] == ["a.jsonl", "a.jsonl#1"]
    assert len(problems) == 1_001
    assert problems[0]["message"].startswith("So are 200 more of its records")


def test_rows_that_count_summaries_call_no_input_unread(tmp_path: Path) -> None:
    line = '{"summary": "Le pont est fermé aux camions depuis lundi."}\n'
    raw = write_files(tmp_path / "raw", {"a.jsonl": line * 1_003})
    result = run_here(raw, tmp_path / "out", Config(until="clean"))
    problems = pq.read_table(tmp_path / "out" / "problems.parquet").to_pylist()
    counting = next(row for row in problems if row["source"] == "a.jsonl")
    assert (counting["kind"], counting["recovered"]) == ("summary", True)
    assert counting["message"].startswith("So are 3 more")
    assert result.unread == 0

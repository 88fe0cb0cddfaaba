"""Runs as arrays of jobs: whatever jobs did which share, where and how often, merged they give the bytes of one run."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config import Config, config_of
from corpus.errors import ConfigError, OutputError, UsageError
from corpus.run.array import merge_shares, run_share
from corpus.run.executors import InProcess
from corpus.run.finished import is_finished
from corpus.run.shards import InputFile, Shard
from corpus.run.shares import Share, share_of
from tests.conftest import run_here, write_files
from tests.run.test_falls import command, wait_for_work
from tests.run.test_growth import rounds, themes
from tests.run.test_run import TEXT, files_of

LISTS = {
    "firms.csv": "id,name\norvelane,Orvelane\n",
    "fix.csv": "action,scope,text,to,note\nrename,corpus,Partech,Partech Partners,\nresidue,corpus,dit le journal,,\n",
}


def corpus(folder: Path) -> Path:
    """Small files that repeat each other, pages of one site, and an export that is more than a job's share."""
    lines = [json.dumps({"id": str(i), "text": TEXT.format(i) * 3}) for i in range(210)]
    said = "La société Orvelane a levé {} millions d’euros en mars 2024 auprès de Partech, dit le journal.\n"
    pages = {f"site/{i}.txt": said.format(i) + TEXT.format(i) for i in range(30)}
    return write_files(
        folder, {"export.jsonl": "\n".join(lines)} | rounds(range(6)) | themes(range(8)) | pages
    )


def job(raw: Path, out: Path, shard: str, *words: str) -> subprocess.Popen[str]:
    words = ("--workers", "1", "--shard", shard, *words)
    return subprocess.Popen(command(raw, out, *words), stderr=subprocess.PIPE, text=True)


def merge(out: Path, *words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "corpus", "merge", str(out), "-q", "--workers", "1", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def share_here(raw: Path, out: Path, shard: str, config: Config | None = None) -> bool:
    """Do a share in this process; whether it was done before."""
    return run_share(raw, out, share_of(shard), config, executor=InProcess()).unchanged


def test_jobs_that_share_a_folder_at_once_give_the_bytes_of_one_run(tmp_path: Path) -> None:
    raw, lists = corpus(tmp_path / "raw"), write_files(tmp_path, LISTS)
    config = Config(companies=(str(lists / "firms.csv"),), corrections=str(lists / "fix.csv"))
    write_files(tmp_path, {"c.toml": f'companies = ["{lists}/firms.csv"]\ncorrections = "{lists}/fix.csv"\n'})
    jobs = [job(raw, tmp_path / "out", f"{k}/2", "--config", f"{lists}/c.toml") for k in (1, 2)]
    assert [(one.communicate()[1], one.returncode) for one in jobs] == [("", 0)] * 2
    assert not list((tmp_path / "out").glob("*.parquet"))
    merged = merge(tmp_path / "out")
    assert (merged.returncode, merged.stderr) == (0, "")
    run_here(raw, tmp_path / "whole", config)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    # Merged again there is nothing to do, and an ordinary run finds its own.
    before = (tmp_path / "out" / "run.json").read_bytes()
    assert merge(tmp_path / "out").returncode == 0
    assert run_here(raw, tmp_path / "out", config).unchanged
    assert (tmp_path / "out" / "run.json").read_bytes() == before


def test_the_merge_does_not_do_again_what_the_jobs_did(tmp_path: Path) -> None:
    raw, out = corpus(tmp_path / "raw"), tmp_path / "out"
    config = Config(until="entities")
    for k in (1, 2):
        assert not share_here(raw, out, f"{k}/2", config)
    kinds = ("read", "opened", "findings")
    before = {path: path.stat().st_mtime_ns for kind in kinds for path in (out / ".work").glob(f"{kind}-*")}
    assert Counter(path.name.partition("-")[0] for path in before).keys() == set(kinds)
    merge_shares(out, executor=InProcess())
    after = {path: path.stat().st_mtime_ns for kind in kinds for path in (out / ".work").glob(f"{kind}-*")}
    assert after == before


def test_jobs_with_a_folder_each_are_merged_from_there(tmp_path: Path) -> None:
    raw, config = corpus(tmp_path / "raw"), Config(until="entities")
    parts = [tmp_path / f"part{k}" for k in (1, 2)]
    for k, part in enumerate(parts, start=1):
        share_here(raw, part, f"{k}/2", config)
    held = {path: path.read_bytes() for part in parts for path in part.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="holds no share"):
        merge_shares(tmp_path / "out", executor=InProcess())
    with pytest.raises(UsageError, match=r"Share 2/2 is not done in .*--shard 2/2"):
        merge_shares(tmp_path / "out", parts[:1], executor=InProcess())
    with pytest.raises(OutputError, match="holds no work of this program"):
        merge_shares(tmp_path / "out", [*parts, raw], executor=InProcess())
    merged = merge(tmp_path / "out", *parts)
    assert (merged.returncode, merged.stderr) == (0, "")
    run_here(raw, tmp_path / "whole", config)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert {path: path.read_bytes() for path in held} == held


def test_a_job_that_is_killed_is_missed_and_continues(tmp_path: Path) -> None:
    raw, out = corpus(tmp_path / "raw"), tmp_path / "out"
    first, second = job(raw, out, "1/2", "--until", "clean"), job(raw, out, "2/2", "--until", "clean")
    wait_for_work(first, out, "read-*")
    first.send_signal(signal.SIGKILL)
    assert (second.communicate()[1], second.returncode) == ("", 0)
    assert first.wait() == -signal.SIGKILL
    missed = merge(out)
    assert missed.returncode == 2
    assert missed.stderr.count("\n") == 1
    assert "Share 1/2 is not done" in missed.stderr
    again = job(raw, out, "1/2", "--until", "clean")
    assert (again.communicate()[1], again.returncode) == ("", 0)
    assert merge(out).returncode == 0
    run_here(raw, tmp_path / "whole", Config(until="clean"))
    assert files_of(out) == files_of(tmp_path / "whole")
    assert {path.name for path in (out / ".work").glob(".*")} == {".inputs.json", ".lock"}


def test_a_share_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    raw, out, config = corpus(tmp_path / "raw"), tmp_path / "out", Config(until="clean")
    assert [share_here(raw, out, "1/2", config) for _ in range(2)] == [False, True]
    # Work that went missing since is made again by the merge.
    share_here(raw, out, "2/2", config)
    for path in list((out / ".work").glob("read-*"))[:2]:
        assert is_finished(path)
        shutil.rmtree(path)
    merge_shares(out, executor=InProcess())
    run_here(raw, tmp_path / "whole", config)
    assert files_of(out) == files_of(tmp_path / "whole")


def test_documents_that_changed_since_are_a_sentence(tmp_path: Path) -> None:
    raw, out, config = corpus(tmp_path / "raw"), tmp_path / "out", Config(until="clean")
    for k in (1, 2):
        share_here(raw, out, f"{k}/2", config)
    write_files(raw, {"new.txt": TEXT.format(77)})
    with pytest.raises(UsageError, match="are no more what the shares in"):
        merge_shares(out, executor=InProcess())
    share_here(raw, out, "1/2", config)
    with pytest.raises(UsageError, match="Share 2/2 is not done"):
        merge_shares(out, executor=InProcess())
    share_here(raw, out, "2/2", config)
    merge_shares(out, executor=InProcess())
    run_here(raw, tmp_path / "whole", config)
    assert files_of(out) == files_of(tmp_path / "whole")


def test_the_bytes_are_those_of_one_run_though_a_file_changed_in_its_place(tmp_path: Path) -> None:
    """A change that leaves the size is not seen by the listing, but by the work, which is named by bytes."""
    raw, out, config = corpus(tmp_path / "raw"), tmp_path / "out", Config(until="clean")
    for k in (1, 2):
        share_here(raw, out, f"{k}/2", config)
    text = (raw / "site" / "3.txt").read_text(encoding="utf-8")
    write_files(raw, {"site/3.txt": text.replace("Orvelane", "Orvelone")})
    merge_shares(out, executor=InProcess())
    run_here(raw, tmp_path / "whole", config)
    assert files_of(out) == files_of(tmp_path / "whole")


def test_a_whole_run_and_a_share_do_not_write_to_one_folder_at_once(tmp_path: Path) -> None:
    raw, out = corpus(tmp_path / "raw"), tmp_path / "out"
    first = job(raw, out, "1/2", "--until", "clean")
    wait_for_work(first, out, "read-*")
    with pytest.raises(OutputError, match="Another run, or a job of an array, is writing"):
        run_here(raw, out, Config(until="clean"))
    first.kill()
    first.communicate()
    whole = subprocess.Popen(command(raw, out, "--until", "clean", "--workers", "1"))
    wait_for_work(whole, out, "clean-*")
    with pytest.raises(OutputError, match=rf"Another run \(process {whole.pid}\) is writing"):
        share_here(raw, out, "1/2", Config(until="clean"))
    whole.kill()
    whole.wait()


@pytest.mark.parametrize("written", ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", "1/2/3", ""])
def test_what_is_no_share_is_a_sentence(written: str) -> None:
    with pytest.raises(UsageError, match="for example: --shard 1/8"):
        share_of(written)


@given(st.lists(st.lists(st.integers(0, 10**9), min_size=1, max_size=4), max_size=30), st.integers(1, 9))
def test_every_piece_is_that_of_one_share(sizes: list[list[int]], count: int) -> None:
    shards = [
        Shard(
            str(s),
            tuple(InputFile(Path(f"{s}.{f}"), f"{s}.{f}", size, "") for f, size in enumerate(files)),
        )
        for s, files in enumerate(sizes)
    ]
    taken: Counter[tuple[str, int]] = Counter()
    for number in range(1, count + 1):
        own, wanted = Share(number, count).wanted(shards)
        taken.update((shard.key, piece) for shard in own for piece in range(5) if wanted(shard, piece))
    # A shard that only one share reads is read by it whole.
    assert taken == Counter((shard.key, piece) for shard in shards for piece in range(5))


def test_a_configuration_comes_back_from_its_meaning() -> None:
    config = Config(
        languages=("fr", "en"),
        companies=("a.csv",),
        topics="fine",
        columns={"text": "Texte"},
        outlet={"folder": 1},
    )
    assert config_of(json.loads(json.dumps(config.meaning()))) == config
    assert config_of(Config().meaning()) == Config()
    with pytest.raises(ConfigError, match="no options named colour"):
        config_of({"colour": 1})

"""Documents in a bucket, tables in a bucket: the bytes are those of a run over a folder, and only what changed travels."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import fsspec
import pytest

import corpus
from corpus import Config
from corpus.errors import CorpusError, OutputError, RemoteError, SetupError, TableError, UsageError
from corpus.remote.runs import run_corpus
from corpus.run.executors import InProcess
from corpus.run.pipeline import RunResult
from corpus.run.workspace import record_of
from tests.conftest import SAMPLE, write_files
from tests.remote.conftest import PAGES, Bucket, Faults, Fragile

CONFIG = Config(until="entities")
MORE = {
    "le-fil/quai.txt": "Le quai\n\nLe quai sera refait pour 3 millions d'euros en 2025, a dit la ville jeudi.\n"
}


def run(raw: str | Path, out: str | Path, config: Config = CONFIG, **how: Any) -> RunResult:
    return run_corpus(raw, out, config, executor=InProcess(), **how)


def outputs(result: RunResult) -> dict[str, str]:
    return dict(result.record["outputs"])


def test_a_bucket_gives_the_bytes_of_a_folder(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put(PAGES)
    here = run(pages, tmp_path / "out")
    there = run(f"{bucket.url}/in", f"{bucket.url}/out")
    assert outputs(there) == outputs(here)
    assert there.record["key"] == here.record["key"]
    for name in outputs(here):
        assert bucket.get(f"out/{name}") == (tmp_path / "out" / name).read_bytes()
    assert set(bucket.keys("out/")) == {f"out/{name}" for name in (*outputs(here), "run.json")}
    assert outputs(run(f"{bucket.url}/in", tmp_path / "half")) == outputs(here)
    assert outputs(run(pages, f"{bucket.url}/other")) == outputs(here)


@pytest.mark.slow
def test_the_whole_sample_from_a_bucket(bucket: Bucket, sample: Path, tmp_path: Path) -> None:
    for path in SAMPLE.rglob("*"):
        if path.is_file():
            bucket.client.put_object(
                Bucket=bucket.name, Key=f"in/{path.relative_to(SAMPLE).as_posix()}", Body=path.read_bytes()
            )
    there = run(f"{bucket.url}/in", f"{bucket.url}/out", Config())
    assert outputs(there) == (record_of(sample) or {})["outputs"]


def test_only_what_changed_is_fetched(fragile: Faults, pages: Path, tmp_path: Path) -> None:
    run("fragile://press/in", tmp_path / "out")
    assert len(fragile.given) == len(PAGES) - 1  # what is hidden is not even fetched
    fragile.given.clear()
    assert run("fragile://press/in", tmp_path / "out").unchanged
    assert fragile.given == []
    service = Fragile(skip_instance_cache=True)
    service.pipe_file("/press/in/le-fil/pont.txt", MORE["le-fil/quai.txt"].encode())
    service.rm_file("/press/in/le-fil/usine.txt")
    grown = run("fragile://press/in", tmp_path / "out")
    assert fragile.given == ["/press/in/le-fil/pont.txt"]
    write_files(pages, {"le-fil/pont.txt": MORE["le-fil/quai.txt"]})
    (pages / "le-fil" / "usine.txt").unlink()
    assert outputs(grown) == outputs(run(pages, tmp_path / "here"))


def test_another_machine_continues_from_what_lies_there(
    bucket: Bucket, pages: Path, shelves: Path, tmp_path: Path
) -> None:
    bucket.put(PAGES)
    run(f"{bucket.url}/in", f"{bucket.url}/out")
    sent = bucket.get("out/run.json")
    shutil.rmtree(shelves)
    assert run(f"{bucket.url}/in", f"{bucket.url}/out").unchanged
    assert bucket.get("out/run.json") == sent
    shutil.rmtree(shelves)
    bucket.put(MORE)
    grown = run(f"{bucket.url}/in", f"{bucket.url}/out")
    write_files(pages, MORE)
    assert outputs(grown) == outputs(run(pages, tmp_path / "here"))


def test_fewer_stages_made_afresh_leave_no_table_behind(bucket: Bucket) -> None:
    bucket.put(PAGES)
    run(f"{bucket.url}/in", f"{bucket.url}/out")
    with pytest.raises(OutputError, match="--fresh"):
        run(f"{bucket.url}/in", f"{bucket.url}/out", Config(until="clean"))
    assert "out/facts.parquet" in bucket.keys("out/")
    fewer = run(f"{bucket.url}/in", f"{bucket.url}/out", Config(until="clean"), fresh=True)
    assert set(bucket.keys("out/")) == {f"out/{name}" for name in (*outputs(fewer), "run.json")}


def test_tables_are_opened_where_they_lie(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(PAGES)
    result = run(f"{bucket.url}/in", f"{bucket.url}/out")
    c = corpus.open(f"{bucket.url}/out")
    assert len(c.documents) == result.record["rows"]["documents"]
    assert c.report(tmp_path / "page.html").is_file()
    bucket.put(MORE)
    result = run(f"{bucket.url}/in", f"{bucket.url}/out")
    assert len(corpus.open(f"{bucket.url}/out").documents) == result.record["rows"]["documents"]


def test_the_output_below_the_input_is_not_read(bucket: Bucket) -> None:
    bucket.put(PAGES)
    first = run(f"{bucket.url}/in", f"{bucket.url}/in/tables")
    assert run(f"{bucket.url}/in", f"{bucket.url}/in/tables").unchanged
    assert first.record["inputs"]["files"] == 5
    with pytest.raises(UsageError, match="lies in"):
        run(f"{bucket.url}/in/tables", f"{bucket.url}/in")


@pytest.mark.parametrize("url", ["memory://press-of-a-test", "zip://::memory://press-of-a-test.zip"])
def test_other_protocols(url: str, pages: Path, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    if url.startswith("zip"):
        archive = Path(shutil.make_archive(str(tmp_path / "press"), "zip", pages))
        memory.pipe_file("/press-of-a-test.zip", archive.read_bytes())
    else:
        for name, text in PAGES.items():
            memory.pipe_file(f"/press-of-a-test/{name}", text.encode())
    assert outputs(run(url, tmp_path / "out")) == outputs(run(pages, tmp_path / "here"))


def test_a_file_url_is_a_folder(pages: Path, tmp_path: Path) -> None:
    run(pages.as_uri(), (tmp_path / "out").as_uri())
    assert (tmp_path / "out" / "documents.parquet").is_file()


def test_a_single_file_and_its_sidecar(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put(PAGES)
    there = run(f"{bucket.url}/in/page.html", tmp_path / "out")
    assert outputs(there) == outputs(run(pages / "page.html", tmp_path / "here"))


def test_names_that_no_folder_holds_are_read_and_told(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(
        {
            "x": PAGES["le-fil/pont.txt"],
            "x/y.txt": PAGES["le-fil/usine.txt"],
            "a//b.txt": "nobody can ask for it",
        }
    )
    result = run(f"{bucket.url}/in", tmp_path / "out")
    problems = corpus.open(tmp_path / "out").problems.to_pandas().set_index("source")
    assert result.record["rows"]["documents"] == 2
    assert problems.loc["x", "kind"] == "renamed"
    assert problems.loc["a", "kind"] == "unreadable"
    assert result.unread == 1


def test_a_document_that_may_not_be_read_is_a_row(fragile: Faults, tmp_path: Path) -> None:
    fragile.refused = {"pont.txt"}
    result = run("fragile://press/in", tmp_path / "out")
    problems = corpus.open(tmp_path / "out").problems.to_pandas()
    assert list(problems["source"]) == ["le-fil/pont.txt"]
    assert list(problems["kind"]) == ["permission"]
    assert result.unread == 1
    fragile.refused = set()
    assert run("fragile://press/in", tmp_path / "out").unread == 0


def test_a_connection_lost_while_fetching(fragile: Faults, pages: Path, tmp_path: Path) -> None:
    fragile.gives = 3
    with pytest.raises(RemoteError, match="the same command continues") as lost:
        run("fragile://press/in", tmp_path / "out")
    assert "our-secret" not in str(lost.value)
    assert not (tmp_path / "out").exists()
    fragile.gives = None
    result = run("fragile://press/in", tmp_path / "out")
    assert len(fragile.given) == len(set(fragile.given)) == len(PAGES) - 1
    assert outputs(result) == outputs(run(pages, tmp_path / "here"))


@pytest.mark.parametrize("sent", [0, 1, 5])
def test_a_connection_lost_while_sending(sent: int, fragile: Faults, pages: Path, tmp_path: Path) -> None:
    run(pages, "fragile://press/out")
    write_files(pages, MORE)
    fragile.takes = sent
    with pytest.raises(RemoteError, match="the same command continues"):
        run(pages, "fragile://press/out")
    with pytest.raises(TableError, match="cut off"):
        corpus.open("fragile://press/out")
    fragile.takes = None
    assert outputs(run(pages, "fragile://press/out")) == outputs(run(pages, tmp_path / "here"))
    assert "documents" in corpus.open("fragile://press/out").tables


def test_two_machines_that_write_to_one_place(
    fragile: Faults, pages: Path, shelves: Path, tmp_path: Path
) -> None:
    class Meanwhile(InProcess):
        ran = False

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            if not Meanwhile.ran:
                Meanwhile.ran = True
                run(pages / "le-fil", "fragile://press/out", cache=tmp_path / "other")
            return super().submit(fn, *args, **kwargs)

    with pytest.raises(OutputError, match="meanwhile"):
        run_corpus(pages, "fragile://press/out", CONFIG, executor=Meanwhile())
    assert outputs(run(pages, "fragile://press/out")) == outputs(run(pages, tmp_path / "here"))


def test_what_no_run_wrote_is_left_alone(bucket: Bucket, pages: Path) -> None:
    bucket.put({"documents.parquet": "somebody's own"}, below="out")
    with pytest.raises(OutputError, match="no run of this program wrote"):
        run(pages, f"{bucket.url}/out")
    assert bucket.keys("out/") == ["out/documents.parquet"]


def test_a_record_elsewhere_leads_nowhere(
    fragile: Faults, pages: Path, shelves: Path, tmp_path: Path
) -> None:
    run(pages, "fragile://press/out")
    service = Fragile(skip_instance_cache=True)
    record = json.loads(service.cat_file("/press/out/run.json"))
    record["outputs"] |= {"../../../evil": "0", "/etc/evil": "0", "models/../../evil": "0", ".work/evil": "0"}
    service.pipe_file("/press/out/run.json", json.dumps(record).encode())
    service.pipe_file("/press/evil", b"evil")
    assert "documents" in corpus.open("fragile://press/out").tables
    assert not list(tmp_path.rglob("evil"))


def test_a_table_that_was_changed_there_is_told(fragile: Faults, pages: Path) -> None:
    run(pages, "fragile://press/out")
    Fragile(skip_instance_cache=True).pipe_file("/press/out/documents.parquet", b"changed")
    with pytest.raises(
        TableError, match=r"documents\.parquet in fragile://press/out is not what the run there wrote"
    ):
        corpus.open("fragile://press/out")


def test_what_is_not_there(bucket: Bucket, tmp_path: Path) -> None:
    for url in ("s3://no-such-bucket-of-ours/in", f"{bucket.url}/nothing", "memory://nothing-of-ours"):
        with pytest.raises(UsageError, match="does not exist"):
            run(url, tmp_path / "out")
    with pytest.raises(CorpusError, match="does not exist"):
        run(SAMPLE / "agences", "s3://no-such-bucket-of-ours/out", Config(until="clean"))
    with pytest.raises(TableError, match="holds no table"):
        corpus.open(f"{bucket.url}/nothing")
    with pytest.raises(UsageError, match="protocol that nobody knows"):
        run("s4://press/in", tmp_path / "out")
    with pytest.raises(SetupError, match="needs a package"):
        run("sftp://host/in", tmp_path / "out")


def test_a_server_that_is_gone(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(RemoteError, match="does not answer"):
        run(f"{bucket.url}/in", tmp_path / "out")


def test_no_key_stands_anywhere(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(PAGES)
    run(f"{bucket.url}/in", f"{bucket.url}/out")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"our-secret" not in data
            assert b"our-key" not in data


def test_a_disk_without_room(fragile: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    with pytest.raises(CorpusError, match="--cache"):
        run("fragile://press/in", tmp_path / "out")

"""From a bucket to a bucket: the bytes are those of a run over folders, whatever falls, changes or is planted meanwhile."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
import urllib3
from s3fs import S3FileSystem

import corpus
from corpus import Config
from corpus.errors import CorpusError, DiskFullError, InputError, OutputError, RemoteError, UsageError
from corpus.readers import UnreadableError
from corpus.remote import copies, objects, run_remote
from corpus.remote.objects import Store
from corpus.remote.publish import publish
from corpus.remote.shelf import VARIABLE, Shelf, holding_shelf
from corpus.remote.urls import place_of
from corpus.run.executors import InProcess
from corpus.run.pipeline import RunResult
from corpus.run.workspace import record_of
from corpus.store import write_json
from tests.conftest import SAMPLE, run_here, write_files
from tests.remote.conftest import PAGES, QUAI, SECRET, Bucket

CLEAN = Config(until="clean")
READ_ONLY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}],
}


def run(raw: str | Path, out: str | Path, config: Config = CLEAN, **how: Any) -> RunResult:
    return run_remote(raw, out, config, executor=InProcess(), **how)


def there(bucket: Bucket, config: Config = CLEAN, **how: Any) -> RunResult:
    return run(f"{bucket.url}/in", f"{bucket.url}/out", config, **how)


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of what a run publishes, but for its record, which tells times."""
    return {name: (folder / name).read_bytes() for name in (record_of(folder) or {})["outputs"]}


def published(bucket: Bucket) -> dict[str, bytes]:
    found = bucket.all("out/")
    record = json.loads(found.pop("run.json"))
    assert record["status"] == "finished"
    assert set(record["outputs"]) == set(found)
    return found


def here(pages: Path, out: Path, config: Config = CLEAN) -> dict[str, bytes]:
    return tables(run_here(pages, out, config).folder)


def input_of(shelves: Path) -> Path:
    [shelf] = shelves.iterdir()
    return shelf / "input"


def test_a_bucket_gives_the_bytes_of_a_folder(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put(PAGES)
    config = Config(until="entities")
    expected = here(pages, tmp_path / "here", config)
    result = there(bucket, config)
    assert published(bucket) == expected
    assert result.url == f"{bucket.url}/out"
    assert there(bucket, config).unchanged
    assert tables(run(f"{bucket.url}/in", tmp_path / "half", config).folder) == expected
    run(pages, f"{bucket.url}/other", config)
    assert {name: data for name, data in bucket.all("other/").items() if name != "run.json"} == expected


@pytest.mark.slow
def test_the_whole_sample_from_a_bucket(bucket: Bucket, sample: Path) -> None:
    for path in SAMPLE.rglob("*"):
        if path.is_file():
            key = f"in/{path.relative_to(SAMPLE).as_posix()}"
            bucket.client.put_object(Bucket=bucket.name, Key=key, Body=path.read_bytes())
    there(bucket, Config())
    assert published(bucket) == tables(sample)


def test_changed_removed_and_new_objects(bucket: Bucket, pages: Path, tmp_path: Path, shelves: Path) -> None:
    bucket.put(PAGES)
    there(bucket)
    untouched = input_of(shelves) / "page.html"
    before = untouched.stat()
    changed = PAGES["le-fil/pont.txt"].replace("mai", "mars")[: len(PAGES["le-fil/pont.txt"])]
    new = {"le-fil/pont.txt": changed, "le-fil/usine.txt/plan.txt": QUAI}
    bucket.put(new)
    bucket.remove("in/le-fil/usine.txt")
    bucket.remove("in/été 2024/levée.txt")
    (pages / "le-fil/usine.txt").unlink()
    (pages / "été 2024/levée.txt").unlink()
    write_files(pages, new)
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")
    assert untouched.stat().st_mtime_ns == before.st_mtime_ns


KILLED = """
import os, signal, sys
from s3fs import S3FileSystem
verb, calls = sys.argv.pop(1), int(sys.argv.pop(1))
real = getattr(S3FileSystem, verb)
def dying(self, *args, **how):
    global calls
    calls -= 1
    if calls < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, *args, **how)
setattr(S3FileSystem, verb, dying)
from corpus.cli import main
main()
"""


@pytest.mark.parametrize(("verb", "calls"), [("open", 3), ("put_file", 0), ("put_file", 1), ("put_file", 4)])
def test_a_run_that_is_killed_is_continued(
    verb: str, calls: int, bucket: Bucket, pages: Path, tmp_path: Path
) -> None:
    bucket.put(PAGES)
    command = ["run", f"{bucket.url}/in", f"{bucket.url}/out", "--until", "clean", "--workers", "1"]
    died = subprocess.run(
        [sys.executable, "-c", KILLED, verb, str(calls), *command], check=False, cwd=tmp_path
    )
    assert died.returncode == -signal.SIGKILL
    found = bucket.all("out/")
    if verb == "open" or calls == 0:
        assert found == {}
    else:
        assert json.loads(found["run.json"])["status"] == "publishing"
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")


def test_a_folder_whose_name_stands_in_the_record(
    bucket: Bucket, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.rename(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for raw in ("data/", "./data"):
        run(raw, f"{bucket.url}/out", fresh=True)
        assert published(bucket) == here(tmp_path / "data", tmp_path / "here")
        assert "documents" in json.loads(bucket.get("out/run.json"))["rows"]


def test_the_record_names_the_place_and_not_the_shelf(bucket: Bucket, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "back\\slash")
    shelf.output.mkdir(parents=True)
    write_json(shelf.output / "run.json", {"warnings": [f"{shelf.output} is slow."]})
    publish(Store(place_of(f"{bucket.url}/out")), shelf, {str(shelf.output): f"{bucket.url}/out"})
    assert json.loads(bucket.get("out/run.json")) == {"warnings": [f"{bucket.url}/out is slow."]}


def test_a_run_that_fails_publishes_nothing(bucket: Bucket) -> None:
    bucket.put(PAGES)
    with pytest.raises(CorpusError):
        there(bucket, Config(until="clean", columns={"texte": "a"}))
    assert bucket.all("out/") == {}


def test_the_record_says_that_tables_are_on_their_way(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)
    there(bucket)
    bucket.put({"le-fil/quai.txt": QUAI})
    seen = []
    real = S3FileSystem.put_file

    def watched(self: S3FileSystem, path: str, key: str, **how: Any) -> None:
        seen.append((key.rpartition("/")[2], json.loads(bucket.get("out/run.json"))["status"]))
        real(self, path, key, **how)

    monkeypatch.setattr(S3FileSystem, "put_file", watched)
    there(bucket)
    assert seen[0] == ("run.json", "finished")
    assert {status for _, status in seen[1:]} == {"publishing"}
    assert seen[-1] == ("run.json", "publishing")


@pytest.fixture
def reader_only(server: str, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Credentials that may list and read, and a server that looks at them once the bucket is there."""
    bucket.put(PAGES)
    iam = boto3.client("iam", endpoint_url=server, region_name="us-east-1")
    user = f"reader-{os.urandom(4).hex()}"
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="read", PolicyDocument=json.dumps(READ_ONLY))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
    urllib3.request("POST", f"{server}/moto-api/reset-auth", body="0")
    yield
    urllib3.request("POST", f"{server}/moto-api/reset-auth", body="inf")


@pytest.mark.usefixtures("reader_only")
def test_a_refused_write_is_told_before_anything_is_copied(
    bucket: Bucket, shelves: Path, tmp_path: Path
) -> None:
    with pytest.raises(RemoteError, match="refuses"):
        there(bucket)
    [shelf] = shelves.iterdir()
    assert not any((shelf / "input").iterdir())
    assert run(f"{bucket.url}/in", tmp_path / "out").record["rows"]["documents"] == 5


def test_planted_links_are_neither_followed_nor_read(
    bucket: Bucket, pages: Path, tmp_path: Path, shelves: Path
) -> None:
    bucket.put(PAGES)
    there(bucket)
    mine = write_files(
        tmp_path / "mine", {"pont.txt": "private", "levée.txt": "private", "usine.txt": "private"}
    )
    copies = input_of(shelves)
    (copies / "page.html").unlink()
    (copies / "page.html").symlink_to(mine / "pont.txt")
    (copies / "planted.txt").symlink_to(mine / "pont.txt")
    shutil.rmtree(copies / "été 2024")
    (copies / "été 2024").symlink_to(mine, target_is_directory=True)
    (copies / "le-fil/usine.txt").unlink()
    os.link(mine / "usine.txt", copies / "le-fil/usine.txt")
    os.mkfifo(copies / "le-fil/pipe.txt")
    (copies.parent / "copied.jsonl").write_bytes(
        (copies.parent / "copied.jsonl").read_bytes() + b'{"a": [[[\xff\n7\n'
    )
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")
    shutil.rmtree(copies)
    copies.symlink_to(mine, target_is_directory=True)
    (copies.parent / "copied.jsonl").unlink()
    (copies.parent / "copied.jsonl").symlink_to(mine / "pont.txt")
    (copies.parent / "published.json").unlink()
    (copies.parent / "published.json").symlink_to(mine / "pont.txt")
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")
    assert {path.name: path.read_text() for path in mine.iterdir()} == dict.fromkeys(
        ("pont.txt", "levée.txt", "usine.txt"), "private"
    )


def test_a_damaged_copy_is_made_again(bucket: Bucket, pages: Path, tmp_path: Path, shelves: Path) -> None:
    bucket.put(PAGES)
    there(bucket)
    copy = input_of(shelves) / "le-fil/pont.txt"
    copy.write_bytes(copy.read_bytes().replace(b"mai", b"mars")[: copy.stat().st_size])
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")


def test_hostile_keys_are_rows_and_the_others_files(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    odd = {
        "tab\there.txt": QUAI,
        "été.txt": QUAI,
        "e\u0301te\u0301.txt": QUAI,
        "p%41.txt": QUAI,
        "sp ace+.txt": QUAI,
    }
    hostile = {
        "../x.txt": "It has the part",
        "a//b.txt": "empty part",
        "n" * 1000 + ".txt": "longer than",
        "x": "Other objects lie below",
        "q?versionId=3.txt": "removed",
        "full/": "empty part",
    }
    bucket.put(PAGES | odd | dict.fromkeys(hostile, QUAI) | {"x/y.txt": QUAI, "marker/": ""})
    write_files(pages, odd | {"x/y.txt": QUAI})
    result = there(bucket)
    expected = here(pages, tmp_path / "here")
    found = published(bucket)
    differing = {name for name in expected if found[name] != expected[name]}
    assert differing == {"problems.parquet", "datapackage.json"} & set(expected) or differing == {
        "problems.parquet"
    }
    rows = corpus.open(result.folder).problems.to_pandas()
    assert sorted(rows["source"]) == sorted(hostile)
    assert result.unread == len(hostile)
    assert not list(tmp_path.rglob("x.txt"))


def test_an_object_that_changes_while_it_is_copied(
    bucket: Bucket, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)
    real = Store.listing

    def late(self: Store) -> list[objects.Listed]:
        found = real(self)
        bucket.put({"le-fil/pont.txt": QUAI})
        bucket.remove("in/le-fil/usine.txt")
        return found

    monkeypatch.setattr(Store, "listing", late)
    result = run(f"{bucket.url}/in", tmp_path / "out")
    rows = corpus.open(result.folder)
    assert list(rows.problems.to_pandas()["source"]) == ["le-fil/usine.txt"]
    assert "quai" in "".join(rows.documents.to_pandas()["text"])


def test_a_reading_never_mixes_two_states(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "PIECE_BYTES", 10)
    bucket.put({"a.txt": QUAI})
    store = Store(place_of(f"{bucket.url}/in"))
    [one] = store.listing()
    pieces = store.read(one)
    assert len(next(pieces)) == 10
    bucket.put({"a.txt": QUAI.upper()})
    with pytest.raises(UnreadableError) as changed:
        list(pieces)
    assert changed.value.kind == "changing"


def test_what_is_missing_or_changed_there_is_sent_again(bucket: Bucket) -> None:
    bucket.put(PAGES)
    there(bucket)
    first = published(bucket)
    bucket.remove("out/documents.parquet")
    bucket.put({"removals.parquet": "somebody else's"}, below="out/")
    assert not there(bucket).unchanged
    assert published(bucket) == first
    bucket.remove("out/run.json")
    for name in first:
        bucket.remove(f"out/{name}")
    there(bucket)
    assert published(bucket) == first


def test_another_machine_starts_from_nothing_and_replaces_all(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket.put(PAGES)
    there(bucket)
    first = published(bucket)
    bucket.put({"le-fil/quai.txt": QUAI})
    monkeypatch.setenv(VARIABLE, str(tmp_path / "other machine"))
    there(bucket)
    assert published(bucket) != first
    bucket.remove("in/le-fil/quai.txt")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "shelves"))
    there(bucket)
    assert published(bucket) == first


def test_two_machines_that_publish_at_one_time(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket.put(PAGES)
    real = Store.send

    def with_another(self: Store, path: Path, key: str) -> objects.Listed:
        told = real(self, path, key)
        if key == "documents.parquet":
            bucket.put({key: "another machine's"}, below="out/")
        return told

    monkeypatch.setattr(Store, "send", with_another)
    with pytest.raises(RemoteError, match="meanwhile"):
        there(bucket)
    assert json.loads(bucket.get("out/run.json"))["status"] == "publishing"


def test_fewer_stages_made_afresh_leave_no_table_behind(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket.put(PAGES)
    there(bucket, Config(until="entities"))
    bucket.put({"notes.txt": "somebody's own"}, below="out/")
    for shelf in ("shelves", "shelves of another machine"):
        monkeypatch.setenv(VARIABLE, str(tmp_path / shelf))
        with pytest.raises(OutputError, match="--fresh"):
            there(bucket)
    there(bucket, fresh=True)
    found = bucket.all("out/")
    assert found.pop("notes.txt") == b"somebody's own"
    assert set(found) == {*json.loads(found["run.json"])["outputs"], "run.json"}


def test_what_no_run_wrote_is_left_alone(bucket: Bucket, pages: Path) -> None:
    bucket.put({"documents.parquet": "somebody's own"}, below="out/")
    with pytest.raises(OutputError, match="no run of this program wrote"):
        run(pages, f"{bucket.url}/out")
    assert bucket.all("out/") == {"documents.parquet": b"somebody's own"}


def test_places_that_lie_in_each_other(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put(PAGES)
    run(f"{bucket.url}/in", f"{bucket.url}/in/tables")
    result = run(f"{bucket.url}/in", f"{bucket.url}/in/tables")
    assert result.unchanged
    assert tables(result.folder) == here(pages, tmp_path / "here")
    for raw, out in (("in/tables", "in"), ("in", "in"), ("in/", "")):
        with pytest.raises(UsageError, match="lies in"):
            run(f"{bucket.url}/{raw}", f"{bucket.url}/{out}")


def test_one_object_and_its_sidecar(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put(PAGES | {".note.txt": QUAI})
    result = run(f"{bucket.url}/in/page.html", tmp_path / "out")
    assert tables(result.folder) == here(pages / "page.html", tmp_path / "here")
    assert run(f"{bucket.url}/in/.note.txt", tmp_path / "note").record["rows"]["documents"] == 1


def refusing(monkeypatch: pytest.MonkeyPatch, end: str, error: Exception) -> None:
    """Have the store answer `error` about every object whose name ends so."""
    real = S3FileSystem._info

    async def answering(self: S3FileSystem, path: str, *args: Any, **how: Any) -> Any:
        if path.endswith(end):
            raise error
        return await real(self, path, *args, **how)

    monkeypatch.setattr(S3FileSystem, "_info", answering)


def test_a_sidecar_that_is_refused_is_a_row(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)
    refusing(monkeypatch, "page.html.json", PermissionError())
    result = run(f"{bucket.url}/in/page.html", tmp_path / "out")
    [row] = corpus.open(result.folder).problems.to_pandas().to_dict("records")
    assert (row["source"], row["kind"]) == ("page.html.json", "permission")


def test_one_object_that_is_not_given(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)

    def refused(self: S3FileSystem, path: str, *args: Any, **how: Any) -> Any:
        raise PermissionError

    monkeypatch.setattr(S3FileSystem, "open", refused)
    with pytest.raises(InputError, match=r"page\.html cannot be read\. .*you may read it"):
        run(f"{bucket.url}/in/page.html", tmp_path / "out")


def test_the_object_that_ends_a_run_is_named(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put({"le-fil/po\tnt.txt": QUAI})
    refusing(monkeypatch, "nt.txt", OSError(errno.EINVAL, SECRET))
    with pytest.raises(RemoteError, match=r"in/le-fil/po%09nt\.txt does not answer") as told:
        run(f"{bucket.url}/in", tmp_path / "out")
    assert SECRET not in str(told.value)


def test_a_busy_service_is_no_object_that_changes(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket.put(PAGES)
    there(bucket)
    first = published(bucket)
    bucket.put({"le-fil/pont.txt": QUAI})
    refusing(monkeypatch, "pont.txt", OSError(errno.EBUSY, "Please reduce your request rate."))
    with pytest.raises(RemoteError, match="too busy"):
        there(bucket)
    assert published(bucket) == first


def test_what_ends_a_run_ends_the_copies_at_work(
    bucket: Bucket, tmp_path: Path, shelves: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(dict.fromkeys(("a.txt", "b.txt", "c.txt"), QUAI))
    whole = []

    def slow(self: Store, one: objects.Listed) -> Iterator[bytes]:
        if one.key == "a.txt":
            raise RemoteError("The service fell.")
        for _ in range(500):
            time.sleep(0.01)
            yield b"x"
        whole.append(one.key)

    monkeypatch.setattr(Store, "read", slow)
    with pytest.raises(RemoteError, match="fell"):
        run(f"{bucket.url}/in", tmp_path / "out")
    assert not whole
    assert not any(input_of(shelves).iterdir())


def test_few_copies_wait_at_a_time(
    bucket: Bucket, tmp_path: Path, shelves: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A future for each of half a million objects took more than a gigabyte."""
    monkeypatch.setattr(copies, "AT_ONCE", 1)
    bucket.put({f"{number}.txt": QUAI for number in range(9)})
    asked = []
    real = ThreadPoolExecutor.submit

    def counted(self: ThreadPoolExecutor, task: Any, *args: Any) -> Any:
        if task is copies._copied:  # others are the store's
            asked.append(task)
        return real(self, task, *args)

    def told(record: Any, key: str, kept: copies.Kept) -> None:
        written.append(len(asked))

    written: list[int] = []
    monkeypatch.setattr(ThreadPoolExecutor, "submit", counted)
    monkeypatch.setattr(copies, "_write", told)
    run(f"{bucket.url}/in", tmp_path / "out")
    assert written[0] == 2
    assert len(written) == 9


def test_a_shelf_is_held_by_one_run_and_closed_to_others(bucket: Bucket, pages: Path, shelves: Path) -> None:
    out = f"{bucket.url}/out"
    with holding_shelf(out) as shelf, pytest.raises(OutputError, match="Another run"):
        run(pages, out)
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700
    bucket.put(PAGES)
    there(bucket)
    [copies] = [path for path in shelves.iterdir() if any((path / "input").iterdir())]
    assert {
        stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (copies / "input").rglob("*") if path.is_file()
    } == {0}
    shelf.folder.chmod(0o755)
    with pytest.raises(OutputError, match=VARIABLE):
        run(pages, out)
    shutil.rmtree(shelf.folder)
    shelf.folder.symlink_to(pages, target_is_directory=True)
    with pytest.raises(OutputError, match=VARIABLE):
        run(pages, out)


def test_bounds_are_told_before_anything_is_copied(
    bucket: Bucket, tmp_path: Path, shelves: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put(PAGES)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
        with pytest.raises(DiskFullError, match=VARIABLE):
            run(f"{bucket.url}/in", tmp_path / "out")
    monkeypatch.setattr(objects, "MOST_OBJECTS", 3)
    with pytest.raises(RemoteError, match="more than 3 objects"):
        run(f"{bucket.url}/in", tmp_path / "out")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"):
        run(f"{bucket.url}/in", tmp_path / "file")
    assert not list(shelves.rglob("*.txt"))


def test_what_is_not_there(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no object"):
        run(f"{bucket.url}/nothing", tmp_path / "out")
    for raw, out in (
        ("s3://no-such-bucket-of-ours/in", tmp_path / "out"),
        (pages, "s3://no-such-bucket-of-ours/out"),
    ):
        with pytest.raises(RemoteError, match="is not there"):
            run(raw, out)


def test_no_secret_stands_anywhere(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put(PAGES)
    there(bucket)
    for data in (
        *bucket.all("out/").values(),
        *(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()),
    ):
        assert SECRET.encode() not in data
        assert b"our-key" not in data
    assert str(tmp_path).encode() not in bucket.get("out/run.json")


def test_another_input_for_the_same_output(bucket: Bucket, pages: Path, tmp_path: Path) -> None:
    bucket.put({"le-fil/pont.txt": QUAI, "other.txt": QUAI}, below="before/")
    bucket.put(PAGES)
    run(f"{bucket.url}/before", f"{bucket.url}/out")
    there(bucket)
    assert published(bucket) == here(pages, tmp_path / "here")

"""Places elsewhere: an S3 server of this machine, and a service in memory that refuses and breaks off when it is told to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import boto3
import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from moto.server import ThreadedMotoServer

from corpus.remote import cache
from tests.conftest import write_files

PAGES = {
    "le-fil/pont.txt": "Le pont restera fermé\n\nLa mairie a annoncé lundi que le pont restera fermé jusqu'en mai 2024.\n",
    "le-fil/usine.txt": "L'usine ferme\n\nVerdelac Énergie ferme son usine de Chambéry, qui employait 120 personnes.\n",
    "été 2024/levée.txt": "Ondéva lève 45 millions\n\nLa start-up Ondéva a levé 45 millions d'euros vendredi.\n",
    "été 2024/levée bis.txt": "Ondéva lève 45 millions\n\nLa start-up Ondéva a levé 45 millions d'euros vendredi.\n",
    "page.html": "<html><head><title>Le port</title></head><body><article><p>Le port a rouvert mardi, a dit la ville, après "
    "deux semaines de travaux sur les quais du nord.</p></article></body></html>",
    "page.html.json": '{"url": "https://le-fil.example/port", "published": "2024-03-05"}',
    ".git/config": "no document",
}


@dataclass
class Bucket:
    """A bucket of the server, and what it was asked for."""

    name: str
    client: Any

    @property
    def url(self) -> str:
        return f"s3://{self.name}"

    def put(self, files: dict[str, str], below: str = "in") -> None:
        for name, text in files.items():
            self.client.put_object(Bucket=self.name, Key=f"{below}/{name}", Body=text.encode())

    def remove(self, name: str, below: str = "in") -> None:
        self.client.delete_object(Bucket=self.name, Key=f"{below}/{name}")

    def get(self, name: str) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=name)["Body"].read())

    def keys(self, below: str) -> list[str]:
        return [
            one["Key"]
            for one in self.client.list_objects_v2(Bucket=self.name, Prefix=below).get("Contents", [])
        ]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket, and the environment that leads to it."""
    settings = {
        "AWS_ENDPOINT_URL": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "our-key",
        "AWS_SECRET_ACCESS_KEY": "our-secret",
        "AWS_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    name = f"press-{uuid4().hex[:12]}"
    client.create_bucket(Bucket=name)
    return Bucket(name, client)


@pytest.fixture(autouse=True)
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of copies."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_files(tmp_path / "pages", PAGES)


@dataclass
class Faults:
    """What the service does wrong: names it refuses, and after how many copies each way the connection is lost."""

    refused: set[str] = field(default_factory=set)
    gives: int | None = None
    takes: int | None = None
    given: list[str] = field(default_factory=list)


class Fragile(MemoryFileSystem):  # type: ignore[misc]
    """`fragile:`: files in memory behind a connection that can fail."""

    protocol = "fragile"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    faults: ClassVar[Faults] = Faults()

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("fragile://", "memory://")))

    def get_file(self, rpath: str, lpath: str, **kwargs: Any) -> None:
        if rpath.rpartition("/")[2] in self.faults.refused:
            raise PermissionError(f"key=our-secret {rpath}")
        if self.faults.gives is not None and len(self.faults.given) >= self.faults.gives:
            raise ConnectionResetError("key=our-secret")
        self.faults.given.append(rpath)
        super().get_file(rpath, lpath, **kwargs)

    def put_file(self, lpath: str, rpath: str, **kwargs: Any) -> None:
        if self.faults.takes is not None:
            if self.faults.takes == 0:
                raise ConnectionResetError("key=our-secret")
            self.faults.takes -= 1
        super().put_file(lpath, rpath, **kwargs)


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """The service `fragile:` with PAGES at fragile://press/in."""
    fsspec.register_implementation("fragile", Fragile, clobber=True)
    faults = Faults()
    monkeypatch.setattr(Fragile, "faults", faults)
    monkeypatch.setattr(Fragile, "store", {})
    service = Fragile(skip_instance_cache=True)
    for name, text in PAGES.items():
        service.pipe_file(f"/press/in/{name}", text.encode())
    return faults

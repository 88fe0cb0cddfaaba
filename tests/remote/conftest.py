"""A store of objects on this machine: a server that speaks S3, and a bucket of its own for each test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from corpus.remote.shelf import VARIABLE
from tests.conftest import write_files

SECRET = "our-own-secret"
PAGES = {
    "le-fil/pont.txt": "Le pont restera fermé\n\nLa mairie a annoncé lundi que le pont restera fermé jusqu'en mai 2024.\n",
    "le-fil/usine.txt": "L'usine ferme\n\nVerdelac Énergie ferme son usine de Chambéry, qui employait 120 personnes.\n",
    "été 2024/levée.txt": "Ondéva lève 45 millions\n\nLa start-up Ondéva a levé 45 millions d'euros vendredi.\n",
    "été 2024/Levée.txt": "Ondéva lève 45 millions\n\nLa start-up Ondéva a levé 45 millions d'euros vendredi.\n",
    "page.html": "<html><head><title>Le port</title></head><body><article><p>Le port a rouvert mardi, a dit la ville, après "
    "deux semaines de travaux sur les quais du nord.</p></article></body></html>",
    "page.html.json": '{"url": "https://le-fil.example/port", "published": "2024-03-05"}',
    ".git/config": "no document",
}
QUAI = "Le quai\n\nLe quai sera refait pour 3 millions d'euros en 2025, a dit la ville jeudi.\n"


@dataclass
class Bucket:
    """A bucket of the server, asked by another program than ours."""

    name: str
    client: Any

    @property
    def url(self) -> str:
        return f"s3://{self.name}"

    def put(self, files: dict[str, str], below: str = "in/") -> None:
        for name, text in files.items():
            self.client.put_object(Bucket=self.name, Key=below + name, Body=text.encode())

    def remove(self, key: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=key)

    def get(self, key: str) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=key)["Body"].read())

    def all(self, below: str) -> dict[str, bytes]:
        found = self.client.list_objects_v2(Bucket=self.name, Prefix=below).get("Contents", [])
        return {one["Key"].removeprefix(below): self.get(one["Key"]) for one in found}


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
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "our-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    client = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    name = f"press-{uuid4().hex[:12]}"
    client.create_bucket(Bucket=name)
    return Bucket(name, client)


@pytest.fixture(autouse=True)
def shelves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the shelves of a test stand."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "shelves"))
    return tmp_path / "shelves"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The same documents in a folder."""
    return write_files(tmp_path / "pages", PAGES)

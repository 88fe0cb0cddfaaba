"""A folder elsewhere, behind fsspec: what lies there, one file here, one file there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SetupError, UsageError
from corpus.places import shown
from corpus.remote.failures import FarError, asking, told, without_extra

CLOUDS = ("s3", "s3a", "gs", "gcs", "az", "abfs")
"""Protocols that obstore speaks, for whoever has not installed the provider's own package for fsspec."""
MARKS = (
    "e_tag",
    "ETag",
    "etag",
    "md5",
    "md5Hash",
    "CRC",
    "last_modified",
    "LastModified",
    "mtime",
    "created",
)
"""Under which names clients tell what changes when the bytes of a file do."""
UNKNOWN = -1
"""The size of a file whose service tells none."""
AT_ONCE = 8
"""Files that are copied at once where a protocol can."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file elsewhere: its path below the folder, the service's name of it, its size, and a mark that changes with its bytes.

    `mark` is empty where the service tells none; `is_file` False for links, devices and the like.
    """

    parts: tuple[str, ...]
    name: str
    size: int
    mark: str
    is_file: bool = True


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder below that could not be listed, and why."""

    parts: tuple[str, ...]
    error: FarError


class FarFolder:
    """A folder that a URL names. What fails raises FarError."""

    def __init__(self, url: str, cache: Path | None = None) -> None:
        """Raises SetupError for a missing package, UsageError for a protocol that nobody knows."""
        self.url = url
        self.cache = cache
        self._fs, root = _filesystem(url)
        self._root = str(root).rstrip("/")

    def single(self) -> Entry | None:
        """The URL as a file, where it is one."""
        with asking():
            found = self._fs.info(self._root) | {"name": self._root}  # some clients leave the bucket out
        return _entry((self._root.rpartition("/")[2],), found) if found["type"] == "file" else None

    def entries(self, parts: tuple[str, ...] = (), name: str | None = None) -> Iterator[Entry | Unlisted]:
        """Every file below, sorted, and the folders below that could not be listed. Raises FarError where none can be."""
        path = self._root if name is None else name
        with asking():
            found = sorted(self._fs.ls(path, detail=True), key=lambda info: str(info["name"]))
        for info in found:
            own = str(info["name"]).rstrip("/")
            last = own.rpartition("/")[2]
            if own.strip("/") == path.strip("/"):  # an object that stands for the folder itself
                continue
            if info["type"] != "directory":
                yield _entry((*parts, last), info)
                continue
            try:
                yield from self.entries((*parts, last), str(info["name"]))
            except FarError as error:
                if error.reason == "lost":
                    raise
                yield Unlisted((*parts, last), error)

    def again(self, entry: Entry) -> Entry:
        """A file as it is now."""
        with asking():
            return _entry(entry.parts, self._fs.info(entry.name) | {"name": entry.name})

    def fetch(self, name: str, target: Path) -> None:
        """Copy the file that the service calls `name` to `target`."""
        with asking(self.cache):
            self._fs.get_file(name, str(target))

    def send(self, source: Path, below: str) -> None:
        """Copy `source` to the path `below` the folder."""
        with asking():
            self._fs.makedirs(self.at(below).rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(source), self.at(below))

    def remove(self, below: str) -> None:
        """Remove the file `below` the folder; one that is not there is no fault."""
        try:
            with asking():
                self._fs.rm_file(self.at(below))
        except FarError as error:
            if error.reason != "missing":
                raise

    def read_json(self, below: str) -> Any:
        """What a file of JSON holds; None where there is no file, or it holds something else."""
        try:
            with asking():
                data = self._fs.cat_file(self.at(below))
            return json.loads(data)
        except ValueError:
            return None
        except FarError as error:
            if error.reason == "missing":
                return None
            raise

    def write_json(self, below: str, value: Any) -> None:
        """Write a file of JSON."""
        data = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        with asking():
            self._fs.makedirs(self._root, exist_ok=True)
            self._fs.pipe_file(self.at(below), data.encode())

    def names(self) -> set[str]:
        """Names of what stands directly in the folder; none where it is not there."""
        try:
            with asking():
                found = self._fs.ls(self._root, detail=False)
        except FarError as error:
            if error.reason == "missing":
                return set()
            raise
        return {str(name).rstrip("/").rpartition("/")[2] for name in found}

    def at(self, below: str) -> str:
        """The service's name of a path below the folder."""
        return f"{self._root}/{below}"

    def at_once(self) -> ThreadPoolExecutor:
        """Threads to copy by: one where the protocol's connection is for one."""
        return ThreadPoolExecutor(AT_ONCE if self._fs.async_impl else 1, thread_name_prefix="copies")


def _entry(parts: tuple[str, ...], info: dict[str, Any]) -> Entry:
    mark = next((str(info[key]) for key in MARKS if info.get(key)), "")
    size = info.get("size")
    return Entry(
        parts, str(info["name"]), UNKNOWN if size is None else int(size), mark, info["type"] == "file"
    )


def _filesystem(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
        from obstore.fsspec import register
    except ImportError:
        raise without_extra(url) from None
    register([protocol for protocol in CLOUDS if not _is_served(protocol)])
    try:
        with asking():
            filesystem, root = _opened(url_to_fs, url)
    except FarError as error:
        raise told(error, url, "read") from None
    filesystem.invalidate_cache()
    return filesystem, root


def _is_served(protocol: str) -> bool:
    """Whether fsspec has a package for a protocol already: the user's own choice stays theirs, with its configuration."""
    from fsspec import get_filesystem_class

    try:
        get_filesystem_class(protocol)
    except (ImportError, ValueError):
        return False
    return True


def _opened(open_url: Any, url: str) -> tuple[Any, str]:
    try:
        opened: tuple[Any, str] = open_url(url, skip_instance_cache=True)  # credentials may have changed
    except ImportError as error:
        raise SetupError(f"{shown(url)} needs a package that is not there: {error}.") from None
    except ValueError:
        raise UsageError(
            f"{shown(url)} has a protocol that nobody knows here. Write s3://, gs://, az://, sftp://, memory:// or another of "
            "fsspec's."
        ) from None
    return opened


def doing_all(folder: FarFolder, work: Any, items: Sequence[Any]) -> list[Any]:
    """What `work` gives for each of the items, in their order, several at once; after a failure nothing more is begun."""
    threads = folder.at_once()
    try:
        return list(threads.map(work, items))
    finally:
        threads.shutdown(cancel_futures=True)

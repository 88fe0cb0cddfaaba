"""The plan of a run: the input's files, grouped into shards that can be worked on apart.

A shard is a few small files or one large one. Groups are cut where a hash of the path says so, not at every nth file: a file
that is added later changes the group it falls into and leaves the others, and their finished work, as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xxhash

from corpus.errors import InputError
from corpus.identity import digest, file_digest
from corpus.readers.discover import SIDECAR_SUFFIX, discover, source_of
from corpus.records import Problem

MEAN_FILES = 16
"""A shard ends after a file in sixteen on average: enough shards for every core, little cost for each."""
MAX_FILES = 128
MAX_BYTES = 32_000_000
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the input: `fingerprint` hashes its bytes and those of its sidecar."""

    path: Path
    source: str
    size: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that are worked on together; `key` names the work: it changes with the files and their bytes."""

    key: str
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of an input in the order of their files, and what could not even be listed."""

    shards: tuple[Shard, ...]
    problems: tuple[Problem, ...]

    @property
    def files(self) -> int:
        """Number of input files."""
        return sum(len(shard.files) for shard in self.shards)


def plan(raw: Path, skip: Path | None = None) -> Plan:
    """The plan for everything below `raw`, leaving out the folder `skip` (the output, where it lies inside the input).

    Raises InputError when there is no such folder, or when it may not be listed.
    """
    if not raw.exists():
        raise InputError(f"{raw} does not exist. Give `corpus run` the folder that holds your documents.")
    files: list[InputFile] = []
    problems: list[Problem] = []
    left_out = _below(raw, skip) if skip is not None else None
    for found in discover(raw):
        if isinstance(found, Problem):
            problems.append(found)
        elif left_out is None or not found.is_relative_to(left_out):
            files.append(_input_file(found, raw))
    return Plan(tuple(_shards(files)), tuple(problems))


def _below(raw: Path, folder: Path) -> Path | None:
    """`folder` as a path below `raw`; None where it lies elsewhere, or above, as in `corpus run texts/raw texts`."""
    real_raw, real_folder = raw.resolve(), folder.resolve()
    return raw / real_folder.relative_to(real_raw) if real_folder.is_relative_to(real_raw) else None


def _input_file(path: Path, root: Path) -> InputFile:
    source = source_of(path, root)
    try:
        size, fingerprint = path.stat().st_size, file_digest(path)
    except OSError:
        return InputFile(path, source, 0, UNREADABLE)
    sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
    if sidecar.is_file():
        try:
            fingerprint = digest(fingerprint, file_digest(sidecar))
        except OSError:
            fingerprint = digest(fingerprint, UNREADABLE)
    return InputFile(path, source, size, fingerprint)


def _shards(files: list[InputFile]) -> Iterator[Shard]:
    group: list[InputFile] = []
    size = 0
    for file in files:
        if group and size + file.size > MAX_BYTES:
            yield _shard(group)
            group, size = [], 0
        group.append(file)
        size += file.size
        cut = xxhash.xxh3_64_intdigest(file.source.encode("utf-8", "surrogateescape")) % MEAN_FILES == 0
        if cut or len(group) == MAX_FILES:
            yield _shard(group)
            group, size = [], 0
    if group:
        yield _shard(group)


def _shard(files: list[InputFile]) -> Shard:
    return Shard(digest([(file.source, file.fingerprint) for file in files]), tuple(files))

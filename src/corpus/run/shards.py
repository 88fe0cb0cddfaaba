"""The plan of a run: the input's files, grouped into shards that can be worked on apart.

A shard is a few small files or one large one. Groups are cut where a hash of the path says so, not at every nth file: a file
that is added later changes the group it falls into and leaves the others, and their finished work, as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import xxhash

from corpus.errors import InputError
from corpus.identity import digest, file_digest
from corpus.readers import SIDECAR_SUFFIX, discover, os_error, problem, source_of
from corpus.records import Problem

MEAN_FILES = 16
"""A shard ends after a file in sixteen on average: enough shards for every core, little cost for each."""
MAX_FILES = 128
MAX_BYTES = 32_000_000
CLOCK_GRAIN = 2.0
"""Seconds: the coarsest clock of a file system (FAT)."""
UNREADABLE = "unreadable"
"""The fingerprint of a sidecar that cannot be read."""


Signature = tuple[int, ...]
"""What the system says of a file and its sidecar without opening them: sizes, times, inodes."""
Seen = Mapping[str, tuple[Signature, str]]
"""For the sources of an earlier run, what they looked like then, and their fingerprint."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the input: `fingerprint` hashes its bytes and those of its sidecar; `signature` was taken before."""

    path: Path
    source: str
    size: int
    fingerprint: str
    signature: Signature = ()

    def is_unchanged(self) -> bool:
        """Whether the file and its sidecar are what the plan saw: they were not away meanwhile, and hold the same bytes."""
        try:
            same = not self.signature or _times(_signature(self.path)) == _times(self.signature)
            return same and _fingerprint(self.path) == self.fingerprint
        except OSError:
            return False


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


def plan(raw: Path, skip: Path | None = None, seen: Seen | None = None, opened: bool = True) -> Plan:
    """The plan for everything below `raw`, leaving out the folder `skip` (the output, where it lies inside the input).

    A file that looks as it was `seen` is not opened. None is where not `opened`: the shards then hold the same files, under
    fingerprints that tell sizes alone, and are to be made anew by `current_shard` before they are read.

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
            file = _input_file(found, source_of(found, raw), seen or {}, opened)
            (problems if isinstance(file, Problem) else files).append(file)  # type: ignore[arg-type]
    return Plan(tuple(_shards(files)), tuple(problems))


def _below(raw: Path, folder: Path) -> Path | None:
    """`folder` as a path below `raw`; None where it lies elsewhere."""
    real_raw, real_folder = raw.resolve(), folder.resolve()
    return raw / real_folder.relative_to(real_raw) if real_folder.is_relative_to(real_raw) else None


def current_shard(shard: Shard, restless: Set[str] = frozenset()) -> tuple[list[Shard], list[Problem]]:
    """A shard as its files are now: without those that are gone and those that are `restless`, which are problems instead.

    No shard is left where no file is.
    """
    files: list[InputFile] = []
    problems: list[Problem] = []
    for file in shard.files:
        if file.source in restless:
            message = "Each time it was read it changed, or the system refused it. Run again when nobody writes to it."
            problems.append(problem(file.source, "changing", message))
            continue
        now = _input_file(file.path, file.source, {})
        if isinstance(now, Problem):
            problems.append(now)
        else:
            files.append(now)
    return [_shard(files)] if files else [], problems


def _input_file(path: Path, source: str, seen: Seen, opened: bool = True) -> InputFile | Problem:
    """The file as it is now; a problem where it cannot be read: that is told anew by every run, never kept as finished work."""
    try:
        signature = _signature(path)
        then, fingerprint = seen.get(source, ((), ""))
        if then != signature:
            fingerprint = _fingerprint(path) if opened else f"{signature[0]} bytes"
        return InputFile(path, source, signature[0], fingerprint, signature)
    except OSError as error:
        failed = os_error(error)
        return problem(source, failed.kind, failed.message)


def _signature(path: Path) -> Signature:
    """Raises OSError for a file that is not there."""
    signature: list[int] = []
    for one in (path, path.with_name(path.name + SIDECAR_SUFFIX)):
        try:
            status = one.stat()
        except OSError:
            if one is path:
                raise
            continue
        signature += (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return tuple(signature)


def _times(signature: Signature) -> list[int]:
    """A signature without its inodes, which some network folders give anew each time."""
    return [number for i, number in enumerate(signature) if i % 4 != 3]


def signatures(shards: Iterable[Shard], before: float) -> dict[str, tuple[Signature, str]]:
    """What is to be remembered of the files of a run: those that were last touched well before it began (seconds, epoch).

    One that was touched since could be touched again within the grain of the file system's clock, and look the same.
    """
    limit = int((before - CLOCK_GRAIN) * 1e9)
    return {
        file.source: (file.signature, file.fingerprint)
        for shard in shards
        for file in shard.files
        if file.signature
        and all(max(file.signature[i + 1 : i + 3]) < limit for i in range(0, len(file.signature), 4))
    }


def _fingerprint(path: Path) -> str:
    """Hash of a file's bytes and of its sidecar's. Raises OSError for a file that cannot be read."""
    fingerprint = file_digest(path)
    sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
    if not sidecar.is_file():
        return fingerprint
    try:
        return digest(fingerprint, file_digest(sidecar))
    except OSError:
        return digest(fingerprint, UNREADABLE)


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

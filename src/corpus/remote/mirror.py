"""A copy of the documents that lie elsewhere, kept in the cache: what changed is fetched, and what is gone is removed.

What the service tells of each file (its size and a mark that changes with its bytes) is written down beside the copy. A document
has the path here that it has there, so its id is that of the same document in a folder of this machine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import DiskFullError, InputError
from corpus.places import shown
from corpus.readers import SIDECAR_SUFFIX, is_litter, problem
from corpus.records import Problem
from corpus.remote.cache import Shelf
from corpus.remote.failures import FarError, told
from corpus.remote.folder import UNKNOWN, Entry, FarFolder, Unlisted, doing_all
from corpus.remote.names import local_name
from corpus.run.progress import Progress
from corpus.store import read_json, replacing, write_json

FILES = "files"
INDEX = "index.json"
SPARE = 1 << 28
"""Bytes of the disk that the copies leave free."""
TRIES = 3
"""So often is a file fetched that is not of the size that it was listed with: it is being written."""
State = tuple[int, str, int]
"""Size and mark that the service told of a file when it was fetched, and the time (ns) of its copy."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """The copy: the folder or file to read, and what could not be copied, as rows of `problems`."""

    path: Path
    problems: tuple[Problem, ...]


def mirror(url: str, shelf: Shelf, progress: Progress, skip: str | None = None) -> Mirror:
    """Bring the documents at `url` up to date on the `shelf`, without those below the path `skip`.

    Raises CorpusError with what to do where there is nothing, where it may not be read, where the connection is lost.
    """
    folder = FarFolder(url, shelf.path)
    try:
        single = folder.single()
        listed = _Listed.of([single, *_sidecar(folder, single)] if single else folder.entries(), skip)
        if not listed.files and not listed.problems:
            raise InputError(f"{shown(url)} holds no file. Put your documents there, or name another folder.")
        with shelf.held():
            copies = _Copies(folder, shelf)
            copies.bring(listed.files, progress)
    except FarError as error:
        raise told(error, url, "read") from None
    path = shelf.path / FILES
    path.mkdir(exist_ok=True)
    if single and copies.problems:
        raise InputError(f"{shown(url)}: {copies.problems[0].message}")
    problems = sorted((*listed.problems, *copies.problems), key=lambda one: one.source)
    return Mirror(path / single.parts[0] if single else path, tuple(problems))


def _sidecar(folder: FarFolder, single: Entry) -> list[Entry]:
    """The metadata that lies beside a single file."""
    beside = FarFolder(folder.url + SIDECAR_SUFFIX, folder.cache)
    try:
        found = beside.single()
    except FarError as error:
        if error.reason == "lost":
            raise
        return []
    return [found] if found else []


@dataclass(slots=True)
class _Listed:
    """The files to copy, by their paths here, and what is no file or cannot be listed."""

    files: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @staticmethod
    def of(found: Iterable[Entry | Unlisted], skip: str | None) -> _Listed:
        listed = _Listed()
        wanted = [
            one for one in found if not any(map(is_litter, one.parts)) and not _lies_below(one.parts, skip)
        ]
        folders = {one.parts[:length] for one in wanted for length in range(1, len(one.parts))}
        for one in wanted:
            listed._take(one, folders)
        return listed

    def _take(self, one: Entry | Unlisted, folders: set[tuple[str, ...]]) -> None:
        there = "/".join(one.parts)
        if isinstance(one, Unlisted):
            self.problems.append(problem(there, *_why(one.error)))
        elif not one.is_file:
            self.problems.append(
                problem(there, "not_a_file", "It is no regular file (a link, a pipe or a device).")
            )
        else:
            *above, last = one.parts
            taken = {last} if one.parts in folders else set()
            here = "/".join([*map(local_name, above), local_name(last, taken)])
            self.files[here] = one
            if here != there:
                message = f"No folder can hold it under its own name; it is read as {here}."
                self.problems.append(problem(there, "renamed", message, recovered=True))


def _lies_below(parts: tuple[str, ...], skip: str | None) -> bool:
    return skip is not None and f"{'/'.join(parts)}/".startswith(f"{skip}/")


def _why(error: FarError) -> tuple[str, str]:
    """Kind and message of the row for one file or folder that the service would not give."""
    return {
        "missing": ("missing", "It was removed while the documents were copied. Run again."),
        "refused": ("permission", "The credentials at hand may not read it; ask for the right to."),
        "no_key": ("permission", "The credentials at hand may not read it; ask for the right to."),
        "no_name": (
            "unreadable",
            "There is a name in it with an empty part, or with . or .., which cannot be asked for; rename it.",
        ),
        "lost": ("unreadable", f"The service could not give it ({error.kind}). Run again."),
    }[error.reason]


class _Copies:
    """The copies on a shelf, and what is known of them."""

    def __init__(self, folder: FarFolder, shelf: Shelf) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._files = shelf.path / FILES
        self._index = shelf.path / INDEX
        self._known = _states(self._index)

    def bring(self, wanted: Mapping[str, Entry], progress: Progress) -> None:
        """Fetch what is new or changed and remove what is not `wanted`; what was fetched is remembered, however it ends."""
        self._remove_all_but(wanted)
        new = [(here, entry) for here, entry in wanted.items() if not self._is_current(here, entry)]
        self._need_room(sum(max(entry.size, 0) for _, entry in new))
        try:
            with progress.stage("fetch", len(new)) as tell:
                doing_all(self._folder, lambda item: tell(self._fetch(*item)), new)
        finally:
            write_json(self._index, dict(self._known))

    def _is_current(self, here: str, entry: Entry) -> bool:
        known = self._known.get(here)
        try:
            status = (self._files / here).lstat()
        except OSError:
            return False
        same = entry.size in (status.st_size, UNKNOWN) and entry.mark != ""
        return same and known == (status.st_size, entry.mark, status.st_mtime_ns)

    def _fetch(self, here: str, entry: Entry) -> int:
        """Fetch a file, or say why not; how many files that is."""
        target = self._files / here
        try:
            for _ in range(TRIES):
                with replacing(target) as temporary:
                    self._folder.fetch(entry.name, temporary)
                status = target.stat()
                if entry.size in (status.st_size, UNKNOWN):
                    self._known[here] = (status.st_size, entry.mark, status.st_mtime_ns)
                    return 1
                entry = self._folder.again(entry)
        except FarError as error:
            if error.reason == "lost":
                raise
            self.problems.append(problem("/".join(entry.parts), *_why(error)))
        else:
            message = "Each time it was fetched it changed. Run again when nobody writes to it."
            self.problems.append(problem("/".join(entry.parts), "changing", message))
        self._forget(here)
        return 1

    def _forget(self, here: str) -> None:
        self._known.pop(here, None)
        (self._files / here).unlink(missing_ok=True)

    def _remove_all_but(self, wanted: Mapping[str, Entry]) -> None:
        """Remove copies of what is gone, and the folders that held nothing else."""
        for root, folders, names in os.walk(self._files, topdown=False):
            for name in names:
                if (here := (Path(root, name).relative_to(self._files)).as_posix()) not in wanted:
                    self._forget(here)
            for name in folders:
                if not any(Path(root, name).iterdir()):
                    Path(root, name).rmdir()
        self._known = {here: state for here, state in self._known.items() if here in wanted}

    def _need_room(self, size: int) -> None:
        free = shutil.disk_usage(self._index.parent).free
        if size + SPARE > free:
            raise DiskFullError(
                f"{size / 1e9:.1f} GB of documents are to be copied from {shown(self._folder.url)}, and {self._files} has room "
                f"for {max(free - SPARE, 0) / 1e9:.1f} GB. Name a folder on a larger disk with --cache."
            )


def _states(index: Path) -> dict[str, State]:
    try:
        return {
            here: (int(size), str(mark), int(time)) for here, (size, mark, time) in read_json(index).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

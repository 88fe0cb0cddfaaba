"""The input of a run, copied from a store to a folder of this machine: what is still the same is not copied again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Event
from typing import IO, NamedTuple

from corpus.errors import InputError
from corpus.identity import file_digest
from corpus.readers import SIDECAR_SUFFIX, UnreadableError, problem
from corpus.records import Problem
from corpus.remote.keys import folders_of, not_taken, path_of, sort_out, source_of
from corpus.remote.objects import CHANGING, Listed, Store
from corpus.remote.shelf import NO_LINKS, OPEN_NEW, Shelf, no_room, telling_disk
from corpus.remote.urls import Place
from corpus.run.progress import Progress
from corpus.store import replacing

AT_ONCE = 8
"""So many objects are copied side by side: each costs two answers of the store, which is far away."""
TRIES = 3
"""So often is an object copied that changes meanwhile."""
_NO_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
_TAKEN = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR)


class Kept(NamedTuple):
    """A copy: size and mark of its object then, and the hash of what was written."""

    size: int
    mark: str
    digest: str


def copy_input(
    store: Store, shelf: Shelf, below: str | None, progress: Progress
) -> tuple[Path, list[Problem]]:
    """Copy what the place holds, but not what lies under the key `below`; the path to read, and rows about what was not taken.

    Raises InputError for a place that holds nothing, and what the store and the disk have to say.
    """
    listed = {one.key: one for one in store.listing() if not _lies_in(one.key, below)}
    if not listed:
        raise InputError(f"{store.place} holds no object. Put your documents there, or name another place.")
    single = store.place.parts[-1] if set(listed) == {""} else None
    if single is not None:
        listed, store = _with_sidecar(store, single)
    taken, problems = sort_out(listed) if single is None else (sorted(listed), [])
    with telling_disk():
        wanted = {key: listed[key] for key in taken}
        problems += _bring(store, shelf, wanted, progress)
    if single is not None:
        _require_copy(store, shelf, single, problems)
    return shelf.input / (single or ""), sorted(problems, key=lambda row: row.source)


def _require_copy(store: Store, shelf: Shelf, single: str, problems: Sequence[Problem]) -> None:
    """Raise InputError where the one object that is the input could not be had."""
    if not (shelf.input / single).exists():
        why = [row.message for row in problems if row.source == source_of(single)]
        raise InputError(" ".join([f"{store.place}/{single} cannot be read.", *why]))


def _lies_in(key: str, folder: str | None) -> bool:
    return folder is not None and key.startswith(f"{folder}/")


def _with_sidecar(store: Store, name: str) -> tuple[dict[str, Listed], Store]:
    """An input that is one object, and its sidecar where it has one, as those of the folder it lies in."""
    above = Store(Place(store.place.bucket, store.place.parts[:-1]))
    found = [above.look(key) for key in (name, name + SIDECAR_SUFFIX)]
    return {one.key: one for one in found if one is not None}, above


def _bring(store: Store, shelf: Shelf, wanted: Mapping[str, Listed], progress: Progress) -> list[Problem]:
    """Make the folder of copies hold the wanted objects and nothing else; rows about those that could not be had."""
    known = {key: kept for key, kept in _known(shelf.copied, store.place) if key in wanted}
    _sweep(shelf.input, known, folders_of(wanted))
    kept = {key: one for key, one in known.items() if _is_same(path_of(shelf.input, key), one, wanted[key])}
    missing = [one for key, one in wanted.items() if key not in kept]
    for one in missing:
        path_of(shelf.input, one.key).unlink(missing_ok=True)
    _require_room(shelf, sum(one.size for one in missing))
    problems = []
    with _record(shelf.copied, store.place, kept) as record, progress.stage("copy", len(missing)) as tell:
        for key, outcome in _copies(store, shelf.input, missing):
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                _write(record, key, outcome)
            tell(1)
    return problems


def _require_room(shelf: Shelf, needed: int) -> None:
    free = shutil.disk_usage(shelf.folder).free
    if needed > free:
        raise no_room(f"{needed / 1e6:,.0f} MB are needed, {free / 1e6:,.0f} MB are free")


def _known(path: Path, place: Place) -> Iterator[tuple[str, Kept]]:
    """What is written down of copies from a place; what cannot be read of it is as if it were not there."""
    if path.is_symlink() or not path.is_file():
        return
    first, *lines = path.read_text(encoding="ascii", errors="replace").splitlines() or [""]
    for line in lines if first == json.dumps(str(place)) else ():
        try:
            key, size, mark, digest = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        if isinstance(key, str):
            yield key, Kept(size, mark, digest)


@contextmanager
def _record(path: Path, place: Place, kept: Mapping[str, Kept]) -> Iterator[IO[str]]:
    """A file to write down copies in, each as soon as it is whole: a run that is killed finds it again."""
    with replacing(path) as temporary, temporary.open("w", encoding="ascii") as stream:
        stream.write(json.dumps(str(place)) + "\n")
        for key, one in kept.items():
            _write(stream, key, one)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | NO_LINKS)
    with os.fdopen(descriptor, "a", encoding="ascii") as stream:
        yield stream


def _write(record: IO[str], key: str, kept: Kept) -> None:
    record.write(json.dumps([key, *kept]) + "\n")
    record.flush()


def _sweep(folder: Path, files: Collection[str], folders: Collection[str]) -> None:
    """Remove whatever is none of these files and folders: the copies of what is gone, half a copy, a link (never its target)."""
    waiting = [("", folder)]
    while waiting:
        prefix, here = waiting.pop()
        for entry in list(os.scandir(here)):
            key = prefix + entry.name
            if not entry.is_dir(follow_symlinks=False):
                if key not in files or not entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)
            elif key in folders:
                waiting.append((f"{key}/", Path(entry.path)))
            else:
                shutil.rmtree(entry.path)


def _is_same(path: Path, kept: Kept, listed: Listed) -> bool:
    """Whether a copy is that of the object as it is now, and what was written then: no other name, no other byte."""
    if (kept.size, kept.mark) != (listed.size, listed.mark):
        return False
    try:
        status = path.lstat()
        plain = stat.S_ISREG(status.st_mode) and status.st_nlink == 1 and status.st_size == kept.size
        return plain and file_digest(path) == kept.digest
    except OSError:
        return False


def _copies(store: Store, folder: Path, missing: list[Listed]) -> Iterator[tuple[str, Kept | Problem]]:
    """Copy the objects, several at a time, and give each as it is done; the first that ends the run ends the others."""
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="copy")
    stop = Event()
    left = iter(missing)
    waiting: dict[Future[Kept | Problem], str] = {}
    try:
        while True:
            for one in islice(
                left, 2 * AT_ONCE - len(waiting)
            ):  # a future for each object would take a gigabyte
                waiting[pool.submit(_copied, store, folder, one, stop)] = one.key
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _copied(store: Store, folder: Path, listed: Listed, stop: Event) -> Kept | Problem:
    """Copy one object, again where it changed meanwhile. Raises CancelledError where the copies are to `stop`."""
    one: Listed | None = listed
    for left in reversed(range(TRIES)):
        try:
            return _copy(store, path_of(folder, listed.key), one or listed, stop)
        except UnreadableError as error:
            if error.kind != CHANGING or not left:
                return problem(source_of(listed.key), error.kind, error.message)
        except OSError as error:
            if error.errno not in (*_NO_NAME, *_TAKEN):
                raise
            return not_taken(listed.key, _why_no_file(error))
        one = store.look(listed.key)
    raise AssertionError("the last try returns")


def _why_no_file(error: OSError) -> str:
    if error.errno in _NO_NAME:
        return "This file system takes no file of its name."
    return "This file system takes its name for that of another (in capitals, or with other accents)."


def _copy(store: Store, path: Path, one: Listed, stop: Event) -> Kept:
    """Copy an object to a file that is not there yet; where it cannot be whole, there is none afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, OPEN_NEW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for piece in store.read(one):
                if stop.is_set():
                    raise CancelledError
                stream.write(piece)
        return Kept(one.size, one.mark, file_digest(path))
    except BaseException:  # a Ctrl-C too: no half of an object stays; the exception goes on
        path.unlink(missing_ok=True)
        raise

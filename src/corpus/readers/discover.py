"""The files below a folder, in an order that does not depend on the machine, and the names they go by.

Skipped without a word, because they are not inputs: names that begin with a dot, the litter of file managers (`Thumbs.db`,
`desktop.ini`, `__MACOSX`), sidecars (`page.html.json` beside `page.html`), and the output folder of a run, finished or not (a
folder whose `run.json`, or whose lock, is ours). Links that lead outside the folder, back to themselves or to another folder are
problems.
"""

from __future__ import annotations

import json
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from corpus.readers.inputs import UnreadableError, os_error, problem
from corpus.readers.lexicon import words
from corpus.records import Problem

SIDECAR_SUFFIX = ".json"
LITTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
RUN_FILE = "run.json"
PROJECT = "news-corpus"
"""What stands as `project` in the `run.json` of every output folder."""
WORK_MARK = ".work/.lock"
"""What a run makes first in its output folder: there is no `run.json` yet where it was killed at once."""
MAX_DEPTH = 100
PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".shtml", ".php")
ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def discover(root: Path) -> Iterator[Path | Problem]:
    """Every regular file below `root`, sorted by the bytes of its path relative to it; `root` itself if it is a file.

    What may not be read (a folder without permission, a link that leads nowhere or outside) comes as a `Problem` in its place.
    Raises `FileNotFoundError` if `root` does not exist.

    >>> from pathlib import Path
    >>> from corpus.readers import discover
    >>> Path("pages").mkdir()
    >>> for name in ("b.txt", "a.html"):
    ...     Path("pages", name).touch()
    >>> [path.name for path in discover(Path("pages"))]
    ['a.html', 'b.txt']
    """
    if not root.exists():
        raise FileNotFoundError(f"There is no folder or file {source_name(root.name)!r}; check the path.")
    if root.is_dir():
        yield from _walk(root, root, root.resolve(), 0)
    else:
        yield root


def source_of(path: Path, root: Path) -> str:
    """The `source` of a file: its path relative to the input folder (its name if it is the input itself), printable.

    Parts are joined with `/` on every system. See `source_name` for how bytes that are no text are written.

    >>> from pathlib import Path
    >>> from corpus.readers import source_of
    >>> source_of(Path("pages/le-monde/a.html"), Path("pages"))
    'le-monde/a.html'
    """
    if path == root:
        return source_name(path.name)
    return "/".join(source_name(part) for part in path.relative_to(root).parts)


def source_name(name: str) -> str:
    """A file name as valid, printable Unicode that `file_name` turns back.

    Bytes that are not UTF-8, control characters, a `%` that would look like an escape and a final `#` with digits (it would look
    like an index) are written `%XX`.

    >>> from corpus.readers import source_name
    >>> source_name("été.txt"), source_name("b\\x07.txt")
    ('été.txt', 'b%07.txt')
    """
    out: list[str] = []
    for position, character in enumerate(name):
        unprintable = unicodedata.category(character) in UNPRINTABLE
        looks_escaped = character == "%" and ESCAPED.match(name, position)
        looks_indexed = character == "#" and re.fullmatch("[0-9]+", name[position + 1 :])
        if unprintable or looks_escaped or looks_indexed:
            out.extend(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))
        else:
            out.append(character)
    return "".join(out)


def file_name(source: str) -> str:
    """The file name that `source_name` wrote (as Python holds it: bytes that are no text as lone surrogates).

    >>> from corpus.readers import file_name, source_name
    >>> file_name(source_name("été.txt"))
    'été.txt'
    """
    data = source.encode("utf-8")
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes((int(found[1], 16),)), data)
    return raw.decode("utf-8", "surrogateescape")


def is_sidecar(path: Path) -> bool:
    """Whether a file is the metadata of the file beside it: `page.html.json` of `page.html`.

    >>> from pathlib import Path
    >>> from corpus.readers import is_sidecar
    >>> Path("page.html").touch()
    >>> Path("page.html.json").touch()
    >>> is_sidecar(Path("page.html.json")), is_sidecar(Path("page.html"))
    (True, False)
    """
    name = path.name
    if not name.lower().endswith(SIDECAR_SUFFIX):
        return False
    carrier = path.with_name(name[: -len(SIDECAR_SUFFIX)])
    return bool(carrier.suffix) and carrier.is_file()


def _walk(folder: Path, root: Path, real_root: Path, depth: int) -> Iterator[Path | Problem]:
    try:
        with os.scandir(folder) as found:
            entries = [(_order(entry), entry) for entry in found]
    except OSError as error:
        yield _as_problem(folder, root, os_error(error))
        return
    names = {entry.name for _, entry in entries}
    pages = saved_pages(names)
    if RUN_FILE in names and _is_record(folder / RUN_FILE):
        return
    if Path(WORK_MARK).parts[0] in names and (folder / WORK_MARK).is_file():
        return
    # A folder sorts as its name with the slash that follows it in the paths below it.
    for _, entry in sorted(entries, key=lambda item: item[0]):
        path = folder / entry.name
        if entry.name.startswith(".") or entry.name.lower() in LITTER:
            continue
        if entry.is_symlink():
            yield from _linked(path, root, real_root)
        elif entry.is_dir(follow_symlinks=False):
            if depth >= MAX_DEPTH:
                yield _as_problem(
                    path, root, UnreadableError("too_deep", f"It lies more than {MAX_DEPTH} folders deep.")
                )
            else:
                below = _walk(path, root, real_root, depth + 1)
                page = pages.get(entry.name)
                yield from below if page is None else _parts_of(page, below, root)
        elif not entry.is_file(follow_symlinks=False):
            yield _as_problem(
                path, root, UnreadableError("not_a_file", "It is a pipe, a socket or a device.")
            )
        elif not is_sidecar(path):
            yield path


def _is_record(path: Path) -> bool:
    """Whether a file is the record of a run of this program, which makes its folder an output and no input."""
    try:
        record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and record.get("project") == PROJECT


def saved_pages(names: Collection[str]) -> dict[str, str]:
    """The folders among the names of one folder that hold the parts of a page saved complete, each with its page."""
    found: dict[str, str] = {}
    pages = {name.rpartition(".")[0]: name for name in sorted(names) if name.lower().endswith(PAGE_SUFFIXES)}
    for name in names:
        stem = next(
            (
                name[: -len(end)]
                for end in words("saved_pages", "folders", folded=False)
                if name.endswith(end)
            ),
            "",
        )
        if stem in pages:
            found[name] = pages[stem]
    return found


def part_message(page: str) -> str:
    """What is said of a file in the folder of a page that was saved complete."""
    return f"It is a picture, script, style or frame of the saved page {source_name(page)}, and no article."


def _parts_of(page: str, found: Iterable[Path | Problem], root: Path) -> Iterator[Problem]:
    for item in found:
        if isinstance(item, Problem):
            yield item
        else:
            yield problem(source_of(item, root), "page_part", part_message(page), recovered=True)


def _linked(path: Path, root: Path, real_root: Path) -> Iterator[Path | Problem]:
    try:
        status = path.stat()
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        # pathlib reports a loop as RuntimeError before Python 3.13.
        loop = UnreadableError("symlink_loop", "It is a symbolic link that leads back to itself; remove it.")
        yield _as_problem(path, root, os_error(error) if isinstance(error, OSError) else loop)
        return
    if target == real_root or real_root.is_relative_to(target):
        yield _as_problem(
            path,
            root,
            UnreadableError("symlink_loop", "It is a link to a folder that contains it; remove it."),
        )
    elif not target.is_relative_to(real_root):
        message = (
            "It is a link that leads out of the input folder; copy the file in, or read its folder by itself."
        )
        yield _as_problem(path, root, UnreadableError("symlink_outside", message))
    elif stat.S_ISDIR(status.st_mode):
        message = "It is a link to another folder of the input, whose files are read where they stand."
        yield problem(source_of(path, root), "symlink_folder", message, recovered=True)
    elif stat.S_ISREG(status.st_mode) and not is_sidecar(path):
        yield path


def _order(entry: os.DirEntry[str]) -> bytes:
    try:
        folder = entry.is_dir(follow_symlinks=False)
    except OSError:
        folder = False
    return os.fsencode(entry.name) + (b"/" if folder else b"")


def _as_problem(path: Path, root: Path, error: UnreadableError) -> Problem:
    return problem(source_of(path, root), error.kind, error.message)

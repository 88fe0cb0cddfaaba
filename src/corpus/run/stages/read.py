"""Files to documents as text.

In: the shards of the plan. Out: read pieces. Its key: the shard's files and their bytes, and the options.

A shard that holds more documents than a piece (a dump, an export, an archive) is read by one worker into raw pieces, which is
quick, and those are opened by all workers: documents are the unit of work, not files. A file that changes while it is read is
read again, and one that goes on changing is a row in `problems`: work that is kept is work on the bytes that its key names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.readers import REFUSED
from corpus.records import InputDocument, Problem
from corpus.run.beacon import NO_CARE, Beacon, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import MANIFEST, finishing
from corpus.run.opened import OpenedRow, RawRow, opened_table, raw_document, raw_row, raw_table
from corpus.run.pieces import PIECE_CHARACTERS, PIECE_DOCUMENTS, ReadPiece, read_piece, write_piece
from corpus.run.reading import ReadingOptions, open_documents, read_documents
from corpus.run.row_files import SUFFIX
from corpus.run.rows import ProblemRow, problem_row
from corpus.run.shards import Shard, current_shard
from corpus.run.shared_lines import LineEvidence
from corpus.schemas import PROBLEMS
from corpus.store import from_rows, read_json

RAW = "raw"
OPENED = "opened"
MOST_CHANGES = 3
"""So often is a shard read again whose files changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What was read: the pieces, the shards as they were when they were read, and the files that could not be."""

    pieces: tuple[ReadPiece, ...]
    shards: tuple[Shard, ...]
    problems: tuple[Problem, ...]


def read(
    run: Run, shards: Sequence[Shard], wanted: Callable[[Shard, int], bool] = lambda shard, number: True
) -> Documents:
    """The documents of all shards, opened: of each shard those of its pieces, numbered from 0, that are `wanted`."""
    options = ReadingOptions.of(run.config)
    read_shards, folders, problems = _read_shards(run, shards, options)
    pieces: list[ReadPiece] = []
    tasks = []
    for shard, folder in zip(read_shards, folders, strict=True):
        checksums = read_json(folder / MANIFEST)["files"]
        parts = sorted(path for path in folder.iterdir() if path.is_dir())
        for part in [part for number, part in enumerate(parts) if wanted(shard, number)]:
            raw = checksums.get(f"{part.name}/{RAW}{SUFFIX}")
            if raw is None:
                pieces.append(ReadPiece(part))
            else:
                problems_of = checksums[f"{part.name}/{PROBLEMS.name}{SUFFIX}"]
                pieces.append(ReadPiece(run.work(OPENED, raw, problems_of, options.meaning())))
                tasks.append((part, pieces[-1], options))
    run.make("open", open_piece, tasks)
    return Documents(tuple(pieces), tuple(read_shards), tuple(problems))


def _read_shards(
    run: Run, shards: Sequence[Shard], options: ReadingOptions
) -> tuple[list[Shard], list[Path], list[Problem]]:
    """Every shard as it was when it was read, its folder, and the files left out because they were gone or never still."""
    current = list(shards)
    problems: list[Problem] = []
    attempts = 0
    while True:
        folders = [run.work("read", shard.key, options.meaning()) for shard in current]
        tasks = [(shard, folder, options) for shard, folder in zip(current, folders, strict=True)]
        changed = {source for sources in run.make("read", read_shard, tasks) for source in sources}
        if not changed:
            return current, folders, problems
        attempts += 1
        restless = changed if attempts >= MOST_CHANGES else frozenset[str]()
        again: list[Shard] = []
        for shard, folder in zip(current, folders, strict=True):
            if changed.isdisjoint(file.source for file in shard.files):
                again.append(shard)
                continue
            run.used.discard(folder.name)
            now, gone = current_shard(shard, restless)
            again.extend(now)
            problems.extend(gone)
        current = again


def read_shard(shard: Shard, folder: Path, options: ReadingOptions, care: Care = NO_CARE) -> tuple[str, ...]:
    """Write the documents of `shard` to pieces below `folder`: opened where they are one piece, else raw.

    Gives the sources of the files that are not what the plan saw, or that the system refused; nothing is written then.
    """
    refused: set[str] = set()
    try:
        with beacon(folder, options.document_seconds) as light, finishing(folder) as temporary:
            found = _noting(read_documents(shard.files, options, care, light), refused)
            _write_documents(temporary, found, options, care, light)
            light.at()  # what follows is of no document, and may take long where the files are large
            changed = tuple(
                file.source
                for file in shard.files
                if not file.is_unchanged() or any(source.startswith(file.source) for source in refused)
            )
            if changed:
                raise _ChangedError(changed)
    except _ChangedError as error:
        return error.sources
    return ()


def _noting(found: Iterable[InputDocument | Problem], refused: set[str]) -> Iterator[InputDocument | Problem]:
    """What was found; `refused` takes in the sources of what the plan could read, and the system now would not give."""
    for one in found:
        if isinstance(one, Problem) and one.kind in REFUSED:
            refused.add(one.source)
        yield one


class _ChangedError(Exception):
    """Files are not what the plan saw."""

    def __init__(self, sources: tuple[str, ...]) -> None:
        super().__init__(sources)
        self.sources = sources


def _write_documents(
    folder: Path, found: Iterable[InputDocument | Problem], options: ReadingOptions, care: Care, light: Beacon
) -> None:
    waiting: list[InputDocument | Problem] = []
    size = written = 0
    for one in found:
        waiting.append(one)
        size += len(one.content) if isinstance(one, InputDocument) else 0
        if len(waiting) >= PIECE_DOCUMENTS or size >= PIECE_CHARACTERS:
            _write_raw(folder / f"{written:05d}", waiting)
            written, size, waiting = written + 1, 0, []
    if written == 0:
        _write_opened(folder / "00000", waiting, options, care, light)
    elif waiting:
        _write_raw(folder / f"{written:05d}", waiting)


def open_piece(part: Path, folder: Path, options: ReadingOptions, care: Care = NO_CARE) -> None:
    """Open the raw documents of `part`."""
    rows = cast("list[RawRow]", read_piece(part, RAW).to_pylist())
    with beacon(folder, options.document_seconds) as light, finishing(folder) as temporary:
        known = cast("list[ProblemRow]", read_piece(part, PROBLEMS.name).to_pylist())
        _write_opened(temporary, map(raw_document, rows), options, care, light, known)


def _write_raw(piece: Path, found: Sequence[InputDocument | Problem]) -> None:
    documents = [raw_row(one) for one in found if isinstance(one, InputDocument)]
    problems = [problem_row(one) for one in found if isinstance(one, Problem)]
    write_piece(piece, {RAW: raw_table(documents), PROBLEMS.name: from_rows(PROBLEMS, problems)})


def _write_opened(
    piece: Path,
    found: Iterable[InputDocument | Problem],
    options: ReadingOptions,
    care: Care,
    light: Beacon,
    known: Sequence[ProblemRow] = (),
) -> None:
    lines = LineEvidence()
    rows: list[OpenedRow] = []
    problems = list(known)
    for one in open_documents(found, options, care, light, lines):
        if isinstance(one, Problem):
            problems.append(problem_row(one))
        else:
            rows.append(one)
    write_piece(piece, {OPENED: opened_table(rows), PROBLEMS.name: from_rows(PROBLEMS, problems)})
    lines.write(piece)

"""Files to documents, and documents to text: the part of the work that needs the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import is_full
from corpus.readers import ReadOptions, read_file
from corpus.records import InputDocument, Problem
from corpus.run.beacon import Beacon, Care
from corpus.run.guard import guarded
from corpus.run.opened import OpenedRow, content_hash, opened_row
from corpus.run.options import StageOptions
from corpus.run.shards import InputFile
from corpus.run.shared_lines import LineEvidence
from corpus.run.timelimit import TimeLimitExceeded, seconds_for, time_limit

MOST_TOLD = 1_000
"""Problems of a kind that have a row each in one file: three kilobytes may unpack to a million empty records."""


@dataclass(frozen=True, slots=True)
class ReadingOptions(StageOptions):
    """What a worker must know to read documents."""

    document_seconds: int
    columns: tuple[tuple[str, str], ...]
    max_document_bytes: int

    def for_readers(self) -> ReadOptions:
        """The options as the readers take them."""
        return ReadOptions(columns=dict(self.columns), max_document_bytes=self.max_document_bytes)


def read_documents(
    files: Iterable[InputFile], options: ReadingOptions, care: Care, beacon: Beacon
) -> Iterator[InputDocument | Problem]:
    """The documents of the files and the problems met, in order, each within the time limit."""
    for file in files:
        empty = True
        for found in _told_once(file.source, _documents_of(file, options, care, beacon)):
            empty = False
            yield found
        if empty:
            yield Problem(file.source, "read", "no_document", "The file holds no document.")


def _told_once(source: str, found: Iterable[InputDocument | Problem]) -> Iterator[InputDocument | Problem]:
    """What was found in a file; of each kind of problem that it has beyond MOST_TOLD one row that counts them."""
    met: Counter[tuple[str, bool]] = Counter()
    for one in found:
        if isinstance(one, Problem):
            met[one.kind, one.recovered] += 1
            if met[one.kind, one.recovered] > MOST_TOLD:
                continue
        yield one
    for (kind, recovered), number in met.items():
        if number > MOST_TOLD:
            message = (
                f"So are {number - MOST_TOLD:,} more of its records; the first {MOST_TOLD:,} have a row each."
            )
            yield Problem(source, "read", kind, message, recovered)


def _documents_of(
    file: InputFile, options: ReadingOptions, care: Care, beacon: Beacon
) -> Iterator[InputDocument | Problem]:
    reader = iter(read_file(file.path, file.source, options.for_readers()))
    last = care.left_out.get(file.source)
    size = min(_size(file), options.max_document_bytes)
    limit = seconds_for(size, options.document_seconds)
    number = 0
    while last is None or number < last:
        beacon.at(file.source, after=number, size=size)
        try:
            with time_limit(limit):
                found = next(reader, None)
        except TimeLimitExceeded:
            message = (
                f"Reading on took more than {limit:g} seconds of work. "
                "Raise document_seconds in corpus.toml if the document is worth it."
            )
            yield Problem(file.source, "read", "time_limit", message)
            return
        except Exception as error:  # the one guard: a bad document is a row, never a crash
            if is_full(error):
                raise
            message = f"It could not be worked on: {type(error).__name__}: {str(error)[:300]}"
            yield Problem(file.source, "read", "failed", message)
            return
        if found is None:
            return
        yield found
        number += 1
    yield care.problem(file.source, "read")


def _size(file: InputFile) -> int:
    """The bytes of a file on disk; none where it is not one, which its reader tells."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def open_documents(
    documents: Iterable[InputDocument | Problem],
    options: ReadingOptions,
    care: Care,
    beacon: Beacon,
    lines: LineEvidence,
) -> Iterator[OpenedRow | Problem]:
    """Each document as text, with its metadata; `lines` takes in what it tells about the lines of its site."""
    from corpus.clean import open_document

    for found in documents:
        if isinstance(found, Problem):
            yield found
        elif found.source in care.left_out:
            yield care.problem(found.source, "read")
        else:
            beacon.at(found.source, size=len(found.content))
            document = found
            limit = seconds_for(len(document.content), options.document_seconds)
            opened = guarded(
                lambda document=document: open_document(document),  # type: ignore[misc]
                document.source,
                "clean",
                limit,
                limit,
            )
            if isinstance(opened, Problem):
                yield opened
            else:
                lines.add(document, opened.raw_text)
                yield opened_row(opened, content_hash(document))

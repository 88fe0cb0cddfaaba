"""Which paragraphs repeat which across the corpus, and which documents are copies.

In: all clean pieces. Out: the repeats of the whole corpus, by piece. Its key: the pieces. Beside it lies the index of
fingerprints, which a later run over a grown corpus adds to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import xxhash

from corpus.identity import digest
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import checksums, finishing
from corpus.run.parted import read_part, write_parts
from corpus.run.pieces import CleanPiece, names_of, read_piece
from corpus.run.stages.reuse import of_documents
from corpus.run.together import EVERYTHING, Chosen, choose, ids_of
from corpus.store import read_json, remove_folder, write_json

if TYPE_CHECKING:
    import pyarrow as pa

STATE = "state.json"
KEYS = "keys.json"
PARAGRAPHS, DOCUMENTS = "paragraphs.arrow", "documents.arrow"
FINGERPRINTS = "fingerprints"
COLUMNS = ["doc_id", "paragraph", "text", "language"]
OF_DOCUMENT = ("site", "published")


@dataclass(frozen=True, slots=True)
class Repeats:
    """`paragraphs`: one row a repeat, as `dedupe.find_repeats` gives them; `documents`: doc_id, duplicate_of, similarity."""

    paragraphs: pa.Table
    documents: pa.Table

    def key(self) -> str:
        """Hash of the rows: what is made from them is made again when they change."""
        return digest(self.paragraphs.to_pydict(), self.documents.to_pydict())


@dataclass(frozen=True, slots=True)
class PieceRepeats:
    """Where the repeats lie that tell of one piece's documents; `key` is theirs."""

    folder: Path
    number: int
    key: str

    def read(self) -> Repeats:
        """The repeats themselves."""
        return Repeats(*(read_part(self.folder / name, self.number) for name in (PARAGRAPHS, DOCUMENTS)))


def compare(run: Run, pieces: Sequence[CleanPiece]) -> list[PieceRepeats]:
    """The repeats among all documents of `pieces`, for each piece those of its own."""
    folder = run.work("repeats", names_of(pieces))
    run.make("repeats", find_corpus_repeats, [(pieces, folder, run.work("index"))])
    return [PieceRepeats(folder, number, key) for number, key in enumerate(read_json(folder / KEYS))]


def find_corpus_repeats(
    pieces: Sequence[CleanPiece], folder: Path, index: Path, care: Care = NO_CARE
) -> None:
    """Compare all paragraphs of `pieces` and write the result to `folder`.

    `index` is the folder of the fingerprints of earlier runs: only documents that are new are fingerprinted, and the result
    is that of comparing all.
    """
    from dedupe import find_duplicate_documents, find_repeats

    home = {doc_id: piece for piece in pieces for doc_id in ids_of([piece])} if care.alone else {}
    with beacon(folder) as light:
        chosen = choose(
            home, care, light, lambda one: find_repeats(paragraphs_of([home[str(one.only)]], one))
        )
        paragraphs = _update_index(pieces, index, chosen)
        documents = find_duplicate_documents(paragraphs_of(pieces, chosen), paragraphs)
        with finishing(folder) as temporary:
            _write(temporary, by_piece(Repeats(paragraphs, documents), pieces))
            chosen.note(temporary, "repeats")


def _write(folder: Path, repeats: Sequence[Repeats]) -> None:
    from dedupe import DUPLICATES, REPEATS

    write_parts(folder / PARAGRAPHS, REPEATS, (own.paragraphs for own in repeats))
    write_parts(folder / DOCUMENTS, DUPLICATES, (own.documents for own in repeats))
    write_json(folder / KEYS, [own.key() for own in repeats])


def _update_index(pieces: Sequence[CleanPiece], index: Path, chosen: Chosen) -> pa.Table:
    """The repeats among all documents of `pieces`, by way of the index, which is built anew where it knows what is gone."""
    import pyarrow as pa

    from dedupe import RepeatIndex

    names = dict(zip(names_of(pieces), pieces, strict=True))
    known = _indexed(index) if chosen == EVERYTHING else None
    found = _read_new(names, known or {}, chosen)
    if known is None or not _held(known).keys() <= _held(found.marks).keys():
        remove_folder(index)
        known = {}
        found = _read_new(names, known, chosen)
    before = _held(known)
    fresh = {doc_id for doc_id, mark in _held(found.marks).items() if before.get(doc_id) != mark}
    index.mkdir(parents=True, exist_ok=True)
    # While the index is being written it says so: one that a kill left half done is built anew.
    write_json(index / STATE, {"pieces": None})
    rows = pa.concat_tables([_no_paragraphs(), *found.rows])
    if before:
        rows = of_documents(rows, fresh)
    repeats = RepeatIndex.open(index / FINGERPRINTS).update(rows)
    if chosen == EVERYTHING:  # a later run would take any other for that of all
        write_json(index / STATE, {"pieces": found.marks, "files": checksums(index / FINGERPRINTS)})
    return repeats


Marks = dict[str, dict[str, str]]
"""By piece and document a hash of all that its repeats are made from; documents without a paragraph are not in it."""


@dataclass(frozen=True, slots=True)
class _New:
    """The marks of all documents, and the paragraphs of those pieces that the index does not know."""

    marks: Marks
    rows: list[pa.Table]


def _read_new(pieces: Mapping[str, CleanPiece], known: Marks, chosen: Chosen) -> _New:
    found = _New({}, [])
    for name, piece in pieces.items():
        if name in known:
            found.marks[name] = known[name]
        else:
            found.rows.append(paragraphs_of([piece], chosen))
            found.marks[name] = _marks(found.rows[-1])
    return found


def _marks(paragraphs: pa.Table) -> dict[str, str]:
    """The mark of each document."""
    states: dict[str, xxhash.xxh3_64] = {}
    for doc_id, *told in zip(*(column.to_pylist() for column in paragraphs.columns), strict=True):
        state = states.setdefault(doc_id, xxhash.xxh3_64())
        state.update(repr(told).encode("utf-8", "surrogatepass"))
    return {doc_id: state.hexdigest() for doc_id, state in states.items()}


def _held(marks: Marks) -> dict[str, str]:
    return {doc_id: mark for own in marks.values() for doc_id, mark in own.items()}


def _indexed(index: Path) -> Marks | None:
    """What the index knows; None where it cannot be used."""
    try:
        state = read_json(index / STATE)
        pieces: Marks | None = state["pieces"]
        if pieces is not None and state["files"] != checksums(index / FINGERPRINTS):
            return None
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pieces


def _doc_ids(piece: CleanPiece) -> list[str]:
    ids: list[str] = read_piece(piece, "documents", ["doc_id"])["doc_id"].to_pylist()
    return ids


def paragraphs_of(pieces: Sequence[CleanPiece], chosen: Chosen = EVERYTHING) -> pa.Table:
    """Every kept paragraph with the site and publication date of its document: what repeats are found in."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = [_no_paragraphs()]
    schema = tables[0].schema
    for piece in pieces:
        documents = chosen.read(piece, "documents", ["doc_id", *OF_DOCUMENT])
        paragraphs = chosen.read(piece, "paragraphs", COLUMNS)
        # Not by `Table.join`, which draws in pyarrow.dataset and pandas.
        rows = pc.index_in(paragraphs["doc_id"], documents["doc_id"].combine_chunks())
        for name in OF_DOCUMENT:
            paragraphs = paragraphs.append_column(name, documents[name].take(rows))
        tables.append(paragraphs.cast(schema))
    return pa.concat_tables(tables)


def _no_paragraphs() -> pa.Table:
    import pyarrow as pa

    columns = [
        ("doc_id", pa.string()),
        ("paragraph", pa.int32()),
        ("text", pa.string()),
        ("language", pa.string()),
    ]
    return pa.schema([*columns, ("site", pa.string()), ("published", pa.date32())]).empty_table()


def by_piece(repeats: Repeats, pieces: Sequence[CleanPiece]) -> list[Repeats]:
    """The rows of `repeats` that tell of each piece's documents, in the order of `pieces`."""
    home = {doc_id: number for number, piece in enumerate(pieces) for doc_id in _doc_ids(piece)}
    paragraphs = _split(repeats.paragraphs, home, len(pieces))
    documents = _split(repeats.documents, home, len(pieces))
    return [Repeats(*pair) for pair in zip(paragraphs, documents, strict=True)]


def _split(rows: pa.Table, home: dict[str, int], count: int) -> list[pa.Table]:
    """`rows` cut into `count` tables by the number that `home` gives their doc_id."""
    import numpy as np
    import pyarrow as pa

    numbers = np.array([home[doc_id] for doc_id in rows["doc_id"].to_pylist()], dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    # As a list: of numpy's arrays pyarrow asks pandas, which takes longer to load.
    ordered = rows.take(pa.array(order.tolist(), pa.int64()))
    bounds = np.searchsorted(numbers[order], np.arange(count + 1))
    return [ordered.slice(bounds[i], bounds[i + 1] - bounds[i]) for i in range(count)]

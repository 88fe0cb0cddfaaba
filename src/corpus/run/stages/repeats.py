"""Which paragraphs repeat which across the corpus, and which documents are copies.

In: all clean pieces. Out: the repeats of the whole corpus, by piece. Its key: the pieces. Beside it lies the index of
fingerprints, which a later run over a grown corpus adds to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.identity import digest
from corpus.run.beacon import NO_CARE, Care, beacon
from corpus.run.context import Run
from corpus.run.finished import checksums, finishing
from corpus.run.parted import read_part, write_parts
from corpus.run.pieces import CleanPiece, names_of, read_piece
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
    from dedupe import RepeatIndex

    names = dict(zip(names_of(pieces), pieces, strict=True))
    known = _indexed(index) if chosen == EVERYTHING else None
    if known is None or not known.keys() <= names.keys():
        current = {doc_id for piece in pieces for doc_id in _doc_ids(piece)}
        gone = known is None or any(doc_id not in current for ids in known.values() for doc_id in ids)
        if gone:
            remove_folder(index)
            known = {}
    assert known is not None
    new = [piece for name, piece in names.items() if name not in known]
    index.mkdir(parents=True, exist_ok=True)
    # While the index is being written it says so: one that a kill left half done is built anew.
    write_json(index / STATE, {"pieces": None})
    found = RepeatIndex.open(index / FINGERPRINTS).update(paragraphs_of(new, chosen))
    if chosen != EVERYTHING:  # a later run would take it for that of all
        return found
    state = {name: _doc_ids(piece) for name, piece in names.items()}
    write_json(index / STATE, {"pieces": state, "files": checksums(index / FINGERPRINTS)})
    return found


def _indexed(index: Path) -> dict[str, list[str]] | None:
    """The pieces the index knows, with their documents; None where it cannot be used."""
    try:
        state = read_json(index / STATE)
        pieces: dict[str, list[str]] | None = state["pieces"]
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

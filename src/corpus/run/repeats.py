"""The second stage: which paragraphs repeat which across the corpus, and which documents are copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.identity import digest
from corpus.run.parts import read_piece
from corpus.store import replacing_folder, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ["doc_id", "paragraph", "text", "language"]


@dataclass(frozen=True, slots=True)
class Repeats:
    """`paragraphs`: one row a repeat, as `dedupe.find_repeats` gives them; `documents`: doc_id, duplicate_of, similarity."""

    paragraphs: pa.Table
    documents: pa.Table

    def key(self) -> str:
        """Hash of the rows: what is made from them is made again when they change."""
        return digest(self.paragraphs.to_pydict(), self.documents.to_pydict())


def find_corpus_repeats(pieces: Sequence[Path], folder: Path) -> Repeats:
    """Compare all paragraphs of `pieces`; the result is kept in `folder` and read from there when it is whole."""
    import pyarrow.parquet as pq

    if not folder.is_dir():
        paragraphs = paragraphs_of(pieces)
        with replacing_folder(folder) as temporary:
            found = _compare(paragraphs)
            write_parquet(temporary / "paragraphs.parquet", found.paragraphs)
            write_parquet(temporary / "documents.parquet", found.documents)
    return Repeats(
        pq.read_table(folder / "paragraphs.parquet"),
        pq.read_table(folder / "documents.parquet"),
    )


def _compare(paragraphs: pa.Table) -> Repeats:
    from dedupe import find_repeats
    from dedupe.documents import find_duplicate_documents

    repeats = find_repeats(paragraphs)
    return Repeats(repeats, find_duplicate_documents(paragraphs, repeats))


def paragraphs_of(pieces: Sequence[Path]) -> pa.Table:
    """Every kept paragraph with the site and publication date of its document: what repeats are found in."""
    import pyarrow as pa

    tables = []
    for piece in pieces:
        documents = read_piece(piece, "documents", ["doc_id", "site", "published"])
        paragraphs = read_piece(piece, "paragraphs", COLUMNS)
        tables.append(paragraphs.join(documents, "doc_id", join_type="left outer"))
    return pa.concat_tables(tables)


def by_piece(repeats: Repeats, pieces: Sequence[Path]) -> list[Repeats]:
    """The rows of `repeats` that tell of each piece's documents, in the order of `pieces`."""
    home = {
        doc_id: number
        for number, piece in enumerate(pieces)
        for doc_id in read_piece(piece, "documents", ["doc_id"])["doc_id"].to_pylist()
    }
    paragraphs = _split(repeats.paragraphs, home, len(pieces))
    documents = _split(repeats.documents, home, len(pieces))
    return [Repeats(*pair) for pair in zip(paragraphs, documents, strict=True)]


def _split(rows: pa.Table, home: dict[str, int], count: int) -> list[pa.Table]:
    """`rows` cut into `count` tables by the number that `home` gives their doc_id."""
    import numpy as np

    numbers = np.array([home[doc_id] for doc_id in rows["doc_id"].to_pylist()], dtype=np.int64)
    order = np.argsort(numbers, kind="stable")
    ordered = rows.take(order)
    bounds = np.searchsorted(numbers[order], np.arange(count + 1))
    return [ordered.slice(bounds[i], bounds[i + 1] - bounds[i]) for i in range(count)]

"""The trees of the sentences of a piece, kept beside its mentions: a document that is placed again is not parsed again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from corpus.run.pieces import MentionPiece, read_piece
from corpus.run.stages.reuse import of_documents

if TYPE_CHECKING:
    import pyarrow as pa

TREES = "trees"


class Trees:
    """The trees of documents, by the key of each: what `homes` kept of them, and what is made now."""

    def __init__(self, homes: Sequence[MentionPiece], doc_ids: Collection[str]) -> None:
        self._kept: dict[tuple[str, bytes], str] = {}
        self._new: dict[tuple[str, bytes], str] = {}
        for home in homes:
            doc_id, key, tree = of_documents(read_piece(home, TREES), doc_ids).to_pydict().values()
            self._kept.update(zip(zip(doc_id, key, strict=True), tree, strict=True))

    @property
    def known(self) -> dict[bytes, str]:
        """What need not be parsed."""
        return {key: tree for (_, key), tree in self._kept.items()}

    def note(self, doc_id: str, asked: dict[bytes, str]) -> None:
        """Keep what was asked for in a document; `asked` is emptied for the next one."""
        self._new.update(((doc_id, key), tree) for key, tree in asked.items())
        asked.clear()

    def table(self, taken_up: Collection[str]) -> pa.Table:
        """What is to be kept: of the documents that were `taken_up` what was kept of them before."""
        import pyarrow as pa

        kept = {place: tree for place, tree in self._kept.items() if place[0] in taken_up}
        rows = sorted((*place, tree) for place, tree in (kept | self._new).items())
        columns = {
            "doc_id": pa.array([row[0] for row in rows], pa.string()),
            "key": pa.array([row[1] for row in rows], pa.binary(16)),
            "tree": pa.array([row[2] for row in rows], pa.string()),
        }
        return pa.table(columns)

"""What the parser and the encoder said of the sentences of a piece, kept beside its mentions: a document that is placed again
asks neither of what it asked before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from corpus.run.pieces import MentionPiece, read_piece
from corpus.run.stages.reuse import of_documents

if TYPE_CHECKING:
    import pyarrow as pa

ANSWERS = "answers"


class Answers:
    """The answers that documents needed, by the key of each: what `homes` kept of them, and what is made now."""

    def __init__(self, homes: Sequence[MentionPiece], doc_ids: Collection[str]) -> None:
        self._kept: dict[tuple[str, bytes], bytes] = {}
        self._new: dict[tuple[str, bytes], bytes] = {}
        for home in homes:
            doc_id, key, answer = of_documents(read_piece(home, ANSWERS), doc_ids).to_pydict().values()
            self._kept.update(zip(zip(doc_id, key, strict=True), answer, strict=True))

    @property
    def known(self) -> dict[bytes, bytes]:
        """What need not be asked."""
        return {key: answer for (_, key), answer in self._kept.items()}

    def note(self, doc_id: str, asked: dict[bytes, bytes]) -> None:
        """Keep what was asked for in a document; `asked` is emptied for the next one."""
        self._new.update(((doc_id, key), answer) for key, answer in asked.items())
        asked.clear()

    def table(self, taken_up: Collection[str]) -> pa.Table:
        """What is to be kept: of the documents that were `taken_up` what was kept of them before."""
        import pyarrow as pa

        kept = {place: answer for place, answer in self._kept.items() if place[0] in taken_up}
        rows = sorted((*place, answer) for place, answer in (kept | self._new).items())
        columns = {
            "doc_id": pa.array([row[0] for row in rows], pa.string()),
            "key": pa.array([row[1] for row in rows], pa.binary(16)),
            "answer": pa.array([row[2] for row in rows], pa.large_binary()),
        }
        return pa.table(columns)

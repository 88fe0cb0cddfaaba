"""What comparing two paragraphs gave, remembered: the answer depends on their texts and languages alone.

So a corpus that grew compares what is new with what it may repeat, and nothing else again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

from dedupe.relations import Relation, RelationKind, Rows

Ints = npt.NDArray[np.int64]
Related = tuple[int, int, Relation]
_NOT_RELATED = ""
_STORED = pa.schema(
    [
        ("pair", pa.binary(16)),
        ("kind", pa.string()),
        ("similarity", pa.float64()),
        ("same_facts", pa.bool_()),
        ("shorter", pa.int8()),
        ("skip", pa.int32()),
        ("skip_earlier", pa.int32()),
    ]
)
_KINDS: dict[str, RelationKind] = {"same": "same", "near": "near", "cut": "cut"}
_Answer = tuple[str, float, bool, int, int, int]


class PairMemory:
    """The answers of earlier comparisons, by the hash of both texts: the later paragraph's, then the earlier one's."""

    def __init__(self, path: Path) -> None:
        """`path` is the Parquet file that `save` writes; it need not be there."""
        self._path = path
        self._known: dict[bytes, _Answer] = {}
        self._used: dict[bytes, _Answer] = {}
        if path.is_file():
            with pq.ParquetFile(path) as file:
                keys, *columns = (column.to_pylist() for column in file.read().columns)
            self._known = dict(zip(keys, zip(*columns, strict=True), strict=True))

    def related(
        self, compared: Rows, pairs: Ints, compare: Callable[[Ints], Sequence[Related]]
    ) -> list[Related]:
        """The relations among `pairs` (earlier row, later row), in their order: by `compare` where they are not known."""
        keys = _keys(compared, pairs)
        unknown = np.fromiter((key not in self._known for key in keys), bool, len(keys))
        fresh = {(earlier, later): how for later, earlier, how in compare(pairs[unknown])}
        related: list[Related] = []
        listed: list[list[int]] = pairs.tolist()
        for (earlier, later), key in zip(listed, keys, strict=True):
            answer = self._known.get(key)
            how = fresh.get((earlier, later)) if answer is None else _relation(answer, earlier, later)
            self._used[key] = answer or _answer(how, later)
            if how is not None:
                related.append((later, earlier, how))
        return related

    def save(self) -> None:
        """Write the answers that were asked for, where they are others than those that are written."""
        if self._used == self._known and self._path.is_file():
            return
        keys = sorted(self._used)
        columns = list(zip(*(self._used[key] for key in keys), strict=True)) or [()] * (len(_STORED) - 1)
        arrays = [
            pa.array(list(own), field.type) for own, field in zip([keys, *columns], _STORED, strict=True)
        ]
        whole = self._path.with_suffix(".tmp")
        pq.write_table(pa.Table.from_arrays(arrays, schema=_STORED), whole, compression="zstd")
        whole.replace(self._path)


def _answer(how: Relation | None, later: int) -> _Answer:
    """A relation as it is kept: `shorter` is 0 for the later paragraph, 1 for the earlier one, -1 for none."""
    if how is None:
        return _NOT_RELATED, 0.0, False, -1, 0, 0
    shorter = -1 if how.shorter < 0 else int(how.shorter != later)
    return how.kind, how.similarity, how.same_facts, shorter, *how.skip


def _relation(answer: _Answer, earlier: int, later: int) -> Relation | None:
    kind, similarity, same_facts, shorter, *skip = answer
    if kind == _NOT_RELATED:
        return None
    return Relation(
        _KINDS[kind], similarity, same_facts, (-1, later, earlier)[shorter + 1], (skip[0], skip[1])
    )


def _keys(compared: Rows, pairs: Ints) -> list[bytes]:
    """The key of each pair."""
    texts = {
        row: xxhash.xxh3_128_digest(
            f"{compared.language(row)}\n{compared.text(row)}".encode("utf-8", "replace")
        )
        for row in np.unique(pairs).tolist()
    }
    listed: list[list[int]] = pairs.tolist()
    return [xxhash.xxh3_128_digest(texts[later] + texts[earlier]) for earlier, later in listed]

"""An index of what was compared before: new documents meet all old ones without their texts being read again.

A folder of Parquet files, partitioned by the first hexadecimal digit of a paragraph's fingerprint, and a manifest that names
those that count. A file is written whole and renamed into place, the manifest last, so an update that is broken off
leaves the index as it was. The algorithm version stands in the manifest; an index of another version is an error.

Beside them lies what comparing pairs of paragraphs gave (`dedupe.pairs`).

What is kept of a paragraph is its fingerprint (word hashes and their marks), its length, its repeats inside its document,
and, compressed, the words that the fact guard may have to read; they are read back only when it has to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dedupe.fingerprint import Fingerprints
from dedupe.pairs import PairMemory
from dedupe.paragraphs import Paragraphs, read_paragraphs
from dedupe.repeats import REPEATS, Inside, Prepared, prepare, settle

# To be raised with every change to tokens, marks, keys or the rules of what repeats inside a document or across two.
ALGORITHM = 2
MOST_FILES = 128
"""So many files of few rows take longer to read than to write as one a prefix."""
_DIGITS = frozenset(range(16))
_MANIFEST = "manifest.json"
_PAIRS = "pairs.parquet"
_INSIDE = pa.list_(
    pa.struct(
        [
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("kind", pa.string()),
            ("of", pa.int64()),
            ("similarity", pa.float64()),
        ]
    )
)
_STORED = pa.schema(
    [
        ("doc_id", pa.string()),
        ("paragraph", pa.int64()),
        ("site", pa.string()),
        ("published", pa.date32()),
        ("language", pa.string()),
        ("length", pa.int64()),
        ("key_low", pa.uint64()),
        ("key_high", pa.uint64()),
        ("tokens", pa.list_(pa.uint32())),
        ("marks", pa.list_(pa.uint8())),
        ("spans", pa.list_(pa.int64())),
        ("inside", _INSIDE),
        ("text", pa.large_string()),
    ]
)


class RepeatIndexError(ValueError):
    """An index that cannot be used; says what to do."""


class RepeatIndex:
    """The fingerprints of every paragraph that was given so far, in a folder.

    >>> import pyarrow as pa
    >>> from dedupe import RepeatIndex
    >>> text = "La mairie a voté hier soir le budget de la piscine, après deux heures de débat."
    >>> first = pa.table({"doc_id": ["a"], "paragraph": [0], "text": [text]})
    >>> second = pa.table({"doc_id": ["b"], "paragraph": [0], "text": [text]})
    >>> RepeatIndex.open("my-index").update(first).num_rows
    0
    >>> RepeatIndex.open("my-index").update(second).select(["doc_id", "of_doc_id", "kind"]).to_pylist()
    [{'doc_id': 'b', 'of_doc_id': 'a', 'kind': 'exact'}]
    """

    def __init__(self, folder: Path, files: Sequence[str]) -> None:
        self._folder = folder
        self._files = list(files)

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> RepeatIndex:
        """Return the index in `folder`, an empty one where there is none. Raises RepeatIndexError for another version's."""
        path = Path(folder)
        manifest = path / _MANIFEST
        if not manifest.exists():
            path.mkdir(parents=True, exist_ok=True)
            return cls(path, [])
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
            version, files = content["algorithm"], [str(name) for name in content["files"]]
        except (ValueError, KeyError, TypeError) as error:
            raise RepeatIndexError(
                f"{manifest} is not the manifest of an index; delete the folder and run again."
            ) from error
        if version != ALGORITHM:
            raise RepeatIndexError(
                f"The index in {path} was written by version {version} of the comparison, this is version {ALGORITHM}; "
                "delete the folder and run again."
            )
        return cls(path, files)

    def update(self, paragraphs: pa.Table, executor: Executor | None = None, partitions: int = 1) -> pa.Table:
        """Add documents and return the repeats among all documents so far, as `find_repeats` over all of them would.

        `paragraphs` holds whole documents; one that the index knows already takes the place of what it knew.
        Raises ParagraphsError.
        """
        rows = read_paragraphs(paragraphs)
        fresh = _stored(paragraphs, rows, prepare(rows))
        old = self._read()
        again = pc.is_in(old["doc_id"], value_set=pc.unique(fresh["doc_id"]))
        kept = old.filter(pc.invert(again))
        full = len(self._files) >= MOST_FILES
        self._write(kept, fresh, _DIGITS if full else set(_digits(old.filter(again)).to_pylist()))
        if not len(kept) and not len(fresh):
            return REPEATS.empty_table()
        memory = PairMemory(self._folder / _PAIRS)
        found = _settled(pa.concat_tables([kept, fresh]), executor, partitions, memory)
        memory.save()
        return found

    def _read(self) -> pa.Table:
        # Not by `pq.read_table`, which draws in pyarrow.dataset and pandas.
        tables = [pq.ParquetFile(self._folder / name).read().cast(_STORED) for name in self._files]
        return pa.concat_tables(tables) if tables else _STORED.empty_table()

    def _write(self, kept: pa.Table, fresh: pa.Table, anew: Collection[int]) -> None:
        """Write rows by hash prefix, then the manifest: the fresh ones beside the files that are there, and for the prefixes
        `anew` all rows in their place."""
        number = 1 + max((int(Path(name).stem) for name in self._files), default=0)
        written = [name for name in self._files if int(Path(name).parent.name, 16) not in anew]
        everything = pa.concat_tables([kept, fresh]) if anew else fresh
        for digit in sorted(_DIGITS):
            rows = everything if digit in anew else fresh
            part = rows.filter(pc.equal(_digits(rows), pa.scalar(digit, pa.uint64())))
            if not len(part):
                continue
            name = f"{digit:x}/{number:06d}.parquet"
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = path.with_suffix(".tmp")
            pq.write_table(part, whole, compression="zstd")
            whole.replace(path)
            written.append(name)
        manifest = self._folder / _MANIFEST
        whole = manifest.with_suffix(".tmp")
        whole.write_text(
            json.dumps({"algorithm": ALGORITHM, "files": written}, indent=1), encoding="utf-8", newline="\n"
        )
        whole.replace(manifest)
        for name in set(self._files) - set(written):
            (self._folder / name).unlink(missing_ok=True)
        self._files = written


def _digits(rows: pa.Table) -> pa.ChunkedArray:
    """The first hexadecimal digit of each row's fingerprint, by which files are parted."""
    return pc.shift_right(rows["key_high"], pa.scalar(60, pa.uint64()))


def _stored(paragraphs: pa.Table, rows: Paragraphs, prepared: Prepared) -> pa.Table:
    """Return what the index keeps of new paragraphs, in the order of `rows`."""
    order = pa.array(rows.order)
    prints = prepared.prints
    inside: dict[int, list[dict[str, Any]]] = {}
    for one in prepared.inside:
        inside.setdefault(one.row, []).append(
            {
                "start": one.start,
                "end": one.end,
                "kind": one.kind,
                "of": int(rows.numbers[one.of]),
                "similarity": one.similarity,
            }
        )
    texts = [
        prepared.shortened[row] if row in prepared.shortened else rows.text_of(row)
        for row in range(len(rows))
    ]
    starts = pa.array(prints.starts.astype(np.int32))

    def column(name: str, kind: Any) -> Any:
        if name not in paragraphs.column_names:
            return pa.nulls(len(rows), kind)
        return paragraphs[name].cast(kind).take(order).combine_chunks()

    return pa.table(
        [
            column("doc_id", pa.string()),
            pa.array(rows.numbers),
            column("site", pa.string()),
            column("published", pa.date32()),
            pa.array([rows.language(row) for row in range(len(rows))], pa.string()),
            pa.array(rows.lengths()),
            pa.array(prints.keys[:, 0]),
            pa.array(prints.keys[:, 1]),
            pa.ListArray.from_arrays(starts, pa.array(prints.tokens)),
            pa.ListArray.from_arrays(starts, pa.array(prints.marks)),
            pa.array(
                [[edge for span in prepared.spans.get(row, ()) for edge in span] for row in range(len(rows))],
                pa.list_(pa.int64()),
            ),
            pa.array([inside.get(row, []) for row in range(len(rows))], _INSIDE),
            pa.array(texts, pa.large_string()),
        ],
        schema=_STORED,
    )


def _settled(table: pa.Table, executor: Executor | None, partitions: int, memory: PairMemory) -> pa.Table:
    """Return the repeats of stored paragraphs."""
    rows = read_paragraphs(table)
    table = table.take(pa.array(rows.order))
    tokens = table["tokens"].combine_chunks()
    counts = pc.list_value_length(tokens).to_numpy().astype(np.int64)
    keys = np.stack([table["key_low"].to_numpy(), table["key_high"].to_numpy()], 1)
    prints = Fingerprints(
        np.ascontiguousarray(keys),
        np.concatenate([[0], np.cumsum(counts)]),
        tokens.flatten().to_numpy(),
        table["marks"].combine_chunks().flatten().to_numpy(),
    )
    at = {
        (int(document), int(number)): row
        for row, (document, number) in enumerate(zip(rows.documents, rows.numbers, strict=True))
    }
    prepared = Prepared(prints, {}, {}, [])
    for row, edges in enumerate(table["spans"].to_pylist()):
        if edges:
            prepared.spans[row] = list(zip(edges[::2], edges[1::2], strict=True))
    for row, found in enumerate(table["inside"].to_pylist()):
        for one in found:
            of = at[int(rows.documents[row]), one["of"]]
            prepared.inside.append(Inside(row, one["start"], one["end"], one["kind"], of, one["similarity"]))
    return settle(rows, prepared, executor, partitions, table["length"].to_numpy(), memory=memory)

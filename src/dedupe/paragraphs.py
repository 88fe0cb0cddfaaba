"""The table of paragraphs that comes in, read once and put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedupe.texts import TextColumn

Ints = npt.NDArray[np.int64]


class ParagraphsError(ValueError):
    """A table of paragraphs that cannot be read; says which column and what it should hold.

    >>> import pyarrow as pa
    >>> from dedupe import ParagraphsError, find_repeats
    >>> try:
    ...     find_repeats(pa.table({"text": ["Une phrase."]}))
    ... except ParagraphsError as error:
    ...     print(error)
    The table of paragraphs has no column 'doc_id'; it needs doc_id, paragraph and text.
    """


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Paragraphs in the order of their documents.

    Row i of everything here is row `order[i]` of the table: sorted by doc_id and paragraph. `documents` numbers the
    documents of the rows from 0 on, `sites` the sites (-1 for none), `rank` gives each row its place from the earliest on:
    published date with nulls last, then doc_id, then paragraph.
    """

    doc_ids: pa.Array
    numbers: Ints
    column: pa.ChunkedArray
    text: TextColumn
    documents: Ints
    sites: Ints
    rank: Ints
    order: Ints
    languages: tuple[str, ...]
    language_codes: npt.NDArray[np.int32] | None

    def __len__(self) -> int:
        return len(self.numbers)

    def language(self, row: int) -> str:
        """Return the language of a row."""
        return self.languages[0 if self.language_codes is None else int(self.language_codes[row])]

    def text_of(self, row: int) -> str:
        """Return the text of a row."""
        return self.text[int(self.order[row])].decode("utf-8", "replace")

    def texts(self) -> Iterator[bytes]:
        """Return the text of each row as UTF-8."""
        if np.array_equal(self.order, np.arange(len(self.order))):
            return iter(self.text)
        return self.text.taken(self.order.tolist())

    def lengths(self) -> Ints:
        """Return the length of each text in code points."""
        lengths = pc.fill_null(pc.utf8_length(self.column), 0).to_numpy().astype(np.int64)
        return np.asarray(lengths[self.order], np.int64)


_NEVER = np.iinfo(np.int32).max


def read_paragraphs(table: pa.Table) -> Paragraphs:
    """Return the rows of `table`, sorted. Raises ParagraphsError for a column that is missing or of another type."""
    columns = set(table.column_names)
    for name in ("doc_id", "paragraph", "text"):
        if name not in columns:
            raise ParagraphsError(
                f"The table of paragraphs has no column '{name}'; it needs doc_id, paragraph and text."
            )
    doc_id = _strings(table, "doc_id")
    text = _strings(table, "text")
    paragraph = _numbers(table, "paragraph")
    if doc_id.null_count:
        raise ParagraphsError("The column 'doc_id' has nulls; every paragraph needs the id of its document.")
    names, documents = _codes(doc_id)
    published = np.full(len(table), _NEVER, np.int64)
    if "published" in columns:
        days = table["published"]
        if not pa.types.is_null(days.type):
            try:
                days = pc.fill_null(days.cast(pa.date32()).cast(pa.int32()), int(_NEVER))
            except pa.ArrowInvalid as error:
                raise ParagraphsError(
                    f"The column 'published' should hold dates (date32): {error}."
                ) from error
            published = days.to_numpy().astype(np.int64)
    order = np.lexsort((paragraph, documents))
    documents, numbers, published = documents[order], paragraph[order], published[order]
    if len(order) > 1:
        twice = (documents[1:] == documents[:-1]) & (numbers[1:] == numbers[:-1])
        if twice.any():
            k = int(np.flatnonzero(twice)[0])
            where = f"{names[int(documents[k])].as_py()!r}, paragraph {numbers[k]}"
            raise ParagraphsError(
                f"Two rows have the same doc_id and paragraph ({where}); number the paragraphs of a document from 0 on."
            )
    by_time = np.lexsort((numbers, documents, published))
    rank = np.empty(len(order), np.int64)
    rank[by_time] = np.arange(len(order))
    sites = np.full(len(order), -1, np.int64)
    if "site" in columns and not pa.types.is_null(table["site"].type):
        sites = _codes(_strings(table, "site"))[1][order]
    languages: tuple[str, ...] = ("fr",)
    language_codes: npt.NDArray[np.int32] | None = None
    if "language" in columns and not pa.types.is_null(table["language"].type):
        known, codes = _codes(pc.fill_null(_strings(table, "language"), "fr"))
        languages = tuple(known.to_pylist()) or ("fr",)
        language_codes = codes[order].astype(np.int32)
    return Paragraphs(
        names, numbers, text, TextColumn(text), documents, sites, rank, order, languages, language_codes
    )


def _strings(table: pa.Table, name: str) -> pa.ChunkedArray:
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_null(column.type):
        return column.cast(pa.string())
    if not (
        pa.types.is_string(column.type)
        or pa.types.is_large_string(column.type)
        or pa.types.is_string_view(column.type)
    ):
        raise ParagraphsError(f"The column '{name}' should hold strings, not {column.type}.")
    return column


def _numbers(table: pa.Table, name: str) -> Ints:
    column = table[name]
    if not pa.types.is_integer(column.type) or column.null_count:
        raise ParagraphsError(
            f"The column '{name}' should hold whole numbers without nulls, not {column.type}."
        )
    numbers: Ints = column.to_numpy().astype(np.int64)
    return numbers


def _codes(column: pa.ChunkedArray) -> tuple[Any, Ints]:
    """Return the distinct values sorted by code point, and each row's place among them (-1 for null)."""
    encoded = column.cast(pa.large_string()).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks() if encoded.num_chunks != 1 else encoded.chunk(0)
    values = encoded.dictionary
    order = pc.sort_indices(values).to_numpy()
    place = np.empty(len(values) + 1, np.int64)
    place[order] = np.arange(len(values))
    place[-1] = -1
    codes = pc.fill_null(encoded.indices, len(values)).to_numpy(zero_copy_only=False)
    return values.take(pa.array(order)), place[codes]

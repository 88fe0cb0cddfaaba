"""Parquet tables: one document a row, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.fields import ROWS_ASKED, ask_for_text, document_of, has_text
from corpus.readers.inputs import Head, Input, UnreadableError, is_refusal, problem
from corpus.readers.options import ReadOptions
from corpus.records import InputDocument, Problem

MAGIC = b"PAR1"
BATCH_ROWS = 256


def sniff(head: Head) -> bool:
    """The four bytes that a Parquet file begins with."""
    return head.data.startswith(MAGIC)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document a row; `columns` maps the names. What was read before a broken row group is kept."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with source.open() as stream, pq.ParquetFile(stream) as table:
            names = tuple(table.schema_arrow.names)
            if not has_text(names, options):
                batches = table.iter_batches(batch_size=ROWS_ASKED, use_threads=False)
                sample: list[dict[str, object]] = next((batch.to_pylist() for batch in batches), [])
                message = f"None of its columns is known to hold the text. {ask_for_text(sample)}"
                raise UnreadableError("no_text_column", message)
            index = 0
            for batch in table.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                for row in batch.to_pylist():
                    row_source = f"{source.source}#{index}"
                    index += 1
                    if _size(row) > options.max_document_bytes:
                        message = f"Row {index} is larger than {options.max_document_bytes:,} bytes; raise max_document_bytes."
                        yield problem(row_source, "too_large", message)
                    else:
                        yield document_of(row, row_source, "parquet", options)
    except (pa.ArrowException, ValueError, OverflowError, OSError) as error:
        if is_refusal(error):
            raise
        # Arrow reports some damage as an OSError of its own, without a number.
        raise UnreadableError("parquet", f"It is not a whole Parquet file ({_first_line(error)}).") from error


def _size(row: dict[str, object]) -> int:
    return sum(len(value) for value in row.values() if isinstance(value, str | bytes))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]

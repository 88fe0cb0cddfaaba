"""XLSX workbooks: one document a row of each sheet whose first line names a text column."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corpus.readers.fields import ROWS_ASKED, ask_for_text, document_of, has_text
from corpus.readers.inputs import Head, Input, UnreadableError
from corpus.readers.options import ReadOptions
from corpus.readers.zip_files import DAMAGE, check_bounds, member_names
from corpus.records import InputDocument, Problem

WORKBOOK = "xl/workbook.xml"
MAX_COLUMNS = 2000
HEADER_ROWS = 10
# A row of formatting only reaches to the last line of the sheet; so many empty lines end it.
EMPTY_ROWS = 1000


def sniff(head: Head) -> bool:
    """A ZIP archive that holds a workbook."""
    return WORKBOOK in member_names(head)


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """One document a row; `#n` counts the rows of all sheets. Sheets without a text column are problems if no sheet has one."""
    check_bounds(source, options)
    from openpyxl import load_workbook

    index = 0
    sheets: list[str] = []
    sample: list[dict[str, Any]] = []
    try:
        with source.open() as stream:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    rows = _filled(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS))
                    names = _header(rows, options)
                    if names is None:
                        sheets.append(sheet.title)
                        sample = sample or _sample(sheet)
                        continue
                    for row in rows:
                        record = {
                            name: value for name, value in zip(names, row, strict=False) if value is not None
                        }
                        row_source = f"{source.source}#{index}"
                        index += 1
                        if record:
                            yield document_of(record, row_source, "xlsx", options)
            finally:
                book.close()
    except (
        *DAMAGE,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        zipfile.LargeZipFile,
    ) as error:
        # openpyxl lets faults of its XML come out as whatever they cause; ParseError is a SyntaxError.
        message = f"It is not a whole workbook ({type(error).__name__}: {str(error)[:150]}); the rows before the fault were read."
        raise UnreadableError("xlsx", message) from error
    if index == 0:
        named = ", ".join(sheets)[:300]
        message = f"No sheet ({named}) has a column known to hold the text. {ask_for_text(sample)}"
        raise UnreadableError("no_text_column", message)


def _filled(rows: Any) -> Iterator[tuple[Any, ...]]:
    empty = 0
    for row in rows:
        if any(value is not None for value in row):
            empty = 0
            yield row
        elif (empty := empty + 1) > EMPTY_ROWS:
            return


def _sample(sheet: Any) -> list[dict[str, Any]]:
    """The first rows of a sheet under the names of its first."""
    rows = list(islice(_filled(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)), ROWS_ASKED + 1))
    names = [str(value) for value in rows[0]] if rows else []
    return [dict(zip(names, row, strict=False)) for row in rows[1:]]


def _header(rows: Iterator[tuple[Any, ...]], options: ReadOptions) -> list[str] | None:
    """The column names: the first of the sheet's first rows that names a text column."""
    for _, row in zip(range(HEADER_ROWS), rows, strict=False):
        names = [
            " ".join(str(value).split()) if value is not None else f"column_{n}"
            for n, value in enumerate(row, start=1)
        ]
        if has_text(tuple(names), options):
            return names
    return None

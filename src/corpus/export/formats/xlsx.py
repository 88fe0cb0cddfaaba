"""A workbook with a sheet a table: typed cells, a frozen header with filters, and text that is text whatever it looks like."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SetupError
from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import plain
from corpus.schemas import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

ENDING = ".xlsx"
DESCRIPTION = "A workbook with a sheet a table: typed cells, frozen headers, no formulas."
LEFT_OUT = {"documents": ("raw_text", "text")}
"""A cell holds 32,767 characters: the texts stand in the sheet of paragraphs."""
LONGEST = 32_767
MOST_ROWS = 1_048_575
WIDE = {"text": 60, "title": 40, "source": 30, "message": 60, "url": 30, "label": 40}
EPOCH = dt.date(1900, 3, 1)
"""Excel counts days from 1900 and believes that 29 February 1900 was one: an earlier date is written as text."""


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write the sheets; the first says what each of the others holds."""
    try:
        import xlsxwriter
    except ImportError:
        raise SetupError("Workbooks need XlsxWriter. Install it with: pip install xlsxwriter") from None

    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(target), settings) as book:
        book.set_properties({"created": dt.datetime(1980, 1, 1), "title": "news-corpus"})
        forms = {
            "head": book.add_format({"bold": True, "bg_color": "#E3ECF5", "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "money": book.add_format({"num_format": "#,##0"}),
            "share": book.add_format({"num_format": "0.000"}),
        }
        about = book.add_worksheet("about")
        for name in source.names:
            rows = source.table(name)
            columns = [one for one in rows.column_names if one not in LEFT_OUT.get(name, ())]
            written.counts[name] = rows.num_rows
            for part, first in enumerate(range(0, max(rows.num_rows, 1), MOST_ROWS)):
                sheet = book.add_worksheet(name if part == 0 else f"{name}_{part + 1}")
                _fill(sheet, name, rows.slice(first, MOST_ROWS).select(columns), forms, written)
        if not options.every:
            written.notes.append(
                "Paragraphs that repeat an earlier one, and what is found in them, are left out."
            )
        _tell(about, source, forms, written)


def _fill(sheet: Any, name: str, rows: pa.Table, forms: dict[str, Any], written: Written) -> None:
    kinds = {column.name: column.kind for column in TABLES[name].columns}
    for at, column in enumerate(rows.column_names):
        form = forms["date"] if kinds.get(column) == "date" else None
        form = forms["money"] if kinds.get(column) == "float64" else form
        form = forms["share"] if kinds.get(column) == "float32" else form
        sheet.set_column(at, at, WIDE.get(column, 14), form)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows.num_rows, 1), rows.num_columns - 1)
    for at, column in enumerate(rows.column_names):
        sheet.write_string(0, at, column, forms["head"])
    line, cut = 0, 0
    for batch in rows.to_batches(max_chunksize=10_000):
        columns = [batch.column(at).to_pylist() for at in range(batch.num_columns)]
        for values in zip(*columns, strict=True):
            line += 1
            for at, value in enumerate(values):
                if value is not None:
                    cut += _write(sheet, line, at, value)
    if cut:
        written.notes.append(f"{cut} cells of {name} were cut at the {LONGEST:,} characters a cell holds.")


def _write(sheet: Any, line: int, at: int, value: Any) -> int:
    """Write a cell by its type; 1 where it had to be cut."""
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, at, value)
    elif isinstance(value, dt.date) and value >= EPOCH:
        sheet.write_datetime(line, at, value)
    else:
        text = plain(", ".join(map(str, value)) if isinstance(value, list) else str(value))
        if len(text) > LONGEST:
            sheet.write_string(line, at, text[: LONGEST - 1] + "…")
            return 1
        sheet.write_string(line, at, text)
    return 0


def _tell(sheet: Any, source: Source, forms: dict[str, Any], written: Written) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(2, 2, 90)
    for at, head in enumerate(("sheet", "rows", "what a row is")):
        sheet.write_string(0, at, head, forms["head"])
    line = 0
    for name in source.names:
        line += 1
        sheet.write_string(line, 0, name)
        sheet.write_number(line, 1, written.counts[name])
        sheet.write_string(line, 2, TABLES[name].row)
    for note in written.notes:
        line += 1
        sheet.write_string(line + 1, 2, note)

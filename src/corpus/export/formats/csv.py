"""A CSV file a table, for any spreadsheet: no cell is a formula; with `excel_fr` as a French Excel opens it by a double click."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import cell

ENDING = ""
DESCRIPTION = (
    "A folder with a CSV file a table; --excel-fr: semicolons, decimal commas and a byte-order mark."
)
LEFT_OUT = {"documents": ("raw_text",)}
"""The text before cleaning: who needs it has the Parquet table."""


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write each table that is there and has rows."""
    for name in source.names:
        rows = source.table(name)
        columns = [one for one in rows.column_names if one not in LEFT_OUT.get(name, ())]
        path = target / f"{name}.csv"
        with path.open("w", encoding="utf-8-sig" if options.excel_fr else "utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";" if options.excel_fr else ",", lineterminator="\r\n")
            writer.writerow(columns)
            single = {field.name for field in rows.schema if str(field.type) == "float"}
            for batch in rows.select(columns).to_batches():
                for row in batch.to_pylist():
                    writer.writerow(
                        [_cell(row[column], options.excel_fr, column in single) for column in columns]
                    )
        written.counts[name] = rows.num_rows
    written.notes.append("What a spreadsheet would take for a formula has an apostrophe before it.")


def _cell(value: Any, french: bool, single: bool) -> str:
    """A value as a cell; a number of `single` precision with the seven digits that it has."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            number = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
            number = f"{value:.7g}" if single else number
            return number.replace(".", ",") if french else number
        case dt.date():
            return value.isoformat()
        case list():
            return cell(json.dumps(value, ensure_ascii=False))
        case _:
            return cell(str(value))

"""The most doubtful companies and facts as a template of corrections.csv: fill in `action`, delete the rows that are right."""

from __future__ import annotations

import csv
from pathlib import Path

from corpus.corrections import ACTIONS, COLUMNS
from corpus.export.source import Row, Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import cell

ENDING = ".csv"
DESCRIPTION = "The most doubtful companies and facts as a template of corrections.csv; what has no action is not a correction."
CONTEXT = 80
"""Characters of context on each side of a mention."""


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write the rows with the lowest scores: companies by name, each once, and facts."""
    source.need("companies", "facts")
    doubtful = [*_companies(source), *_facts(source)]
    doubtful.sort(key=lambda row: (row["score"], row["scope"], row["text"]))
    kept = doubtful[: options.rows]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in kept:
            writer.writerow(["", row["scope"], cell(row["text"]), "", cell(row["note"])])
    written.counts["rows"] = len(kept)
    applied = ", ".join(action.name for action in ACTIONS.values() if action.applied)
    written.notes.append(
        f"The note proposes an action; rows whose action stays empty change nothing. A run applies {applied}."
    )


def _companies(source: Source) -> list[Row]:
    """A row a company that no list knows, at its least certain mention."""
    least: dict[str, Row] = {}
    columns = ("doc_id", "paragraph", "start", "end", "text", "company", "company_id", "score", "role")
    for row in source.rows("companies", columns):
        if row["company_id"] is None and row["score"] is not None and row["role"] != "source":
            held = least.get(row["company"])
            if held is None or row["score"] < held["score"]:
                least[row["company"]] = row
    return [
        {
            "scope": "corpus",
            "text": name,
            "score": row["score"],
            "note": f"not_company? {row['score']:.2f}: {_around(source, row)}",
        }
        for name, row in least.items()
    ]


def _facts(source: Source) -> list[Row]:
    columns = ("doc_id", "paragraph", "start", "end", "text", "kind", "company", "low", "currency", "score")
    found = []
    for row in source.rows("facts", columns):
        if row["score"] is not None:
            said = f"{row['kind']} of {row['company']}"
            found.append(
                {
                    "scope": f"{row['doc_id']}:{row['start']}",
                    "text": row["text"],
                    "score": row["score"],
                    "note": f"wrong_fact? {row['score']:.2f} {said}: {_around(source, row)}",
                }
            )
    return found


def _around(source: Source, row: Row) -> str:
    """The mention in its paragraph."""
    for paragraph in source.paragraphs.get(row["doc_id"], []):
        if paragraph["paragraph"] == row["paragraph"]:
            start, end = row["start"] - paragraph["start"], row["end"] - paragraph["start"]
            text: str = paragraph["text"]
            left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
            return " ".join(f"{left}[{text[start:end]}]{right}".split())
    return str(row["text"])

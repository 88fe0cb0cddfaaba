"""Tasks for Label Studio: the paragraphs, with what was found as predictions to be confirmed or corrected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.export.formats.docbin import by_paragraph
from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.version import __version__

ENDING = ".json"
DESCRIPTION = "Tasks for Label Studio: paragraphs with companies, amounts, dates and names as predictions."
LABELS = {"companies": "company", "amounts": "amount", "dates": "date", "names": "name"}
FROM, TO = "label", "text"
"""Names of the tags of the labelling interface: `<Labels name="label" toName="text">`, `<Text name="text" value="$text"/>`."""


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write a task a paragraph."""
    source.need("documents", "paragraphs")
    mentions = {table: by_paragraph(source, table) for table in LABELS if source.has(table)}
    tasks = []
    for doc_id, paragraphs in source.paragraphs.items():
        document = source.documents[doc_id]
        for paragraph in paragraphs:
            results = []
            for table, found in mentions.items():
                for row in found.get((doc_id, paragraph["paragraph"]), []):
                    results.append(_result(row, table, paragraph["start"]))
                    written.counts[table] = written.counts.get(table, 0) + 1
            data = {
                "text": paragraph["text"],
                "doc_id": doc_id,
                "paragraph": paragraph["paragraph"],
                "title": document["title"],
                "outlet": document["outlet"],
            }
            predictions = [{"model_version": f"news-corpus {__version__}", "result": results}]
            tasks.append({"data": data, "predictions": predictions})
    target.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    written.counts["tasks"] = len(tasks)


def _result(row: dict[str, Any], table: str, offset: int) -> dict[str, Any]:
    value = {
        "start": row["start"] - offset,
        "end": row["end"] - offset,
        "text": row["text"],
        "labels": [LABELS[table]],
    }
    return {
        "id": f"{table}-{row['start'] - offset}-{row['end'] - offset}",
        "from_name": FROM,
        "to_name": TO,
        "type": "labels",
        "value": value,
        "score": row.get("score"),
    }

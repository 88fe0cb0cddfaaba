"""One JSON object a document, with its paragraphs and everything that was found in them."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from corpus.export.source import Row, Source
from corpus.export.write import ExportOptions, Written

ENDING = ".jsonl"
DESCRIPTION = "One document a line as JSON, with its paragraphs, mentions, facts and topics."
PARTS = ("paragraphs", "companies", "amounts", "dates", "names", "facts", "doc_topics")


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write a line a document; `start` and `end` count characters of the document's whole `text` in `documents`."""
    source.need("documents", "paragraphs")
    parts = {name: _by_document(source.rows(name)) for name in PARTS if source.has(name)}
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for doc_id, row in source.documents.items():
            line = {name: value for name, value in row.items() if value is not None and name != "metadata"}
            line["variables"] = source.variables[doc_id]
            line |= {name: found.get(doc_id, []) for name, found in parts.items()}
            file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    written.counts["documents"] = len(source.documents)
    written.counts |= {name: sum(map(len, found.values())) for name, found in parts.items()}


def _by_document(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        doc_id = row.pop("doc_id")
        found[doc_id].append({name: value for name, value in row.items() if value is not None})
    return found

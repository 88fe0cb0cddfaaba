"""A table for annotation in ActiveTigger (or any tool that takes rows of text): a distinct paragraph a row."""

from __future__ import annotations

from pathlib import Path

from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.plurals import counted

ENDING = ".parquet"
DESCRIPTION = (
    "A Parquet table of distinct paragraphs with an id and context columns, for annotation in ActiveTigger."
)
SHORTEST = 20
"""Characters: shorter paragraphs (a lone heading, a name) give an annotator nothing to judge."""


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write id, text, and what an annotator may want beside it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    source.need("documents", "paragraphs")
    rows, short = [], 0
    for doc_id, paragraphs in source.paragraphs.items():
        document = source.documents[doc_id]
        for paragraph in paragraphs:
            if len(paragraph["text"]) < SHORTEST:
                short += 1
                continue
            rows.append(
                {
                    "id": f"{doc_id}-{paragraph['paragraph']}",
                    "text": paragraph["text"],
                    "title": document["title"],
                    "outlet": document["outlet"],
                    "published": document["published"].isoformat() if document["published"] else None,
                    "language": paragraph["language"],
                    "topic": source.main_topic.get(doc_id),
                }
            )
    names = ("id", "text", "title", "outlet", "published", "language", "topic")
    schema = pa.schema([(name, pa.string()) for name in names])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), target, compression="zstd")
    written.counts["paragraphs"] = len(rows)
    if short:
        written.notes.append(f"{counted(short, 'paragraph')} shorter than {SHORTEST} characters left out.")

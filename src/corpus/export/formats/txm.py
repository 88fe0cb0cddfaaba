"""A folder for TXM's import "TXT + CSV": a text file a document, and `metadata.csv` with a row for each."""

from __future__ import annotations

import csv
from pathlib import Path

from corpus.export.labels import document_variables, own_words
from corpus.export.source import Source
from corpus.export.write import ExportOptions, Written
from corpus.inert import cell, plain, word
from corpus.plurals import counted

ENDING = ""
DESCRIPTION = "A folder for TXM's import TXT + CSV: a text file a document, and metadata.csv."


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write `<doc_id>.txt` of the distinct paragraphs of each document that has one, and its row."""
    source.need("documents", "paragraphs")
    variables = document_variables(source)
    names = sorted({name for own in variables.values() for name in own})
    short = {name: one.replace("-", "") for name, one in own_words(names, "variable").items()}
    with (target / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(["id", "title", "source", *(short[name] for name in names)])
        for doc_id, paragraphs in source.paragraphs.items():
            if not paragraphs:
                continue
            row, own = source.documents[doc_id], variables[doc_id]
            said = [row["title"] or "", row["source"], *(own.get(name, "") for name in names)]
            writer.writerow([doc_id, *(cell(" ".join(value.split())) for value in said)])
            body = "\n\n".join(plain(one["text"]) for one in paragraphs)
            (target / f"{word(doc_id)}.txt").write_text(body + "\n", encoding="utf-8", newline="\n")
            written.counts["texts"] = written.counts.get("texts", 0) + 1
    if left := len(source.paragraphs) - written.counts.get("texts", 0):
        written.notes.append(f"{counted(left, 'document')} without a paragraph of its own left out.")

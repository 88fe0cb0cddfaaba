"""A spaCy DocBin of the paragraphs, with what was found as spans: to correct, to train on, to count with spaCy."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from corpus.export.source import Row, Source
from corpus.export.write import ExportOptions, Written

ENDING = ".spacy"
DESCRIPTION = "A spaCy DocBin of the paragraphs with their companies, amounts, dates and names as spans."
GROUPS = ("companies", "amounts", "dates", "names")


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write a Doc a paragraph; its id in `user_data`, spans in `doc.spans[table]`, canonical names as their `kb_id_`."""
    import spacy
    from spacy.tokens import DocBin

    source.need("documents", "paragraphs")
    mentions = {group: by_paragraph(source, group) for group in GROUPS if source.has(group)}
    blank: dict[str, Any] = {"xx": spacy.blank("xx")}
    docs = DocBin(store_user_data=True)
    for doc_id, paragraphs in source.paragraphs.items():
        for paragraph in paragraphs:
            language = paragraph["language"] or "xx"
            if language not in blank:
                blank[language] = _blank(language)
            doc = blank[language].make_doc(paragraph["text"])
            doc.user_data["doc_id"], doc.user_data["paragraph"] = doc_id, paragraph["paragraph"]
            for group, found in mentions.items():
                spans = []
                for row in found.get((doc_id, paragraph["paragraph"]), []):
                    start, end = row["start"] - paragraph["start"], row["end"] - paragraph["start"]
                    named = row.get("company") or row.get("name") or ""
                    label = str(row.get("type") or group)
                    span = doc.char_span(start, end, label=label, kb_id=named, alignment_mode="expand")
                    spans += [span] if span is not None else []
                doc.spans[group] = spans
                written.counts[group] = written.counts.get(group, 0) + len(spans)
            docs.add(doc)
    docs.to_disk(target)
    written.counts["paragraphs"] = len(docs)


def _blank(language: str) -> Any:
    """A blank pipeline of a language; of no language where spaCy has no rules for it."""
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def by_paragraph(source: Source, table: str) -> dict[tuple[str, int], list[Row]]:
    """The rows of a table of mentions by document and paragraph."""
    found: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in source.rows(table):
        found[row["doc_id"], row["paragraph"]].append(row)
    return found

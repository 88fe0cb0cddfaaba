"""A spaCy DocBin of the paragraphs, with what was found as spans: to correct, to train on, to count with spaCy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from corpus.export.source import Row, Source
from corpus.export.write import ExportOptions, Written

ENDING = ".spacy"
DESCRIPTION = "A spaCy DocBin of the paragraphs with their companies, amounts, dates and names as spans."
GROUPS = ("companies", "amounts", "dates", "names")


def write(source: Source, target: Path, options: ExportOptions, written: Written) -> None:
    """Write a Doc a paragraph; its id in `user_data`, spans in `doc.spans[table]`, canonical names as their `kb_id_`."""
    from spacy.tokens import DocBin

    source.need("documents", "paragraphs")
    mentions = {group: by_paragraph(source, group) for group in GROUPS if source.has(group)}
    pipelines = cache(_blank)  # for as long as this export: their vocabulary grows with every word
    docs = DocBin(store_user_data=True)
    with _encoders_found_once():
        for doc_id, paragraphs in source.paragraphs.items():
            for paragraph in paragraphs:
                doc = pipelines(paragraph["language"] or "xx").make_doc(paragraph["text"])
                doc.user_data["doc_id"], doc.user_data["paragraph"] = doc_id, paragraph["paragraph"]
                for group, found in mentions.items():
                    doc.spans[group] = _spans(doc, group, paragraph, found)
                    written.counts[group] = written.counts.get(group, 0) + len(doc.spans[group])
                docs.add(doc)
        docs.to_disk(target)
    written.counts["paragraphs"] = len(docs)


def _spans(doc: Any, group: str, paragraph: Row, found: dict[tuple[str, int], list[Row]]) -> list[Any]:
    """What was found in a paragraph as spans of whole tokens."""
    spans = []
    for row in found.get((doc.user_data["doc_id"], paragraph["paragraph"]), []):
        start, end = row["start"] - paragraph["start"], row["end"] - paragraph["start"]
        named = row.get("company") or row.get("name") or ""
        label = str(row.get("type") or group)
        span = doc.char_span(start, end, label=label, kb_id=named, alignment_mode="expand")
        spans += [span] if span is not None else []
    return spans


@contextmanager
def _encoders_found_once() -> Iterator[None]:
    """srsly looks through the entry points of all packages for each dictionary it packs, six a paragraph: once is enough."""
    from srsly.msgpack import msgpack_encoders

    encoders = msgpack_encoders.get_all()
    msgpack_encoders.get_all = lambda: encoders
    try:
        yield
    finally:
        del msgpack_encoders.get_all  # the method of its class again


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

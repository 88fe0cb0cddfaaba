"""Documents between reading and cleaning as rows: as readers found them (raw), and as text with lines and metadata (opened)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, cast

from corpus.identity import digest
from corpus.records import InputDocument, Markup, ParagraphKind, Published

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus.clean import Opened


class RawRow(TypedDict):
    """A document as a reader found it: its content, and its other fields as JSON."""

    source: str
    content: str
    fields: str


class OpenedRow(TypedDict):
    """A document as text: its lists tell of its lines, `fields` and `metadata` are JSON."""

    source: str
    content_hash: str
    raw_text: str
    starts: list[int]
    ends: list[int]
    gaps: list[bool]
    sure: list[int]
    rules: list[str | None]
    kinds: list[str | None]
    fields: str
    metadata: str


def raw_row(document: InputDocument) -> RawRow:
    """The row of a document as a reader found it."""
    fields = _fields(document) | {
        "authors": document.authors,
        "language": document.language,
        "published": _published_fields(document.published),
    }
    return {"source": document.source, "content": document.content, "fields": _json(fields)}


def raw_document(row: RawRow) -> InputDocument:
    """The document of a raw row."""
    return _document(row["source"], row["content"], json.loads(row["fields"]))


def opened_row(opened: Opened, content_hash: str) -> OpenedRow:
    """The row of an opened document; `content_hash` is that of its content, which the row does not hold."""
    metadata = opened.metadata
    known = {
        "title": metadata.title,
        "authors": metadata.authors,
        "site": metadata.site,
        "outlet": metadata.outlet,
        "url": metadata.url,
        "published": _published_fields(metadata.published),
        "spans": [(span.start, span.end, span.rule) for span in metadata.spans],
    }
    return {
        "source": opened.document.source,
        "content_hash": content_hash,
        "raw_text": opened.raw_text,
        "starts": [line.start for line in opened.lines],
        "ends": [line.end for line in opened.lines],
        "gaps": [line.gap for line in opened.lines],
        "sure": [line.sure for line in opened.lines],
        "rules": [line.rule for line in opened.lines],
        "kinds": list(opened.kinds),
        "fields": _json(_fields(opened.document)),
        "metadata": _json(known),
    }


def opened_document(row: OpenedRow) -> Opened:
    """The opened document of a row; its content is empty."""
    from corpus.clean import Line, Opened
    from corpus.metadata import HeaderSpan, Metadata

    raw_text, known = row["raw_text"], json.loads(row["metadata"])
    lines = tuple(
        Line(start, end, raw_text[start:end], gap, sure, rule)
        for start, end, gap, sure, rule in zip(
            row["starts"], row["ends"], row["gaps"], row["sure"], row["rules"], strict=True
        )
    )
    metadata = Metadata(
        known["title"],
        tuple(known["authors"]),
        known["site"],
        known["url"],
        _published(known["published"]),
        tuple(HeaderSpan(*span) for span in known["spans"]),
        outlet=known["outlet"],
    )
    document = _document(row["source"], "", json.loads(row["fields"]))
    return Opened(
        document, raw_text, lines, cast("tuple[ParagraphKind | None, ...]", tuple(row["kinds"])), metadata
    )


def content_hash(document: InputDocument) -> str:
    """Hash of a document as it was read: tells whether it changed."""
    return digest(document.content, document.url, document.title, dict(document.metadata))


def raw_table(rows: Sequence[RawRow]) -> pa.Table:
    """Raw rows as they lie on disk."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), _strings("source", "content", "fields"))


def opened_table(rows: Sequence[OpenedRow]) -> pa.Table:
    """Opened rows as they lie on disk."""
    import pyarrow as pa

    schema = _strings("source", "content_hash", "raw_text")
    for name, kind in (
        ("starts", pa.int32()),
        ("ends", pa.int32()),
        ("gaps", pa.bool_()),
        ("sure", pa.int32()),
        ("rules", pa.string()),
        ("kinds", pa.string()),
    ):
        schema = schema.append(pa.field(name, pa.list_(kind)))
    for name in ("fields", "metadata"):
        schema = schema.append(pa.field(name, pa.large_string()))
    return pa.Table.from_pylist(list(rows), schema)


def _strings(*names: str) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(name, pa.large_string()) for name in names])


def _fields(document: InputDocument) -> dict[str, Any]:
    return {
        "format": document.format,
        "markup": document.markup,
        "input_id": document.input_id,
        "url": document.url,
        "site": document.site,
        "title": document.title,
        "also_in": document.also_in,
        "metadata": dict(document.metadata),
    }


def _document(source: str, content: str, fields: Mapping[str, Any]) -> InputDocument:
    markup: Markup = fields["markup"]
    return InputDocument(
        source,
        fields["format"],
        markup,
        content,
        fields["input_id"],
        fields["url"],
        fields["site"],
        fields["title"],
        tuple(fields.get("authors", ())),
        _published(fields.get("published")),
        fields.get("language"),
        tuple(fields["also_in"]),
        fields["metadata"],
    )


def _published_fields(published: Published | None) -> Any:
    if published is None:
        return None
    day = published.date.isoformat() if published.date else None
    return day, published.precision, published.origin, published.text


def _published(fields: Any) -> Published | None:
    if fields is None:
        return None
    day, precision, origin, text = fields
    return Published(dt.date.fromisoformat(day) if day else None, precision, origin, text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)

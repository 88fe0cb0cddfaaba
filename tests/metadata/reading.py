"""How the tests read a header: a title, the line or lines under test, and a body."""

from __future__ import annotations

from corpus.metadata import Metadata, read_metadata
from corpus.records import InputDocument, Published

TITLE = "Les centres de données cherchent leur place"
BODY = (
    "La région a ouvert le 12 mars 2019 une consultation sur les centres de données, dont les besoins en électricité et en eau "
    "inquiètent plusieurs communes. Les habitants pourront donner leur avis pendant trois mois, puis un rapport sera remis au "
    "préfet, qui décidera seul de la suite à donner à ce projet."
)


def text_document(text: str, source: str = "articles/un.txt", **fields: object) -> InputDocument:
    return InputDocument(source=source, format="text", markup="text", content=text, **fields)  # type: ignore[arg-type]


def read_text(text: str, language: str | None = "fr", **fields: object) -> Metadata:
    return read_metadata(text_document(text, **fields), text, language)


def read_lines(lines: str, language: str | None = "fr", **fields: object) -> Metadata:
    """Metadata of a document with `lines` between its title and its body."""
    return read_text(f"{TITLE}\n{lines}\n\n{BODY}", language, **fields)


def removed(metadata: Metadata, text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in metadata.spans]


def day(published: Published | None) -> str | None:
    return published.date.isoformat() if published is not None and published.date is not None else None

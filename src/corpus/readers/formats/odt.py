"""OpenDocument texts (LibreOffice): the paragraphs in order, rows of tables as lines, notes at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.readers.fields import clean
from corpus.readers.inputs import Head, Input, UnreadableError
from corpus.readers.markup import line_of, local_name, squeeze
from corpus.readers.office_xml import part_of
from corpus.readers.options import ReadOptions
from corpus.readers.restored import without_ligatures
from corpus.readers.sidecar import with_sidecar
from corpus.readers.zip_files import open_zip, type_of
from corpus.records import InputDocument, Problem

MIMES = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
CELL_MARK = " | "
# Deleted text, remarks, the headline of a list of contents: no text of the document.
SILENT = frozenset(
    {
        "tracked-changes",
        "annotation",
        "annotation-end",
        "table-of-content",
        "alphabetical-index",
        "forms",
        "desc",
        "title",
    }
)
KEPT_FIELDS = ("creation-date", "creator", "initial-creator", "subject")
LONGEST_CELL = 90


def sniff(head: Head) -> bool:
    """A ZIP archive that says that it is a text."""
    return type_of(head) in MIMES


def read(source: Input, options: ReadOptions) -> Iterator[InputDocument | Problem]:
    """The document with its title, author and language from `meta.xml`."""
    with source.open() as stream, open_zip(stream, options) as archive:
        content, meta = part_of(archive, "content.xml", options), part_of(archive, "meta.xml", options)
    if content is None:
        raise UnreadableError("zip", "Its text is damaged; save it again.")
    lines, notes = _lines(content)
    if not lines and not notes:
        raise UnreadableError("empty", "It has no text.")
    fields = {
        local_name(node): squeeze(node.text or "") for node in (meta.iter() if meta is not None else ())
    }
    document = InputDocument(
        source=source.source,
        format="odt",
        markup="text",
        content=clean(without_ligatures("\n\n".join([*lines, *notes]))),
        title=fields.get("title") or None,
        # The day a file was made says nothing sure about the day its text came out.
        metadata={name: value for name in KEPT_FIELDS if (value := fields.get(name))},
    )
    yield from with_sidecar(document, source, options)


def _lines(root: Any) -> tuple[list[str], list[str]]:
    """Paragraphs and notes, without recursion."""
    lines: list[str] = []
    notes: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        name = local_name(node)
        if name in SILENT or not name:
            continue
        if name in ("p", "h"):
            text, noted, inner = _paragraph(node)
            lines += [line for part in text.split("\n") if (line := squeeze(part))]
            notes += noted
            waiting += reversed(inner)
        elif name == "table-row" and (row := _row(node)) is not None:
            lines += [row] if row else []
        else:
            waiting += reversed(node)
    return lines, notes


def _paragraph(element: Any) -> tuple[str, list[str], list[Any]]:
    """The text of a paragraph, its notes, and the frames anchored in it, which follow it."""
    parts: list[str] = []
    notes: list[str] = []
    frames: list[Any] = []
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        node, leaving = waiting.pop()
        name = local_name(node)
        if not leaving:
            if name == "note":
                notes += [
                    line
                    for body in node
                    if local_name(body) == "note-body"
                    for inner in body
                    if (line := line_of(inner))
                ]
            elif name in ("text-box", "table"):
                frames.append(node)
            elif name not in SILENT and name:
                parts.append({"tab": "\t", "s": " ", "line-break": "\n"}.get(name, "") + (node.text or ""))
                waiting.append((node, True))
                waiting += [(child, False) for child in reversed(node)]
                continue
        if node is not element and node.tail:
            parts.append(node.tail)
    return "".join(parts), notes, frames


def _row(row: Any) -> str | None:
    """The cells of a row of data on one line; None for a row that lays out paragraphs."""
    cells = [" ".join(line_of(node) for node in cell) for cell in row if local_name(cell) == "table-cell"]
    if len(cells) < 2 or any(len(cell) > LONGEST_CELL for cell in cells):
        return None
    return CELL_MARK.join(cells).strip(" |")
